import type { AreaName } from '#src/account/home/areas.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly owner: string;
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
  readonly paidTo: (amount: string, day: string, thirdParty: string) => string;
  readonly seePayment: string;
  readonly noPayment: string;
  readonly areas: string;
  readonly areaNames: Readonly<Record<AreaName, { readonly name: string; readonly about: string }>>;
  readonly signOut: string;
}

export const accountHomeTexts = catalogue<Texts>({
  fr: {
    title: 'Mon compte',
    owner: 'Compte de',
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
    paidTo: (amount, day, thirdParty) => `${amount}, le ${day}, à ${thirdParty}.`,
    seePayment: 'Voir ce paiement',
    noPayment: 'Aucun paiement pour le moment. Quand votre caisse rembourse un soin, vous le voyez ici.',
    areas: 'Mes rubriques',
    areaNames: {
      payments: { name: 'Mes paiements', about: 'Remboursements, relevés, indemnités et pensions.' },
      documents: {
        name: 'Mes documents',
        about: 'Ce que votre caisse vous envoie, vos attestations, la carte européenne.',
      },
      messages: { name: 'Mon espace d’échanges', about: 'Écrire à ma caisse, lire ses réponses.' },
      attestation: { name: 'Attestation de droits', about: 'Pour l’hôpital, un employeur, une mutuelle.' },
      card: { name: 'Carte européenne', about: 'À commander 15 jours avant un voyage en Europe.' },
      paper: { name: 'Papier et avis', about: 'Ce que je reçois par la poste et par email.' },
      details: {
        name: 'Mes informations',
        about: 'Adresse email, téléphones, mot de passe, connexions.',
      },
    },
    signOut: 'Se déconnecter',
  },
  en: {
    title: 'My account',
    owner: 'Account of',
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
    paidTo: (amount, day, thirdParty) => `${amount}, on ${day}, to ${thirdParty}.`,
    seePayment: 'See this payment',
    noPayment: 'No payment yet. When your caisse reimburses care, you will see it here.',
    areas: 'My areas',
    areaNames: {
      payments: { name: 'My payments', about: 'Reimbursements, statements, allowances and pensions.' },
      documents: {
        name: 'My documents',
        about: 'What your caisse sends you, your certificates, the European card.',
      },
      messages: { name: 'My messages', about: 'Write to my caisse, read its answers.' },
      attestation: { name: 'Certificate of rights', about: 'For a hospital, an employer, a mutuelle.' },
      card: {
        name: 'European health insurance card',
        about: 'To be ordered 15 days before a journey in Europe.',
      },
      paper: { name: 'Paper and notices', about: 'What I receive by post and by email.' },
      details: { name: 'My details', about: 'Email address, telephones, password, sign-ins.' },
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
      areaNames: {
        payments: { name: 'Vos paiements', about: 'Ce que votre caisse vous a remboursé.' },
        documents: { name: 'Vos documents', about: 'Les papiers de votre caisse, et vos attestations.' },
        messages: { name: 'Vos messages', about: 'Écrire à votre caisse, lire ses réponses.' },
        attestation: {
          name: 'Attestation de droits',
          about: 'Le papier qui prouve que vous avez des droits.',
        },
        card: { name: 'Carte européenne', about: 'Demandez-la 15 jours avant de partir en Europe.' },
        paper: { name: 'Papier et avis', about: 'Ce que vous recevez par la poste et par email.' },
        details: { name: 'Vos informations', about: 'Votre email, votre téléphone, votre mot de passe.' },
      },
    },
    en: {
      title: 'Your account',
      payment: 'Your last payment',
      areas: 'Your areas',
      areaNames: {
        payments: { name: 'Your payments', about: 'What your caisse has reimbursed.' },
        documents: { name: 'Your documents', about: 'What your caisse sends you.' },
        messages: { name: 'Your messages', about: 'Write to your caisse, read its answers.' },
        paper: { name: 'Paper and notices', about: 'What you receive by post and by email.' },
        details: { name: 'Your details', about: 'Your email, telephone and password.' },
      },
    },
  },
});
