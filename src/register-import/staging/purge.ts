import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { emptyStaging } from '#src/register-import/staging/staging-tables.ts';
import { importLock } from '#src/register-import/staging/turn.ts';

const keptMs = 86_400_000;

/**
 * Clears what an import left staged that began more than a day ago, unless one runs now: the next full file is another
 * one. In a transaction. Answers how many parts.
 */
export async function purgeStaged(trx: Kysely<Database>, now: Date): Promise<number> {
  const { parts } = await trx
    .selectFrom('register_part')
    .innerJoin('register_load', (join) => join.onTrue())
    .where('register_load.started_at', '<', new Date(now.getTime() - keptMs))
    .select(({ fn }) => fn.countAll<string>().as('parts'))
    .executeTakeFirstOrThrow();
  if (Number(parts) === 0) return 0;
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(${importLock}) as taken`.execute(trx);
  if (!rows[0]?.taken) return 0;
  await emptyStaging(trx);
  return Number(parts);
}
