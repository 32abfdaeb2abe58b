import { withMigratedDatabase } from '#src/cli/installation.ts';
import { readSupportCode } from '#src/cli/support-code.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { releaseFrozen } from '#src/ownership/reclaim.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

export type AccountChange = 'freeze' | 'release';

/** Opens what it takes, and does as `changeAccountOf`. */
export async function changeAccount(
  terminal: Terminal,
  change: AccountChange,
  argument: string,
): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { config, secrets }) => {
    const jobs = await openJobs(db, { maintain: false });
    try {
      const demo = config.mode === 'demo';
      const services = {
        db,
        keyring: openKeyring(secrets.masterKeys.reveal()),
        random: systemRandom,
        clock: systemClock,
        jobs,
        channels: { sms: demo || secrets.sms !== null, letters: config.letters.sent },
      };
      return await changeAccountOf(terminal, services, change, argument);
    } finally {
      await jobs.stop(1);
    }
  });
}

/** Freezes or takes away the account of the person whose dossier has a support code. Failed when there is none to. */
export async function changeAccountOf(
  terminal: Pick<Terminal, 'out' | 'err'>,
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'clock' | 'jobs' | 'channels'>,
  change: AccountChange,
  argument: string,
): Promise<ExitCode> {
  const code = readSupportCode(terminal, argument);
  if (code === null) return exitCodes.usage;
  const { db, clock } = services;
  const people = await db
    .selectFrom('dossier')
    .select('person_key')
    .distinct()
    .where('support_code', '=', code)
    .execute();
  const [person] = people;
  if (!person || people.length > 1) {
    terminal.err(`compte: ${person ? 'several dossiers have' : 'no dossier has'} the code ${code}`);
    return exitCodes.failed;
  }
  const now = clock.now();
  const changed =
    change === 'freeze'
      ? await freezeAccount(services, person.person_key, 'agent', now)
      : await releaseFrozen(db, person.person_key, now);
  if (changed) {
    terminal.out(change === 'freeze' ? 'the account is frozen' : 'the frozen account is gone');
    return exitCodes.done;
  }
  terminal.err(`compte: there is no ${change === 'freeze' ? 'open' : 'frozen'} account of that person`);
  return exitCodes.failed;
}
