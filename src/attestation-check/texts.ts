import type { CheckableKind } from '#src/attestations/attestation.ts';
import { catalogue } from '#src/texts/language.ts';

type State = 'valid' | 'replaced' | 'unknown';
type Known = Exclude<State, 'unknown'>;

interface Texts {
  readonly title: string;
  readonly lead: string;
  readonly code: string;
  readonly codeHint: string;
  readonly codeProblem: string;
  readonly submit: string;
  readonly learn: string;
  readonly states: Readonly<Record<State, { readonly word: string; readonly text: string }>>;
  readonly titles: Readonly<Record<CheckableKind, Readonly<Record<Known, string>>>>;
  readonly titleUnknown: string;
  readonly answer: string;
  readonly document: string;
  readonly kinds: Readonly<Record<CheckableKind, string>>;
  readonly initials: string;
  readonly date: string;
  readonly compare: string;
  readonly steps: readonly string[];
  readonly another: string;
  /** Too many codes were unknown. */
  readonly blocked: {
    readonly title: string;
    readonly text: (until: string) => string;
    readonly meanwhile: string;
  };
}

export const checkTexts = catalogue<Texts>({
  fr: {
    title: 'Vérifier une attestation',
    lead: 'On vous a donné une attestation de droits, ou un certificat provisoire européen ? Tapez le code qui est imprimé dessus.',
    code: 'Code de l’attestation',
    codeHint: '18 lettres et chiffres, en 5 groupes, par exemple K7M2 P9XQ T4WV 8GH 2JD.',
    codeProblem: 'Tapez les 18 lettres et chiffres du code',
    submit: 'VÉRIFIER',
    learn:
      'Vous saurez si l’attestation est valable, de quel jour elle est, et les initiales de la personne. Rien d’autre.',
    states: {
      valid: {
        word: 'Valable',
        text: 'Ce papier vient de ce service, aucun autre ne le remplace, et ce qu’il dit n’a pas changé.',
      },
      replaced: {
        word: 'Remplacée',
        text: 'La personne en a fait un plus récent, ou ce que dit le papier a changé. Demandez-lui un nouveau papier.',
      },
      unknown: {
        word: 'Inconnue',
        text: 'Relisez le code, lettre par lettre. S’il est juste, le papier n’est pas valable : sa date de fin est passée, le compte où il a été fait n’est plus ouvert, ou il ne vient pas d’ici. Demandez-en un nouveau à la personne.',
      },
    },
    titles: {
      rights: { valid: 'Cette attestation est valable', replaced: 'Cette attestation est remplacée' },
      'european-certificate': { valid: 'Ce certificat est valable', replaced: 'Ce certificat est remplacé' },
    },
    titleUnknown: 'Ce code est inconnu',
    answer: 'Réponse',
    document: 'Document',
    kinds: {
      rights: 'Attestation de droits',
      'european-certificate': 'Certificat provisoire européen',
    },
    initials: 'Initiales',
    date: 'Date',
    compare: 'Comparez avec le papier',
    steps: [
      'Les initiales et la date doivent être les mêmes.',
      'Les dates de fin, sur le papier, doivent être dans l’avenir.',
      'Le papier dit autre chose ? Ne l’acceptez pas : quelqu’un l’a changé.',
    ],
    another: 'Vérifier un autre code',
    blocked: {
      title: 'Trop de codes inconnus',
      text: (until) =>
        `Trop de codes inconnus ont été tapés. Pour que personne ne cherche des codes au hasard, cette page est fermée pour le moment. Prochain essai possible : ${until}.`,
      meanwhile:
        'L’attestation n’est ni acceptée ni refusée : elle n’a pas été vérifiée. Attendez cette heure. Vous êtes pressé ? Demandez à la personne une attestation faite aujourd’hui devant vous.',
    },
  },
  en: {
    title: 'Check a certificate',
    lead: 'Somebody gave you a certificate of rights, or a provisional European certificate? Enter the code that is printed on it.',
    code: 'Code of the certificate',
    codeHint: '18 letters and digits in 5 groups, for example K7M2 P9XQ T4WV 8GH 2JD.',
    codeProblem: 'Enter the 18 letters and digits of the code',
    submit: 'CHECK',
    learn:
      'You will learn whether the certificate is valid, the day on which it was made, and the initials of the person. Nothing else.',
    states: {
      valid: {
        word: 'Valid',
        text: 'It was made by this service, no other replaces it, and what it says has not changed.',
      },
      replaced: {
        word: 'Replaced',
        text: 'The person has made a newer one, or what the certificate says has changed. Ask them for a new one.',
      },
      unknown: {
        word: 'Unknown',
        text: 'Read the code again, letter by letter. If it is right, the certificate is not valid: its end has passed, the account in which it was made is no longer open, or it does not come from here. Ask the person for a new one.',
      },
    },
    titles: {
      rights: { valid: 'This certificate is valid', replaced: 'This certificate has been replaced' },
      'european-certificate': {
        valid: 'This European certificate is valid',
        replaced: 'This European certificate has been replaced',
      },
    },
    titleUnknown: 'This code is unknown',
    answer: 'Answer',
    document: 'Document',
    kinds: {
      rights: 'Certificate of rights',
      'european-certificate': 'Provisional European certificate',
    },
    initials: 'Initials',
    date: 'Date',
    compare: 'Compare with the paper',
    steps: [
      'The initials and the date must be the same.',
      'The dates of its end, on the paper, must lie in the future.',
      'The paper says something else? Do not accept it: somebody has changed it.',
    ],
    another: 'Check another code',
    blocked: {
      title: 'Too many unknown codes',
      text: (until) =>
        `Too many unknown codes were entered. So that nobody looks for codes by chance, this page is closed for the moment. Next attempt possible: ${until}.`,
      meanwhile:
        'The certificate is neither accepted nor refused: it has not been checked. Wait until then. Are you in a hurry? Ask the person for a certificate made today in front of you.',
    },
  },
  plain: {
    fr: {
      lead: 'On vous a donné une attestation ? Recopiez le code qui est dessus.',
      submit: 'Vérifier',
      learn: 'Vous saurez si l’attestation est valable. Vous verrez sa date et des initiales. Rien d’autre.',
      states: {
        valid: { text: 'Ce service a fait ce papier.' },
        replaced: { text: 'Ce papier n’est plus bon. Demandez un nouveau papier à la personne.' },
        unknown: {
          text: 'Relisez le code, lettre par lettre. Il est juste ? Alors le papier n’est pas valable. Demandez-en un nouveau à la personne.',
        },
      },
      blocked: {
        text: (until) =>
          `Trop de codes inconnus ont été tapés. Cette page est fermée pour le moment. Prochain essai possible : ${until}.`,
      },
    },
    en: { submit: 'Check' },
  },
});
