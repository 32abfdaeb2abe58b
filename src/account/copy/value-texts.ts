import type { AttestationKind } from '#src/attestations/attestation.ts';
import type { CorrespondenceTable, MessageTable } from '#src/database/tables/deposits.ts';
import type {
  AccountTable,
  AuditEventTable,
  CredentialTable,
  NoticeTable,
  SessionTable,
} from '#src/database/tables.ts';
import type { Route } from '#src/ownership/events.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { catalogue, type Language } from '#src/texts/language.ts';

type Words<Code extends string> = Readonly<Record<Code, string>>;
type Card = NonNullable<RegisterLine['card']>;

/** What the person reads where a row holds a code of ours. */
interface Texts {
  readonly entitlements: Words<RegisterLine['entitlement']>;
  readonly cardTypes: Words<Card['type']>;
  readonly cardStates: Words<Card['state']>;
  readonly cardTransfers: Words<Card['transfer']>;
  readonly accountStates: Words<AccountTable['status']>;
  readonly proofs: Words<Route>;
  readonly languages: Words<Language>;
  readonly passwordStates: Words<CredentialTable['state']>;
  readonly unsubscribed: Words<Extract<CorrespondenceTable['frequency'], 'never'>>;
  readonly sessions: Words<SessionTable['kind']>;
  readonly channels: Words<NoticeTable['channel']>;
  readonly noticeStates: Words<NoticeTable['state']>;
  readonly directions: Words<MessageTable['direction']>;
  readonly attestations: Words<AttestationKind>;
  readonly actors: Words<AuditEventTable['actor']>;
  /** Between a day and an hour. */
  readonly at: string;
  /** Of a commune of birth. */
  readonly birthPlace: (departement: string, code: string) => string;
  readonly abroad: (code: string) => string;
}

export const valueTexts = catalogue<Texts>({
  fr: {
    entitlements: { 'ouvreur-de-droits': 'À votre nom', 'ayant-droit': 'Grâce à une autre personne' },
    cardTypes: { photo: 'Avec photo', 'sans-photo': 'Sans photo' },
    cardStates: { active: 'Elle marche', lost: 'Perdue ou volée', expired: 'Elle ne marche plus' },
    cardTransfers: { finished: 'Terminé', unfinished: 'En cours' },
    accountStates: { pending: 'À confirmer', active: 'Ouvert', frozen: 'Bloqué', disabled: 'Fermé' },
    proofs: {
      'carte-vitale': 'Carte Vitale',
      franceconnect: 'FranceConnect',
      'code-provisoire': 'Code provisoire',
    },
    languages: { fr: 'Français', en: 'Anglais' },
    passwordStates: {
      usable: 'Il marche',
      'known-devices-only': 'Il marche seulement sur vos appareils connus',
      disabled: 'Il ne marche plus',
    },
    unsubscribed: { never: 'Jamais : vous vous êtes désabonné' },
    sessions: {
      enrolment: 'Demander un compte',
      waiting: 'Attendre l’email de confirmation',
      account: 'Utiliser votre compte',
    },
    channels: { email: 'Email', sms: 'SMS', letter: 'Courrier' },
    noticeStates: {
      queued: 'À envoyer',
      'handed-over': 'Envoyé',
      deferred: 'Nouvel essai prévu',
      refused: 'Refusé par le destinataire',
      bounced: 'Revenu',
      withheld: 'Non envoyé',
    },
    directions: { received: 'Reçu', sent: 'Envoyé' },
    attestations: {
      rights: 'Attestation de droits',
      'european-certificate': 'Certificat provisoire européen',
      'european-card': 'Carte européenne',
    },
    actors: {
      person: 'Une personne, sur le site',
      agent: 'Un agent',
      trainer: 'Un formateur',
      system: 'Le service',
      program: 'Un autre service, à votre nom',
    },
    at: 'à',
    birthPlace: (departement, code) => `Département ${departement} (code de la commune : ${code})`,
    abroad: (code) => `Un autre pays que la France (code : ${code})`,
  },
  en: {
    entitlements: { 'ouvreur-de-droits': 'In your own name', 'ayant-droit': 'Through somebody else' },
    cardTypes: { photo: 'With a photo', 'sans-photo': 'Without a photo' },
    cardStates: { active: 'It works', lost: 'Lost or stolen', expired: 'It no longer works' },
    cardTransfers: { finished: 'Finished', unfinished: 'Under way' },
    accountStates: { pending: 'To be confirmed', active: 'Open', frozen: 'Blocked', disabled: 'Closed' },
    proofs: {
      'carte-vitale': 'Carte Vitale',
      franceconnect: 'FranceConnect',
      'code-provisoire': 'Provisional code',
    },
    languages: { fr: 'French', en: 'English' },
    passwordStates: {
      usable: 'It works',
      'known-devices-only': 'It works only on devices that we know',
      disabled: 'It no longer works',
    },
    unsubscribed: { never: 'Never: you unsubscribed' },
    sessions: {
      enrolment: 'Asking for an account',
      waiting: 'Waiting for the confirmation email',
      account: 'Using your account',
    },
    channels: { email: 'Email', sms: 'Text message', letter: 'Letter' },
    noticeStates: {
      queued: 'To be sent',
      'handed-over': 'Sent',
      deferred: 'Will be tried again',
      refused: 'Refused by the recipient',
      bounced: 'Came back',
      withheld: 'Not sent',
    },
    directions: { received: 'Received', sent: 'Sent' },
    attestations: {
      rights: 'Certificate of rights',
      'european-certificate': 'Provisional European certificate',
      'european-card': 'European card',
    },
    actors: {
      person: 'Somebody, on the site',
      agent: 'An agent',
      trainer: 'A trainer',
      system: 'The service',
      program: 'Another service, in your name',
    },
    at: 'at',
    birthPlace: (departement, code) => `Département ${departement} (code of the commune: ${code})`,
    abroad: (code) => `Another country than France (code: ${code})`,
  },
});
