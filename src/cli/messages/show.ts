import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptDocument } from '#src/archive/document.ts';
import { listAttachments, readContent } from '#src/archive/store.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { withWaiting } from '#src/cli/messages/find.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { extensions } from '#src/files/media-type.ts';
import { findThread } from '#src/messages/store.ts';

/** The thread of one message, the oldest first, with the titles of its files; `folder`: where these are saved. */
export function showMessage(terminal: Terminal, id: string, folder: string | null): Promise<ExitCode> {
  return withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
    const keyring = openKeyring(secrets.masterKeys.reveal());
    return withWaiting(terminal, { db, keyring }, id, async ({ personKey, threadId }) => {
      const thread = await findThread(db, keyring, [personKey], threadId);
      const files = await listAttachments(
        db,
        keyring,
        [personKey],
        thread.map((message) => message.id),
      );
      terminal.out(`subject: ${oneLine(thread[0]?.subject ?? '')}`);
      for (const { id: own, direction, at, text } of thread) {
        terminal.out(`--- ${direction === 'sent' ? 'the person' : 'the caisse'}, ${at.toISOString()}`);
        for (const line of text.split('\n')) terminal.out(oneLine(line));
        for (const { title, type, bytes } of files.filter(({ messageId }) => messageId === own))
          terminal.out(`[${oneLine(title)}: ${type}, ${bytes} bytes]`);
      }
      if (folder !== null) {
        const saved = files.filter(({ messageId, origin }) => messageId === id && origin === 'person');
        await mkdir(folder, { recursive: true, mode: 0o700 });
        for (const [index, file] of saved.entries()) {
          const path = join(folder, `${id}-${index + 1}.${extensions[file.type]}`);
          await writeFile(path, await whole(file), { mode: 0o600, flag: 'wx' });
          terminal.out(`saved: ${path}`);
        }
      }
      return exitCodes.done;

      async function whole(file: KeptDocument): Promise<Buffer> {
        return Buffer.concat(await Array.fromAsync(readContent(db, keyring, file)));
      }
    });
  });
}

/** What somebody wrote must not move the cursor of who reads it. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
