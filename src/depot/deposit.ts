import type { Kysely } from 'kysely';
import { keepingAccount } from '#src/accounts/lock-account.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import type { Repeated } from '#src/deposits/deposit.ts';
import { contentOf } from '#src/depot/content.ts';
import { depositWindow } from '#src/depot/deposit-window.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { judgeFiles } from '#src/depot/judge-files.ts';
import { judgeBirths, judgeItem, ranksOf } from '#src/depot/judge-item.ts';
import { type Known, readKnown } from '#src/depot/known.ts';
import { type Refusal, refused } from '#src/depot/refusal.ts';
import { type Accepted, preparePayments, storeDeposit } from '#src/depot/store-deposit.ts';
import { findThread } from '#src/messages/store.ts';
import { numberMembers } from '#src/rights/members.ts';
import { type KeptRights, ownMember, shownBeneficiaries } from '#src/rights/rights.ts';
import type { Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

export type DepositOutcome =
  | { readonly kind: 'accepted'; readonly id: string }
  /** The same was deposited before: nothing changed. */
  | { readonly kind: 'repeated'; readonly id: string }
  | Refusal;

export type DepositServices = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'judgeFile'>;

/**
 * Stores what a sender deposits for a person, once, with its place in the ledger of deposits, an avis de dépôt for a
 * person with an account, and an audit event: all of it, or nothing. The months of its payments are open
 * (`openDepositMonths`).
 */
export async function deposit(
  services: DepositServices,
  sender: Sender,
  item: DepositItem,
  now: Date,
): Promise<DepositOutcome> {
  const [outcome] = await depositAll(services, sender, [item], now);
  if (!outcome) throw new Error('A deposit has an outcome');
  return outcome;
}

/**
 * The same for several deposits, each with its own outcome: they are read together and committed together. `dryRun` says what
 * would become of them.
 */
export async function depositAll(
  services: DepositServices,
  sender: Sender,
  items: readonly DepositItem[],
  now: Date,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<readonly DepositOutcome[]> {
  const window = depositWindow(services.policy, now);
  const outcomes = new Map<DepositItem, DepositOutcome>();
  for (const item of items) {
    const refusal = judgeItem(item, sender, window, parisDate(now));
    if (refusal) outcomes.set(item, refusal);
  }
  const sound = items.filter((item) => !outcomes.has(item));
  const known = await readKnown(services.db, services.keyring, sender, sound);
  const together = openTogether();
  const accepted: Accepted[] = [];
  for (const item of sound) {
    const judged = await judgeAgainst(services, sender, item, known, together, now);
    outcomes.set(item, 'kind' in judged ? judged : { kind: 'accepted', id: judged.id });
    if ('kind' in judged) continue;
    together.add(judged);
    accepted.push(judged);
  }
  if (!dryRun)
    for (const [item, outcome] of await store(services, sender, accepted, now)) outcomes.set(item, outcome);
  return items.map((item) => outcomes.get(item) ?? refused('invalid', 'line'));
}

/** What earlier deposits of the same call say about later ones. */
function openTogether() {
  const taken = new Map<string, { readonly id: string; readonly content: string }>();
  const rights = new Map<string, KeptRights>();
  const nameOf = ({ nir, kind, id }: DepositItem) => JSON.stringify([nir, kind, id]);
  return {
    add({ item, id, rights: after }: Accepted): void {
      taken.set(nameOf(item), { id, content: contentOf(item) });
      if (item.kind === 'rights' && after) rights.set(item.nir, after);
    },
    earlier(item: DepositItem): Repeated | null {
      const before = taken.get(nameOf(item));
      return before
        ? { id: before.id, kind: before.content === contentOf(item) ? 'same' : 'other-content' }
        : null;
    },
    rights: (nir: string) => rights.get(nir) ?? null,
  };
}

/** What becomes of a sound deposit by what is stored, and by what was deposited together with it. */
async function judgeAgainst(
  services: DepositServices,
  sender: Sender,
  item: DepositItem,
  known: Known,
  together: ReturnType<typeof openTogether>,
  now: Date,
): Promise<Accepted | DepositOutcome> {
  const { nir } = item;
  const personKey = known.personKey(nir);
  if (!personKey) return refused('unknown-person', 'nir');
  const earlier = known.earlier(item) ?? together.earlier(item);
  if (earlier) return outcomeOf(earlier);
  const before = together.rights(nir) ?? known.rights(nir);
  const rights = item.kind === 'rights' ? numberMembers(services.keyring, item.rights, before) : before;
  const today = parisDate(now);
  const named = ranksOf(item);
  const ranks = new Set([1, ...(rights?.beneficiaries ?? []).map(({ rank }) => rank)]);
  const unknown = named.find(({ rank }) => !ranks.has(rank));
  if (unknown) return refused('unknown-rank', unknown.field);
  const about = longestShown(rights, new Set(named.map(({ rank }) => rank)), today);
  // It would be read by nobody: the insured must not, and the other adult looks into an account of their own.
  if (item.kind === 'document' && about === null) return refused('other-adult', 'document.rank');
  const early = judgeBirths(item, rights, today);
  if (early) return early;
  const isTheirs = await ownsThread(services, sender, item, known.keys(nir));
  if (!isTheirs) return refused('unknown-thread', 'message.thread');
  const files = await judgeFiles(item, services.judgeFile);
  if ('kind' in files) return files;
  // A mail about what the insured may not see would reveal it. Rights are read on no page of their own.
  const whom = about === null || item.kind === 'rights' ? null : known.told(nir);
  const told = about === null || !whom ? null : { ...whom, about };
  return { item, id: services.random.uuid(), personKey, files, rights, told };
}

/** The number of whom the insured may see for the longest time, of some ranks: themselves, or the youngest; null for nobody. */
function longestShown(rights: KeptRights | null, ranks: ReadonlySet<number>, today: string): number | null {
  if (ranks.has(1)) return ownMember;
  const shown = shownBeneficiaries(rights, today).filter(({ rank }) => ranks.has(rank));
  return shown.toSorted((a, b) => (a.birthDate < b.birthDate ? 1 : -1))[0]?.member ?? null;
}

function outcomeOf({ kind, id }: Repeated): DepositOutcome {
  return kind === 'same' ? { kind: 'repeated', id } : refused('other-content', 'id');
}

/** Whether a message continues a thread between this person and this sender, or none. */
async function ownsThread(
  { db, keyring }: DepositServices,
  sender: Sender,
  item: DepositItem,
  keys: readonly Buffer[],
): Promise<boolean> {
  if (item.kind !== 'message' || item.message.thread === null) return true;
  const messages = await findThread(db, keyring, keys, item.message.thread);
  return messages.length > 0 && messages.every((message) => message.sender === sender.code);
}

/** Stores them in one transaction; one by one when an id was taken meanwhile. Answers those that were not stored. */
async function store(
  services: DepositServices,
  sender: Sender,
  accepted: readonly Accepted[],
  now: Date,
): Promise<ReadonlyMap<DepositItem, DepositOutcome>> {
  // In the order of their keys, so that two senders do not wait for each other in a circle.
  const ordered = accepted.toSorted((a, b) => Buffer.compare(a.personKey, b.personKey));
  if (ordered.length === 0 || (await storeTogether(services, sender, ordered, now))) return new Map();
  const overtaken = new Map<DepositItem, DepositOutcome>();
  for (const one of ordered) {
    if (ordered.length > 1 && (await storeTogether(services, sender, [one], now))) continue;
    const { db, keyring } = services;
    const known = await readKnown(db, keyring, sender, [one.item]);
    const earlier = known.earlier(one.item);
    const told = known.told(one.item.nir) ? one.told : null;
    if (earlier) overtaken.set(one.item, outcomeOf(earlier));
    else if (!(await storeTogether(services, sender, [{ ...one, told }], now)))
      throw new Error('A deposit was neither stored nor known');
  }
  return overtaken;
}

/** False, with nothing stored, when something was in the way: an id that was taken meanwhile, or one of `inTheWay`. */
async function storeTogether(
  services: DepositServices,
  sender: Sender,
  ordered: readonly Accepted[],
  now: Date,
): Promise<boolean> {
  const { db } = services;
  const storePayments =
    ordered.length > 1 && ordered.every(({ item }) => item.kind === 'payment')
      ? preparePayments(db, services, sender, ordered, now)
      : null;
  const storeIn = async (trx: Kysely<Database>) => {
    if (storePayments) return (await storePayments(trx)) || null;
    // Before the trail of anybody: somebody may be told of one deposit, and not of the one before.
    for (const { told } of ordered) if (told && !(await keepAccount(trx, told.personKey))) return null;
    for (const one of ordered) if (!(await storeDeposit(trx, services, sender, one, now))) return null;
    return true;
  };
  const [only] = ordered;
  try {
    if (only && ordered.length === 1 && only.files.length === 0)
      return await storeDeposit(db, services, sender, only, now);
    return (await allOrNothing(db, storeIn)) !== null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && inTheWay.has(error.code)) return false;
    throw error;
  }
}

async function keepAccount(trx: Kysely<Database>, personKey: Buffer): Promise<boolean> {
  const { rows } = await trx.executeQuery(keepingAccount(trx, personKey).compile());
  return rows.length > 0;
}

/**
 * Errors of PostgreSQL that do not come again: `foreign_key_violation`, when an account was deleted whose person was to be
 * told; `deadlock_detected`, with a batch of other kinds for the same people.
 */
const inTheWay: ReadonlySet<unknown> = new Set(['23503', '40P01']);
