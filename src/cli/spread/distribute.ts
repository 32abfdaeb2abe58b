import { type Kysely, sql } from 'kysely';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Step } from '#src/database/spread/steps.ts';
import type { Database } from '#src/database/tables.ts';

/** The only Citus on which this program was ever run, and that it was an earlier version of it. */
const tried =
  'tried with Citus 13.2.2 and an earlier version of this program (1ba47ab); the statements of this version were not run on Citus';

/**
 * `compte migrate --distribute citus`: places every table (docs/operations.md). May be stopped and repeated. `openMonths`
 * makes the tables of the months of payments, which a page would not wait for once they have parts on every node.
 */
export async function distribute(
  db: Kysely<Database>,
  terminal: Terminal,
  {
    dryRun,
    openMonths,
  }: { readonly dryRun: boolean; readonly openMonths: (db: Kysely<Database>) => Promise<unknown> },
): Promise<ExitCode> {
  const { clearingSteps, distributingSteps, findCitus } = await import('#src/database/spread/steps.ts');
  const { markDistributed } = await import('#src/installation/distributed.ts');
  const { pendingMigrations } = await import('#src/database/migrate.ts');
  const citus = await findCitus(db);
  if (dryRun) {
    const steps = distributingSteps(citus?.placed ?? new Set());
    const toClear = citus?.leftOver ?? [];
    for (const { statement } of [...steps, ...clearingSteps(toClear)]) terminal.out(`${statement};`);
    if (citus === null) terminal.err(noCitus);
    return exitCodes.done;
  }
  if (citus === null) {
    terminal.err(noCitus);
    return exitCodes.refused;
  }
  const missing = await pendingMigrations(db);
  if (missing.length > 0) {
    terminal.err(`compte: the database lacks ${missing.length} migrations: run "compte migrate" first`);
    return exitCodes.refused;
  }
  if (citus.nodes === 0) {
    terminal.err(noNodes);
    return exitCodes.refused;
  }
  terminal.out(`Citus ${citus.version} (${tried})`);
  const steps = distributingSteps(citus.placed);
  await db.connection().execute(async (session) => {
    await sql`set statement_timeout = 0`.execute(session);
    const run = async ({ statement, does }: Step) => {
      await sql.raw(statement).execute(session);
      terminal.out(does);
    };
    try {
      await openMonths(session);
      // First: single statements are right before, during and after.
      await markDistributed(session);
      for (const step of steps) await run(step);
      const after = await findCitus(session);
      for (const step of clearingSteps(after?.leftOver ?? [])) await run(step);
    } finally {
      await sql`reset statement_timeout`.execute(session);
    }
  });
  terminal.out(steps.length === 0 ? 'every table was in its place' : `${steps.length} steps done`);
  terminal.out('restart every web and worker process');
  return exitCodes.done;
}

const noNodes =
  'compte: Citus has no node to place rows on: run "select citus_add_node(…)" for each as a superuser';
const noCitus =
  'compte: the extension citus is not in this database: install Citus on every node, then run "create extension citus" as a superuser';
