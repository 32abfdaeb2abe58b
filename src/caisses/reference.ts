import caisses from '#src/caisses/reference/caisses.json' with { type: 'json' };
import postalCodes from '#src/caisses/reference/postal-codes.json' with { type: 'json' };
import { parsePostalCode } from '#src/contact/postal-code.ts';

/** A fund as it is shown to people. */
export interface Caisse {
  /** As in the register: usually the département followed by `1`. */
  readonly code: string;
  /** As shown: «Somme», «Flandres». */
  readonly name: string;
  readonly departements: readonly string[];
  readonly telephone: string;
  readonly mailbox: string | null;
  readonly address: readonly string[];
  readonly website: string | null;
}

/** One caisse that serves a postal code. */
export interface PostalArea {
  readonly postalCode: string;
  readonly caisseCode: string;
}

/**
 * The shipped funds: what a new installation starts from, the operator's to correct in the database.
 * Codes follow the rule «département and 1»; contacts are the national ones.
 */
export const shippedCaisses: readonly Caisse[] = caisses;

/**
 * Which of `funds` serves which postal code, from the official list of communes. A code that straddles two
 * départements, or a département with several funds, gives several; one outside every fund gives none.
 */
export function shippedAreas(funds: readonly Caisse[] = shippedCaisses): readonly PostalArea[] {
  const codesOf = new Map(
    Object.entries(postalCodes).map(([departement, list]) => [departement, list.split(' ')]),
  );
  return funds.flatMap(({ code, departements }) => {
    const served = new Set(departements.flatMap((departement) => codesOf.get(departement) ?? []));
    return [...served].map((postalCode) => ({ postalCode, caisseCode: code }));
  });
}

/** Funds and postal codes, kept in memory. */
export interface CaisseReference {
  readonly caisses: ReadonlyMap<string, Caisse>;
  readonly byPostalCode: ReadonlyMap<string, readonly Caisse[]>;
}

/** Indexes funds and areas, each code as `parsePostalCode` reads it; an area of an unknown fund is left out. */
export function indexReference(caisses: readonly Caisse[], areas: readonly PostalArea[]): CaisseReference {
  const byCode = new Map(caisses.map((caisse) => [caisse.code, caisse]));
  const byPostalCode = new Map<string, Caisse[]>();
  for (const { postalCode, caisseCode } of areas) {
    const caisse = byCode.get(caisseCode);
    if (!caisse) continue;
    const reading = parsePostalCode(postalCode);
    const place = reading.ok ? reading.postalCode : postalCode;
    const serving = byPostalCode.get(place) ?? [];
    if (!serving.includes(caisse)) serving.push(caisse);
    byPostalCode.set(place, serving);
  }
  return { caisses: byCode, byPostalCode };
}

let shipped: WeakRef<CaisseReference> | null = null;

/** What is shipped, without a database: for the fictitious register and for tests. Indexed once while somebody holds it. */
export function shippedReference(): CaisseReference {
  const held = shipped?.deref();
  if (held) return held;
  const made = indexReference(shippedCaisses, shippedAreas());
  shipped = new WeakRef(made);
  return made;
}
