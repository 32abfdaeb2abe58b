import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { KeptDocument } from '#src/archive/document.ts';
import { findById, type HeldBecause, type OnPaperFor } from '#src/archive/on-paper.ts';
import { type ChainVerification, verifyChain } from '#src/audit/verify-chain.ts';
import { type Keyring, personKeys } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { ownMember } from '#src/rights/rights.ts';

/** Something that happened to a document, or to the account that it stands in: an event of its person’s audit trail. */
export interface TrailLine {
  readonly at: Date;
  readonly text: string;
  /** The number of the event in the chain. */
  readonly event: number;
}

/** What can be proved about a document. */
export interface Trail {
  readonly document: Pick<KeptDocument, 'id' | 'type' | 'bytes' | 'sha256'>;
  /** The oldest first. */
  readonly lines: readonly TrailLine[];
  /** Of the chains that the lines stand in: one, unless the keys were changed. */
  readonly chains: readonly ChainVerification[];
}

const kinds = [
  'deposited',
  'deposits-told',
  'deposits-untold',
  'deposit-mail-handed-over',
  'deposit-mail-refused',
  'notice-bounced',
  'document-opened',
  'document-reminded',
  'document-lettered',
  'document-held',
  'letter-handed-over',
  'letter-printed',
  'letter-posted',
  'letter-returned',
  'correspondence-changed',
  'account-frozen',
  'account-reclaimed',
  'account-released',
  'account-deleted',
  'account-closed',
  'account-reopened',
  'account-disabled',
  'account-enabled',
  'person-erased',
] as const;

/** After one of these, a mail tells of what was deposited since. */
const endsTelling: readonly string[] = [
  'deposits-untold',
  'account-frozen',
  'account-reclaimed',
  'account-deleted',
  'account-closed',
  'account-disabled',
  'person-erased',
];

const details = z.object({
  id: z.string().optional(),
  document: z.string().optional(),
  notice: z.string().optional(),
  letter: z.string().optional(),
  sender: z.string().optional(),
  told: z.boolean().optional(),
  paper: z.boolean().optional(),
  why: z.string().optional(),
  because: z.string().optional(),
  reason: z.string().optional(),
  day: z.string().optional(),
  batch: z.number().optional(),
});

type TrailEvent = z.infer<typeof details> & {
  readonly person: string;
  readonly at: Date;
  readonly kind: string;
  readonly event: number;
};

const whys: Readonly<Record<OnPaperFor, string>> = {
  choice: 'the person chose paper',
  unread: 'it matters and was unread',
  bounced: 'it matters and the mail that told of it did not arrive',
  'no-account': 'it matters and the person has no open account',
  left: 'the person had left the register: paper until the account is closed',
  'another-adult': 'it matters and concerns an adult insured with the person, to whom the letter goes',
};
const becauses: Readonly<Record<HeldBecause, string>> = {
  'no-address': 'no address is known to which a letter can go',
  deceased: 'its recipient died',
  'other-adult': 'it concerns another adult, whose address is not known',
};
const whyTexts: ReadonlyMap<string, string> = new Map(Object.entries(whys));
const becauseTexts: ReadonlyMap<string, string> = new Map(Object.entries(becauses));

const accountTexts: ReadonlyMap<string, string> = new Map([
  ['deposits-untold', 'the person unsubscribed from the mails: paper from then on'],
  ['account-frozen', 'the account was disputed and blocked: who opened anything in it is not certain'],
  ['account-reclaimed', 'the disputed account was taken back by its person'],
  ['account-released', 'the disputed account was deleted'],
  ['account-deleted', 'the account was deleted: nobody had used it'],
  ['account-disabled', 'an operator closed the account: nobody can enter it'],
  ['account-enabled', 'an operator opened the account again'],
  ['person-erased', 'the account was erased at its person’s request'],
  ['account-closed', 'the register reported that the person died, or had left: the account was closed'],
  [
    'account-reopened',
    'the register corrected the report of the death or departure: the account was opened again',
  ],
  ['departure-told', 'the person was told that they had left the register: paper from then on'],
  ['departure-undone', 'the person was told that they are in the register again'],
]);

const mostEvents = 5_000;

/**
 * What happened to a document, the oldest first: deposited, told, reminded, opened, sent on paper, printed and posted, each an
 * event of its person’s chain, and whether that chain still is what was written. It says nothing of its content or its person.
 * Null: no such document.
 */
export async function trailOf(
  { db, keyring }: { readonly db: Kysely<Database>; readonly keyring: Keyring },
  id: string,
): Promise<Trail | null> {
  const document = await findById(db, keyring, id);
  if (!document) return null;
  const insured = (await insuredOf(db, keyring, [document.personKey])).get(
    document.personKey.toString('hex'),
  );
  const keys = insured ? personKeys(keyring, insured.nir) : [document.personKey];
  const events = aboutDocument(await readEvents(db, keys, id), document);
  const chains = await Promise.all(
    keys
      .filter((key) => events.some(({ person }) => person === key.toString('hex')))
      .map((key) => verifyChain(db, keyring, key)),
  );
  const lines = events
    .map((event) => ({ at: event.at, event: event.event, text: sentence(event, document) }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return { document, lines, chains };
}

/** The events of a person since a deposit, in the order of the chains. */
async function readEvents(
  db: Kysely<Database>,
  keys: readonly Buffer[],
  id: string,
): Promise<readonly TrailEvent[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select(['person_key', 'at', 'seq', 'kind', 'details'])
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('kind', 'in', kinds)
    .where(sql<boolean>`(kind <> 'deposited' or details ->> 'id' = ${id})`)
    .orderBy('person_key')
    .orderBy('seq')
    .limit(mostEvents)
    .execute();
  return rows.map(({ person_key: person, at, seq, kind, details: told }) => ({
    person: person.toString('hex'),
    at,
    kind,
    event: Number(seq),
    ...details.parse(told),
  }));
}

/**
 * Those about this document. The mail that told of it is the first one of the same chain after it: the deposit and what waits
 * to be told are written together, and so are the mail and the end of that waiting, each under a lock.
 */
function aboutDocument(all: readonly TrailEvent[], { id }: KeptDocument): readonly TrailEvent[] {
  const deposit = all.find((event) => event.kind === 'deposited');
  const events = all.filter(
    ({ person, event, at }) =>
      !deposit || (person === deposit.person ? event >= deposit.event : at >= deposit.at),
  );
  const own = events.filter((event) => event.id === id || event.document === id);
  const letters = new Set(own.flatMap(({ letter }) => letter ?? []));
  const after = events.find(
    ({ person, kind }) =>
      person === deposit?.person && (kind === 'deposits-told' || endsTelling.includes(kind)),
  );
  const told = deposit?.told === true && after?.kind === 'deposits-told' ? after : null;
  const mails = new Set([...own, ...(told ? [told] : [])].flatMap(({ notice }) => notice ?? []));
  return events.filter((event) => {
    if (own.includes(event) || event === told) return true;
    if (event.kind.startsWith('letter-')) return letters.has(event.letter ?? '');
    if (event.kind.startsWith('deposit-mail-') || event.kind === 'notice-bounced')
      return mails.has(event.notice ?? '');
    return event.kind === 'correspondence-changed' || accountTexts.has(event.kind);
  });
}

function sentence(event: TrailEvent, { member }: Pick<KeptDocument, 'member'>): string {
  const { kind, sender, told, paper, notice, letter, why = '', because = '', reason, day, batch } = event;
  switch (kind) {
    case 'deposited':
      return `deposited by ${sender}; ${told ? 'a mail is to tell of it' : 'no mail is to tell of it'}`;
    case 'deposits-told':
      // Of a child who came of age meanwhile, it does not.
      return member === ownMember
        ? `mail queued that tells of it: ${notice}`
        : `mail queued that tells of what may be shown of deposits until then: ${notice}`;
    case 'deposit-mail-handed-over':
      return `mail accepted by the mail server: ${notice}`;
    case 'deposit-mail-refused':
      return `mail not accepted (${reason}): ${notice}`;
    case 'notice-bounced':
      return `mail sent back (${reason}): ${notice}`;
    case 'document-opened':
      return 'the whole file was handed out to the signed-in holder of the account: opened';
    case 'document-reminded':
      return `mail queued that reminds of it: ${notice}`;
    case 'document-lettered':
      return `letter queued, because ${whyTexts.get(why) ?? why}: ${letter}`;
    case 'document-held':
      return `should go on paper, because ${whyTexts.get(why) ?? why}; held: ${becauseTexts.get(because) ?? because}`;
    case 'letter-handed-over':
      return `letter and document handed to the printer, in batch ${batch}: ${letter}`;
    case 'letter-printed':
    case 'letter-posted':
    case 'letter-returned':
      return `the printer reported: ${kind.replace('letter-', 'letter ')} on ${day}: ${letter}`;
    case 'correspondence-changed':
      return `the person chose ${paper ? 'paper as well' : 'no paper'}`;
    default:
      return accountTexts.get(kind) ?? kind;
  }
}
