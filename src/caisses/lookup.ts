import { type Kysely, sql } from 'kysely';
import { type Caisse, type CaisseReference, indexReference } from '#src/caisses/reference.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import type { Database } from '#src/database/tables.ts';

/** Reads both tables once; the caller keeps the answer and reads again when an operator changed them. */
export async function loadReference(db: Kysely<Database>): Promise<CaisseReference> {
  const caisses = await db.selectFrom('caisse').selectAll().orderBy('code').execute();
  const served = await db
    .selectFrom('postal_area')
    .select(['caisse_code', (eb) => eb.fn<string>('string_agg', ['postal_code', sql.lit(' ')]).as('codes')])
    .groupBy('caisse_code')
    .orderBy('caisse_code')
    .execute();
  const areas = served.flatMap(({ caisse_code: caisseCode, codes }) =>
    codes.split(' ').map((postalCode) => ({ postalCode, caisseCode })),
  );
  return indexReference(caisses, areas);
}

/**
 * The funds that serve a postal code, however it is written: none (unknown, or outside every fund), one, or several
 * when the code straddles two départements or the département has several funds; the person then chooses.
 */
export function caissesFor(reference: CaisseReference, postalCode: string): readonly Caisse[] {
  const reading = parsePostalCode(postalCode);
  return reading.ok ? (reference.byPostalCode.get(reading.postalCode) ?? []) : [];
}
