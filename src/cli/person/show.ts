import { registerSays } from '#src/cli/person/change.ts';
import type { OrderOptions } from '#src/cli/person/command.ts';
import { type PersonServices, withPerson } from '#src/cli/person/open-person.ts';
import { failuresGuide, standingGuide } from '#src/cli/support/guide-texts.ts';
import { readEvents } from '#src/cli/support/read-events.ts';
import { readMessages } from '#src/cli/support/read-messages.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { FoundPerson } from '#src/person/find-person.ts';
import { type ShownAccount, type Sight, showPerson } from '#src/person/show-person.ts';
import { eligibility } from '#src/register/eligibility.ts';
import { ineligibilityGuide } from '#src/register/refusal-guide.ts';
import { parisDate, parisTime } from '#src/time/paris.ts';

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
    if (shown.account) row('say', standingGuide[shown.account.closedFor ?? shown.account.status]);
    else for (const bar of barsOf(services, found)) row('reason', `${bar}: ${ineligibilityGuide[bar]}`);
    for (const erasedAt of shown.erased) row('erased', parisTime(erasedAt));
    for (const code of shown.codes) row('support code', code);
    if (sight === 'found') return exitCodes.done;
    if (shown.account) for (const [name, value] of accountRows(shown.account)) row(name, value);
    const { sessions, devices, failures } = shown.counts;
    row('sessions', `${sessions}, in ${devices} known browsers`);
    row('failures', `${failures} of identity, proof, codes and sign-in`);
    if (failures > 0) row('say', failuresGuide);
    for (const one of await readMessages(services.db, found.personKey, services.clock.now()))
      row(
        'message',
        `${one.kind} by ${one.channel}, asked ${parisTime(one.askedAt)}: ${one.fate}. ${one.guide}`,
      );
    for (const event of await readEvents(services.db, found.personKey))
      row('event', `${parisTime(event.at)}, ${event.actor}: ${event.text}`);
    return exitCodes.done;
  });
}

/** Why somebody in the register may not open an account, or not by card. */
function barsOf({ policy, clock }: PersonServices, { insured, leftSince }: FoundPerson) {
  return insured ? eligibility({ insured, leftSince }, policy, parisDate(clock.now())).reasons : [];
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
