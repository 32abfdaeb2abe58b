import { type Kysely, sql } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { type CaseEvent, readEvents } from '#src/cli/support/read-events.ts';
import { readMessages, type SentMessage } from '#src/cli/support/read-messages.ts';
import { type CodeChannel, knownChannels } from '#src/codes/rules.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { openAnswers } from '#src/dossiers/dossier.ts';
import { channelValue } from '#src/enrolment/code-channel-field.ts';
import type { Answers } from '#src/journey/answers.ts';
import type { Bar } from '#src/journey/bars.ts';
import { currentStep, stepRules } from '#src/journey/journey.ts';
import { findInsured } from '#src/register/store.ts';

/** What an agent sees of a dossier: codes, instants and counts, nobody’s name, number or address. */
export interface SupportCase {
  readonly begunAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
  readonly step: string;
  readonly bars: readonly Bar[];
  readonly proof: string | null;
  readonly ways: readonly string[];
  readonly account: {
    readonly status: Account['status'];
    readonly pendingUntil: Date | null;
    readonly frozenAt: Date | null;
    readonly closedFor: Account['closedFor'];
  } | null;
  readonly codes: readonly SentCode[];
  readonly failures: readonly Failures[];
  readonly messages: readonly SentMessage[];
  readonly events: readonly CaseEvent[];
}

export interface SentCode {
  readonly channel: CodeChannel;
  readonly askedAt: Date;
  readonly deadAt: Date;
  readonly state: 'alive' | 'used' | 'replaced' | 'over';
  readonly tries: number;
  /** Of its mail, SMS or letter. */
  readonly sending: string;
}

export interface Failures {
  readonly kind: string;
  readonly count: number;
  readonly lastAt: Date;
}

interface Opened {
  readonly db: Kysely<Database>;
  readonly keyring: Keyring;
  readonly ways: { readonly sms: boolean; readonly letters: boolean; readonly franceConnect: boolean };
}

/** The dossiers of a support code, the newest first: one, but for the rarest of accidents. */
export async function readCases(
  { db, keyring, ways }: Opened,
  code: string,
  now: Date,
): Promise<SupportCase[]> {
  const rows = await db
    .selectFrom('dossier')
    .leftJoin('account', 'account.person_key', 'dossier.person_key')
    .select(['dossier.person_key', 'id', 'answers', 'dossier.created_at', 'updated_at', 'closed_at'])
    .select(['account.status', 'account.pending_until', 'account.frozen_at', 'account.closed_for'])
    .where('support_code', '=', code)
    .orderBy('dossier.created_at', 'desc')
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const answers = openAnswers(keyring, row.person_key, row.id, row.answers);
      return {
        begunAt: row.created_at,
        changedAt: row.updated_at,
        closedAt: row.closed_at,
        step: row.closed_at === null ? currentStep(answers) : 'closed',
        bars: await barsOf({ db, keyring }, answers),
        proof: answers.proof?.route ?? null,
        ways: row.closed_at === null ? await openWays({ db, keyring, ways }, answers) : [],
        account:
          row.status === null
            ? null
            : {
                status: row.status,
                pendingUntil: row.status === 'pending' ? row.pending_until : null,
                frozenAt: row.frozen_at,
                closedFor: row.closed_for,
              },
        codes: await sentCodes(db, row.person_key, now),
        failures: await recentFailures(db, row.person_key),
        messages: await readMessages(db, row.person_key, now),
        events: await readEvents(db, row.person_key),
      };
    }),
  );
}

/** What stood in the way when the dossier was begun, and a death that the register has learnt of since. */
async function barsOf(
  { db, keyring }: Pick<Opened, 'db' | 'keyring'>,
  { identity }: Answers,
): Promise<readonly Bar[]> {
  const found = await findInsured(db, keyring, identity.nir);
  return found?.insured.deceased ? [...new Set<Bar>(['deceased', ...identity.bars])] : identity.bars;
}

/** The routes that are open to the person, proof not yet made. */
async function openWays({ db, keyring, ways }: Opened, answers: Answers): Promise<string[]> {
  const { identity, proof } = answers;
  if (!identity.mayEnrol || proof !== null) return [];
  const found = await findInsured(db, keyring, identity.nir);
  const channels = found ? knownChannels(found.insured, ways) : [];
  return [
    ...(stepRules.proof.open(answers) ? ['carte-vitale'] : []),
    ...(ways.franceConnect ? ['franceconnect'] : []),
    ...channels.map(({ channel }) => `code by ${channelValue(channel)}`),
  ];
}

async function sentCodes(db: Kysely<Database>, personKey: Buffer, now: Date): Promise<SentCode[]> {
  const rows = await db
    .selectFrom('provisional_code as c')
    .leftJoin('notice as n', (join) =>
      join.onRef('n.person_key', '=', 'c.person_key').onRef('n.id', '=', 'c.notice_id'),
    )
    .leftJoin('letter as l', (join) =>
      join.onRef('l.person_key', '=', 'c.person_key').onRef('l.id', '=', 'c.notice_id'),
    )
    .select([
      'c.channel',
      'c.created_at',
      'c.dead_at',
      'c.used_at',
      'c.superseded_at',
      'c.tries',
      'c.dossier_tries',
    ])
    .select(['n.state as notice_state', 'l.state as letter_state'])
    .where('c.person_key', '=', personKey)
    .orderBy('c.created_at', 'desc')
    .limit(5)
    .execute();
  return rows.map((row) => ({
    channel: row.channel,
    askedAt: row.created_at,
    deadAt: row.dead_at,
    state: row.used_at ? 'used' : row.superseded_at ? 'replaced' : row.dead_at <= now ? 'over' : 'alive',
    tries: row.tries + row.dossier_tries,
    sending: row.letter_state ?? row.notice_state ?? 'unknown',
  }));
}

async function recentFailures(db: Kysely<Database>, personKey: Buffer): Promise<Failures[]> {
  const { rows } = await sql<{ kind: string; count: string; last_at: Date }>`
    select kind, count(failure) as count, max(failure) as last_at
    from attempt, unnest(failures) as failure
    where subject = ${personKey} and kind in ('identity', 'proof', 'code', 'sign-in', 'letter')
    group by kind order by kind`.execute(db);
  return rows.map(({ kind, count, last_at: lastAt }) => ({ kind, count: Number(count), lastAt }));
}
