import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly french: string | null;
  readonly whom: string;
  readonly whomMissing: string;
  readonly only: (name: string) => string;
  readonly health: string;
  readonly without: string;
  readonly withoutHint: string;
  readonly with: string;
  readonly withHint: string;
  readonly replaces: string;
  readonly submit: string;
  readonly made: string;
  readonly kinds: Readonly<Record<'rights' | 'european-certificate', (name: string) => string>>;
  readonly madeLine: (day: string, end: string) => string;
  readonly somebody: string;
  readonly adults: string;
  /** On «Mes documents». */
  readonly own: string;
  readonly ownNone: string;
}

export const attestationTexts = catalogue<Texts>({
  fr: {
    title: 'Attestation de droits',
    lead: 'Cette attestation prouve que vous avez droit à l’Assurance Maladie. Un employeur, un hôpital, une crèche ou une mutuelle peut vous la demander.',
    french: null,
    whom: 'Pour qui est l’attestation ?',
    whomMissing: 'Choisissez pour qui est l’attestation',
    only: (name) => `Cette attestation est pour ${name}.`,
    health: 'Que doit-elle dire ?',
    without: 'Sans les informations de santé',
    withoutHint: 'Pour un employeur, une crèche, une école.',
    with: 'Avec les informations de santé',
    withHint:
      'Elle dit aussi les exonérations (par exemple une affection de longue durée) et la Complémentaire santé solidaire. Pour un médecin, un hôpital, une pharmacie.',
    replaces: 'Elle remplace l’attestation que vous avez déjà faite pour la même personne.',
    submit: 'TÉLÉCHARGER L’ATTESTATION (PDF)',
    made: 'Mes attestations en cours',
    kinds: {
      rights: (name) => `Attestation de droits pour ${name}`,
      'european-certificate': (name) => `Certificat provisoire européen pour ${name}`,
    },
    madeLine: (day, end) => `faite le ${day}, valable jusqu’au ${end}`,
    somebody: 'une personne',
    adults: 'Un enfant de 18 ans ou plus demande son attestation avec son propre compte.',
    own: 'Les attestations que je fais moi-même',
    ownNone: 'Vous n’en avez pas en cours.',
  },
  en: {
    title: 'Certificate of rights',
    lead: 'This certificate proves that you are covered by the Assurance Maladie. An employer, a hospital, a nursery or a complementary insurer may ask you for it.',
    french: 'The certificate is written in French, for those who read it.',
    whom: 'Whom is it about?',
    whomMissing: 'Choose whom it is about',
    only: (name) => `This certificate is about ${name}.`,
    health: 'What is it to say?',
    without: 'Without health information',
    withoutHint: 'For an employer, a nursery, a school.',
    with: 'With health information',
    withHint:
      'It also says exemptions (for example for a long-term illness) and complementary cover for people with a low income. For a doctor, a hospital, a pharmacy.',
    replaces: 'It replaces the one that you have already made about the same person.',
    submit: 'DOWNLOAD THE CERTIFICATE (PDF)',
    made: 'My certificates that are valid',
    kinds: {
      rights: (name) => `Certificate of rights of ${name}`,
      'european-certificate': (name) => `Provisional European certificate of ${name}`,
    },
    madeLine: (day, end) => `made on ${day}, valid until ${end}`,
    somebody: 'somebody',
    adults: 'A child of 18 or more asks for a certificate with their own account.',
    own: 'Certificates that I make myself',
    ownNone: 'You have none that is valid.',
  },
  plain: {
    fr: {
      title: 'Votre attestation de droits',
      lead: 'Cette attestation prouve que vous avez droit à l’Assurance Maladie.',
      withHint:
        'Elle dit aussi les soins payés en entier et la Complémentaire santé solidaire. Pour un médecin, un hôpital, une pharmacie.',
      replaces: 'Elle remplace l’ancienne attestation de la même personne.',
      submit: 'Télécharger l’attestation (PDF)',
      made: 'Vos attestations',
      own: 'Vos attestations',
    },
    en: {
      title: 'Your certificate of rights',
      submit: 'Download the certificate (PDF)',
      made: 'Your certificates',
      own: 'Your certificates',
    },
  },
});
