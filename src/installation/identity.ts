import { type Kysely, sql } from 'kysely';
import type { Config, Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { withPatience } from '#src/database/patience.ts';
import type { Database, InstallationKeyTable } from '#src/database/tables.ts';
import { OtherInstallation } from '#src/installation/other-installation.ts';

/** What a process is configured as, to be compared with what its database was made by. */
export interface InstallationIdentity {
  readonly mode: Config['mode'];
  /** By the name of their variable; the first of each writes, the others only open. */
  readonly keys: readonly {
    readonly kind: InstallationKeyTable['kind'];
    readonly variable: 'MASTER_KEYS' | 'PASSWORD_PEPPERS';
    readonly current: number;
    /** What each key is known by in the database: nothing can be opened or guessed with it. */
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
    proofs: new Map(keyring.versions.map((number) => [number, keyring.key(number, use)])),
  };
}

/**
 * Refuses a database that was made in another mode or with other keys: a wrong key of the right number would find
 * nobody, and an import under it would add everybody a second time. Notes keys that are new, and which ones write.
 */
export async function enterDatabase(db: Kysely<Database>, identity: InstallationIdentity): Promise<void> {
  const problems = await identityProblems(db, identity);
  if (problems.length > 0) throw new OtherInstallation(problems);
  const { numbers, kinds, proofs, writes } = columnsOf(identity);
  const known = await db.selectFrom('installation_key').select(['kind', 'number', 'current_since']).execute();
  const noted = identity.keys.every(({ kind, current, proofs }) =>
    [...proofs.keys()].every((number) =>
      known.some(
        (key) => key.kind === kind && key.number === number && (number !== current || key.current_since),
      ),
    ),
  );
  if (noted) return;
  await sql`
    insert into installation_key (kind, number, proof, current_since)
    select kind, number, proof, case when writes then now() end
    from unnest(${kinds}::text[], ${numbers}::integer[], ${proofs}::bytea[], ${writes}::boolean[])
      as given(kind, number, proof, writes)
    on conflict (kind, number) do update set current_since = excluded.current_since
    where installation_key.current_since is null and excluded.current_since is not null`.execute(db);
  // Another process may have noted another key under the same number at the same moment.
  const since = await identityProblems(db, identity);
  if (since.length > 0) throw new OtherInstallation(since);
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

/** The same before migrating, where the database may be empty or older than what tells whose it is. */
export async function refuseOther(db: Kysely<Database>, identity: InstallationIdentity): Promise<void> {
  const { rows } = await sql<{ begun: boolean; tells: boolean }>`
    select to_regclass('insured') is not null as begun, to_regclass('installation_key') is not null as tells`.execute(
    db,
  );
  const [{ begun = false, tells = false } = {}] = rows;
  if (!begun) return;
  if (!tells)
    throw new OtherInstallation([
      'DATABASE_URL: this database was made by a version before the first release',
    ]);
  const made = await db.selectFrom('installation').select('mode').executeTakeFirst();
  const problems = made ? await identityProblems(db, identity) : [];
  if (problems.length > 0) throw new OtherInstallation(problems);
}

/** What keeps this configuration from this database: nothing where they belong together. */
export async function identityProblems(
  db: Kysely<Database>,
  identity: InstallationIdentity,
): Promise<string[]> {
  const made = await db.selectFrom('installation').select('mode').executeTakeFirst();
  if (!made) return ['DATABASE_URL: nobody has claimed this database: run "compte migrate" as its owner'];
  if (made.mode !== identity.mode)
    return [
      `MODE: this database was made by ${made.mode} and is never opened as ${identity.mode}: give another database, or the mode that made it`,
    ];
  const known = await db.selectFrom('installation_key').selectAll().orderBy('number').execute();
  return identity.keys.flatMap((given) =>
    keyProblems(
      given,
      known.filter(({ kind }) => kind === given.kind),
    ),
  );
}

function keyProblems(
  { variable, current, proofs }: InstallationIdentity['keys'][number],
  known: readonly InstallationKeyTable[],
): string[] {
  const newest = Math.max(0, ...known.map(({ number }) => number));
  const wrong = known.flatMap(({ number, proof, current_since, retired_at }) => {
    const given = proofs.get(number);
    if (retired_at !== null)
      return number === current ? [`${variable}: key ${number} was retired: it cannot write any more`] : [];
    if (given === undefined)
      return current_since === null
        ? []
        : [`${variable}: key ${number} is missing, and this database holds values that only it opens`];
    return given.equals(proof)
      ? []
      : [`${variable}: key ${number} is not the key of that number that this database was made with`];
  });
  const unknown = [...proofs.keys()].filter(
    (number) => number < newest && !known.some((key) => key.number === number),
  );
  return [
    ...wrong,
    ...unknown.map(
      (number) => `${variable}: key ${number} is unknown here: a new key takes the number ${newest + 1}`,
    ),
  ];
}

/**
 * Says once whom an empty database belongs to, as its owner; refuses one that is another's already, or that holds
 * people and does not say whose they are. Waits as a migration does where somebody holds the register's table.
 */
export async function claimDatabase(
  db: Kysely<Database>,
  identity: InstallationIdentity,
  onWait?: () => void,
): Promise<void> {
  await withPatience(
    () =>
      db.transaction().execute(async (trx) => {
        await sql`set local lock_timeout = '2s'`.execute(trx);
        await sql`
          insert into installation (mode) select ${identity.mode}
          where not exists (select from insured) and not exists (select from account)
          on conflict do nothing`.execute(trx);
      }),
    onWait,
  );
  await enterDatabase(db, identity);
}
