import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isServerDown, openServerBreaker, serverAway } from '#src/delivery/server-away.ts';
import type { HandOver } from '#src/delivery/transport.ts';

const gone: HandOver = { state: 'deferred', reason: 'connection' };
const there: HandOver = { state: 'handed-over' };
const busy: HandOver = { state: 'deferred', reason: 'smtp-450' };

function breaker() {
  let now = 0;
  let asked = 0;
  let back = 0;
  const one = openServerBreaker(() => 0.5, {
    elapsed: () => now,
    onRecovery: () => {
      back += 1;
    },
  });
  return {
    one,
    ask: async (answer: HandOver) => {
      const send = async () => {
        asked += 1;
        return answer;
      };
      return (await one.run(send, isServerDown)) ?? serverAway;
    },
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

test('the first answer closes the breaker, and is reported once', async () => {
  const { one, ask, advance, asked, back } = breaker();
  for (let i = 0; i < 3; i++) await ask(gone);
  assert.equal(one.wantsTrial, false);
  advance(5_000);
  assert.equal(one.wantsTrial, true);
  await ask(busy);
  assert.equal(back(), 1, 'a refusal of one message is an answer');
  assert.equal(one.wantsTrial, false);
  for (let i = 0; i < 10; i++) await ask(there);
  assert.equal(asked(), 14);
  assert.equal(back(), 1);
});

test('a single failure opens nothing, but the recovery is reported', async () => {
  const { ask, back } = breaker();
  await ask(gone);
  await ask(there);
  assert.equal(back(), 1);
});

test('only one try at a time', async () => {
  const { one, ask, advance } = breaker();
  for (let i = 0; i < 3; i++) await ask(gone);
  advance(5_000);
  const { promise, resolve } = Promise.withResolvers<HandOver>();
  const probe = one.run(() => promise, isServerDown);
  assert.deepEqual(await ask(there), { state: 'deferred', reason: 'server-away' });
  resolve(there);
  assert.deepEqual(await probe, there);
  assert.deepEqual(await ask(there), there);
});
