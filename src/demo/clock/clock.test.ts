import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDemoClock } from '#src/demo/clock/clock.ts';

const real = { now: () => new Date('2026-03-28T12:00:00Z') };

function file(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'horloge-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'horloge.json');
}

test('the clock starts at the real time, moves forward, and stays there after a restart', (t) => {
  const path = file(t);
  const clock = openDemoClock(path, real);
  assert.deepEqual(clock.now(), real.now());
  assert.deepEqual(clock.move('PT1H'), { kind: 'moved', now: new Date('2026-03-28T13:00:00Z') });
  assert.deepEqual(clock.move('PT30M'), { kind: 'moved', now: new Date('2026-03-28T13:30:00Z') });
  assert.deepEqual(openDemoClock(path, real).now(), new Date('2026-03-28T13:30:00Z'));
});

test('a day is a civil day of Paris, even the one of 23 hours', (t) => {
  const clock = openDemoClock(file(t), real);
  assert.deepEqual(clock.move('P1D'), { kind: 'moved', now: new Date('2026-03-29T11:00:00Z') });
});

test('lower case, spaces, weeks and years are accepted', (t) => {
  const clock = openDemoClock(file(t), real);
  assert.equal(clock.move(' p21d ').kind, 'moved');
  assert.equal(clock.move('P1W').kind, 'moved');
  assert.equal(clock.move('P1Y2M').kind, 'moved');
});

test('an invalid duration, one that is not forward and one that is too long are refused and change nothing', (t) => {
  const clock = openDemoClock(file(t), real);
  for (const text of ['', '21', '1 jour', 'P', 'P1D2', '<script>'])
    assert.deepEqual(clock.move(text), { kind: 'refused', reason: 'not-a-duration' }, text);
  for (const text of ['PT0S', '-P1D'])
    assert.deepEqual(clock.move(text), { kind: 'refused', reason: 'not-forward' });
  for (const text of ['P11Y', 'P300000Y', 'P999999999D'])
    assert.deepEqual(clock.move(text), { kind: 'refused', reason: 'too-far' }, text);
  assert.deepEqual(clock.now(), real.now());
});

test('several moves together cannot exceed ten years either', (t) => {
  const clock = openDemoClock(file(t), real);
  assert.equal(clock.move('P9Y').kind, 'moved');
  assert.deepEqual(clock.move('P2Y'), { kind: 'refused', reason: 'too-far' });
});

test('a damaged file is ignored', (t) => {
  const path = file(t);
  writeFileSync(path, '{"decalageMs":');
  assert.deepEqual(openDemoClock(path, real).now(), real.now());
});
