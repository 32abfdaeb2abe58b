import type { Compilable, Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Refuses every try of a subject until then, as after too many failures. */
export function suspending(db: Kysely<Database>, kind: string, subject: Buffer, until: Date): Compilable {
  return db
    .insertInto('attempt')
    .values({ kind, subject, blocked_until: until })
    .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet({ blocked_until: until }));
}
