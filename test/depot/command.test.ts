import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { generateKeyPairSync, hash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { people, personNamed } from '#src/fictitious/people.ts';
import { parisDay } from '#src/time/paris.ts';
import { databaseFor, inTheDatabase } from '../reliability/place-database.ts';
import { runCommand } from '../setting/command-line.ts';
import { page, pdf } from '../setting/made-files.ts';
import { consultation } from './senders.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-deposit-'));
const env = {
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  METRICS_PORT: 'off',
  ...(await databaseFor({ after })),
};
const files = join(folder, 'pdf');
const { nir } = personNamed('venturi').line;
const paidOn = parisDay(new Date()).subtract({ days: 3 }).toString();
const run = (...args: string[]) => runCommand(args, env);

after(() => rmSync(folder, { recursive: true }));
mkdirSync(files);

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicFile = fileOf(
  'public.json',
  JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }, null, 2),
);

const paymentLine = (id: string, changed: object = {}) =>
  JSON.stringify({ kind: 'payment', id, nir, payment: { ...consultation(paidOn), ...changed } });
const documentLine = (id: string, file: string) =>
  JSON.stringify({ kind: 'document', id, nir, document: { title: 'Relevé', rank: 1, matters: false, file } });

const place = { folder: env.DATA_DIR, env, port: 0, origin: '' };

/**
 * Runs something while somebody else deposits a payment for the same person under this id, and is never done: who comes to
 * that line waits there, however fast.
 */
function besideDeposit(id: string, run: () => Promise<void>): Promise<void> {
  const reference = hash('sha256', JSON.stringify(['caisse-631', 'payment', id]), 'buffer');
  return inTheDatabase(place, async ({ db }) => {
    const trx = await db.startTransaction().execute();
    await sql`insert into deposit (person_key, reference_hash, content_key, kind, sender, id, at)
      select person_key, ${reference}, content_key, kind, sender, gen_random_uuid(), at from deposit limit 1`.execute(
      trx,
    );
    await run().finally(() => trx.rollback().execute());
  });
}

/** What the database holds. */
function stored() {
  return inTheDatabase(place, async ({ db }) => {
    const count = async (table: 'payment' | 'document' | 'deposit') =>
      (await db.selectFrom(table).select('person_key').execute()).length;
    return {
      payments: await count('payment'),
      documents: await count('document'),
      deposits: await count('deposit'),
    };
  });
}

test('an operator lets a caisse deposit, and deposits its files', async (t) => {
  assert.equal((await run('migrate')).code, 0);
  const register = fileOf('register', people.map(({ line }) => `${JSON.stringify(line)}\n`).join(''));
  assert.equal((await run('register', 'import', register)).code, 0);

  await t.test('a sender has public keys and scopes, and can be disabled', async () => {
    const add = (...more: string[]) =>
      run('sender', 'add', 'caisse-631', '--name', 'CPAM du Puy-de-Dôme', ...more);
    const secret = fileOf('private.json', JSON.stringify({ keys: [privateKey.export({ format: 'jwk' })] }));
    const refused = await add('--scopes', 'payments', '--keys', secret);
    assert.equal(refused.code, 4);
    assert.match(refused.err, /holds a private key/);
    assert.equal((await add('--scopes', 'everything', '--keys', publicFile)).code, 2);
    const weak = { kty: 'RSA', n: 'A'.repeat(171), e: 'AQAB' };
    for (const value of [{}, { keys: [] }, { keys: [weak] }, { keys: [{ kty: 'oct' }] }, []])
      assert.equal(
        (await add('--scopes', 'payments', '--keys', fileOf('keys', JSON.stringify(value)))).code,
        4,
      );

    assert.equal((await add('--scopes', 'payments', '--keys', publicFile)).code, 0);
    assert.equal((await add('--scopes', 'payments', '--keys', publicFile)).code, 1, 'there is one already');
    const lines = fileOf('lines', `${paymentLine('P-1')}\n`);
    assert.equal((await run('sender', 'disable', 'caisse-631')).code, 0);
    const disabled = await run('deposit', lines, '--sender', 'caisse-631');
    assert.equal(disabled.code, 4);
    assert.match(disabled.err, /is disabled/);
    assert.equal((await run('deposit', lines, '--sender', 'nobody')).code, 4);
    assert.match((await run('sender', 'list')).out, /^caisse-631\tdisabled since .*\tpayments\tEC\tCPAM/);
    assert.equal((await run('sender', 'enable', 'caisse-631')).code, 0);
    assert.equal((await run('sender', 'enable', 'caisse-631')).code, 1, 'it is enabled');
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
    for (const file of [fileOf('public.pem', pem), publicFile])
      assert.equal((await run('sender', 'keys', 'caisse-631', file)).code, 0);
    const leaked = fileOf('leaked.pem', String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    assert.match((await run('sender', 'keys', 'caisse-631', leaked)).err, /holds a private key/);
    assert.equal((await run('sender', 'scopes', 'caisse-631', 'payments,documents')).code, 0);
    assert.deepEqual(await stored(), { payments: 0, documents: 0, deposits: 0 });
  });

  await t.test(
    'what cannot be taken is set aside by number, field and code, the rest deposited once',
    async () => {
      writeFileSync(join(files, 'releve.pdf'), pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]));
      const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
      writeFileSync(
        join(files, 'script.pdf'),
        pdf([`<< /Type /Catalog /Pages 2 0 R /OpenAction ${script} >>`, ...page]),
      );
      writeFileSync(join(files, 'cut.pdf'), '%PDF-1.7\n1 0 obj');
      writeFileSync(join(files, 'large.pdf'), Buffer.alloc(10 * 1024 * 1024 + 1, '%PDF-1.7'));
      symlinkSync('/etc/passwd', join(files, 'link.pdf'));
      mkdirSync(join(files, 'folder.pdf'));
      const lines: readonly (readonly [string | Buffer, string | null])[] = [
        [paymentLine('P-1'), null],
        [paymentLine('P-2', { amount: 2100 }), 'payment.amount;amount'],
        [Buffer.concat([Buffer.from(paymentLine('P-3')), Buffer.from([0])]), 'line;nul'],
        [Buffer.from(paymentLine('P-3').replace('Consultation', 'Déplacement'), 'latin1'), 'line;encoding'],
        [`${paymentLine('P-3')}${' '.repeat(300_000)}`, 'line;too-long'],
        [paymentLine('P-3').replace(nir, '1000000000000'), 'nir;nir'],
        [paymentLine('P-3').replace(nir, '1620175056999'), 'nir;unknown-person'],
        [paymentLine('P-1', { thirdParty: 'Confidentiel' }), 'payment.thirdParty;recipient'],
        [documentLine('D-1', 'releve.pdf'), null],
        [documentLine('D-2', 'script.pdf'), 'document.file;file-scripts'],
        [documentLine('D-2', 'cut.pdf'), 'document.file;file-damaged'],
        [documentLine('D-2', 'large.pdf'), 'document.file;file-too-large'],
        [documentLine('D-2', 'link.pdf'), 'document.file;file-missing'],
        [documentLine('D-2', 'folder.pdf'), 'document.file;file-missing'],
        [documentLine('D-2', 'absent.pdf'), 'document.file;file-missing'],
        [documentLine('D-2', '../private.json'), 'document.file;invalid'],
        ['', null],
        [paymentLine('P-4').slice(0, -20), 'line;not-json'],
      ];
      const newline = Buffer.from('\n');
      const file = fileOf(
        'mixed',
        Buffer.concat(lines.flatMap(([line]) => [Buffer.from(line), newline]).slice(0, -1)),
      );
      const report = join(folder, 'report.csv');
      const deposit = (...more: string[]) =>
        run('deposit', file, '--sender', 'caisse-631', '--pdf-dir', files, '--rejected', report, ...more);

      const dry = await deposit('--dry-run');
      assert.equal(dry.code, 3, dry.err);
      assert.match(dry.out, /would be: deposited 2, repeated 0\ndry run: nothing was written/);
      assert.deepEqual(await stored(), { payments: 0, documents: 0, deposits: 0 });

      const ran = await deposit();
      assert.equal(ran.code, 3, ran.err);
      assert.match(ran.out, /read 17, set aside 15 \(\d+ a second\)\ndeposited 2, repeated 0/);
      const listed = readFileSync(report, 'utf8').trimEnd().split('\n').slice(1);
      const expected = lines.flatMap(([, refusal], index) => (refusal ? [`${index + 1};${refusal}`] : []));
      assert.deepEqual(listed.map((line) => line.split(';').slice(0, 3).join(';')).sort(), expected.sort());
      assert.ok(listed.every((line) => line.split(';').length === 4 && !line.endsWith(';')));
      assert.doesNotMatch(
        readFileSync(report, 'utf8') + ran.err + ran.out,
        /Confidentiel|162122B|releve|root:/,
      );
      assert.deepEqual(await stored(), { payments: 1, documents: 1, deposits: 2 });

      const again = await deposit();
      assert.match(again.out, /deposited 0, repeated 2/);
      const other = await run(
        'deposit',
        fileOf('other', `${paymentLine('P-1', consultation(parisDay(new Date()).toString()))}\n`),
        '--sender',
        'caisse-631',
      );
      assert.equal(other.code, 3);
      assert.match(other.err, /^line 1: id: other-content/m);
      const scope = await run(
        'deposit',
        fileOf(
          'scope',
          `${documentLine('D-9', 'releve.pdf').replace('"document"', '"message"').replace('"document":{"title":"Relevé","rank":1,"matters":false,"file":"releve.pdf"}', '"message":{"subject":"a","text":"b","thread":null,"attachments":[]}')}\n`,
        ),
        '--sender',
        'caisse-631',
      );
      assert.match(scope.err, /^line 1: kind: scope/m);
      assert.deepEqual(await stored(), { payments: 1, documents: 1, deposits: 2 });
      assert.equal((await run('deposit', fileOf('empty', '\n'), '--sender', 'caisse-631')).code, 4);
    },
  );

  await t.test('a file that is cut on its way says what is done, and that the rest is not', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, index) => `${paymentLine(`Z-${index}`, { amount: 0 })}\n`,
    );
    const whole = gzipSync(`${paymentLine('P-1')}\n${lines.join('')}`);
    const cut = fileOf('cut.gz', whole.subarray(0, whole.length - 100));
    const ran = await run('deposit', cut, '--sender', 'caisse-631');
    assert.equal(ran.code, 1, ran.err);
    assert.match(ran.out, /read \d+00, set aside \d+.*\ndeposited 0, repeated 1/);
    assert.match(ran.err, /cut short: have it sent again\nwhat comes after these lines is not done/);
    const none = await run('deposit', cut, '--sender', 'caisse-631', '--pdf-dir', join(folder, 'none'));
    assert.deepEqual([none.code, none.out], [4, '']);
    assert.match(none.err, /--pdf-dir names no folder/);
  });

  await t.test('a run that is killed is gone on with: nothing is lost, and nothing there twice', async () => {
    const count = 3_000;
    const lines = Array.from({ length: count }, (_, index) => `${paymentLine(`K-${index}`)}\n`).join('');
    const file = fileOf('many', lines);
    await besideDeposit('K-1000', async () => {
      const main = new URL('../../src/cli/main.js', import.meta.url).pathname;
      const child = spawn(process.execPath, [main, 'deposit', file, '--sender', 'caisse-631', '--resume'], {
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      while (!existsSync(`${file}.progress`) && child.exitCode === null) await setTimeout(2);
      child.kill('SIGKILL');
      await ended;
    });
    const { payments } = await stored();
    assert.ok(payments > 1 && payments <= 1_001, `killed after ${payments}`);

    // Another sender, or another file, does not go on from there.
    const foreign = await run('deposit', file, '--sender', 'caisse-632', '--resume');
    assert.equal(foreign.code, 4);
    const resumed = await run('deposit', file, '--sender', 'caisse-631', '--resume');
    assert.equal(resumed.code, 0, resumed.err);
    assert.match(resumed.err, /^going on after line \d+00$/m);
    assert.equal((await stored()).payments, count + 1);
    assert.equal(existsSync(`${file}.progress`), false);
    const piped = await runCommand(
      ['deposit', '-', '--sender', 'caisse-631'],
      env,
      Readable.from([Buffer.from(lines)]),
    );
    assert.match(piped.out, new RegExp(`deposited 0, repeated ${count}`));
  });
});
