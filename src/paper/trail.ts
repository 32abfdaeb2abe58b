import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { KeptDocument } from '#src/archive/document.ts';
import { findById, type HeldBecause, type OnPaperFor } from '#src/archive/on-paper.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { insuredOf } from '#src/letters/insured-of.ts';

/** Something that happened to a document: when, and in a sentence; `event`: its number in the person’s audit trail. */
export interface TrailLine {
  readonly at: Date;
  readonly text: string;
  readonly event: number | null;
}

const kinds = [
  'deposited',
  'deposits-told',
  'document-opened',
  'document-reminded',
  'document-lettered',
  'document-held',
  'letter-printed',
  'letter-posted',
  'letter-returned',
] as const;

const details = z.object({
  id: z.string().optional(),
  document: z.string().optional(),
  notice: z.string().optional(),
  letter: z.string().optional(),
  sender: z.string().optional(),
  why: z.string().optional(),
  because: z.string().optional(),
  day: z.string().optional(),
});

type TrailEvent = z.infer<typeof details> & {
  readonly at: Date;
  readonly kind: string;
  readonly event: number;
};

const whys: Readonly<Record<OnPaperFor, string>> = {
  choice: 'the person chose paper',
  unread: 'it matters and was unread',
  bounced: 'it matters and the mail that told of it did not arrive',
  'no-account': 'it matters and the person has no open account',
};
const becauses: Readonly<Record<HeldBecause, string>> = {
  'no-address': 'no address is known to which a letter can go',
  deceased: 'the person died',
  'other-adult': 'it concerns another adult',
};
const whyTexts: ReadonlyMap<string, string> = new Map(Object.entries(whys));
const becauseTexts: ReadonlyMap<string, string> = new Map(Object.entries(becauses));

const mostEvents = 5_000;

/**
 * What happened to a document, the oldest first: deposited, told, reminded, opened, sent on paper, printed and posted, from
 * the audit trail, with what became of each mail. It says nothing of its content or its person. Null: no such document.
 */
export async function trailOf(
  { db, keyring }: { readonly db: Kysely<Database>; readonly keyring: Keyring },
  id: string,
): Promise<readonly TrailLine[] | null> {
  const document = await findById(db, keyring, id);
  if (!document) return null;
  const insured = (await insuredOf(db, keyring, [document.personKey])).get(
    document.personKey.toString('hex'),
  );
  const keys = insured ? personKeys(keyring, insured.nir) : [document.personKey];
  const events = aboutDocument(await readEvents(db, keys, document.depositedAt), document);
  const fates = await readFates(
    db,
    keys,
    events.flatMap(({ notice, letter }) => notice ?? letter ?? []),
  );
  return events
    .flatMap((event) => [
      { at: event.at, event: event.event, text: sentence(event) },
      ...fateLines(event, fates),
    ])
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

async function readEvents(
  db: Kysely<Database>,
  keys: readonly Buffer[],
  since: Date,
): Promise<readonly TrailEvent[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select(['at', 'seq', 'kind', 'details'])
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('kind', 'in', kinds)
    .where('at', '>=', since)
    .orderBy('at')
    .orderBy('seq')
    .limit(mostEvents)
    .execute();
  return rows.map(({ at, seq, kind, details: told }) => ({
    at,
    kind,
    event: Number(seq),
    ...details.parse(told),
  }));
}

/** Those about this document: the first mail since its deposit told of it. */
function aboutDocument(events: readonly TrailEvent[], { id }: KeptDocument): readonly TrailEvent[] {
  const letters = new Set(
    events.filter((event) => event.document === id).flatMap(({ letter }) => letter ?? []),
  );
  const told = events.find(({ kind }) => kind === 'deposits-told');
  return events.filter((event) => {
    if (event.kind === 'deposits-told') return event === told;
    if (event.kind.startsWith('letter-')) return letters.has(event.letter ?? '');
    return event.id === id || event.document === id;
  });
}

function sentence({ kind, sender, notice, letter, why = '', because = '', day = '' }: TrailEvent): string {
  switch (kind) {
    case 'deposited':
      return `deposited by ${sender}`;
    case 'deposits-told':
      return `mail queued that tells of it: ${notice}`;
    case 'document-opened':
      return 'opened by its person';
    case 'document-reminded':
      return `mail queued that reminds of it: ${notice}`;
    case 'document-lettered':
      return `letter queued, because ${whyTexts.get(why) ?? why}: ${letter}`;
    case 'document-held':
      return `should go on paper, because ${whyTexts.get(why) ?? why}; held: ${becauseTexts.get(because) ?? because}`;
    default:
      return `${kind.replace('letter-', 'letter ')} on ${day}: ${letter}`;
  }
}

type Fate = Pick<NoticeTable, 'id' | 'state' | 'reason' | 'handed_over_at' | 'settled_at'>;

async function readFates(
  db: Kysely<Database>,
  keys: readonly Buffer[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Fate>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'state', 'reason', 'handed_over_at', 'settled_at'])
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** What became of the mail or the letter that an event queued. */
function fateLines({ kind, notice, letter }: TrailEvent, fates: ReadonlyMap<string, Fate>): TrailLine[] {
  const isQueued = kind === 'deposits-told' || kind === 'document-reminded' || kind === 'document-lettered';
  const fate = isQueued ? fates.get(notice ?? letter ?? '') : undefined;
  if (!fate) return [];
  const to = kind === 'document-lettered' ? 'letter handed to the printer' : 'mail handed to the mail server';
  const { id, state, reason, handed_over_at: handedOver, settled_at: settled } = fate;
  return [
    ...(handedOver ? [{ at: handedOver, event: null, text: `${to}: ${id}` }] : []),
    ...(settled ? [{ at: settled, event: null, text: `${state} (${reason}): ${id}` }] : []),
  ];
}
