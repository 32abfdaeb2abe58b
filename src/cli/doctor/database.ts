import { type Kysely, sql } from 'kysely';
import type { Finding } from '#src/cli/doctor/examine.ts';
import { toleratedSkewSeconds, worryingSkewSeconds } from '#src/clock.ts';
import type { Secrets } from '#src/config/config.ts';
import { sealedColumns } from '#src/crypto/reseal.ts';
import { pendingMigrations } from '#src/database/migrate.ts';
import type { Database } from '#src/database/tables.ts';

/** PostgreSQL's version, the migrations, its clock, and whether every key in use is configured. */
export async function examineDatabase(db: Kysely<Database>, secrets: Secrets): Promise<Finding[]> {
  const asked = performance.now();
  const { rows } = await sql<{ version: string; now: Date }>`
    select current_setting('server_version_num') as version, clock_timestamp() as now`.execute(db);
  const { version = '0', now = new Date(0) } = rows[0] ?? {};
  const waited = performance.now() - asked;
  const major = Math.floor(Number(version) / 10_000);
  const missing = await pendingMigrations(db);
  const findings: Finding[] = [
    {
      about: 'database',
      state: major >= 15 ? 'ok' : 'failed',
      detail: `PostgreSQL ${major}, 15 or newer is needed`,
    },
    clockFinding(Math.abs(Date.now() - now.getTime()), waited),
    missing.length === 0
      ? { about: 'migrations', state: 'ok', detail: 'all there' }
      : { about: 'migrations', state: 'failed', detail: `${missing.length} missing: run "compte migrate"` },
  ];
  if (missing.length > 0) return findings;
  return [
    ...findings,
    keyFinding('master keys', await masterVersionsInUse(db), secrets.masterKeys.reveal()),
    keyFinding('password peppers', await pepperVersionsInUse(db), secrets.peppers.reveal()),
  ];
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

function keyFinding(
  about: string,
  inUse: readonly number[],
  configured: ReadonlyMap<number, unknown>,
): Finding {
  const lost = inUse.filter((version) => !configured.has(version));
  if (lost.length > 0)
    return { about, state: 'failed', detail: `in use but not configured: ${lost.join(', ')}` };
  const older = inUse.filter((version) => version < Math.max(...configured.keys()));
  const detail =
    older.length > 0 ? `older ones still in use: ${older.join(', ')}` : 'all there, none older in use';
  return { about, state: 'ok', detail };
}

async function masterVersionsInUse(db: Kysely<Database>): Promise<number[]> {
  const versions = new Set<number>();
  for (const { table, column } of sealedColumns) {
    const { rows } = await sql<{ version: Buffer }>`
      select distinct substring(${sql.ref(column)} from 1 for 4) as version from ${sql.table(table)}
      where ${sql.ref(column)} is not null`.execute(db);
    for (const { version } of rows) versions.add(version.readUInt32BE(0));
  }
  const named = await db.selectFrom('insured').select('key_version').distinct().execute();
  for (const { key_version } of named) versions.add(key_version);
  return [...versions].sort((a, b) => a - b);
}

async function pepperVersionsInUse(db: Kysely<Database>): Promise<number[]> {
  const { rows } = await sql<{ version: number | null }>`
    select distinct substring(password_hash from 'keyid=(\\d+)')::integer as version from account`.execute(
    db,
  );
  return rows.flatMap(({ version }) => (version === null ? [] : [version])).sort((a, b) => a - b);
}
