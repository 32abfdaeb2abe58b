import {
  civilStatusClaims,
  type IdentityClaims,
  registeredCivilStatus,
  type SimulatedIdentity,
  simulatorPassword,
} from '#src/demo/franceconnect/people/identity.ts';
import { mockIdentities } from '#src/demo/franceconnect/people/mock-identities.ts';
import type { DemoPerson, PersonJson } from '#src/fictitious/demo-register.ts';

/** People without access to FranceConnect. */
const without: ReadonlySet<string> = new Set(['centenaire', 'polymatheia']);

/** People whose data differ between FranceConnect and the caisse. */
const differing: Readonly<
  Record<string, { readonly claims: IdentityClaims; readonly situation: DemoPerson['situation'] } | undefined>
> = {
  'carte-avec-photo': {
    situation: {
      fr: 'FranceConnect connaît plus de prénoms que la caisse',
      en: 'FranceConnect knows more given names than the fund',
    },
    claims: { given_name: 'Céline Marie Louise', given_name_array: ['Céline', 'Marie', 'Louise'] },
  },
  'nom-compose': {
    situation: {
      fr: 'FranceConnect connaît moins de prénoms que la caisse',
      en: 'FranceConnect knows fewer given names than the fund',
    },
    claims: { given_name: 'Jean-Baptiste', given_name_array: ['Jean-Baptiste'] },
  },
  'nom-usage-seul': {
    situation: {
      fr: 'La caisse ne connaît que le nom d’usage, FranceConnect les deux noms',
      en: 'The fund only knows the name in use, FranceConnect both names',
    },
    claims: { family_name: 'CHANTELOUVE', preferred_username: 'DELATTRE' },
  },
  'courriels-connus': {
    situation: {
      fr: 'FranceConnect transmet une autre adresse email que celle que la caisse connaît',
      en: 'FranceConnect sends another email address than the fund knows',
    },
    claims: { email: 'clemence@autre-messagerie.example.org' },
  },
  'adresse-deja-prise': {
    situation: {
      fr: 'FranceConnect transmet l’adresse email de tout le foyer',
      en: 'FranceConnect sends the email address of the whole household',
    },
    claims: { email: 'foyer.delorme@example.org' },
  },
  'iban-belge': {
    situation: {
      fr: 'FranceConnect transmet un nom d’usage que la caisse ignore',
      en: 'FranceConnect sends a name in use that the fund does not know',
    },
    claims: { preferred_username: 'PEETERS' },
  },
};

/** After a correction of civil status: the same person, with another subject. */
const corrected: SimulatedIdentity = {
  identifiant: 'carte-9-chiffres-rectifiee',
  situation:
    'Josiane Jeannerot après une rectification d’état civil\u00a0: FranceConnect la désigne autrement',
  refusal: null,
  claims: civilStatusClaims({
    birthName: 'Jeannerot',
    givenNames: ['Josiane', 'Marthe'],
    birthDate: '1953-07-19',
    gender: 'female',
    birthPlace: '25056',
    birthCountry: '99100',
    email: 'carte-9-chiffres@example.org',
  }),
};

/** All identities to sign in with: named people, situations that only FranceConnect has, then generated people. */
export function simulatedIdentities(people: readonly DemoPerson[]): SimulatedIdentity[] {
  const registered = people.filter(({ cle }) => !without.has(cle)).map(identityOf);
  const firstGenerated = registered.findIndex(({ identifiant }) => identifiant.startsWith('genere-'));
  const end = firstGenerated === -1 ? registered.length : firstGenerated;
  return [...registered.slice(0, end), corrected, ...mockIdentities, ...registered.slice(end)];
}

/** The FranceConnect credentials of a person of the demo's register; null for the deceased and those without access. */
export function franceConnectOf({
  cle,
  line,
}: Pick<DemoPerson, 'cle' | 'line'>): PersonJson['franceConnect'] {
  if (without.has(cle) || line.deceased) return null;
  return { identifiant: cle, motDePasse: simulatorPassword };
}

/** How the data of FranceConnect and the caisse differ for a person, null where they agree. */
export function franceConnectDifference(cle: string): DemoPerson['situation'] | null {
  return differing[cle]?.situation ?? null;
}

function identityOf({ cle, situation, line }: DemoPerson): SimulatedIdentity {
  const difference = differing[cle];
  return {
    identifiant: cle,
    situation: (difference?.situation ?? situation).fr,
    claims: { ...registeredCivilStatus(cle, line), ...difference?.claims },
    refusal: line.deceased ? 'Y010015' : null,
  };
}
