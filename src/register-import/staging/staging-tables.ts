import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#src/database/tables.ts';
import type { FileKind } from '#src/register-import/order.ts';
import type { Reject } from '#src/register-import/sort-lines.ts';
import type { PartReport } from '#src/register-import/staging/read-part.ts';
import type { StagedRow } from '#src/register-import/staging/staged-row.ts';

/** A part that is staged, and what to check whether it is the same. */
export interface StagedPart {
  readonly number: number;
  readonly digest: Buffer;
  readonly report: KeptReport;
}

/** Of the report of a part, what is kept with it. The heading is read again. */
export type KeptReport = Omit<PartReport, 'heading'>;

const keptReport = z.strictObject({
  lines: z.int(),
  accepted: z.int(),
  cut: z.boolean(),
  brokenQuotes: z.int().nullable(),
  nameless: z.int(),
  firstChange: z.int().nullable(),
  rejects: z.array(
    z.strictObject({ line: z.int(), reason: z.string(), others: z.array(z.string()).optional() }),
  ),
});

/** What an interrupted import left, by the number of the part. */
export async function stagedParts(session: Kysely<Database>): Promise<ReadonlyMap<number, StagedPart>> {
  const rows = await session.selectFrom('register_part').selectAll().execute();
  return new Map(
    rows.map(({ number, digest, report }) => {
      const { rejects, ...read } = keptReport.parse(report);
      return [number, { number, digest, report: { ...read, rejects: rejects.map(withoutUndefined) } }];
    }),
  );
}

function withoutUndefined({
  line,
  reason,
  others,
}: {
  line: number;
  reason: string;
  others?: string[] | undefined;
}): Reject {
  return { line, reason, ...(others ? { others } : {}) };
}

/** What is kept of a report, as it is stored. */
export function keptText({
  lines,
  accepted,
  cut,
  brokenQuotes,
  nameless,
  firstChange,
  rejects,
}: KeptReport): string {
  return JSON.stringify({ lines, accepted, cut, brokenQuotes, nameless, firstChange, rejects });
}

/** Notes a part, in the transaction that stages its rows. */
export async function notePart(trx: Kysely<Database>, { number, digest, report }: StagedPart): Promise<void> {
  await trx
    .insertInto('register_part')
    .values({ number, digest, report: keptText(report) })
    .execute();
}

/** Stages rows in one statement. */
export async function stageRows(
  trx: Kysely<Database>,
  part: number,
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into register_staged
      (person_key, key_version, part, line, kind, deceased, sealed, iban_verifier, serial_verifier, identity_key,
        row_fingerprint, line_fingerprint)
    select person_key, key_version, ${part}::integer, line, kind, deceased, sealed, iban_verifier, serial_verifier,
      identity_key, row_fingerprint, line_fingerprint
    from unnest(
      ${rows.map(({ personKey }) => personKey)}::bytea[], ${rows.map(({ keyVersion }) => keyVersion)}::integer[],
      ${rows.map(({ line }) => line)}::integer[], ${rows.map(({ kind }) => kind)}::text[],
      ${rows.map(({ deceased }) => deceased)}::boolean[], ${rows.map(({ row }) => row?.sealed ?? null)}::bytea[],
      ${rows.map(({ row }) => row?.iban ?? null)}::bytea[], ${rows.map(({ row }) => row?.serial ?? null)}::bytea[],
      ${rows.map(({ row }) => row?.identity ?? null)}::bytea[],
      ${rows.map(({ row }) => row?.fingerprint ?? null)}::bytea[],
      ${rows.map(({ lineFingerprint }) => lineFingerprint)}::bytea[]
    ) as read(person_key, key_version, line, kind, deceased, sealed, iban_verifier, serial_verifier, identity_key,
      row_fingerprint, line_fingerprint)`.execute(trx);
}

/** Forgets the parts from this number on: the file goes on otherwise than the one that was staged. */
export async function forgetFrom(session: Kysely<Database>, number: number): Promise<void> {
  if (number === 0) return emptyStaging(session);
  await session.transaction().execute(async (trx) => {
    await trx.deleteFrom('register_staged').where('part', '>=', number).execute();
    await trx.deleteFrom('register_repeated').where('part', '>=', number).execute();
    await trx.deleteFrom('register_part').where('number', '>=', number).execute();
  });
}

/** Forgets all parts where somebody who was the same as in the register no longer is: it has changed since. */
export async function forgetOutdated(session: Kysely<Database>): Promise<void> {
  const { rows } = await sql`
    select 1 from register_staged s left join insured i on i.person_key = s.person_key
    where s.kind = 'same' and (i.line_fingerprint is distinct from s.line_fingerprint or i.left_since is not null)
    limit 1`.execute(session);
  if (rows.length > 0) await emptyStaging(session);
}

export async function emptyStaging(session: Kysely<Database>): Promise<void> {
  await sql`truncate register_staged, register_part, register_repeated, register_moved`.execute(session);
}

const repeatedAtOnce = 20_000;

/**
 * Takes out the lines about a person of an earlier line, and answers all of this file, in the order of their lines: which
 * of two lines is right cannot be told, so the first one counts.
 */
export async function takeOutRepeated(session: Kysely<Database>): Promise<readonly Reject[]> {
  const { rows } = await sql`
    select person_key from register_staged where kind <> 'kept'
    group by person_key having count(*) > 1 limit 1`.execute(session);
  if (rows.length > 0) while ((await takeOutSome(session)) === repeatedAtOnce);
  const repeated = await session
    .selectFrom('register_repeated')
    .select(['line', 'earlier'])
    .orderBy('line')
    .execute();
  return repeated.map(({ line, earlier }) => ({ line, reason: 'nir: duplicate', earlier }));
}

/** Answers how many it took out. */
async function takeOutSome(session: Kysely<Database>): Promise<number> {
  return session.transaction().execute(async (trx) => {
    const { rows } = await sql<{ part: number; line: number; first: number }>`
      select s.part, s.line, several.first from register_staged s
      join (
        select person_key, min(line) as first from register_staged where kind <> 'kept'
        group by person_key having count(*) > 1
      ) as several on several.person_key = s.person_key
      where s.line > several.first and s.kind <> 'kept'
      limit ${repeatedAtOnce}`.execute(trx);
    const lines = rows.map(({ line }) => line);
    await sql`
      delete from register_staged where line = any(${lines}::integer[]) and kind <> 'kept'`.execute(trx);
    await sql`
      insert into register_repeated (part, line, earlier)
      select * from unnest(${rows.map(({ part }) => part)}::integer[], ${lines}::integer[],
        ${rows.map(({ first }) => first)}::integer[])`.execute(trx);
    return rows.length;
  });
}

/** What merging would do to the register. */
export interface Judged {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** People of a full file who are in the register and not in the file; `left` says how many of them leave it. */
  readonly absent: number;
  /** People who leave the register, or are in it again (and so updated). */
  readonly left: number;
  readonly returned: number;
  /** Of a delta: people who died, and those who left or died and are not in the register. */
  readonly died: number;
  readonly unknown: number;
  /** How many people the register had. */
  readonly registered: number;
}

/** Compares what is staged with the register, as a whole; `noteMoved` came before. */
export async function judgeStaged(
  session: Kysely<Database>,
  { kind }: Pick<FileKind, 'kind'>,
): Promise<Judged> {
  type Compared = 'added' | 'updated' | 'unchanged' | 'died' | 'unknown' | 'named' | 'otherwise';
  const { rows } = await sql<Readonly<Record<Compared, string>>>`
    select count(*) filter (where s.kind = 'person' and i.person_key is null) as added,
      count(*) filter (where s.kind = 'person' and i.person_key is not null
        and (i.row_fingerprint is distinct from s.row_fingerprint or i.left_since is not null)) as updated,
      count(*) filter (where (s.kind = 'same' or s.kind = 'person' and i.row_fingerprint = s.row_fingerprint)
        and i.left_since is null) as unchanged,
      count(*) filter (where s.kind = 'same'
        and (i.line_fingerprint is distinct from s.line_fingerprint or i.left_since is not null)) as otherwise,
      count(*) filter (where s.kind = 'died' and i.row_fingerprint is distinct from s.row_fingerprint
        and s.sealed is not null) as died,
      count(*) filter (where s.kind in ('left', 'died') and i.person_key is null) as unknown,
      count(*) filter (where i.person_key is not null and i.left_since is null) as named
    from register_staged s left join insured i on i.person_key = s.person_key`.execute(session);
  const [row] = rows;
  if (!row) throw new Error('Counts are one row');
  if (row.otherwise !== '0') {
    await emptyStaging(session);
    throw new Error('The register was changed while the file was compared with it: load the file again');
  }
  const { rows: moved } = await sql<{ what: string; count: string }>`
    select what, count(*) as count from register_moved group by what`.execute(session);
  const { rows: known } = await sql<{ count: string }>`
    select count(*) as count from insured where left_since is null`.execute(session);
  const movedAs = (what: string) => Number(moved.find((one) => one.what === what)?.count ?? 0);
  const registered = Number(known[0]?.count);
  return {
    added: Number(row.added),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    absent: kind === 'full' ? registered - Number(row.named) : 0,
    left: movedAs('left'),
    returned: movedAs('returned'),
    died: Number(row.died),
    unknown: Number(row.unknown),
    registered,
  };
}
