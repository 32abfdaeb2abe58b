import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviours } from '#src/demo/franceconnect/hostile/behaviours.ts';
import { type Simulated, simulated } from './simulated.ts';
import { assertExplained, goesOn, passesHonestly, refusesWith, slow } from './trial.ts';

/** What the answers of some behaviours refer to. */
const preparations: Readonly<Record<string, ((world: Simulated) => Promise<void>) | undefined>> = {
  // The state of a journey that another browser has not finished.
  'retour-state-precedent': async (world) => {
    const other = world.traveller();
    await other.passes((await other.leaves()).location, 'venturi');
  },
};

const hostile = behaviours.filter(
  ({ name, expected, down }) => expected === 'refused' && !down && !slow.has(name),
);

test('about a hundred hostile answers open nothing', async (t) => {
  const world = await simulated(t);
  assert.ok(hostile.length > 80);
  await t.test('an honest journey before', () => passesHonestly(world));
  for (const behaviour of hostile)
    await t.test(`${behaviour.name}: ${behaviour.text}`, async () => {
      world.forgets();
      // What was exchanged, and the keys that are known by now, are those of an honest journey.
      await passesHonestly(world);
      await refusesWith(world, behaviour, preparations[behaviour.name]);
    });
  await t.test('an honest journey after', async () => {
    world.forgets();
    await passesHonestly(world);
  });
});

test('what is unusual but honest goes on', async (t) => {
  const world = await simulated(t);
  const unusual = behaviours.filter(({ expected }) => expected === 'accepted');
  for (const { name, text } of unusual)
    await t.test(`${name}: ${text}`, async () => {
      await passesHonestly(world);
      world.simulator.behave(name);
      await goesOn(world);
      await goesOn(world);
    });
});

test('an outage before the way there, or on the way back, is explained on the page', async (t) => {
  const world = await simulated(t);
  for (const { name, text } of behaviours.filter(({ down }) => down))
    await t.test(`${name}: ${text}`, async () => {
      world.forgets();
      world.simulator.behave(name);
      const early = world.traveller();
      const away = await early.leaves();
      assert.equal(away.location, '/franceconnect/suite');
      assertExplained(await early.here.get(away.location));
      assert.equal((await early.here.get('/creer-mon-compte')).status, 200);

      world.simulator.behave('normal');
      const late = world.traveller();
      const back = await late.passes((await late.leaves()).location, 'isere');
      world.simulator.behave(name);
      assertExplained(await late.returns(back));
      await passesHonestly(world);
    });
});
