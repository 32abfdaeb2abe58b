import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { freePort } from '../../scripts/free-port.ts';
import { type Running, run } from '../reliability/service.ts';
import { lastFirst, needsServer, server } from '../setting/database.ts';
import { createServerDatabase } from '../setting/server-database.ts';

/** Why an idle process wakes, and every how many milliseconds. */
const reasons = {
  web: [
    [1_000, 'metrics: how late the event loop is'],
    [1_000, 'counts of requests are shared with other nodes'],
    [1_000, 'Node: connections of browsers that send too slowly'],
    [2_000, 'pg-boss: what its workers do, of which there are none'],
    [10_000, 'readiness checks'],
    [30_000, 'Node: connections to the operations port'],
    [60_000, 'pg-boss: its list of queues'],
    [300_000, 'the caisses are read again'],
  ],
  worker: [
    [1_000, 'metrics: how late the event loop is'],
    [2_000, 'pg-boss: what its workers do'],
    [5_000, 'whether a mail server is back'],
    [5_000, 'the watchdog hears that it is not stuck'],
    [10_000, 'readiness checks'],
    [10_000, 'counts of rows are read'],
    [30_000, 'rows are counted'],
    [30_000, 'notices without a job'],
    [30_000, 'Node: connections to the operations port'],
    [60_000, 'pg-boss: its list of queues'],
    [300_000, 'the caisses are read again'],
    [300_000, 'housekeeping is due'],
  ],
} as const;

/** What waits for its next turn instead: two workers for deliveries, one for housekeeping, two for pg-boss itself. */
const waits = { web: [], worker: Array.from({ length: 5 }, () => 'pg-boss') } as const;

interface Timers {
  readonly every: readonly number[];
  readonly once: readonly string[];
}

/** The timers of a process, told by `live-timers.ts`, without the connections that the pool will close. */
function told({ err }: Running): Timers | null {
  const last = err()
    .split('\n')
    .findLast((line) => line.startsWith('{"every"'));
  if (last === undefined) return null;
  const { every, once }: Timers = JSON.parse(last);
  return { every, once: once.filter((setBy) => setBy !== 'pg-pool') };
}

test('an idle process wakes for what is listed here, and for nothing else', needsServer, async (t) => {
  assert.ok(server);
  const closing = lastFirst(t);
  const { url, ownerUrl, drop } = await createServerDatabase(server, 'queues');
  closing.after(drop);
  const [masterKey, pepper] = [0, 1].map(() => `1:${randomBytes(32).toString('base64')}`);
  assert.ok(masterKey && pepper);
  const env = {
    MODE: 'production',
    LEGAL_BASIS: 'an invented legal basis',
    PUBLIC_URL: 'https://compte.essai.fr',
    MASTER_KEYS: masterKey,
    PASSWORD_PEPPERS: pepper,
    SMTP_URL: 'smtp://127.0.0.1:3',
    MAIL_FROM: 'ne-pas-repondre@compte.essai.fr',
    DRAIN_SECONDS: '0',
  };
  const migrated = run(closing, ['migrate'], { ...env, DATABASE_URL: ownerUrl });
  assert.equal(await migrated.ended, 0, migrated.err());
  for (const role of ['web', 'worker'] as const) {
    const running = run(closing, [role], {
      ...env,
      DATABASE_URL: url,
      PORT: `${await freePort()}`,
      METRICS_PORT: `${await freePort()}`,
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'live-timers.ts')}`,
    });
    while (!running.out().includes('"event":"started"')) {
      assert.equal(running.child.exitCode, null, running.err());
      await wait(50);
    }
    const expected = { every: reasons[role].map(([ms]) => ms), once: waits[role] };
    // What happens at the start ends first; and a worker that is asking the database does not wait.
    for (let tries = 0; tries < 600 && !isDeepStrictEqual(told(running), expected); tries += 1) {
      running.child.kill('SIGUSR2');
      await wait(100);
    }
    assert.deepEqual(told(running), expected, role);
  }
});
