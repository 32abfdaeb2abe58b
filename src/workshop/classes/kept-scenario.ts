import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScenario, type Scenario } from '#src/exercise/scenario.ts';

const fileName = 'scenario.json';

/** The scenario of a class, as it was when the class was prepared: a trainer may change the file afterwards. */
export function keptScenario(folder: string, key: string, all: readonly Scenario[]): Scenario {
  const path = join(folder, fileName);
  const chosen = all.find((one) => one.key === key);
  const kept = readKept(path, key);
  if (kept) return kept;
  if (!chosen) throw new Error(`No scenario is called ${key}`);
  const { key: _, ...content } = chosen;
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return chosen;
}

function readKept(path: string, key: string): Scenario | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const reading = readScenario(text, key);
  return reading.kind === 'read' ? reading.scenario : null;
}
