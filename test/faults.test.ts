import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { faults } from '../faults/list.ts';
import { type Promised, promises } from '../faults/promises.ts';
import { faultsReport } from '../faults/report.ts';
import { type Fault, NotHere, tryFault } from '../faults/trial.ts';

const quietly = {
  ...{ pace: 'usual' as const, seed: 1, say: () => {}, logs: '/dev/null' },
  interrupted: new AbortController().signal,
};

test('each fault has one program at most, and docs/faults.md says what each of them promises', () => {
  const ids = faults.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort(), 'in the order of their faults');
  const document = readFileSync(join(import.meta.dirname, '../docs/faults.md'), 'utf8');
  for (const [id, { fault, holds }] of Object.entries<Promised>(promises))
    assert.ok(document.includes(`| ${id} | ${fault} | ${holds} |`), `${id}: npm run faults -- --write`);
});

test('a program that measures what has to hold has held, and what it opened is closed, the last first', async () => {
  const closed: string[] = [];
  const run: Fault['run'] = async ({ measured, atEnd }) => {
    atEnd(() => closed.push('first'));
    atEnd(async () => closed.push('second'));
    measured('lost', 0, true);
  };
  const outcome = await tryFault({ id: 'R-01', atMostSeconds: 5, run }, quietly);
  assert.equal(outcome.kind, 'held');
  assert.deepEqual(closed, ['second', 'first']);
  const report = faultsReport(
    [{ ...outcome, pace: 'usual', busyBefore: 0.04, day: '2026-03-02', machine: 'a machine' }],
    ['R-01'],
  );
  assert.match(report, /^\| R-01 .* lost: 0 \(2026-03-02, 0 s, beside 0.0 busy cores\) \| yes \|$/m);
});

test('one that measures otherwise, measures nothing, breaks or does not end has failed; one that cannot begin was not tried', async () => {
  const failing: Fault['run'][] = [
    async ({ measured }) => measured('lost', 1, false),
    async () => {},
    async ({ measured }) => {
      measured('lost', 0, true);
      throw new Error('broken');
    },
  ];
  const logs = join(import.meta.dirname, '../.cache/faults-tried');
  for (const run of failing)
    assert.equal(
      (await tryFault({ id: 'R-01', atMostSeconds: 5, run }, { ...quietly, logs })).kind,
      'failed',
    );
  let isClosed = false;
  const endless: Fault['run'] = async ({ atEnd }) => {
    atEnd(() => {
      isClosed = true;
    });
    await new Promise(() => {});
  };
  const late = await tryFault({ id: 'R-01', atMostSeconds: 0.01, run: endless }, { ...quietly, logs });
  assert.match(String(late.problem), /not over after 0.01 s/);
  assert.ok(isClosed);
  const missing: Fault['run'] = async () => {
    throw new NotHere('HAProxy is not installed');
  };
  assert.equal((await tryFault({ id: 'R-01', atMostSeconds: 5, run: missing }, quietly)).kind, 'not-tried');
});
