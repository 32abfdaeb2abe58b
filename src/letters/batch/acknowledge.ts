import { type Kysely, sql } from 'kysely';
import { type AuditKind, auditColumns } from '#src/audit/event.ts';
import type { Database, LetterTable } from '#src/database/tables.ts';
import type { AnswerRow, PrinterAnswer, RejectedRow } from '#src/letters/batch/printer-answer.ts';

export interface Acknowledged {
  /** Letters of which something new was learned. */
  readonly changed: number;
  readonly printed: number;
  readonly posted: number;
  readonly returned: number;
  /** Rows about the operator's own letter. */
  readonly canary: number;
  readonly rejected: readonly RejectedRow[];
}

type State = LetterTable['state'];
const order: readonly State[] = ['requested', 'printed', 'posted', 'returned'];
const audited: Readonly<Record<AnswerRow['state'], AuditKind>> = {
  printed: 'letter-printed',
  posted: 'letter-posted',
  returned: 'letter-returned',
};
/** The printer dates by days: a letter printed at once may bear an earlier hour than its batch. */
const toleranceMs = 86_400_000;

/**
 * Notes what the printer says of letters, in one transaction, with an audit event for whatever is new; reading the
 * same answer again changes nothing, and an older one takes nothing back. A letter that came back ends its code, and
 * its notice has bounced.
 */
export async function acknowledgeLetters(
  db: Kysely<Database>,
  answer: PrinterAnswer,
  now: Date,
): Promise<Acknowledged> {
  return db.transaction().execute(async (trx) => {
    const known = await lettersOf(trx, answer.rows);
    const canaries = await canariesOf(trx, answer.rows);
    const rejected: RejectedRow[] = [...answer.rejected];
    const news = new Map<string, Letter>();
    let canary = 0;
    const seen: AnswerRow[] = [];
    for (const row of answer.rows) {
      const letter = news.get(row.id) ?? known.get(row.id);
      if (canaries.has(row.id)) canary += 1;
      else if (!letter) rejected.push({ line: row.line, reason: 'unknown-letter' });
      else if (row.at.getTime() < letter.batchAt.getTime() - toleranceMs)
        rejected.push({ line: row.line, reason: 'date-before-the-batch' });
      else if (letter.dates[row.state] === null) {
        news.set(row.id, told(letter, row));
        seen.push(row);
      }
    }
    const changed = [...news.values()];
    await store(trx, changed, now);
    await recordEvents(trx, seen, news, now);
    await endReturned(
      trx,
      changed.filter(({ state, id }) => state === 'returned' && known.get(id)?.state !== state),
      now,
    );
    await closeBatches(trx, changed, now);
    const count = (state: State) => seen.filter((row) => row.state === state).length;
    return {
      changed: changed.length,
      printed: count('printed'),
      posted: count('posted'),
      returned: count('returned'),
      canary,
      rejected: rejected.sort((a, b) => a.line - b.line),
    };
  });
}

interface Letter {
  readonly personKey: Buffer;
  readonly id: string;
  readonly batchId: string;
  readonly batchAt: Date;
  readonly state: State;
  readonly dates: Readonly<Record<AnswerRow['state'], Date | null>>;
}

function told(letter: Letter, { state, at }: AnswerRow): Letter {
  const further = order.indexOf(state) > order.indexOf(letter.state);
  return { ...letter, state: further ? state : letter.state, dates: { ...letter.dates, [state]: at } };
}

/** Locked in the order of the people, as the audit trail takes them. */
async function lettersOf(trx: Kysely<Database>, rows: readonly AnswerRow[]): Promise<Map<string, Letter>> {
  if (rows.length === 0) return new Map();
  const found = await trx
    .selectFrom('letter as l')
    .innerJoin('letter_batch as b', 'b.id', 'l.batch_id')
    .select([
      'l.person_key',
      'l.id',
      'l.state',
      'l.printed_at',
      'l.posted_at',
      'l.returned_at',
      'l.batch_id',
      'b.created_at as batch_at',
    ])
    .where(sql<boolean>`l.id = any(${rows.map(({ id }) => id)}::uuid[])`)
    .orderBy('l.person_key')
    .orderBy('l.id')
    .forUpdate('l')
    .execute();
  return new Map(
    found.map((row) => [
      row.id,
      {
        personKey: row.person_key,
        id: row.id,
        batchId: row.batch_id,
        batchAt: row.batch_at,
        state: row.state,
        dates: { printed: row.printed_at, posted: row.posted_at, returned: row.returned_at },
      },
    ]),
  );
}

async function canariesOf(trx: Kysely<Database>, rows: readonly AnswerRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const found = await trx
    .selectFrom('letter_batch')
    .select('canary')
    .where(sql<boolean>`canary = any(${rows.map(({ id }) => id)}::uuid[])`)
    .execute();
  return new Set(found.flatMap(({ canary }) => (canary === null ? [] : [canary])));
}

async function store(trx: Kysely<Database>, letters: readonly Letter[], now: Date): Promise<void> {
  if (letters.length === 0) return;
  await sql`
    update letter set state = told.state, printed_at = told.printed_at, posted_at = told.posted_at,
      returned_at = told.returned_at, acknowledged_at = coalesce(letter.acknowledged_at, ${now})
    from unnest(
      ${letters.map(({ personKey }) => personKey)}::bytea[], ${letters.map(({ id }) => id)}::uuid[],
      ${letters.map(({ state }) => state)}::text[],
      ${letters.map(({ dates }) => dates.printed)}::timestamptz[],
      ${letters.map(({ dates }) => dates.posted)}::timestamptz[],
      ${letters.map(({ dates }) => dates.returned)}::timestamptz[]
    ) as told(person_key, id, state, printed_at, posted_at, returned_at)
    where letter.person_key = told.person_key and letter.id = told.id`.execute(trx);
}

async function recordEvents(
  trx: Kysely<Database>,
  rows: readonly AnswerRow[],
  letters: ReadonlyMap<string, Letter>,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const details = ({ id, at }: AnswerRow) =>
    JSON.stringify({ letter: id, day: at.toISOString().slice(0, 10) });
  await sql`
    insert into audit_event (${auditColumns})
    select person_key, ${now}, kind, details from unnest(
      ${rows.map(({ id }) => letters.get(id)?.personKey ?? null)}::bytea[],
      ${rows.map(({ state }) => audited[state])}::text[],
      ${rows.map(details)}::jsonb[]
    ) with ordinality as told(person_key, kind, details, line)
    order by person_key, line`.execute(trx);
}

/** Nobody has the code, or somebody who should not. */
async function endReturned(trx: Kysely<Database>, letters: readonly Letter[], now: Date): Promise<void> {
  if (letters.length === 0) return;
  const back = sql`unnest(
    ${letters.map(({ personKey }) => personKey)}::bytea[], ${letters.map(({ id }) => id)}::uuid[]
  ) as back(person_key, id)`;
  await sql`
    update provisional_code c set superseded_at = ${now} from ${back}
    where c.person_key = back.person_key and c.notice_id = back.id
      and c.used_at is null and c.superseded_at is null`.execute(trx);
  await sql`
    update notice n set state = 'bounced', reason = 'npai', settled_at = ${now} from ${back}
    where n.person_key = back.person_key and n.id = back.id`.execute(trx);
}

/** A batch is acknowledged once every letter of it was spoken of. */
async function closeBatches(trx: Kysely<Database>, letters: readonly Letter[], now: Date): Promise<void> {
  if (letters.length === 0) return;
  await sql`
    update letter_batch b set acknowledged_at = ${now}
    where b.id = any(${letters.map(({ batchId }) => batchId)}::uuid[]) and b.acknowledged_at is null
      and not exists (select from letter l where l.batch_id = b.id and l.acknowledged_at is null)`.execute(
    trx,
  );
}
