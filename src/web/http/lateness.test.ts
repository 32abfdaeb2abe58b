import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchLateness } from '#src/web/http/lateness.ts';

/** A loop in which each timer fires `lateMs` too late. */
function openLoop() {
  let time = 1_000;
  let lateMs = 0;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  let timers = 0;
  const lateness = watchLateness({
    now: () => time,
    after: (ms, run) => {
      timers += 1;
      waiting.push({ at: time + ms + lateMs, run });
    },
  });
  return {
    lateness,
    timers: () => timers,
    setLate: (ms: number) => {
      lateMs = ms;
    },
    /** Runs what was waiting. */
    turn() {
      const due = waiting;
      waiting = [];
      for (const { at, run } of due) {
        time = at;
        run();
      }
    },
    rest(ms: number) {
      time += ms;
    },
  };
}

test('requests that come together share one measurement, and an idle process makes none', () => {
  const loop = openLoop();
  assert.equal(loop.timers(), 0);
  for (let i = 0; i < 100; i++) assert.equal(loop.lateness.ms(), 0);
  assert.equal(loop.timers(), 1);
  loop.turn();
  loop.rest(60_000);
  assert.equal(loop.timers(), 1);
  loop.lateness.ms();
  assert.equal(loop.timers(), 2);
});

test('a loop that stays late is found late after a few requests, one long stop is not', () => {
  const loop = openLoop();
  const measured = (lateMs: number, times: number) => {
    loop.setLate(lateMs);
    for (let i = 0; i < times; i++) {
      loop.lateness.ms();
      loop.turn();
    }
    return loop.lateness.ms();
  };
  for (const stop of [600, 3_600_000]) {
    assert.ok(measured(stop, 1) < 200, `a stop of ${stop} ms`);
    loop.turn();
    assert.ok(measured(0, 20) < 1);
    loop.turn();
  }
  assert.ok(measured(300, 4) > 200);
  loop.turn();
  loop.rest(1_001);
  assert.equal(loop.lateness.ms(), 0, 'nothing was measured lately');
});
