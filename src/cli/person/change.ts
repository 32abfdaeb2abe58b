import type { OrderOptions } from '#src/cli/person/command.ts';
import { withPerson } from '#src/cli/person/open-person.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { maskEmail } from '#src/contact/email-address.ts';
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

function standingOf({ status, deceased }: Extract<ChangedDoors, { kind: 'refused' }>): string {
  if (status === 'none') return 'they have none';
  if (deceased) return 'the register says that its person died, and the next register file can open it';
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
