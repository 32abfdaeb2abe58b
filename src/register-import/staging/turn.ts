import { hostname } from 'node:os';
import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { ImportRefused } from '#src/register-import/refusal.ts';

/** Held by the session of an import: two never run at once. */
export const importLock = 7_106_119_274;

/**
 * Runs an import in one session, alone; refuses while another one runs, and says whose. What it reads and writes takes
 * as long as it takes.
 */
export async function inTurn<T>(
  db: Kysely<Database>,
  load: { readonly id: string; readonly now: Date },
  run: (session: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (session) => {
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_lock(${importLock}) as taken, set_config('statement_timeout', '0', false),
        set_config('idle_in_transaction_session_timeout', '0', false), set_config('work_mem', '128MB', false)`.execute(
      session,
    );
    try {
      if (!rows[0]?.taken) throw await busy(session);
      await begin(session, load);
      return await run(session);
    } finally {
      // Where the session is lost, nothing of it is left either.
      await giveBack(session, rows[0]?.taken === true).catch(() => {});
    }
  });
}

async function begin(
  session: Kysely<Database>,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<void> {
  const values = { id, started_at: now, by: `process ${process.pid} on ${hostname()}` };
  await session
    .insertInto('register_load')
    .values(values)
    .onConflict((conflict) => conflict.column('single').doUpdateSet(values))
    .execute();
}

async function busy(session: Kysely<Database>): Promise<ImportRefused> {
  const other = await session.selectFrom('register_load').select(['started_at', 'by']).executeTakeFirst();
  return new ImportRefused({ reason: 'busy', since: other?.started_at ?? null, by: other?.by ?? null });
}

async function giveBack(session: Kysely<Database>, taken: boolean): Promise<void> {
  await sql`reset statement_timeout; reset idle_in_transaction_session_timeout; reset work_mem`.execute(
    session,
  );
  if (taken) await sql`select pg_advisory_unlock(${importLock})`.execute(session);
}

/** Throws when another import has begun since: this one had lost its session, and not noticed. */
export async function requireTurn(trx: Kysely<Database>, id: string): Promise<void> {
  const mine = await trx
    .selectFrom('register_load')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!mine) throw new Error('Another import has begun: this one had lost its connection');
}
