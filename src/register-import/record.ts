import { type Kysely, sql } from 'kysely';
import { record, systemChain } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';
import { type AsOf, formatAsOf, isInTheFuture } from '#src/register-import/as-of.ts';
import type { RightsEnded } from '#src/register-import/end-rights.ts';
import { registerImported, registerRefused } from '#src/register-import/events.ts';
import { type FileKind, orderRefusal } from '#src/register-import/order.ts';
import { ImportRefused } from '#src/register-import/refusal.ts';

/** The date of what the register holds; null: nothing was loaded. */
async function newestAsOf(db: Kysely<Database>): Promise<AsOf | null> {
  const newest = await db
    .selectFrom('register_import')
    .select(['as_from', 'as_until'])
    .where('refused_for', 'is', null)
    .orderBy('as_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.as_from && newest.as_until ? { from: newest.as_from, until: newest.as_until } : null;
}

/** Refuses a file of a day to come, and one that does not come next after what the register holds. */
export async function checkOrder(
  db: Kysely<Database>,
  file: FileKind,
  asOf: AsOf,
  now: Date,
  acceptOlder: boolean,
): Promise<void> {
  if (isInTheFuture(asOf, now)) throw new ImportRefused({ reason: 'in-the-future', asOf });
  if (acceptOlder && file.kind === 'full') return;
  const refusal = orderRefusal(file, asOf, await newestAsOf(db));
  if (refusal) throw new ImportRefused(refusal);
}

/** Whether this file was the last one to be loaded. Refuses one that was loaded before another. */
export async function checkReplay(
  db: Kysely<Database>,
  sha256: Buffer,
  acceptOlder: boolean,
): Promise<Date | null> {
  const loaded = db
    .selectFrom('register_import')
    .select(['sha256', 'at'])
    .where('refused_for', 'is', null)
    .orderBy('at', 'desc')
    .limit(1);
  const last = await loaded.executeTakeFirst();
  if (last?.sha256?.equals(sha256)) return last.at;
  const before = await loaded.where('sha256', '=', sha256).executeTakeFirst();
  if (before && !acceptOlder) throw new ImportRefused({ reason: 'loaded-before', loadedAt: before.at });
  return null;
}

/** Who loads a file, and what it is called. */
export interface Origin {
  /** An agent’s number, or the user of the operating system: letters, digits, `-` and `_`; `-`: nobody said so. */
  readonly by: string;
  /** Without its folder; null for standard input. */
  readonly fileName: string | null;
}

export interface ImportRecord {
  readonly id: string;
  readonly now: Date;
  readonly origin: Origin;
  readonly file: FileKind;
  readonly asOf: AsOf;
  readonly sha256: Buffer;
  readonly counts: Readonly<Record<string, number>> & { readonly accepted: number };
}

/** Notes an import, with its audit event: counts, the date and the fingerprint of the file, nobody. */
export async function recordImport(trx: Kysely<Database>, imported: ImportRecord): Promise<void> {
  const { id, now, origin, file, asOf, sha256, counts } = imported;
  await trx
    .insertInto('register_import')
    .values({
      ...rowOf({ id, now, origin, file }),
      as_from: asOf.from,
      as_until: asOf.until,
      sha256,
      people: counts.accepted,
      refused_for: null,
      counts: JSON.stringify(counts),
    })
    .execute();
  await record(trx, registerImported, {
    person: systemChain,
    actor: actorOf(origin),
    at: now,
    details: {
      ...counts,
      import: id,
      by: 'operator',
      kind: file.kind,
      asOf: formatAsOf(asOf),
      sha256: sha256.toString('hex'),
    },
  });
}

export interface RefusedImport {
  readonly id: string;
  readonly now: Date;
  readonly origin: Origin;
  readonly file: FileKind;
  readonly asOf: AsOf | null;
  /** Null where the file was not read to its end. */
  readonly sha256: Buffer | null;
  readonly counts: Readonly<Record<string, number>>;
  /** A reason code. */
  readonly reason: string;
}

/** Notes a file that was refused, with its audit event. */
export async function recordRefusal(db: Kysely<Database>, refused: RefusedImport): Promise<void> {
  const { id, now, origin, file, asOf, sha256, counts, reason } = refused;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('register_import')
      .values({
        ...rowOf({ id, now, origin, file }),
        as_from: asOf?.from ?? null,
        as_until: asOf?.until ?? null,
        sha256,
        people: 0,
        refused_for: reason,
        counts: JSON.stringify(counts),
      })
      .execute();
    const details = { import: id, reason, ...(sha256 ? { sha256: sha256.toString('hex') } : {}) };
    await record(trx, registerRefused, {
      person: systemChain,
      actor: actorOf(origin),
      at: now,
      details,
    });
  });
}

function rowOf({ id, now, origin, file }: Pick<ImportRecord, 'id' | 'now' | 'origin' | 'file'>) {
  const since = file.kind === 'delta' ? file.since : null;
  return {
    id,
    at: now,
    loaded_by: origin.by,
    file_name: origin.fileName,
    kind: file.kind,
    since_from: since?.from ?? null,
    since_until: since?.until ?? null,
  };
}

function actorOf({ by }: Origin) {
  return by === '-' ? ({ kind: 'system' } as const) : ({ kind: 'agent', id: by } as const);
}

/** How many accounts a file concerns: of people who left, came back, died, or live after all. */
export async function countConcerned(
  db: Kysely<Database>,
  { closed, reopened }: RightsEnded,
): Promise<number> {
  const moved = await sql<{ count: string }>`
    select count(*) from account join register_moved using (person_key)`.execute(db);
  const others = await sql<{ count: string }>`
    select count(*) from account where person_key = any(${[...closed, ...reopened]}::bytea[])
      and not exists (select 1 from register_moved m where m.person_key = account.person_key)`.execute(db);
  return Number(moved.rows[0]?.count) + Number(others.rows[0]?.count);
}

/** Notes whose accounts an import concerned, so that they can be found later. */
export async function noteConcerned(
  trx: Kysely<Database>,
  id: string,
  { closed, reopened }: RightsEnded,
): Promise<void> {
  await sql`
    insert into register_concerned (person_key, import, what)
    select person_key, ${id}::uuid, what from register_moved join account using (person_key)`.execute(trx);
  for (const [people, what] of [
    [closed, 'died'],
    [reopened, 'lives'],
  ] as const)
    await sql`
      insert into register_concerned (person_key, import, what)
      select person_key, ${id}::uuid, ${what} from account where person_key = any(${[...people]}::bytea[])
      on conflict (person_key, import) do update set what = excluded.what`.execute(trx);
}
