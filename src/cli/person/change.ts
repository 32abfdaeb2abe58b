import type { OrderOptions } from '#src/cli/person/command.ts';
import { withPerson } from '#src/cli/person/open-person.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { releaseFrozen } from '#src/ownership/reclaim.ts';
import { type ChangedDoors, disableAccount, enableAccount } from '#src/person/change-doors.ts';
import { unlockPerson } from '#src/person/unlock-person.ts';

const doors = {
  disable: {
    change: disableAccount,
    done: 'closed: sessions have ended, nobody can sign in',
    would: 'would be closed',
    refused: 'there is no open account',
  },
  enable: {
    change: enableAccount,
    done: 'open again',
    would: 'would be opened again',
    refused: 'no operator has closed an account',
  },
} as const;

/** Closes or opens the doors of somebody’s account. */
export function changeDoors(
  terminal: Terminal,
  name: keyof typeof doors,
  argument: string | undefined,
  options: OrderOptions,
): Promise<ExitCode> {
  const { change, done, would, refused } = doors[name];
  return withPerson(terminal, argument, options, async (services, found, order) => {
    const changed = await change(services, found, order, services.clock.now());
    const who = `person ${found.personKey.toString('hex', 0, 4)}`;
    if (changed.kind === 'refused') {
      terminal.err(`compte: ${who}: ${refused} of that person: ${standingOf(changed)}`);
      return exitCodes.failed;
    }
    const { status, told } = changed;
    const rest = name === 'enable' ? `, ${status} as before` : '';
    terminal.out(`${who}: the account ${order.isRehearsal ? `${would}${rest}` : `is ${done}${rest}`}`);
    terminal.out(`told: ${maskEmail(told)}`);
    return exitCodes.done;
  });
}

/** Why the register closes an account. */
export const registerSays = { deceased: 'died', left: 'left' } as const;

/** Why an account is not as it would have to be. */
function standingOf({
  status,
  closedFor,
}: Pick<Extract<ChangedDoors, { kind: 'refused' }>, 'status' | 'closedFor'>): string {
  if (status === 'none') return 'they have none';
  if (closedFor) return `the register says that its person ${registerSays[closedFor]}, and can open it`;
  return status === 'pending' ? 'pending, or not confirmed in time' : status;
}

/** Ends somebody’s waits after failures. */
export function unlock(
  terminal: Terminal,
  argument: string | undefined,
  options: OrderOptions,
): Promise<ExitCode> {
  return withPerson(terminal, argument, options, async (services, found, order) => {
    const unlocked = await unlockPerson(services, found, order, services.clock.now());
    const who = `person ${found.personKey.toString('hex', 0, 4)}`;
    if (unlocked.kind === 'nothing') {
      terminal.err(`compte: ${who}: nothing makes them wait`);
      return exitCodes.failed;
    }
    const { counters, password, told } = unlocked;
    terminal.out(`${who}: ${counters} counters of failures ${order.isRehearsal ? 'would end' : 'ended'}`);
    if (password) terminal.out('the password is accepted from every browser again');
    terminal.out(told === null ? 'told: nobody, there is no open account' : `told: ${maskEmail(told)}`);
    return exitCodes.done;
  });
}

/** Freezes somebody’s account, or deletes a frozen one. */
export function changeDisputed(
  terminal: Terminal,
  change: 'freeze' | 'release',
  argument: string | undefined,
  options: OrderOptions,
): Promise<ExitCode> {
  return withPerson(terminal, argument, options, async (services, { personKey, account }, order) => {
    const now = services.clock.now();
    const who = `person ${personKey.toString('hex', 0, 4)}`;
    const isDone =
      change === 'freeze'
        ? await freezeAccount(services, personKey, order, now)
        : await releaseFrozen(services.db, personKey, order, now);
    if (!isDone) {
      const standing = change === 'freeze' ? 'open' : 'frozen';
      terminal.err(
        `compte: ${who}: there is no ${standing} account of that person: ${standingOf(account ?? { status: 'none', closedFor: null })}`,
      );
      return exitCodes.failed;
    }
    const [done, would] =
      change === 'freeze'
        ? ['the account is frozen', 'the account would be frozen']
        : ['the frozen account is gone', 'the frozen account would be deleted'];
    terminal.out(`${who}: ${order.isRehearsal ? would : done}`);
    return exitCodes.done;
  });
}
