import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { explanations } from '#src/config/explained.ts';
import { environmentSchema } from '#src/config/schema.ts';
import { runCommand } from '../setting/command-line.ts';
import { lastFirst, needsServer, server } from '../setting/database.ts';
import { roles } from '../setting/database-preparation.ts';
import { createServerDatabase } from '../setting/server-database.ts';
import { databaseFor } from './place-database.ts';
import { relayTo } from './relay.ts';
import { placeFor, run } from './service.ts';

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

/** The status of the response; null when the connection is refused. */
function statusOf(port: number, path: string): Promise<number | null> {
  const headers = { host: 'compte.exemple.fr', connection: 'close' };
  return new Promise((resolve) => {
    const request = get({ port, path, headers, host: '127.0.0.1' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    request.on('error', () => resolve(null));
  });
}

test('production lists every required variable that is missing, and does not start', async (t) => {
  const required = Object.entries(environmentSchema.shape).flatMap(([name, schema]) =>
    explanations.get(schema)?.required ? [name] : [],
  );
  assert.ok(required.length > 5);
  const closing = lastFirst(t);
  const { folder, port } = await placeFor(closing);
  const given = Object.entries({ ...usable, DATA_DIR: folder, PORT: `${port}` });
  const missing = Object.fromEntries(given.filter(([name]) => !required.includes(name)));
  const running = run(closing, ['start'], missing);
  assert.equal(await running.ended, 78);
  for (const name of required) assert.match(running.err(), new RegExp(`^  ${name}: `, 'm'));
});

test('production refuses an unsafe value, and names its variable', async () => {
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
    const { code, err } = await runCommand(['start'], { ...usable, ...changes });
    assert.equal(code, 78, JSON.stringify(changes));
    assert.match(err, new RegExp(`^compte: .*\\n  ${name}: .*$`));
  }
});

test('a port that is taken is reported before the new demo finishes its migrations and closes', async (t) => {
  const closing = lastFirst(t);
  const { port, env } = await placeFor(closing, await databaseFor(closing));
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  closing.after(async () => holder.close());
  const running = run(closing, ['start'], env);
  assert.equal(await running.ended, 1);
  assert.match(running.err(), /^compte: Port \d+ is in use/m);
  const events = Array.from(running.out().matchAll(/"event":"(startFailed|stopped)"/g), ([, event]) => event);
  assert.deepEqual(events, ['startFailed', 'stopped']);
});

test('the service waits for an unreachable database until SIGTERM, and logs why without the password', async (t) => {
  const closing = lastFirst(t);
  const { folder, port } = await placeFor(closing);
  const away = 'postgres://compte:very-secret@127.0.0.1:9/none';
  const running = run(closing, ['start'], {
    ...usable,
    DATA_DIR: folder,
    PORT: `${port}`,
    DATABASE_URL: away,
  });
  const awayLines = () =>
    running
      .out()
      .split('\n')
      .filter((line) => line.includes('databaseAway'));
  // On a busy machine the first connection may run out of time before it is refused.
  const isRefused = () => awayLines().some((line) => line.includes('"code":"ECONNREFUSED"'));
  while (awayLines().length < 2 || !isRefused()) {
    assert.equal(running.child.exitCode, null, running.err());
    await wait(50);
  }
  assert.equal(await statusOf(port, '/healthz'), 200);
  assert.equal(await statusOf(port, '/readyz'), 503);
  assert.equal(await running.end('SIGTERM'), 0);
  assert.ok(!(running.err() + running.out()).includes('very-secret'));
});

test(
  'once the database can be reached, the service becomes ready without a restart',
  needsServer,
  async (t) => {
    assert.ok(server);
    const closing = lastFirst(t);
    const { url, ownerUrl, drop } = await createServerDatabase(server, 'empty');
    closing.after(drop);
    const { folder, port } = await placeFor(closing);
    const relay = await relayTo(closing, url);
    const production = { ...usable, DATA_DIR: folder, PORT: `${port}`, DRAIN_SECONDS: '0' };
    const owner = { ...production, DATABASE_URL: ownerUrl, DATABASE_RUNTIME_ROLE: roles.runtime };
    assert.equal(await run(closing, ['migrate'], owner).ended, 0);
    const running = run(closing, ['start'], { ...production, DATABASE_URL: relay.url });
    while (!running.out().includes('databaseAway')) await wait(50);
    await relay.open();
    while ((await statusOf(port, '/readyz')) !== 200) await wait(50);
    assert.equal(await running.end('SIGTERM'), 0);
  },
);

test('no role migrates the database: each refuses one that lacks migrations', needsServer, async (t) => {
  assert.ok(server);
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
