import type { OrderOptions } from '#src/cli/person/command.ts';
import { withPerson } from '#src/cli/person/open-person.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { erasePerson } from '#src/person/erase-person.ts';
import type { ErasedRows } from '#src/person/erase-rows.ts';

const labels: Readonly<Record<keyof ErasedRows, string>> = {
  accounts: 'account, with its password, consents, terms, browsers, links and choices',
  sessions: 'sessions',
  dossiers: 'enrolments',
  codes: 'provisional codes',
  attestations: 'attestations and orders of cards',
  messages: 'messages',
  documents: 'documents and files',
  payments: 'payments',
  answers: 'answers to programs',
  notices: 'mails, SMS and letters, sent or not',
};

export function erase(
  terminal: Terminal,
  argument: string | undefined,
  options: OrderOptions,
): Promise<ExitCode> {
  return withPerson(terminal, argument, options, async (services, found, order) => {
    const erasure = await erasePerson(services, found, order, services.clock.now());
    const who = `person ${found.personKey.toString('hex', 0, 4)}`;
    if (erasure.kind === 'nothing') {
      const before = erasure.since ? `: erased on ${erasure.since.toISOString()}` : '';
      terminal.err(`compte: ${who}: there is no account or enrolment to erase${before}`);
      return exitCodes.failed;
    }
    const { rows, stays, told, tombstone } = erasure;
    terminal.out(`${who}: ${order.isRehearsal ? 'would be erased' : 'erased'}`);
    for (const [name, count] of Object.entries(rows)) if (count > 0) terminal.out(line(name, count));
    if (stays.documents > 0)
      terminal.out(`stays until it has gone on paper: ${stays.documents} documents not seen yet`);
    if (stays.letters > 0) terminal.out(`stays until it is posted: ${stays.letters} letters`);
    terminal.out(told === null ? 'told: nobody, no address is known' : `told: ${maskEmail(told)}`);
    if (!order.isRehearsal)
      terminal.out(
        `tombstone ${tombstone}: write it down outside the database now, compte person tombstones --out FILE`,
      );
    return exitCodes.done;
  });
}

const names: ReadonlyMap<string, string> = new Map(Object.entries(labels));

function line(name: string, count: number): string {
  return `${String(count).padStart(6)}  ${names.get(name) ?? name}`;
}
