import { type Kysely, sql } from 'kysely';
import type { AnchoredHead } from '#src/audit/anchor.ts';
import { auditPurged, keptDays } from '#src/audit/purge.ts';
import { systemChain } from '#src/audit/record.ts';
import type { Database } from '#src/database/tables.ts';

export interface AnchorBreak {
  /** The first 8 digits of the key. */
  readonly person: string;
  readonly seq: number;
  readonly reason: /** Another event stands there: the chain was rewritten. */
    | 'another-event'
    /** The event is not there (any more): the chain was cut, or an older database was restored. */
    | 'event-missing'
    /** The whole chain is gone, too early for a purge. */
    | 'chain-missing';
}

export interface AnchorVerification {
  readonly chains: number;
  /** The first 100. */
  readonly broken: readonly AnchorBreak[];
  readonly brokenCount: number;
  /** Chains that are gone, as long as a purge may take them; more than purges recorded is a break of its own. */
  readonly purged: number;
  readonly recordedPurged: number;
}

const atOnce = 1_000;
const mostReported = 100;

/** Looks for every event that an anchor names; changes nothing. */
export async function verifyAnchor(
  db: Kysely<Database>,
  anchoredAt: Date,
  heads: AsyncIterable<AnchoredHead>,
  now: Date,
): Promise<AnchorVerification> {
  const broken: AnchorBreak[] = [];
  let brokenCount = 0;
  let purged = 0;
  let chains = 0;
  const purgedBefore = new Date(now.getTime() - keptDays * 86_400_000);
  const check = async (batch: readonly AnchoredHead[]): Promise<void> => {
    for (const [head, found] of await eventsOf(db, batch)) {
      const reason = judge(head, found);
      if (reason === null) continue;
      if (reason === 'chain-missing' && head.at <= purgedBefore) {
        purged += 1;
        continue;
      }
      brokenCount += 1;
      if (broken.length < mostReported)
        broken.push({ person: head.personKey.toString('hex', 0, 4), seq: head.seq, reason });
    }
  };
  let batch: AnchoredHead[] = [];
  for await (const head of heads) {
    chains += 1;
    batch.push(head);
    if (batch.length < atOnce) continue;
    await check(batch);
    batch = [];
  }
  await check(batch);
  return { chains, broken, brokenCount, purged, recordedPurged: await purgedSince(db, anchoredAt) };
}

interface Found {
  /** Of the event of that number; null: there is none. */
  readonly hash: Buffer | null;
  /** Whether the chain has any event. */
  readonly any: boolean;
}

function judge({ hash }: AnchoredHead, found: Found): AnchorBreak['reason'] | null {
  if (found.hash?.equals(hash)) return null;
  if (found.hash) return 'another-event';
  return found.any ? 'event-missing' : 'chain-missing';
}

async function eventsOf(
  db: Kysely<Database>,
  heads: readonly AnchoredHead[],
): Promise<readonly (readonly [AnchoredHead, Found])[]> {
  if (heads.length === 0) return [];
  const { rows: events } = await sql<{ person_key: Buffer; seq: number; hash: Buffer }>`
    select person_key, seq, hash from audit_event
    where person_key = any(${heads.map(({ personKey }) => personKey)}::bytea[])
      and seq = any(${[...new Set(heads.map(({ seq }) => seq))]}::integer[])
      and person_key || int4send(seq) = any(${heads.map(nameOf)}::bytea[])`.execute(db);
  const hashes = new Map(
    events.map(({ person_key: personKey, seq, hash }) => [nameOf({ personKey, seq }).toString('hex'), hash]),
  );
  const found = heads.map((head) => [head, hashes.get(nameOf(head).toString('hex')) ?? null] as const);
  const unfound = found.flatMap(([{ personKey }, hash]) => (hash === null ? [personKey] : []));
  const chains = unfound.length === 0 ? new Set<string>() : await withEvents(db, unfound);
  return found.map(
    ([head, hash]) =>
      [head, { hash, any: hash !== null || chains.has(head.personKey.toString('hex')) }] as const,
  );
}

/** One name for the event of a chain that has this number. */
function nameOf({ personKey, seq }: Pick<AnchoredHead, 'personKey' | 'seq'>): Buffer {
  const number = Buffer.alloc(4);
  number.writeInt32BE(seq);
  return Buffer.concat([personKey, number]);
}

/** Which of these people have any event. */
async function withEvents(db: Kysely<Database>, people: readonly Buffer[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ person_key: Buffer }>`
    select distinct person_key from audit_event where person_key = any(${[...people]}::bytea[])`.execute(db);
  return new Set(rows.map((row) => row.person_key.toString('hex')));
}

/** How many chains the purges since then have recorded. */
async function purgedSince(db: Kysely<Database>, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum((details ->> 'people')::integer), 0)::integer as n from audit_event
    where person_key = ${systemChain} and kind = ${auditPurged.name} and at >= ${since}`.execute(db);
  return rows[0]?.n ?? 0;
}
