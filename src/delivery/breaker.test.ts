import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBreaker } from '#src/delivery/breaker.ts';

const gone = { state: 'deferred', reason: 'connection' };
const there = { state: 'handed-over' };
const busy = { state: 'deferred', reason: 'smtp-450' };

function breaker() {
  let now = 0;
  let asked = 0;
  let back = 0;
  const one = openBreaker({
    elapsed: () => now,
    spread: () => 0.5,
    onBack: () => {
      back += 1;
    },
  });
  return {
    one,
    ask: (answer: { state: string; reason?: string }) =>
      one.guard(async () => {
        asked += 1;
        return answer;
      }),
    advance: (ms: number) => {
      now += ms;
    },
    asked: () => asked,
    back: () => back,
  };
}

test('a server that is away is asked three times, then once in a while, ever more rarely', async () => {
  const { ask, advance, asked } = breaker();
  for (let i = 0; i < 50; i++) await ask(gone);
  assert.equal(asked(), 3);
  assert.deepEqual(await ask(there), { state: 'deferred', reason: 'server-away' });
  for (const pause of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
    const before = asked();
    advance(pause - 1);
    await ask(gone);
    assert.equal(asked(), before, `not before ${pause} ms`);
    advance(1);
    await ask(gone);
    await ask(gone);
    assert.equal(asked(), before + 1, `once after ${pause} ms`);
  }
});

test('the first answer lets everybody through again, and is told once', async () => {
  const { one, ask, advance, asked, back } = breaker();
  for (let i = 0; i < 3; i++) await ask(gone);
  assert.equal(one.wantsTry, false);
  advance(5_000);
  assert.equal(one.wantsTry, true);
  await ask(busy);
  assert.equal(back(), 1, 'a refusal of one message is an answer');
  assert.equal(one.wantsTry, false);
  for (let i = 0; i < 10; i++) await ask(there);
  assert.equal(asked(), 14);
  assert.equal(back(), 1);
});

test('a single absence holds nobody up, but its end is told', async () => {
  const { ask, back } = breaker();
  await ask(gone);
  await ask(there);
  assert.equal(back(), 1);
});

test('only one try at a time', async () => {
  const { one, ask, advance } = breaker();
  for (let i = 0; i < 3; i++) await ask(gone);
  advance(5_000);
  const { promise, resolve } = Promise.withResolvers<{ state: string }>();
  const probe = one.guard(() => promise);
  assert.deepEqual(await ask(there), { state: 'deferred', reason: 'server-away' });
  resolve(there);
  assert.deepEqual(await probe, there);
  assert.deepEqual(await ask(there), there);
});
