import assert from 'node:assert/strict';
import type { Behaviour } from '#src/demo/franceconnect/hostile/behaviour.ts';
import type { Seen } from '../visitor.ts';
import type { Simulated } from './simulated.ts';

/** Those that take as long as the service waits are tried in a file of their own. */
export const slow: ReadonlySet<string> = new Set(['jetons-muette', 'jetons-lente', 'userinfo-muette']);

const person = 'isere';

/** What a journey leaves behind: nothing of it may change when the answers are hostile. */
async function traces({ services: { db } }: Simulated) {
  const count = async (table: 'account' | 'dossier' | 'session' | 'franceconnect_link') => {
    const { n } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  const refused = await db
    .selectFrom('audit_event')
    .select('seq')
    .where('kind', '=', 'franceconnect-refused')
    .execute();
  return {
    left: {
      accounts: await count('account'),
      dossiers: await count('dossier'),
      sessions: await count('session'),
      links: await count('franceconnect_link'),
    },
    refusals: refused.length,
  };
}

/** An honest journey goes on to the first step. */
export async function passesHonestly(world: Simulated): Promise<void> {
  world.simulator.behave('normal');
  await goesOn(world);
}

/** A journey, whatever the behaviour of the moment, goes on to the first step. */
export async function goesOn(world: Simulated): Promise<void> {
  const seen = await world.traveller().signsIn(person);
  assert.equal(seen.status, 200);
  assert.equal(seen.url, '/creer-mon-compte/conditions');
}

/**
 * A journey with hostile answers: it ends on a page that explains, nothing is opened, and exactly one event tells of
 * it. `before` prepares what the answers refer to.
 */
export async function refusesWith(
  world: Simulated,
  { name }: Behaviour,
  before: (world: Simulated) => Promise<void> = async () => {},
): Promise<void> {
  world.simulator.behave('normal');
  await before(world);
  const earlier = await traces(world);
  world.simulator.behave(name);
  const traveller = world.traveller();
  const { location } = await traveller.leaves();
  const back = await traveller.passes(location, person);
  const seen = await traveller.returns(back);
  const later = await traces(world);
  assertExplained(seen);
  assert.deepEqual(later.left, earlier.left);
  assert.equal(later.refusals - earlier.refusals, 1, 'one event in the audit');
  await assertNobody(traveller.here);

  // What was refused once is not believed when it comes again under a provider that has become honest.
  world.simulator.behave('normal');
  assertExplained(await traveller.returns(back));
  assert.deepEqual((await traces(world)).left, earlier.left);
}

export function assertExplained({ status, url, html }: Seen): void {
  assert.equal(url, '/franceconnect/suite');
  assert.equal(status, 200);
  assert.match(html, /<h1[^>]*>[^<]+<\/h1>/);
  assert.doesNotMatch(html, /<script>alert|Y999999|oups/);
}

async function assertNobody(here: { get(url: string): Promise<Seen> }): Promise<void> {
  for (const path of ['/mon-compte', '/creer-mon-compte/conditions'])
    assert.equal((await here.get(path)).status, 303, path);
}
