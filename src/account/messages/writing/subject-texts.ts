import { catalogue } from '#src/texts/language.ts';

/** What people write about, in the order of the page. */
export const subjectCodes = [
  'remboursement',
  'droits',
  'adresse',
  'banque',
  'carte-vitale',
  'arret',
  'medecin',
  'autre',
] as const;
export type SubjectCode = (typeof subjectCodes)[number];

type Subjects = Readonly<Record<SubjectCode, string>>;

export const subjects = catalogue<Subjects>({
  fr: {
    remboursement: 'Un remboursement',
    droits: 'Mes droits, ma situation',
    adresse: 'Un changement d’adresse',
    banque: 'Mes coordonnées bancaires',
    'carte-vitale': 'Ma carte Vitale',
    arret: 'Un arrêt de travail, des indemnités',
    medecin: 'Mon médecin traitant',
    autre: 'Autre chose',
  },
  en: {
    remboursement: 'A reimbursement',
    droits: 'My rights, my situation',
    adresse: 'A change of address',
    banque: 'My bank details',
    'carte-vitale': 'My carte Vitale',
    arret: 'Sick leave, daily allowances',
    medecin: 'My regular doctor',
    autre: 'Something else',
  },
});

/** The subject that a field names; null for anything else. */
export function subjectIn(typed: string): SubjectCode | null {
  return subjectCodes.find((code) => code === typed) ?? null;
}
