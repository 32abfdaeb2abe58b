import { type GeneratedKind, generatePeople } from '#src/fictitious/generate.ts';
import { people } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { ibanTail } from '#src/proofs/iban.ts';

/** Somebody of the demo's register; `meets` only for those who stand for a situation. */
export type DemoPerson = Pick<NamedPerson, 'cle' | 'situation' | 'line' | 'account'> &
  Partial<Pick<NamedPerson, 'meets'>>;

/** How many are generated beside the named ones. */
const generatedCount = 2000;
const seed = 20_260_101;
/** The generated people never change, so that what a page lists is what an older database holds. */
const generatedOn = '2026-01-01';

/** Everybody in the demo's register, the named ones first; always the same people. */
export function demoPersons({ generated = generatedCount } = {}): DemoPerson[] {
  const invented = generatePeople({
    seed,
    count: generated,
    today: generatedOn,
    taken: people.map(({ line }) => line.nir),
  });
  return [
    ...people,
    ...[...invented].map(({ kind, line }, index) => ({
      cle: `genere-${String(index + 1).padStart(4, '0')}`,
      situation: situations[kind],
      line,
      account: null,
    })),
  ];
}

/** One entry of `/demo/personnes.json`; null where the person has no card, or no bank account is known. */
export interface PersonJson {
  readonly cle: string;
  readonly situation: string;
  readonly nom: string;
  readonly nomUsage: string | null;
  readonly prenoms: readonly string[];
  readonly nir: string;
  /** `jj/mm/aaaa`, `00` for what civil status does not know. */
  readonly dateNaissance: string;
  readonly codePostal: string;
  readonly iban7: string | null;
  readonly carte: { readonly type: 'photo' | 'sans-photo'; readonly numeroSerie: string } | null;
  readonly franceConnect: { readonly identifiant: string; readonly motDePasse: string } | null;
}

export function personForJson(
  { cle, situation, line }: Pick<DemoPerson, 'cle' | 'situation' | 'line'>,
  franceConnect: PersonJson['franceConnect'] = null,
): PersonJson {
  return {
    cle,
    situation: situation.fr,
    nom: line.birthName,
    nomUsage: line.usageName,
    prenoms: line.givenNames,
    nir: line.nir,
    dateNaissance: line.birthDate.split('-').reverse().join('/'),
    codePostal: line.postalCode,
    iban7: line.iban === null ? null : ibanTail(line.iban),
    carte: line.card === null ? null : { type: line.card.type, numeroSerie: line.card.serial },
    franceConnect,
  };
}

const situations: Record<GeneratedKind, NamedPerson['situation']> = {
  'carte-photo': { fr: 'Personne ordinaire, carte avec photo', en: 'Ordinary person, card with photo' },
  'carte-sans-photo': {
    fr: 'Personne ordinaire, carte sans photo',
    en: 'Ordinary person, card without photo',
  },
  'regime-non-admis': { fr: 'Régime non admis', en: 'Régime not admitted' },
  'ayant-droit': { fr: 'Ayant droit', en: 'Dependant' },
  'sans-carte': { fr: 'Aucune carte', en: 'No card' },
  'carte-perdue': { fr: 'Carte déclarée perdue', en: 'Card reported lost' },
  'sans-iban': { fr: 'Aucun compte bancaire connu', en: 'No bank account known' },
  'carte-expiree': { fr: 'Carte expirée', en: 'Expired card' },
  'mutation-inachevee': { fr: 'Changement de caisse inachevé', en: 'Change of fund not completed' },
  decede: { fr: 'Personne décédée', en: 'Deceased person' },
  'numero-provisoire': { fr: 'Numéro provisoire', en: 'Provisional number' },
};
