import { test } from 'node:test';
import fc from 'fast-check';
import { lastFirst } from '../setting/database.ts';
import { journeyCommands } from './commands.ts';
import { newModel } from './model.ts';
import { openWorlds } from './world.ts';

// `npm run faults -- R-25` sets them: more runs, and others each time.
const numRuns = Number(process.env.MODEL_RUNS ?? 5);
const seed = Number(process.env.MODEL_SEED ?? 13);

test('in any order, with crashes, lost answers and jumps of the clock, the journey does what its model does', async (t) => {
  const closing = lastFirst(t);
  let next = await openWorlds(closing);
  const commands = fc.commands(journeyCommands, { maxCommands: 60, size: 'max' });
  const property = fc.asyncProperty(commands, async (chosen) => {
    let real = next();
    if (!real) {
      next = await openWorlds(closing);
      real = next();
    }
    if (!real) throw new Error('Nobody is left');
    const opened = real;
    await fc.asyncModelRun(() => ({ model: newModel(), real: opened }), chosen);
  });
  await fc.assert(property, { numRuns, seed });
});
