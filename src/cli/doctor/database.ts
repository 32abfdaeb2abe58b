import { type Kysely, sql } from 'kysely';
import type { Finding } from '#src/cli/doctor/finding.ts';
import { pendingMigrations, unknownMigrations } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';
import { type InstallationIdentity, identityProblems } from '#src/installation/identity.ts';
import { toleratedSkewSeconds, worryingSkewSeconds } from '#src/time/clock.ts';

const readsOnly: Finding = {
  about: 'database',
  state: 'failed',
  detail: 'it only reads: promote it, or name the primary in DATABASE_URL',
};

/** PostgreSQL's version, that it takes writes, the migrations, its clock, and whether mode and keys are its own. */
export async function examineDatabase(
  db: Kysely<Database>,
  identity: InstallationIdentity,
): Promise<Finding[]> {
  const startedAt = performance.now();
  const { rows } = await sql<{ version: string; now: Date; reads_only: boolean }>`
    select current_setting('server_version_num') as version, clock_timestamp() as now,
      current_setting('transaction_read_only')::boolean as reads_only`.execute(db);
  const { version = '0', now = new Date(0), reads_only = false } = rows[0] ?? {};
  const waited = performance.now() - startedAt;
  const major = Math.floor(Number(version) / 10_000);
  const missing = await pendingMigrations(db);
  const findings: Finding[] = [
    {
      about: 'database',
      state: major >= 15 ? 'ok' : 'failed',
      detail: `PostgreSQL ${major}, 15 or newer is needed`,
    },
    ...(reads_only ? [readsOnly] : []),
    clockFinding(Math.abs(Date.now() - now.getTime()), waited),
    migrationsFinding(missing, await unknownMigrations(db)),
  ];
  if (missing.length > 0) return findings;
  return [...findings, ...(await examineIdentity(db, identity))];
}

/** During an upgrade the program is older than its database for a while; afterwards it should not be. */
function migrationsFinding(missing: readonly string[], unknown: readonly string[]): Finding {
  const about = 'migrations';
  if (missing.length > 0)
    return { about, state: 'failed', detail: `${missing.length} missing: run "compte migrate"` };
  if (unknown.length === 0) return { about, state: 'ok', detail: 'all there' };
  const detail = `a newer version of the program ran ${unknown.join(', ')} here: upgrade this one`;
  return { about, state: 'warning', detail };
}

/** Whether mode and keys are those of this database. Reads no large table. */
async function examineIdentity(db: Kysely<Database>, identity: InstallationIdentity): Promise<Finding[]> {
  const problems = await identityProblems(db, identity);
  if (problems.length > 0)
    return problems.map((problem) => {
      const [about = '', ...detail] = problem.split(': ');
      return { about, state: 'failed', detail: detail.join(': ') };
    });
  const registeredKeys = await db
    .selectFrom('installation_key')
    .select(['kind', 'number', 'current_since', 'retired_at'])
    .orderBy('number')
    .execute();
  const keys = identity.keys.map(({ kind, variable, current, proofs }): Finding => {
    const written = registeredKeys
      .filter((key) => key.kind === kind && key.current_since !== null)
      .map(({ number }) => number);
    const others = [...proofs.keys()].filter((number) => number !== current).sort((a, b) => a - b);
    const behind = others.some((number) => number > current && written.includes(number));
    const descriptions = others.map(
      (number) => `${number} ${written.includes(number) ? 'wrote before' : 'only opens'}`,
    );
    return {
      about: variable,
      state: behind ? 'warning' : 'ok',
      detail: [`${current} writes`, ...descriptions].join(', '),
    };
  });
  return [...keys, ...(identity.mode === 'production' ? [await examineRole(db)] : [])];
}

/** The role that serves needs no right to change tables or to delete from the audit trail. */
async function examineRole(db: Kysely<Database>): Promise<Finding> {
  const { rows } = await sql<{ role: string; may: boolean }>`
    select current_user as role, has_table_privilege('audit_event', 'delete') as may`.execute(db);
  const [{ role = '', may = false } = {}] = rows;
  return may
    ? {
        about: 'role',
        state: 'warning',
        detail: `${role} may change tables and the audit trail: serve as another one (DATABASE_RUNTIME_ROLE)`,
      }
    : { about: 'role', state: 'ok', detail: `${role} changes rows, never tables` };
}

function clockFinding(differenceMs: number, waitedMs: number): Finding {
  const seconds = Math.max(0, differenceMs - waitedMs) / 1_000;
  const late = seconds > worryingSkewSeconds ? 'warning' : 'ok';
  return {
    about: 'clock',
    state: seconds > toleratedSkewSeconds ? 'failed' : late,
    detail: `${seconds.toFixed(1)} s between this machine and the database`,
  };
}
