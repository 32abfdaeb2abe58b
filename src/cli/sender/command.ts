import { InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { type SenderScope, senderCode, senderScopes } from '#src/senders/sender.ts';

function code(text: string): string {
  const read = senderCode.safeParse(text);
  if (!read.success)
    throw new InvalidArgumentError('2 to 40 small letters, digits or hyphens are needed: caisse-631.');
  return read.data;
}

function name(text: string): string {
  if (!/^[^\p{C}]{2,100}$/u.test(text))
    throw new InvalidArgumentError('A name of 2 to 100 characters, on one line, is needed.');
  return text;
}

function scopes(text: string): readonly SenderScope[] {
  const named = text.split(',').map((scope) => scope.trim());
  const known = senderScopes.filter((scope) => named.includes(scope));
  if (known.length !== new Set(named).size)
    throw new InvalidArgumentError(`Some of ${senderScopes.join(', ')} are needed, with commas between.`);
  return known;
}

const keysHelp = 'public keys: a JWKS, one JWK, or one key in PEM; - is standard input';
const codeHelp = 'names the sender: caisse-631';

export function addSenderCommands({ program, terminal, run }: CommandGroup): void {
  const sender = program
    .command('sender')
    .description('who may deposit for people, and the keys that their programs sign in with');
  const load = () => import('#src/cli/sender/change-sender.ts');

  sender
    .command('add')
    .description('let a caisse or a mutuelle deposit')
    .argument('<code>', codeHelp, code)
    .requiredOption('--name <text>', 'shown to people', name)
    .requiredOption('--scopes <list>', `what it may do: ${senderScopes.join(', ')}`, scopes)
    .requiredOption('--keys <file>', keysHelp)
    .action((which: string, options: { name: string; scopes: readonly SenderScope[]; keys: string }) =>
      run(async () => (await load()).addSender(terminal, which, options)),
    );

  sender
    .command('list')
    .description('all senders, one line each (read-only)')
    .action(() => run(async () => (await load()).showSenders(terminal)));

  sender
    .command('keys')
    .description('replace the keys of a sender; signatures of the former ones end at once')
    .argument('<code>', codeHelp, code)
    .argument('<file>', keysHelp)
    .action((which: string, file: string) =>
      run(async () => (await load()).changeSender(terminal, which, { change: 'keys', file })),
    );

  sender
    .command('scopes')
    .description('replace what a sender may do')
    .argument('<code>', codeHelp, code)
    .argument('<list>', senderScopes.join(', '), scopes)
    .action((which: string, list: readonly SenderScope[]) =>
      run(async () => (await load()).changeSender(terminal, which, { change: 'scopes', scopes: list })),
    );

  for (const [change, description] of [
    ['disable', 'let a sender do nothing any more, from its next request on; what it deposited stays'],
    ['enable', 'let a disabled sender deposit again'],
  ] as const)
    sender
      .command(change)
      .description(description)
      .argument('<code>', codeHelp, code)
      .action((which: string) => run(async () => (await load()).changeSender(terminal, which, { change })));
}
