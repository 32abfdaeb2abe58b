import { parseNir } from '#src/civil-status/nir.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import type { OrderOptions } from '#src/cli/person/command.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { type FoundPerson, findPerson, type PersonQuery, readPersonQuery } from '#src/person/find-person.ts';
import { type Order, readAgent } from '#src/person/order.ts';
import { type ReasonProblem, readReason } from '#src/person/read-reason.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

/** What commands about one person need of the services. */
export type PersonServices = Pick<
  Services,
  'db' | 'keyring' | 'random' | 'clock' | 'jobs' | 'policy' | 'channels'
>;

/** Runs with the person whom the operator names and with their order, or says what is wrong with either. */
export async function withPerson(
  terminal: Terminal,
  argument: string | undefined,
  options: OrderOptions,
  run: (services: PersonServices, found: FoundPerson, order: Order) => Promise<ExitCode>,
): Promise<ExitCode> {
  const order = readOrder(terminal, options);
  const query = order && (await readQuery(terminal, argument));
  if (!order || !query) return exitCodes.usage;
  return withMigratedDatabase(terminal, async ({ db }, { config, secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    const found = await findPerson({ db, keyring }, query);
    if (typeof found === 'string') {
      terminal.err(`compte: ${notFound[found]}`);
      return exitCodes.failed;
    }
    const jobs = await openJobs(db, { maintain: false });
    try {
      const policy = loadPolicy(config.policy);
      const channels = { sms: config.mode === 'demo' || secrets.sms !== null, letters: config.letters.sent };
      const services = { db, keyring, random: systemRandom, clock: systemClock, jobs, policy, channels };
      const code = await run(services, found, order);
      if (order.isRehearsal) terminal.out('dry run: nothing was written');
      return code;
    } finally {
      await jobs.stop(1);
    }
  });
}

const notFound = {
  unknown:
    'nobody is known by this NIR, support code or address: neither the register nor an account nor an enrolment (a code is kept for 30 days)',
  several: 'several people have this support code: give the NIR instead',
};

const reasonProblems: Readonly<Record<ReasonProblem, string>> = {
  empty: 'say why: a letter, a call, a ticket',
  'too-long': '200 characters at most',
  'names-somebody':
    'it holds what looks like a NIR, an IBAN, an address or a telephone number, and the trail keeps it for years: leave that out',
};

function readOrder(terminal: Terminal, { reason, by, dryRun }: OrderOptions): Order | null {
  const read = readReason(reason);
  const agent = readAgent(by);
  if (!read.ok) terminal.err(`compte: --reason: ${reasonProblems[read.problem]}`);
  if (!agent) terminal.err('compte: --by: 1 to 64 letters, digits, - and _, as in an agent’s number');
  return read.ok && agent ? { agent, reason: read.reason, isRehearsal: dryRun ?? false } : null;
}

async function readQuery(terminal: Terminal, argument: string | undefined): Promise<PersonQuery | null> {
  if (argument !== undefined) {
    const query = readPersonQuery(argument);
    if (query?.kind === 'code' || query?.kind === 'reference') return query;
    terminal.err(
      query
        ? 'compte: a NIR or an address is not given on the command line, where it stays in the history: give it on standard input'
        : 'compte: a support code has 8 letters and digits, never U; the reference of an account has 12',
    );
    return null;
  }
  const typed = await firstLine(terminal);
  const query = readPersonQuery(typed);
  if (!query) terminal.err(`compte: ${unreadable(typed)}`);
  return query;
}

/** What is wrong with what was typed, without repeating it. */
function unreadable(typed: string): string {
  const nir = parseNir(typed);
  if (!nir.ok && nir.reason === 'key') return 'the key does not go with the NIR: one of its digits is wrong';
  if (!typed.includes('@') && typed.replace(/\D/g, '').length >= 10)
    return 'this is no NIR: it has 13 characters, or 15 with its key, all of them digits (0, not O) but for 2A and 2B';
  return 'give a NIR of 13 or 15 characters, a support code or an e-mail address, on one line';
}

const mostBytes = 1_000;

/** The first line of standard input, asked for where that is a terminal. */
async function firstLine({ input, err }: Terminal): Promise<string> {
  if ('isTTY' in input && input.isTTY === true) err('NIR, support code or e-mail address:');
  let text = '';
  for await (const chunk of input) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('\n') || text.length > mostBytes) break;
  }
  return text.split('\n')[0] ?? '';
}
