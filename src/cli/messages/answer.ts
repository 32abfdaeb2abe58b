import { basename, dirname } from 'node:path';
import { fileTitle } from '#src/account/messages/writing/file-title.ts';
import { readNamedFile } from '#src/cli/deposit/read-named-file.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { withWaiting } from '#src/cli/messages/find.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { deposit } from '#src/depot/deposit.ts';
import { type DepositItem, withFiles } from '#src/depot/item.ts';
import { parseItem } from '#src/depot/read-item.ts';
import type { Refusal } from '#src/depot/refusal.ts';
import { openFileJudge } from '#src/files/judge-file.ts';
import { openFile, UnusableFile, wholeText } from '#src/files/open-file.ts';
import type { Message } from '#src/messages/store.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { findRegistered } from '#src/register/store.ts';
import { findSender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

const mostTextBytes = 80_000;

/**
 * Answers one message, as its sender would by the API: attachments are judged, the person is told by an avis de dépôt. The
 * same answer given again changes nothing.
 */
export async function answerMessage(
  terminal: Terminal,
  id: string,
  path: string,
  attached: readonly string[],
): Promise<ExitCode> {
  const text = await readText(terminal, path);
  const files = new Map<string, Buffer>();
  for (const [index, file] of attached.entries()) files.set(`file-${index}`, await readAttachment(file));
  return withMigratedDatabase(terminal, async ({ db }, { config, secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    return withWaiting(terminal, { db, keyring }, id, async (message) => {
      const item = await itemOf(terminal, { db, keyring }, message, { text, attached, files });
      const sender = await findSender(db, message.sender);
      if (!sender || !item) return exitCodes.refused;
      const judge = openFileJudge({ clamd: config.clamd });
      try {
        const policy = loadPolicy(config.policy);
        const services = { db, keyring, random: systemRandom, policy, judgeFile: judge.judge };
        const outcome = await deposit(services, sender, item, systemClock.now());
        if (outcome.kind === 'refused') return refuse(terminal, outcome);
        terminal.out(outcome.kind === 'accepted' ? 'answered' : 'this answer was given before');
        return exitCodes.done;
      } finally {
        await judge.close();
      }
    });
  });
}

interface Answer {
  readonly text: string;
  readonly attached: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The answer as its sender would deposit it; null, with the reason said, when it cannot be. */
async function itemOf(
  terminal: Terminal,
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { id, personKey, threadId, subject }: Message,
  { text, attached, files }: Answer,
): Promise<DepositItem | null> {
  const insured = await findRegistered(db, keyring, personKey);
  if (!insured) {
    terminal.err('compte: the register no longer knows the person');
    return null;
  }
  const attachments = attached.map((name, index) => ({
    title: fileTitle(basename(name)),
    file: `file-${index}`,
  }));
  const message = { subject, text, thread: threadId, attachments };
  const read = parseItem({ kind: 'message', id: `answer:${id}`, nir: insured.nir, message });
  if (read.kind === 'read') return withFiles(read.item, files);
  refuse(terminal, read);
  return null;
}

function refuse(terminal: Terminal, { field, remedy }: Refusal): ExitCode {
  terminal.err(`compte: ${field}: ${remedy}`);
  return exitCodes.refused;
}

async function readText({ input }: Terminal, path: string): Promise<string> {
  const file = await openFile(path, input);
  try {
    const text = (await wholeText(file, mostTextBytes)).replaceAll('\r\n', '\n').trim();
    if (text === '') throw new UnusableFile('the answer is empty: write it first');
    return text;
  } finally {
    await file.close();
  }
}

async function readAttachment(path: string): Promise<Buffer> {
  const bytes = await readNamedFile(dirname(path), basename(path));
  if (bytes === 'missing') throw new UnusableFile('there is no such file to attach, or it may not be read');
  if (bytes === 'too-large')
    throw new UnusableFile('a file to attach is larger than 10 MB: reduce or split it');
  return bytes;
}
