import type { AreaName } from '#src/account/home/areas.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly owner: string;
  readonly leaving: (since: string, until: string) => string;
  readonly waiting: string;
  readonly confirmAddress: (address: string) => string;
  readonly enterCode: string;
  /** Before the title of a document. */
  readonly read: string;
  readonly important: (count: number) => string;
  readonly news: string;
  readonly documents: (count: number) => string;
  readonly messages: (count: number) => string;
  readonly nothingNew: string;
  readonly payment: string;
  readonly paid: (amount: string, day: string) => string;
  /** Before the name of a third party. */
  readonly paidTo: (amount: string, day: string) => string;
  readonly seePayment: string;
  readonly noPayment: string;
  readonly areas: string;
  /** What each area is for. */
  readonly about: Readonly<Record<AreaName, string>>;
  readonly signOut: string;
}

export const accountHomeTexts = catalogue<Texts>({
  fr: {
    title: 'Mon compte',
    owner: 'Ce compte est à',
    leaving: (since, until) =>
      `Depuis le ${since}, votre caisse ne vous compte plus parmi ses assurés. Ce compte reste ouvert jusqu’au ${until}\u00a0: d’ici là, enregistrez vos paiements et vos documents. Les documents qui arrivent vous sont aussi envoyés par courrier.`,
    waiting: 'À faire',
    confirmAddress: (address) => `Confirmez votre nouvelle adresse email\u00a0: ${address}.`,
    enterCode: 'Saisir le code reçu',
    read: 'Lisez ce document important\u00a0:',
    important: (count) => `Voir les ${count} documents importants que vous n’avez pas lus`,
    news: 'Nouveau',
    documents: (count) => (count > 1 ? `${count} documents non lus` : '1 document non lu'),
    messages: (count) => (count > 1 ? `${count} messages non lus` : '1 message non lu'),
    nothingNew: 'Vous avez tout lu.',
    payment: 'Mon dernier paiement',
    paid: (amount, day) => `${amount}, le ${day}.`,
    paidTo: (amount, day) => `${amount}, le ${day}. Versé à :`,
    seePayment: 'Voir ce paiement',
    noPayment: 'Aucun paiement pour le moment. Quand votre caisse rembourse un soin, vous le voyez ici.',
    areas: 'Mes rubriques',
    about: {
      payments: 'Remboursements, relevés, indemnités et pensions.',
      documents: 'Ce que votre caisse vous envoie, vos attestations, la carte européenne.',
      messages: 'Écrire à ma caisse, lire ses réponses.',
      attestation: 'Pour l’hôpital, un employeur, une mutuelle.',
      card: 'À commander 15 jours avant un voyage en Europe.',
      paper: 'Ce que je reçois par la poste et par email.',
      details: 'Adresse email, téléphones, mot de passe, connexions.',
    },
    signOut: 'Se déconnecter',
  },
  en: {
    title: 'My account',
    owner: 'Account of',
    leaving: (since, until) =>
      `Since ${since}, your caisse no longer counts you among the people it insures. This account stays open until ${until}: until then, save your payments and your documents. Documents that arrive are also sent to you by post.`,
    waiting: 'To do',
    confirmAddress: (address) => `Confirm your new email address: ${address}.`,
    enterCode: 'Enter the code that was sent',
    read: 'Read this important document:',
    important: (count) => `See the ${count} important documents that you have not read`,
    news: 'New',
    documents: (count) => (count > 1 ? `${count} unread documents` : '1 unread document'),
    messages: (count) => (count > 1 ? `${count} unread messages` : '1 unread message'),
    nothingNew: 'You have read everything.',
    payment: 'My last payment',
    paid: (amount, day) => `${amount}, on ${day}.`,
    paidTo: (amount, day) => `${amount}, on ${day}. Paid to:`,
    seePayment: 'See this payment',
    noPayment: 'No payment yet. When your caisse reimburses care, you will see it here.',
    areas: 'My areas',
    about: {
      payments: 'Reimbursements, statements, allowances and pensions.',
      documents: 'What your caisse sends you, your certificates, the European card.',
      messages: 'Write to my caisse, read its answers.',
      attestation: 'For a hospital, an employer, a mutuelle.',
      card: 'To be ordered 15 days before a journey in Europe.',
      paper: 'What I receive by post and by email.',
      details: 'Email address, telephones, password, sign-ins.',
    },
    signOut: 'Sign out',
  },
  plain: {
    fr: {
      title: 'Votre compte',
      confirmAddress: (address) => `Vous avez une nouvelle adresse à confirmer\u00a0: ${address}.`,
      enterCode: 'Recopier le code de l’email',
      payment: 'Votre dernier paiement',
      areas: 'Vos rubriques',
      about: {
        payments: 'Ce que votre caisse vous a remboursé.',
        documents: 'Les papiers de votre caisse, et vos attestations.',
        messages: 'Écrire à votre caisse, lire ses réponses.',
        attestation: 'Le papier qui prouve que vous avez des droits.',
        card: 'Demandez-la 15 jours avant de partir en Europe.',
        paper: 'Ce que vous recevez par la poste et par email.',
        details: 'Votre email, votre téléphone, votre mot de passe.',
      },
    },
    en: {
      title: 'Your account',
      payment: 'Your last payment',
      areas: 'Your areas',
      about: {
        payments: 'What your caisse has reimbursed.',
        documents: 'What your caisse sends you.',
        messages: 'Write to your caisse, read its answers.',
        paper: 'What you receive by post and by email.',
        details: 'Your email, telephone and password.',
      },
    },
  },
});
