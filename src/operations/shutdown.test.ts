import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { openLog } from '#src/log/log.ts';
import { openHealth } from '#src/operations/health.ts';
import { shutDown, stopSignal } from '#src/operations/shutdown.ts';

function quiet() {
  const lines: string[] = [];
  const clock = { now: () => new Date('2026-11-21T13:00:00Z') };
  return { lines, log: openLog({ level: 'info', clock, write: (line) => lines.push(line) }) };
}

test('reports not ready, then closes one step after the other', async () => {
  const health = openHealth([]);
  const seen: string[] = [];
  const step = (name: string) => ({
    name,
    async close() {
      seen.push(`${name} starts, ready: ${(await health.readiness()).ready}`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
    },
  });
  const steps = [step('web'), step('database')];
  assert.deepEqual(await shutDown({ log: quiet().log, health, steps, drainSeconds: 0, seconds: 5 }), []);
  assert.deepEqual(seen, [
    'web starts, ready: false',
    'web ends',
    'database starts, ready: false',
    'database ends',
  ]);
});

test('while draining it is not ready and closes nothing', async () => {
  const health = openHealth([]);
  const closed: string[] = [];
  const steps = [{ name: 'web', close: async () => closed.push('web') }];
  const stopping = shutDown({ log: quiet().log, health, steps, drainSeconds: 0.2, seconds: 5 });
  assert.deepEqual(await health.readiness(), { ready: false, failing: ['stopping'] });
  assert.deepEqual(closed, []);
  assert.deepEqual(await stopping, []);
  assert.deepEqual(closed, ['web']);
});

test('a step that fails or takes too long is skipped, the others close', async () => {
  const { lines, log } = quiet();
  const closed: string[] = [];
  const steps = [
    { name: 'broken', close: () => Promise.reject(new Error('for josette.durand@exemple.fr')) },
    { name: 'endless', close: () => new Promise(() => {}) },
    { name: 'database', close: async () => closed.push('database') },
  ];
  const failed = await shutDown({ log, health: openHealth([]), steps, drainSeconds: 0, seconds: 0.01 });
  assert.deepEqual(failed, ['broken', 'endless']);
  assert.deepEqual(closed, ['database']);
  assert.match(lines.join(), /"event":"closingFailed","step":"broken"/);
  assert.doesNotMatch(lines.join(), /josette/);
});

test('the first signal is reported, and the second has no listener', async () => {
  const before = process.listenerCount('SIGTERM');
  const received = stopSignal();
  process.emit('SIGTERM', 'SIGTERM');
  assert.equal(await received, 'SIGTERM');
  assert.equal(process.listenerCount('SIGTERM'), before);
});

test('under npm, the end of the shell that started this process stops it', async () => {
  const program = `
    const { stopSignal } = await import('#src/operations/shutdown.ts');
    const open = setInterval(() => {}, 1000);
    const received = stopSignal({ withParent: true });
    console.log('ready');
    console.log(await received);
    clearInterval(open);`;
  const line = '"$0" --input-type=module --eval "$1"; true';
  const shell = spawn('sh', ['-c', line, process.execPath, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [ready] = await once(shell.stdout, 'data');
  assert.equal(String(ready), 'ready\n');
  shell.kill('SIGTERM');
  assert.equal(await text(shell.stdout), 'SIGTERM\n');
});
