import type { Decision } from '#src/config/config.ts';
import { decide } from '#src/config/decide.ts';
import { readEnvironment } from '#src/config/environment.ts';
import { demoProblems } from '#src/config/safety/demo-safety.ts';
import { type DemoKeys, ensureDemoKeys, readDemoKeys } from '#src/config/secrets/demo-keys.ts';
import type { Random } from '#src/crypto/random.ts';

/** Reads the environment once. The demo generates its keys and stores them in the data folder. */
export function loadConfiguration(
  env: Readonly<Record<string, string | undefined>>,
  random: Random,
): Decision {
  const reading = readEnvironment(env);
  const { MODE, DATA_DIR } = reading.values;
  const refused = reading.problems.length > 0 || demoProblems(reading).length > 0;
  if (MODE === 'production' || refused) return decide(reading, demoKeysHere(DATA_DIR));
  return decide(reading, ensureDemoKeys(DATA_DIR, random));
}

/** The keys that production refuses; null where none can be read: a command starts in any folder, also a closed one. */
function demoKeysHere(dataDir: string): DemoKeys | null {
  try {
    return readDemoKeys(dataDir);
  } catch {
    return null;
  }
}
