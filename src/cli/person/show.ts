import { registerSays } from '#src/cli/person/change.ts';
import type { OrderOptions } from '#src/cli/person/command.ts';
import { withPerson } from '#src/cli/person/open-person.ts';
import { readEvents } from '#src/cli/support/read-events.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { type ShownAccount, type Sight, showPerson } from '#src/person/show-person.ts';
import { parisTime } from '#src/time/paris.ts';

/** Prints how somebody stands. */
export function show(
  terminal: Terminal,
  argument: string | undefined,
  options: OrderOptions,
  sight: Sight,
): Promise<ExitCode> {
  return withPerson(terminal, argument, options, async (services, found, order) => {
    const shown = await showPerson(services, found, order, sight, services.clock.now());
    const row = (name: string, value: string) => terminal.out(`${name.padEnd(14)} ${oneLine(value)}`);
    row('person', `${shown.ref}${shown.isRegistered ? ', in the register' : ', not in the register'}`);
    for (const [name, value] of shown.who) row(name, value);
    row('account', shown.account ? standing(shown.account) : 'none');
    for (const erasedAt of shown.erased) row('erased', parisTime(erasedAt));
    for (const code of shown.codes) row('support code', code);
    if (sight === 'found') return exitCodes.done;
    if (shown.account) for (const [name, value] of accountRows(shown.account)) row(name, value);
    const { sessions, devices, failures } = shown.counts;
    row('sessions', `${sessions}, in ${devices} known browsers`);
    row('failures', `${failures} of identity, proof, codes and sign-in`);
    for (const event of await readEvents(services.db, found.personKey))
      row('event', `${parisTime(event.at)}, ${event.actor}: ${event.text}`);
    return exitCodes.done;
  });
}

function standing({ status, pendingUntil, disabledSince, frozenAt, closedFor }: ShownAccount): string {
  if (closedFor) return `closed: the register says that the person ${registerSays[closedFor]}`;
  if (disabledSince) return `disabled by an operator since ${parisTime(disabledSince)}`;
  if (pendingUntil) return `${status}: the address is to be confirmed until ${parisTime(pendingUntil)}`;
  return frozenAt ? `${status} since ${parisTime(frozenAt)} («ce n’est pas moi»)` : status;
}

function accountRows(account: ShownAccount): readonly (readonly [string, string])[] {
  const { createdAt, lastUsedAt, password, franceConnectSince } = account;
  return [
    ['opened', parisTime(createdAt)],
    ['last used', parisTime(lastUsedAt)],
    ['password', password],
    ['FranceConnect', franceConnectSince ? `linked since ${parisTime(franceConnectSince)}` : 'not linked'],
  ];
}

/** What somebody typed must not move the cursor of who reads it. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
