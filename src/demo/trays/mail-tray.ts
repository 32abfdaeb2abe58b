import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { readMail, type TrayMail } from '#src/demo/trays/mail-reading.ts';
import { writeDurably } from '#src/demo/trays/write-durably.ts';

/** The mails of the demo: a real SMTP server on this machine that stores each of them as a file. */
export interface MailTray {
  readonly smtpUrl: string;
  /** Newest first. */
  list(): Promise<readonly TrayMail[]>;
  find(id: string): Promise<TrayMail | null>;
  ids(): readonly string[];
  /** Calls `listener` with each mail from now on, before its sender knows that it has come. */
  listen(listener: (mail: TrayMail) => void): void;
  close(): Promise<void>;
}

const suffix = '.eml';

/** Opens the tray on a free port. A mail is on the disk before the server says 250, so a crash loses none. */
export async function openMailTray(folder: string): Promise<MailTray> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();
  let last = Number.parseInt(names.at(-1) ?? '0', 10);
  const ids = names.map((name) => name.slice(0, -suffix.length));
  const read = new Map<string, Promise<TrayMail>>();
  const listeners: ((mail: TrayMail) => void)[] = [];
  const keep = async (stream: Readable): Promise<void> => {
    last += 1;
    const id = `${String(last).padStart(8, '0')}-${randomUUID()}`;
    await writeDurably(folder, `${id}${suffix}`, await buffer(stream));
    // Concurrent mails may finish in another order: each is inserted at its place.
    const place = ids.findLastIndex((one) => one < id) + 1;
    ids.splice(place, 0, id);
    if (listeners.length === 0) return;
    const mail = await mailOf(id);
    for (const listener of listeners) listener(mail);
  };
  const mailOf = (id: string): Promise<TrayMail> => {
    const cached = read.get(id);
    if (cached) return cached;
    const mail = readFile(join(folder, `${id}${suffix}`)).then((raw) => readMail(id, raw));
    read.set(id, mail);
    return mail;
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onData: (stream, _session, done) => {
      keep(stream).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error('The mail was not kept')),
      );
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (!(address instanceof Object)) throw new Error('The mail tray has no port');
  return {
    smtpUrl: `smtp://127.0.0.1:${address.port}`,
    list: () => Promise.all(ids.toReversed().map(mailOf)),
    find: async (id) => (ids.includes(id) ? mailOf(id) : null),
    ids: () => ids,
    listen: (listener) => void listeners.push(listener),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
