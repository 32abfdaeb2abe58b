import type { Decision } from '#src/config/config.ts';
import { decide } from '#src/config/decide.ts';
import { readEnvironment } from '#src/config/environment.ts';
import { demoProblems } from '#src/config/safety/demo-safety.ts';
import { ensureDemoKeys, readDemoKeys } from '#src/config/secrets/demo-keys.ts';
import type { Random } from '#src/crypto/random.ts';

/** Reads the environment once. The demo generates its keys and stores them in the data folder. */
export function loadConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  random: Random,
): Decision {
  const reading = readEnvironment(env);
  const { MODE, DATA_DIR } = reading.values;
  const refused = reading.problems.length > 0 || demoProblems(reading).length > 0;
  if (MODE === 'production' || refused) return decide(reading, readDemoKeys(DATA_DIR));
  return decide(reading, ensureDemoKeys(DATA_DIR, random));
}
