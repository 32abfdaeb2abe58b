import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { loadConfiguration } from '#src/config/load.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openDemo } from '#src/demo/open.ts';
import { openLog } from '#src/log/log.ts';
import type { Environment } from '#src/serve/environment.ts';
import { serve } from '#src/serve/serve.ts';
import { systemClock } from '#src/time/clock.ts';
import { Browser } from '../reliability/browser.ts';
import { enrolThrough, ordinaryPeople } from '../reliability/enrolment.ts';
import { inTheDatabase } from '../reliability/place-database.ts';
import { type Place, placeWithTables } from '../reliability/service.ts';
import { lastFirst } from '../setting/database.ts';

const closing = lastFirst({ after });
// A new demo takes longer to make than all that is done with it.
const places = [await placeWithTables(closing), await placeWithTables(closing)] as const;

/** A demo of this process, and everything that it logged. */
interface OpenDemo {
  readonly url: string;
  readonly environment: Environment;
  readonly log: readonly string[];
  close(): Promise<void>;
}

interface OpenOptions {
  /** 0: any free port. */
  readonly port?: number;
  readonly onStartFailure?: (log: readonly string[]) => void;
}

async function open({ env }: Place, { port = 0, onStartFailure }: OpenOptions = {}): Promise<OpenDemo> {
  const decision = loadConfiguration({ ...env, PORT: String(port) }, systemRandom);
  assert.ok(decision.ok);
  const { config, secrets } = decision;
  const log: string[] = [];
  const environments: Environment[] = [];
  const service = await serve({
    config,
    secrets,
    openEnvironment: async () => {
      const opened = await openDemo(config, secrets);
      environments.push(opened);
      return opened;
    },
    roles: { web: true, worker: true },
    log: openLog({ level: 'info', clock: systemClock, write: (line) => log.push(line) }),
    abandoned: new AbortController().signal,
    onStartFailure: () => onStartFailure?.([...log]),
  });
  const [environment] = environments;
  assert.ok(environment);
  let closed: Promise<readonly string[]> | null = null;
  const close = async (): Promise<void> => {
    closed ??= service.close();
    assert.deepEqual(await closed, [], 'everything closed in time');
  };
  closing.after(close);
  return { url: service.url, environment, log, close };
}

const mails = z.array(z.object({ a: z.string() }));

async function recipients({ url }: OpenDemo): Promise<string[]> {
  return mails.parse(await (await fetch(`${url}/demo/courriels.json`)).json()).map(({ a }) => a);
}

async function receives(demo: OpenDemo, address: string): Promise<void> {
  for (let tries = 0; !(await recipients(demo)).includes(address); tries += 1) {
    assert.ok(tries < 300, `no mail to ${address}`);
    await wait(100);
  }
}

/** How far the demo's clock is ahead of this machine's. */
function daysAhead({ environment }: OpenDemo): number {
  return Math.round((environment.clock.now().getTime() - Date.now()) / 86_400_000);
}

function simulatorOf({ environment: { identityProvider } }: OpenDemo): string {
  assert.ok(identityProvider);
  return new URL(identityProvider.issuer).origin;
}

async function behaviourOf(demo: OpenDemo): Promise<string | undefined> {
  const behaviours = z.array(z.object({ nom: z.string(), actuel: z.boolean() }));
  const listed = await (await fetch(`${simulatorOf(demo)}/comportements.json`)).json();
  return behaviours.parse(listed).find(({ actuel }) => actuel)?.nom;
}

test('two demos in one process share nothing, and close in any order', async () => {
  const [first, second] = await Promise.all([open(places[0]), open(places[1])]);
  const [person, another] = ordinaryPeople();
  assert.ok(person && another);
  assert.notEqual(first.url, second.url);

  await enrolThrough(new Browser(first.url), person, 'premiere@exemple.fr');
  await receives(first, 'premiere@exemple.fr');
  assert.deepEqual(await recipients(second), []);
  assert.ok(!second.log.join().includes('"noticeSettled"'), 'nothing was delivered');

  const moved = await fetch(`${first.url}/demo/horloge`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ avancerDe: 'P10D' }),
  });
  assert.equal(moved.status, 200);
  assert.deepEqual([daysAhead(first), daysAhead(second)], [10, 0]);

  const usual = await behaviourOf(second);
  const switched = await fetch(simulatorOf(first), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ comportement: 'panne-503' }),
  });
  assert.equal(switched.status, 200);
  assert.deepEqual([await behaviourOf(first), await behaviourOf(second)], ['panne-503', usual]);

  // The same person has no account in the second one: nothing keeps them from opening theirs.
  await enrolThrough(new Browser(second.url), person, 'seconde@exemple.fr');
  await receives(second, 'seconde@exemple.fr');
  assert.ok(!(await recipients(first)).includes('seconde@exemple.fr'));

  await first.close();
  for (const address of [first.url, simulatorOf(first)])
    await assert.rejects(fetch(address), `${address} is closed`);
  await enrolThrough(new Browser(second.url), another, 'apres@exemple.fr');
  await receives(second, 'apres@exemple.fr');

  const again = await open(places[0]);
  assert.equal(daysAhead(again), 10);
  await second.close();
  await receives(again, 'premiere@exemple.fr');
  await again.close();

  const accounts = await Promise.all(
    places.map((place) =>
      inTheDatabase(place, ({ db }) => db.selectFrom('account').select('person_key').execute()),
    ),
  );
  assert.equal((accounts[1]?.length ?? 0) - (accounts[0]?.length ?? 0), 1);
});

test('a start that fails says why at once, closes what it opened, and leaves the data usable', async () => {
  const taken = createServer().listen(places[0].port, '127.0.0.1');
  await once(taken, 'listening');
  let logged = '';
  const onStartFailure = (log: readonly string[]) => {
    logged = log.join('');
  };
  await assert.rejects(open(places[0], { port: places[0].port, onStartFailure }), { code: 'EADDRINUSE' });
  assert.match(logged, /"policyWarning"/, 'called with what was logged so far');
  assert.doesNotMatch(logged, /"stopped"/, 'called before anything is closed');
  taken.close();
  const { close } = await open(places[0]);
  await close();
});
