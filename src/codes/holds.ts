import { type Kysely, sql } from 'kysely';
import type { CodeChannel, KnownChannel } from '#src/codes/rules.ts';
import { emailKey, type Keyring, telephoneKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, ofClient } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import { standings } from '#src/limits/suspended-until.ts';
import { kindsCounted } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';

interface Needs {
  readonly keyring: Keyring;
  readonly limits: LimitRules;
  readonly policy: Pick<Policy, 'limits'>;
}

/** A request for a code, as limits see it. */
export interface CountedRequest {
  /** The person’s key in counters: under the current master key, as for tries of a code. */
  readonly subject: Buffer;
  readonly to: KnownChannel;
  /** The last instant at which the code would work. */
  readonly deadAt: Date;
  /** From a browser in which the person has been identified: its tries have a counter of their own. */
  readonly own: boolean;
  readonly client: Client;
  readonly now: Date;
  /** Nothing will be sent: the budget shared by everybody is left alone. */
  readonly decoy?: true;
}

/** Why no code is sent by a channel now: for the audit trail, never for the page. */
export type HoldReason =
  | 'tries'
  | 'letters'
  | 'sms-number'
  | 'sms-address'
  | 'sms-budget'
  | 'sms-breaker'
  | 'mailbox';

export interface Hold {
  readonly reason: HoldReason;
  /** When a code can be requested by this channel again. */
  readonly until: Date;
}

const breakerSeconds = 86_400;
const everybody = Buffer.alloc(32);

/** The counters that a request increments, whatever becomes of the code; e-mail has `mailboxUntil` besides. */
export function countersOf(needs: Needs, request: CountedRequest): readonly Attempt[] {
  const { keyring, limits } = needs;
  const { subject, to } = request;
  switch (to.channel) {
    case 'letter':
      return [{ rule: limits.letter, subject }];
    case 'email':
      return [{ rule: limits.codeMail, subject: emailKey(keyring, to.counted) }];
    case 'sms': {
      const { number, budget, client } = smsCounters(needs, request, to.counted);
      return [number, budget, ...client];
    }
  }
}

function smsCounters({ keyring, limits }: Needs, { subject, client, decoy }: CountedRequest, number: string) {
  return {
    number: { rule: limits.smsNumber, subject: telephoneKey(keyring, number) },
    budget: { rule: limits.smsBudget, subject: decoy ? subject : everybody },
    client: ofClient(limits.smsAddress, client, subject),
  };
}

/**
 * Why no code can be sent by a channel now, the reason that lasts longest; null when one can. Nothing is counted.
 *
 * While tries for the person are suspended, a code by SMS or e-mail would expire before it may be typed, and so would
 * one by letter when they are suspended beyond its last day.
 */
export async function findHold(
  db: Kysely<Database>,
  needs: Needs,
  request: CountedRequest,
): Promise<Hold | null> {
  const { to, deadAt, now } = request;
  const limits = await limitsOf(db, needs, request);
  return limits
    .flatMap(({ reason, until }): Hold[] => (until && until > now ? [{ reason, until }] : []))
    .filter(({ reason, until }) => reason !== 'tries' || to.channel !== 'letter' || until >= deadAt)
    .reduce<Hold | null>((longest, hold) => (longest && longest.until >= hold.until ? longest : hold), null);
}

/** The same for several channels. */
export async function findHolds(
  db: Kysely<Database>,
  needs: Needs,
  requests: readonly CountedRequest[],
): Promise<ReadonlyMap<CodeChannel, Hold | null>> {
  const holds = new Map<CodeChannel, Hold | null>();
  for (const request of requests) holds.set(request.to.channel, await findHold(db, needs, request));
  return holds;
}

interface Limit {
  readonly reason: HoldReason;
  readonly until: Date | null;
}

/** Every limit of a channel; of two that end together, the first is the reason. */
async function limitsOf(
  db: Kysely<Database>,
  needs: Needs,
  request: CountedRequest,
): Promise<readonly Limit[]> {
  const { keyring, limits } = needs;
  const { subject, to, own, now } = request;
  const tries = { reason: 'tries', rule: own ? limits.codeOfDossier : limits.code, subject } as const;
  switch (to.channel) {
    case 'letter':
      return full(db, [tries, { reason: 'letters', rule: limits.letter, subject }], now);
    case 'email': {
      const mailbox = emailKey(keyring, to.counted);
      const counters = [tries, { rule: limits.codeMail, subject: mailbox }];
      const [tried, codes] = await standings(db, counters, now);
      const until = await mailboxUntil(db, needs, { mailbox, codes: codes?.failures ?? [] }, now);
      return [
        { reason: 'tries', until: tried?.until ?? null },
        { reason: 'mailbox', until },
      ];
    }
    case 'sms': {
      const { number, budget, client } = smsCounters(needs, request, to.counted);
      const counters = [
        tries,
        { reason: 'sms-number', ...number },
        ...client.map((part) => ({ reason: 'sms-address', ...part }) as const),
        { reason: 'sms-budget', ...budget },
      ] as const;
      const until = await breakerUntil(db, needs, now);
      return [...(await full(db, counters, now)), { reason: 'sms-breaker', until }];
    }
  }
}

/** Until when counters are full: one query. */
async function full(
  db: Kysely<Database>,
  counters: readonly (Attempt & Pick<Limit, 'reason'>)[],
  now: Date,
): Promise<readonly Limit[]> {
  const said = await standings(db, counters, now);
  return counters.map(({ reason }, index) => ({ reason, until: said[index]?.until ?? null }));
}

/**
 * Until when one mailbox has had all the mails that outsiders may cause, over all accounts: the codes requested,
 * whether sent or not, and the other mails sent. The next mail would be withheld, after the code before it had been
 * replaced for nothing.
 */
async function mailboxUntil(
  db: Kysely<Database>,
  { policy }: Needs,
  { mailbox, codes }: { readonly mailbox: Buffer; readonly codes: readonly Date[] },
  now: Date,
): Promise<Date | null> {
  const { max, perSeconds } = policy.limits.mailsPerAddress;
  const since = secondsAfter(now, -perSeconds);
  const others = kindsCounted('outsiders').filter(
    (kind) => kind !== 'provisional-code' && kind !== 'account-exists',
  );
  const { rows: mails } = await sql<{ created_at: Date }>`
    select created_at from mailbox_mail where recipient_key = ${mailbox}
      and kind = any(${others}::text[]) and created_at > ${since}
    order by created_at desc limit ${max}`.execute(db);
  const sent = [...codes, ...mails.map((mail) => mail.created_at)]
    .filter((at) => at > since)
    .sort((a, b) => b.getTime() - a.getTime());
  const oldest = sent[max - 1];
  return oldest ? secondsAfter(oldest, perSeconds) : null;
}

/**
 * Until when the circuit breaker holds SMS: of the latest codes by SMS that expired, were used or were replaced within
 * a day (the policy sets how many), too few were used. Someone may be making the service send SMS for money. It closes
 * as those codes grow a day old.
 */
async function breakerUntil(db: Kysely<Database>, { policy }: Needs, now: Date): Promise<Date | null> {
  const { sample, usedAtLeast } = policy.limits.smsBreaker;
  const { rows: codes } = await sql<{ created_at: Date; used_at: Date | null }>`
    select c.created_at, c.used_at from provisional_code c
    join notice n on n.person_key = c.person_key and n.id = c.notice_id
    where c.channel = 'sms' and c.created_at > ${secondsAfter(now, -breakerSeconds)} and c.created_at <= ${now}
      and (c.used_at is not null or c.superseded_at is not null or c.dead_at <= ${now})
      and n.channel = 'sms' and n.state in ('queued', 'handed-over')
    order by c.created_at desc limit ${sample}`.execute(db);
  const oldest = codes[sample - 1];
  const used = codes.filter((code) => code.used_at !== null).length;
  return oldest && used < usedAtLeast * sample ? secondsAfter(oldest.created_at, breakerSeconds) : null;
}

function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
