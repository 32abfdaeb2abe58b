import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CodeChannel, KnownChannel } from '#src/codes/rules.ts';
import { emailKey, type Keyring, telephoneKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type Attempt, blockedUntil, ofClient } from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import { kindsCounted } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';

interface Needs {
  readonly keyring: Keyring;
  readonly limits: LimitRules;
  readonly policy: Pick<Policy, 'limits'>;
}

export interface Asking {
  /** How the person is counted: under the current key, as whoever tries a code. */
  readonly subject: Buffer;
  readonly to: KnownChannel;
  /** When the code would die. */
  readonly deadAt: Date;
  /** By whoever has said who they are, whose tries are counted by themselves. */
  readonly own: boolean;
  /** Of whoever asks. */
  readonly client: Client;
  readonly at: Date;
  /** Nothing would leave: the budget of all is not touched. */
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
  /** When a code can be asked for by this channel again. */
  readonly until: Date;
}

const breakerSeconds = 86_400;
const everybody = Buffer.alloc(32);

/** What a code counts against, besides what `mailboxUntil` adds. Asking is counted, whatever comes of the code. */
export function countedBy(
  { keyring, limits }: Needs,
  { subject, to, client, decoy }: Asking,
): readonly Attempt[] {
  switch (to.channel) {
    case 'letter':
      return [{ rule: limits.letter, subject }];
    case 'email':
      return [{ rule: limits.codeMail, subject: emailKey(keyring, to.counted) }];
    case 'sms':
      return [
        { rule: limits.smsNumber, subject: telephoneKey(keyring, to.counted) },
        { rule: limits.smsBudget, subject: decoy ? subject : everybody },
        ...ofClient(limits.smsAddress, client, subject),
      ];
  }
}

/**
 * Why no code can be sent by each of some channels now, the reason that lasts longest; null: one can. One query,
 * nothing counted.
 *
 * While the person’s tries are suspended, a code by SMS or e-mail would be dead before it may be typed, and so would
 * a letter when they are suspended beyond its last day.
 */
export async function findHolds(
  db: Kysely<Database>,
  needs: Needs,
  askings: readonly Asking[],
): Promise<ReadonlyMap<CodeChannel, Hold | null>> {
  const columns = askings.flatMap((asking) =>
    Object.entries(limitsOf(needs, asking)).map(
      ([reason, until]) => sql`${until} as ${sql.id(`${asking.to.channel} ${reason}`)}`,
    ),
  );
  if (columns.length === 0) return new Map();
  const { rows } = await sql<Record<string, Date | null>>`select ${sql.join(columns)}`.execute(db);
  const row = rows[0] ?? {};
  return new Map(askings.map((asking) => [asking.to.channel, longestHold(asking, row)]));
}

function longestHold({ to, deadAt, at }: Asking, row: Readonly<Record<string, Date | null>>): Hold | null {
  return reasons
    .flatMap((reason): Hold[] => {
      const until = row[`${to.channel} ${reason}`];
      return until && until > at ? [{ reason, until }] : [];
    })
    .filter(({ reason, until }) => reason !== 'tries' || to.channel !== 'letter' || until >= deadAt)
    .reduce<Hold | null>((longest, hold) => (longest && longest.until >= hold.until ? longest : hold), null);
}

const reasons: readonly HoldReason[] = [
  'tries',
  'letters',
  'sms-number',
  'sms-address',
  'sms-budget',
  'sms-breaker',
  'mailbox',
];

type Until = RawBuilder<Date | null>;

function limitsOf(needs: Needs, asking: Asking): Partial<Record<HoldReason, Until>> {
  const { keyring, limits } = needs;
  const { subject, to, own, at } = asking;
  const tries = blockedUntil({ rule: own ? limits.codeOfDossier : limits.code, subject }, at);
  if (to.channel === 'email')
    return { tries, mailbox: mailboxUntil(needs, emailKey(keyring, to.counted), at) };
  const [first, budget, ...addresses] = countedBy(needs, asking).map((attempt) => blockedUntil(attempt, at));
  if (to.channel === 'letter') return { tries, ...(first && { letters: first }) };
  return {
    tries,
    ...(first && { 'sms-number': first }),
    'sms-address': sql`greatest(${sql.join(addresses)})`,
    ...(budget && { 'sms-budget': budget }),
    'sms-breaker': breakerUntil(needs, at),
  };
}

/**
 * Mails to one mailbox that outsiders can cause, all accounts together: the codes asked for, sent or not, and what
 * was sent besides. The next one would be withheld, and the code before it would have died for nothing.
 */
function mailboxUntil({ limits, policy }: Needs, mailbox: Buffer, at: Date): Until {
  const { max, perSeconds } = policy.limits.mailsPerAddress;
  const since = new Date(at.getTime() - perSeconds * 1000);
  const others = kindsCounted('outsiders').filter(
    (kind) => kind !== 'provisional-code' && kind !== 'account-exists',
  );
  return sql`(
    select sent + make_interval(secs => ${perSeconds}) from (
      select unnest(failures) as sent from attempt
      where kind = ${limits.codeMail.kind} and subject = ${mailbox}
      union all
      select created_at from notice
      where recipient_key = ${mailbox} and state <> 'withheld' and kind = any(${others}::text[])
    ) as mails
    where sent > ${since} order by sent desc limit 1 offset ${max - 1}
  )`;
}

/**
 * The breaker: of the last so many codes by SMS that had their time within a day, too few were used. Somebody may be
 * making us send SMS for money. It closes again as those codes grow a day old.
 */
function breakerUntil({ policy }: Needs, at: Date): Until {
  const { sample, usedAtLeast } = policy.limits.smsBreaker;
  const since = new Date(at.getTime() - breakerSeconds * 1000);
  return sql`(
    select case when count(*) = ${sample} and count(used_at) < ${usedAtLeast * sample}
      then min(created_at) + make_interval(secs => ${breakerSeconds}) end
    from (
      select c.created_at, c.used_at from provisional_code c
      join notice n on n.person_key = c.person_key and n.id = c.notice_id
      where c.channel = 'sms' and c.created_at > ${since} and c.created_at <= ${at}
        and (c.used_at is not null or c.superseded_at is not null or c.dead_at <= ${at})
        and n.channel = 'sms' and n.state in ('queued', 'handed-over')
      order by c.created_at desc limit ${sample}
    ) as latest
  )`;
}
