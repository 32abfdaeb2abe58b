import type { Decision } from '#src/config/config.ts';
import { decide } from '#src/config/decide.ts';
import { ensureDemoKeys, readDemoKeys } from '#src/config/demo-keys.ts';
import { readEnvironment } from '#src/config/environment.ts';
import type { Random } from '#src/random.ts';

/** Reads the environment once. In the demo the missing keys are made and kept in the data folder. */
export function loadConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  random: Random,
): Decision {
  const reading = readEnvironment(env);
  const { MODE, DATA_DIR, MASTER_KEYS, PASSWORD_PEPPERS } = reading.values;
  const complete = MASTER_KEYS && PASSWORD_PEPPERS;
  if (MODE === 'production' || complete || reading.problems.length > 0)
    return decide(reading, readDemoKeys(DATA_DIR));
  return decide(reading, ensureDemoKeys(DATA_DIR, random));
}
