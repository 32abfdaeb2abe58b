import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { environmentSchema, explanations } from '#src/config/schema.ts';
import { createServerDatabase } from '#src/database/testing-server.ts';
import { lastFirst, placeFor, run } from './service.ts';

const [masterKey, pepper] = [0, 1].map(() => randomBytes(32).toString('base64'));
const unused = 'postgres://nobody@127.0.0.1:9/none';
const usable = {
  MODE: 'production',
  LEGAL_BASIS: 'texte fictif pour un essai',
  PUBLIC_URL: 'https://compte.exemple.fr',
  DATABASE_URL: unused,
  MASTER_KEYS: `1:${masterKey}`,
  PASSWORD_PEPPERS: `1:${pepper}`,
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'ne-pas-repondre@exemple.fr',
  METRICS_PORT: 'off',
};

async function refused(t: Parameters<typeof run>[0], changes: Record<string, string | undefined>) {
  const { folder, port } = await placeFor(t);
  const wanted = Object.entries({ ...usable, DATA_DIR: folder, PORT: `${port}`, ...changes });
  const env = Object.fromEntries(
    wanted.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  );
  const running = run(t, ['start'], env);
  return { code: await running.ended, err: running.err() };
}

test('production names everything that it lacks, and does not start', async (t) => {
  const required = Object.entries(environmentSchema.shape).flatMap(([name, schema]) =>
    explanations.get(schema)?.required ? [name] : [],
  );
  assert.ok(required.length > 5);
  const nothing = Object.fromEntries(required.map((name) => [name, undefined]));
  const { code, err } = await refused(lastFirst(t), nothing);
  assert.equal(code, 78);
  for (const name of required) assert.match(err, new RegExp(`^  ${name}: `, 'm'));
});

test('production refuses what is unsafe, and says which', async (t) => {
  const cases: readonly [string, Record<string, string>][] = [
    ['SMTP_URL', { SMTP_URL: 'demo:' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://compte.exemple.fr' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'https://localhost' }],
    ['MASTER_KEYS', { MASTER_KEYS: `1:${Buffer.alloc(32).toString('base64')}` }],
    ['MASTER_KEYS', { MASTER_KEYS: '1:c2hvcnQ=' }],
    ['PASSWORD_PEPPERS', { PASSWORD_PEPPERS: `1:${masterKey}` }],
    ['HASH_MEMORY_KIB', { HASH_MEMORY_KIB: '1024' }],
    ['HASH_PASSES', { HASH_PASSES: '1' }],
    ['MAIL_FROM', { MAIL_FROM: 'ne-pas-repondre@demo.invalid' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://127.0.0.1/none' }],
  ];
  for (const [name, changes] of cases) {
    const { code, err } = await refused(lastFirst(t), changes);
    assert.equal(code, 78, JSON.stringify(changes));
    assert.match(err, new RegExp(`^compte: .*\\n  ${name}: .*\\n$`));
  }
});

test('a database that is away is said in one line, without its password', async (t) => {
  const { code, err } = await refused(lastFirst(t), {
    DATABASE_URL: 'postgres://compte:very-secret@127.0.0.1:9/none',
  });
  assert.equal(code, 1);
  assert.match(err, /^compte: .+\n$/);
  assert.ok(!err.includes('very-secret'));
});

test('nothing that serves changes tables: each refuses a database that nobody has prepared', async (t) => {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return t.skip('needs PostgreSQL');
  const closing = lastFirst(t);
  const { url, drop } = await createServerDatabase(server, 'empty');
  closing.after(drop);
  const { folder } = await placeFor(closing);
  for (const command of ['web', 'worker', 'start']) {
    const running = run(closing, [command], { ...usable, DATA_DIR: folder, PORT: '0', DATABASE_URL: url });
    assert.equal(await running.ended, 1);
    assert.match(running.err(), /run "compte migrate"/);
  }
});
