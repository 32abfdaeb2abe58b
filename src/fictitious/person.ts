import { france, readBirthPlace } from '#src/civil-status/place.ts';
import { frenchIban } from '#src/fictitious/bank-account.ts';
import type { RegisterLine } from '#src/register/insured.ts';

interface InTwoLanguages {
  readonly fr: string;
  readonly en: string;
}

/** An invented person who stands for one situation. */
export interface NamedPerson {
  /** Stable name for tests and guides: `nom-usage`, `corse-2a`. */
  readonly cle: string;
  readonly situation: InTwoLanguages;
  /** What that person will meet under the policy `ameli-2025`. */
  readonly meets: InTwoLanguages;
  readonly line: RegisterLine;
  /** The account to make for them when the register is loaded, null for none. */
  readonly account: { readonly status: 'open' | 'pending'; readonly email: string } | null;
}

/** Postal code, town in capitals, code of the fund. */
type Home = readonly [postalCode: string, town: string, caisse: string];

interface Sketch extends Partial<Omit<RegisterLine, 'postalCode' | 'caisse'>> {
  readonly cle: string;
  readonly situation: InTwoLanguages;
  readonly meets: InTwoLanguages;
  readonly nir: string;
  readonly birthName: string;
  readonly givenNames: string[];
  readonly birthDate: string;
  readonly home: Home;
  readonly account?: NamedPerson['account'];
}

/** The password of every account that the demo opens beforehand. */
export const demoPassword = 'Tournesol-Bleu-2026';

/**
 * Completes a sketch: by default insured in their own right by the régime général, born where the NIR says,
 * with a bank account and an active card with photo whose numbers follow from the NIR.
 */
export function person(sketch: Sketch): NamedPerson {
  const { cle, situation, meets, home, account = null, ...line } = sketch;
  const [postalCode, town, caisse] = home;
  return {
    cle,
    situation,
    meets,
    account,
    line: {
      certified: true,
      usageName: null,
      ...bornAsNumbered(line.nir),
      deceased: false,
      address: ['4 rue des Inventions', `${postalCode} ${town}`],
      postalCode,
      formerPostalCodes: [],
      regime: 'GENERAL',
      caisse,
      entitlement: 'ouvreur-de-droits',
      iban: frenchIban('39995', '00001', plainDigits(line.nir).slice(-11)),
      card: photoCard(`4${plainDigits(line.nir).slice(-10)}`),
      knownEmail: null,
      knownMobile: null,
      ...line,
    },
  };
}

export function photoCard(serial: string): NonNullable<RegisterLine['card']> {
  return { type: 'photo', serial, state: 'active', transfer: 'finished' };
}

export function plainCard(serial: string): NonNullable<RegisterLine['card']> {
  return { type: 'sans-photo', serial, state: 'active', transfer: 'finished' };
}

/** What needs no help to go through by the card route. */
export const smoothly: InTwoLanguages = {
  fr: 'Création immédiate avec la carte Vitale et l’IBAN.',
  en: 'Immediate creation with the card and the IBAN.',
};

function bornAsNumbered(nir: string): Pick<RegisterLine, 'birthPlace' | 'birthCountry'> {
  const { birthPlace, birthCountry } = readBirthPlace(nir.slice(5, 10), '');
  return { birthPlace, birthCountry: birthCountry || france };
}

function plainDigits(nir: string): string {
  return nir.replace(/[AB]/, '0');
}
