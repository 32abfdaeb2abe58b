import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProviderBreaker } from '#src/oidc/provider-breaker.ts';

function openTested() {
  let now = 0;
  const breaker = openProviderBreaker(() => now);
  const answer = async (ok: boolean) =>
    breaker.run(
      async () => ok,
      (value) => !value,
    );
  return {
    breaker,
    answer,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
    async fails(times: number) {
      for (let i = 0; i < times; i++) await answer(false);
    },
  };
}

describe('the breaker', () => {
  it('opens at the fifth failure within 30 seconds', async () => {
    const { breaker, fails, answer } = openTested();
    await fails(4);
    assert.equal(breaker.isResting, false);
    await fails(1);
    assert.equal(breaker.isResting, true);
    assert.equal(await answer(true), null, 'nothing is asked');
  });

  it('does not add up failures that are far apart', async () => {
    const { breaker, fails, pass } = openTested();
    await fails(4);
    pass(31);
    await fails(4);
    assert.equal(breaker.isResting, false);
  });

  it('lets one request through after 30 seconds, and closes when it succeeds', async () => {
    const { breaker, fails, pass, answer } = openTested();
    await fails(5);
    pass(30);
    assert.equal(breaker.isResting, false);
    const first = Promise.withResolvers<boolean>();
    const trial = breaker.run(
      () => first.promise,
      (value) => !value,
    );
    assert.equal(await answer(true), null, 'another one waits for its turn');
    first.resolve(true);
    assert.equal(await trial, true);
    await fails(4);
    assert.equal(breaker.isResting, false, 'counting starts again');
  });

  it('opens again when the trial fails', async () => {
    const { breaker, fails, pass } = openTested();
    await fails(5);
    pass(30);
    await fails(1);
    assert.equal(breaker.isResting, true);
    pass(29);
    assert.equal(breaker.isResting, true);
    pass(1);
    assert.equal(breaker.isResting, false);
  });

  it('counts what throws, and lets it through', async () => {
    const { breaker } = openTested();
    const broken = () => Promise.reject(new Error('broken'));
    for (let i = 0; i < 5; i++)
      await assert.rejects(
        breaker.run(broken, () => false),
        /broken/,
      );
    assert.equal(breaker.isResting, true);
  });
});
