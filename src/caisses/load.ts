import { type Kysely, sql } from 'kysely';
import { shippedAreas, shippedCaisses } from '#src/caisses/reference.ts';
import type { Database } from '#src/database/tables.ts';

/**
 * Fills `caisse` and `postal_area` with what is shipped, in one transaction. By default only when the
 * installation has no fund yet, so that an operator's corrections stay; `replace` starts again from what is
 * shipped. True when something was written.
 */
export async function fillReference(db: Kysely<Database>, { replace = false } = {}): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    const existing = await trx.selectFrom('caisse').select('code').limit(1).executeTakeFirst();
    if (existing && !replace) return false;
    await trx.deleteFrom('postal_area').execute();
    await trx.deleteFrom('caisse').execute();
    await sql`
      insert into caisse (code, name, departements, telephone, mailbox, address, website)
      select code, name, departements, telephone, mailbox, address, website
      from jsonb_to_recordset(${JSON.stringify(shippedCaisses)}::jsonb) as shipped(
        code text, name text, departements text[], telephone text, mailbox text, address text[], website text)
    `.execute(trx);
    const areas = shippedAreas();
    await sql`
      insert into postal_area (postal_code, caisse_code)
      select * from unnest(
        ${areas.map((area) => area.postalCode)}::text[], ${areas.map((area) => area.caisseCode)}::text[])
    `.execute(trx);
    return true;
  });
}
