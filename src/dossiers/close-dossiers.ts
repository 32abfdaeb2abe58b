import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Closes every open dossier of a person: forms of it that come back are overtaken. */
export async function closeDossiersOf(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<void> {
  await trx
    .updateTable('dossier')
    .set((eb) => ({ closed_at: now, version: eb('version', '+', 1) }))
    .where('person_key', '=', personKey)
    .where('closed_at', 'is', null)
    .execute();
}
