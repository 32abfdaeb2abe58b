import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { people } from '#src/fictitious/people.ts';
import { databaseFor } from '../reliability/place-database.ts';
import { runCommand } from '../setting/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-invented-'));
after(() => rmSync(folder, { recursive: true }));
const env = {
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  METRICS_PORT: 'off',
  ...(await databaseFor({ after })),
};
const run = (...args: string[]) => runCommand(args, env);
const path = (name: string) => join(folder, name);

test('what is invented for a register file is deposited whole, and repeated by a second run', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(path('keys.json'), JSON.stringify(publicKey.export({ format: 'jwk' })));
  const chosen = people.filter(({ cle }) => ['compte-ouvert', 'droits-fermes', 'decede'].includes(cle));
  writeFileSync(path('register'), chosen.map(({ line }) => `${JSON.stringify(line)}\n`).join(''));
  assert.equal((await run('migrate')).code, 0);
  assert.equal((await run('register', 'import', path('register'))).code, 0);
  const add = ['sender', 'add', 'caisse-631', '--name', 'CPAM du Puy-de-Dôme', '--keys', path('keys.json')];
  assert.equal((await run(...add, '--scopes', 'payments,rights,documents,messages')).code, 0);

  const invent = ['register', 'deposits', path('register'), '--pdf-dir', path('pdf')];
  const invented = await run(...invent, '--out', path('one'));
  assert.equal(invented.code, 0, invented.err);
  assert.match(invented.err, /for 3 persons/);
  await run(...invent, '--out', path('two'));
  assert.equal(readFileSync(path('two'), 'utf8'), readFileSync(path('one'), 'utf8'));

  const lines = readFileSync(path('one'), 'utf8').trim().split('\n').length;
  assert.ok(lines > 70, `${lines}`);
  const deposit = ['deposit', path('one'), '--sender', 'caisse-631', '--pdf-dir', path('pdf')];
  const first = await run(...deposit);
  assert.equal(first.code, 0, first.err);
  assert.match(first.out, new RegExp(`deposited ${lines}, repeated 0`));
  assert.match((await run(...deposit)).out, new RegExp(`deposited 0, repeated ${lines}`));
});
