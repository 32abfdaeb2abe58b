import { test } from 'node:test';
import { behaviours } from '#src/demo/franceconnect/hostile/behaviours.ts';
import { simulated } from './simulated.ts';
import { refusesWith, slow } from './trial.ts';

test('answers that do not come open nothing', { concurrency: true }, async (t) => {
  await Promise.all(
    behaviours
      .filter(({ name }) => slow.has(name))
      .map((behaviour) =>
        t.test(`${behaviour.name}: ${behaviour.text}`, async (t) =>
          refusesWith(await simulated(t), behaviour),
        ),
      ),
  );
});
