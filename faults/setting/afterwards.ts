import { setTimeout as wait } from 'node:timers/promises';
import type { Traveller } from '../../bench/setting/people.ts';
import type { Trial } from '../trial.ts';
import { brokenRules, countRows } from './invariants.ts';
import type { Scene } from './scene.ts';

interface AfterwardsOptions {
  /** Those who have opened an account, to the end. */
  readonly opened: readonly Pick<Traveller, 'email'>[];
  /** Copies of mails that may have come. */
  readonly mostCopies: number;
  /** Whether others have opened an account as well. */
  readonly others?: boolean;
}

/** That nothing was lost and nothing happened twice: accounts, mails, the rules of the database, the audit trail. */
export async function measureAfterwards(
  trial: Trial,
  { postgres, mails, command }: Scene,
  { opened, mostCopies, others = false }: AfterwardsOptions,
): Promise<void> {
  const accounts = await countRows(postgres, 'account');
  trial.measured(
    'accounts, for people who have opened one',
    `${accounts} for ${opened.length}`,
    opened.length > 0 && (others ? accounts >= opened.length : accounts === opened.length),
  );
  const waited = await untilSent(trial, { postgres });
  trial.measured('mails and SMS that still wait after two minutes', waited, waited === 0);
  const idsOf = new Map<string, Set<string>>();
  for (const { to, messageId } of mails.accepted) idsOf.set(to, (idsOf.get(to) ?? new Set()).add(messageId));
  const without = opened.filter(({ email }) => (idsOf.get(email)?.size ?? 0) < 2);
  trial.measured('people without both of their mails', without.length, without.length === 0);
  const mailsInAll = [...idsOf.values()].reduce((sum, ids) => sum + ids.size, 0);
  const copies = mails.accepted.length - mailsInAll;
  trial.measured('mails that came twice', `${copies} of ${mailsInAll}`, copies <= mostCopies);
  const broken = await brokenRules(postgres);
  trial.measured('rules of the database that are broken', broken.join('; ') || 0, broken.length === 0);
  const [verified = ''] = command('audit', 'verify').split('\n');
  trial.measured('audit trail', verified, /\b0 broken/.test(verified));
}

/** Waits until no notice waits any more, two minutes at most; how many still do. */
export async function untilSent(trial: Trial, { postgres }: Pick<Scene, 'postgres'>): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const waiting = await countRows(
      postgres,
      "notice where state in ('queued', 'deferred') and channel <> 'letter'",
    );
    if (waiting === 0 || tries === 120 || trial.over.aborted) return waiting;
    await wait(1_000);
  }
}
