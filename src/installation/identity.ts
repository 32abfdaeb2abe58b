import { type Kysely, sql } from 'kysely';
import type { Config, Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { noteSpread } from '#src/database/dialect.ts';
import { lockTimeout, withPatience } from '#src/database/patience.ts';
import type { Database, InstallationKeyTable } from '#src/database/tables.ts';
import { OtherInstallation } from '#src/installation/other-installation.ts';

/** The identity of a process by its configuration, to compare with the one its database was created with. */
export interface InstallationIdentity {
  readonly mode: Config['mode'];
  /** The first key of each kind writes, the others only open. */
  readonly keys: readonly {
    readonly kind: InstallationKeyTable['kind'];
    readonly variable: 'MASTER_KEYS' | 'PASSWORD_PEPPERS';
    readonly current: number;
    /** What the database stores of each key: it opens nothing and does not reveal the key. */
    readonly proofs: ReadonlyMap<number, Buffer>;
  }[];
}

export function identityOf(
  { mode }: Pick<Config, 'mode'>,
  secrets: Pick<Secrets, 'masterKeys' | 'peppers'>,
): InstallationIdentity {
  return {
    mode,
    keys: [
      {
        kind: 'master',
        variable: 'MASTER_KEYS',
        ...proofsOf(secrets.masterKeys.reveal(), 'proof of a master key'),
      },
      {
        kind: 'pepper',
        variable: 'PASSWORD_PEPPERS',
        ...proofsOf(secrets.peppers.reveal(), 'proof of a pepper'),
      },
    ],
  };
}

function proofsOf(keys: ReadonlyMap<number, Buffer>, use: string) {
  const keyring = openKeyring(keys);
  return {
    current: keyring.current,
    proofs: new Map(keyring.versions.map((number) => [number, keyring.key(number, use).export()])),
  };
}

/**
 * Refuses a database that was created in another mode or with other keys: a wrong key with the right number would find
 * nobody, and an import with it would add everybody a second time. Records new keys, and which ones write.
 */
export async function enterDatabase(db: Kysely<Database>, identity: InstallationIdentity): Promise<void> {
  const problems = await identityProblems(db, identity);
  if (problems.length > 0) throw new OtherInstallation(problems);
  const { numbers, kinds, proofs, writes } = columnsOf(identity);
  const recordedKeys = await db
    .selectFrom('installation_key')
    .select(['kind', 'number', 'current_since'])
    .execute();
  const allRecorded = identity.keys.every(({ kind, current, proofs }) =>
    [...proofs.keys()].every((number) =>
      recordedKeys.some(
        (key) => key.kind === kind && key.number === number && (number !== current || key.current_since),
      ),
    ),
  );
  if (allRecorded) return;
  await sql`
    insert into installation_key (kind, number, proof, current_since)
    select kind, number, proof, case when writes then now() end
    from unnest(${kinds}::text[], ${numbers}::integer[], ${proofs}::bytea[], ${writes}::boolean[])
      as configured(kind, number, proof, writes)
    on conflict (kind, number) do update set current_since = excluded.current_since
    where installation_key.current_since is null and excluded.current_since is not null`.execute(db);
  // Another process may have recorded another key under the same number at the same moment.
  const conflicts = await identityProblems(db, identity);
  if (conflicts.length > 0) throw new OtherInstallation(conflicts);
}

function columnsOf({ keys }: InstallationIdentity) {
  const rows = keys.flatMap(({ kind, current, proofs }) =>
    [...proofs].map(([number, proof]) => ({ kind, number, proof, writes: number === current })),
  );
  return {
    kinds: rows.map(({ kind }) => kind),
    numbers: rows.map(({ number }) => number),
    proofs: rows.map(({ proof }) => proof),
    writes: rows.map(({ writes }) => writes),
  };
}

/** Refuses another installation's database before a migration, when it may be empty or too old to be identified. */
export async function refuseOther(db: Kysely<Database>, identity: InstallationIdentity): Promise<void> {
  const { rows } = await sql<{ migrated: boolean; identified: boolean }>`
    select to_regclass('insured') is not null as migrated, to_regclass('installation_key') is not null as identified`.execute(
    db,
  );
  const [{ migrated = false, identified = false } = {}] = rows;
  if (!migrated) return;
  if (!identified)
    throw new OtherInstallation([
      'DATABASE_URL: this database was made by a version before the first release',
    ]);
  const installation = await db.selectFrom('installation').select('mode').executeTakeFirst();
  const problems = installation ? await identityProblems(db, identity) : [];
  if (problems.length > 0) throw new OtherInstallation(problems);
}

/**
 * Why this configuration does not belong to this database; empty if it does. Notes on the way whether its tables are
 * distributed.
 */
export async function identityProblems(
  db: Kysely<Database>,
  identity: InstallationIdentity,
): Promise<string[]> {
  const installation = await db
    .selectFrom('installation')
    .select(['mode', 'distributed_by'])
    .executeTakeFirst();
  noteSpread(db, installation?.distributed_by != null);
  if (!installation)
    return ['DATABASE_URL: nobody has claimed this database: run "compte migrate" as its owner'];
  if (installation.mode !== identity.mode)
    return [
      `MODE: this database was made by ${installation.mode} and is never opened as ${identity.mode}: give another database, or the mode that made it`,
    ];
  const recordedKeys = await db.selectFrom('installation_key').selectAll().orderBy('number').execute();
  return identity.keys.flatMap((configured) =>
    keyProblems(
      configured,
      recordedKeys.filter(({ kind }) => kind === configured.kind),
    ),
  );
}

function keyProblems(
  { variable, current, proofs }: InstallationIdentity['keys'][number],
  recordedKeys: readonly InstallationKeyTable[],
): string[] {
  const newest = Math.max(0, ...recordedKeys.map(({ number }) => number));
  const wrong = recordedKeys.flatMap(({ number, proof, current_since, retired_at }) => {
    const configured = proofs.get(number);
    if (retired_at !== null)
      return number === current ? [`${variable}: key ${number} was retired: it cannot write any more`] : [];
    if (configured === undefined)
      return current_since === null
        ? []
        : [`${variable}: key ${number} is missing, and this database holds values that only it opens`];
    return configured.equals(proof)
      ? []
      : [`${variable}: key ${number} is not the key of that number that this database was made with`];
  });
  const unknown = [...proofs.keys()].filter(
    (number) => number < newest && !recordedKeys.some((key) => key.number === number),
  );
  return [
    ...wrong,
    ...unknown.map(
      (number) => `${variable}: key ${number} is unknown here: a new key takes the number ${newest + 1}`,
    ),
  ];
}

/**
 * Records, as the owner role, which installation an empty database belongs to; refuses one that belongs to another, or
 * that has people but no installation. Waits for locks on the register's table as a migration does.
 */
export async function claimDatabase(
  db: Kysely<Database>,
  identity: InstallationIdentity,
  onWait?: () => void,
): Promise<void> {
  await withPatience(
    () =>
      db.transaction().execute(async (trx) => {
        await sql`set local lock_timeout = ${sql.lit(lockTimeout)}`.execute(trx);
        const people = [
          await trx.selectFrom('insured').select('key_version').limit(1).executeTakeFirst(),
          await trx.selectFrom('account').select('status').limit(1).executeTakeFirst(),
        ];
        if (people.some((person) => person !== undefined)) return;
        await trx
          .insertInto('installation')
          .values({ mode: identity.mode })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
    onWait,
  );
  await enterDatabase(db, identity);
}
