import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import type { CustomFetchOptions } from 'openid-client';
import { openProviderBreaker } from '#src/oidc/provider-breaker.ts';
import { type JourneyWire, openWire } from '#src/oidc/wire.ts';

const elapsed = () => performance.now();
const asking: CustomFetchOptions = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' };

/** A provider whose `/muette` hangs up, and how often each of its addresses was asked. */
async function provider(t: TestContext) {
  const asked = new Map<string, number>();
  const server = createServer(({ url = '/' }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1);
    if (url === '/muette') response.destroy();
    else response.end(url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  if (!(address instanceof Object)) throw new Error('The provider has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const wire = openWire(openProviderBreaker(elapsed), elapsed);
  const begin = () => wire.journey(`${origin}/cles`);
  const ask = async (journey: JourneyWire, path: string) =>
    (await journey.fetch(`${origin}${path}`, asking)).text();
  await ask(begin(), '/cles');
  return { begin, ask, times: (path: string) => asked.get(path) ?? 0 };
}

test('what old keys did not verify is judged again: the keys are asked for, the answers are those of before', async (t) => {
  const { begin, ask, times } = await provider(t);
  const journey = begin();
  await ask(journey, '/moi');
  await ask(journey, '/cles');
  assert.equal(times('/cles'), 1);
  assert.equal(journey.renewKeys(), true);
  assert.equal(await ask(journey, '/moi'), '/moi');
  await ask(journey, '/cles');
  assert.deepEqual([times('/moi'), times('/cles')], [1, 2]);
});

test('a provider that did not answer is not waited for a second time', async (t) => {
  const { begin, ask, times } = await provider(t);
  const journey = begin();
  await ask(journey, '/cles');
  await assert.rejects(ask(journey, '/muette'));
  assert.equal(journey.renewKeys(), false);
  assert.equal(times('/muette'), 1);
});
