import { type NamedPerson, person } from '#src/fictitious/person.ts';

/** People with an account from the start, each with another life in it (`deposits/life.ts`). */
export const lives: readonly NamedPerson[] = [
  person({
    cle: 'arret-de-travail',
    situation: {
      fr: 'Compte ouvert\u00a0: arrêts de travail et rente d’accident du travail',
      en: 'Open account: sick leave and a work-accident pension',
    },
    meets: {
      fr: '27 mois de remboursements, indemnités journalières versées à son employeur, rente, séances de kinésithérapie.',
      en: '27 months of reimbursements, daily allowances paid to the employer, a pension, physiotherapy.',
    },
    nir: '1780342218061',
    birthName: 'Chambriard',
    givenNames: ['Fabrice'],
    birthDate: '1978-03-19',
    home: ['63000', 'CLERMONT-FERRAND', '631'],
    account: { status: 'open', email: 'fabrice.chambriard@example.org' },
  }),
  person({
    cle: 'longue-maladie',
    situation: {
      fr: 'Compte ouvert\u00a0: affection de longue durée et pension d’invalidité',
      en: 'Open account: long-term illness and an invalidity pension',
    },
    meets: {
      fr: '27 mois de remboursements dont une partie à 100\u00a0%, pension chaque mois, exonération sur l’attestation de droits.',
      en: '27 months of reimbursements, some in full, a monthly pension, an exemption on the attestation of rights.',
    },
    nir: '2610543157032',
    birthName: 'Ollier',
    givenNames: ['Bernadette'],
    birthDate: '1961-05-27',
    home: ['43000', 'LE PUY-EN-VELAY', '431'],
    account: { status: 'open', email: 'bernadette.ollier@example.org' },
  }),
  person({
    cle: 'complementaire-solidaire',
    situation: {
      fr: 'Compte ouvert\u00a0: Complémentaire santé solidaire, un enfant',
      en: 'Open account: Complémentaire santé solidaire, one child',
    },
    meets: {
      fr: '27 mois de remboursements sur lesquels rien n’est retenu.',
      en: '27 months of reimbursements from which nothing is kept back.',
    },
    nir: '2951193066147',
    birthName: 'Benkaddour',
    givenNames: ['Samia'],
    birthDate: '1995-11-08',
    home: ['63100', 'CLERMONT-FERRAND', '631'],
    account: { status: 'open', email: 'samia.benkaddour@example.org' },
  }),
  person({
    cle: 'droits-fermes',
    situation: {
      fr: 'Compte ouvert, mais aucun droit\u00a0: rien n’est remboursé',
      en: 'Open account without any rights: nothing is reimbursed',
    },
    meets: {
      fr: 'Des pages vides qui disent quoi faire, et un message de la caisse.',
      en: 'Empty pages that say what to do, and a message from the fund.',
    },
    nir: '1890769123084',
    birthName: 'Peyrache',
    givenNames: ['Joris'],
    birthDate: '1989-07-12',
    home: ['69003', 'LYON', '691'],
    account: { status: 'open', email: 'joris.peyrache@example.org' },
  }),
];
