import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { loadConfiguration } from '#src/config/load.ts';
import { type Keyring, openKeyring, personKeys } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { people, personNamed } from '#src/fictitious/people.ts';
import { findThread, storingMessage } from '#src/messages/store.ts';
import { addingSender } from '#src/senders/sender.ts';
import { caisse } from '../depot/senders.ts';
import { databaseFor, inTheDatabase } from '../reliability/place-database.ts';
import { runCommand } from '../setting/command-line.ts';
import { page, pdf } from '../setting/made-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-messages-'));
const env = {
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  METRICS_PORT: 'off',
  ...(await databaseFor({ after })),
};
after(() => rmSync(folder, { recursive: true }));
const place = { folder: env.DATA_DIR, env, port: 0, origin: '' };
const { nir } = personNamed('venturi').line;
const id = '11111111-1111-4111-8111-111111111111';
const run = (args: readonly string[], input?: string) =>
  runCommand(['messages', ...args], env, Readable.from(input === undefined ? [] : [Buffer.from(input)]));

test('an operator lists what waits, reads one, takes it and answers with a file that was judged', async () => {
  assert.equal((await runCommand(['migrate'], env)).code, 0);
  assert.equal((await runCommand(['register', 'import', registerFile()], env)).code, 0);
  const keyring = demoKeyring();
  await inTheDatabase(place, async ({ db }) => {
    const [personKey] = personKeys(keyring, nir);
    assert.ok(personKey);
    const now = new Date();
    await db.executeQuery(addingSender(db, { ...caisse }, now).compile());
    const message = { personKey, id, threadId: id, direction: 'sent', sender: caisse.code } as const;
    const text = 'Bonjour,\u001b[2J\n\nMerci.';
    const written = { ...message, subject: 'Un remboursement', text, answerBy: now };
    await db.executeQuery(storingMessage(db, keyring, written, now).compile());
  });
  const listed = await run([]);
  assert.match(listed.out, new RegExp(`^${id}  caisse-631 +waiting .* LATE$`));
  assert.doesNotMatch(listed.out, /remboursement|Bonjour/, 'nothing of its content');
  assert.match((await run(['--sender', 'caisse-999'])).out, /no message waits/);
  const shown = await run(['show', id]);
  assert.match(shown.out, /^subject: Un remboursement\n--- the person, .*\nBonjour, \[2J\n\nMerci\.$/);
  assert.equal((await run(['show', 'x'])).code, 1);
  assert.equal((await run(['take', id])).out, 'taken');
  assert.equal((await run(['take', id])).out, 'somebody takes care of it already');
  assert.match((await run([])).out, / taken /);

  const fit = fileOf('Relevé.pdf', pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]));
  const script = fileOf(
    'piege.pdf',
    pdf(['<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> >>', ...page]),
  );
  const refused = await run(['answer', id, '--attach', script], 'Bonjour.');
  assert.equal(refused.code, 4);
  assert.match(refused.err, /message\.attachments\.0\.file: .*JavaScript/);
  assert.equal((await run(['answer', id], '')).code, 4, 'an empty answer');
  assert.equal((await run(['answer', id, '--attach', fit], 'Bonjour.\n\nIl part demain.\n')).out, 'answered');
  assert.match((await run([])).out, /no message waits/);
  assert.equal((await run(['answer', id], 'Encore.')).code, 1, 'nothing waits any more');
  await inTheDatabase(place, async ({ db }) => {
    const thread = await findThread(db, keyring, personKeys(keyring, nir), id);
    assert.deepEqual(
      thread.map(({ direction, state, text }) => [direction, state, text]),
      [
        ['sent', 'answered', 'Bonjour,\u001b[2J\n\nMerci.'],
        ['received', null, 'Bonjour.\n\nIl part demain.'],
      ],
    );
  });
});

/** The keys that the first command has made. */
function demoKeyring(): Keyring {
  const decision = loadConfiguration(env, systemRandom);
  assert.ok(decision.ok);
  return openKeyring(decision.secrets.masterKeys.reveal());
}

function registerFile(): string {
  return fileOf('register.ndjson', people.map(({ line }) => `${JSON.stringify(line)}\n`).join(''));
}

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
