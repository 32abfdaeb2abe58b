import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScenario, type Scenario, type ScenarioProblem } from '#src/exercise/scenario.ts';

/** What a class may be prepared with: what ships, and the trainer’s own files. */
export interface ScenarioLibrary {
  /** As the folders are now. */
  read(): Shelf;
}

export interface Shelf {
  readonly scenarios: readonly Scenario[];
  /** The trainer’s own files that cannot be used, and why. */
  readonly refused: readonly RefusedFile[];
}

export interface RefusedFile {
  readonly file: string;
  readonly problems: readonly (ScenarioProblem | { readonly kind: 'name' | 'name-taken' | 'too-long' })[];
}

const suffix = '.json';
const shipped = fileURLToPath(new URL('../../../scenarios/', import.meta.url));
const longest = 64 * 1024;
const mostFiles = 100;

/** Makes the folder for the trainer’s own files when there is none. */
export function openScenarios(own: string): ScenarioLibrary {
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const ours = namesIn(shipped).map((name) => {
    const reading = readScenario(readFileSync(join(shipped, name), 'utf8'), keyOf(name));
    if (reading.kind === 'read') return reading.scenario;
    throw new Error(`${name} is no scenario: ${JSON.stringify(reading.problems)}`);
  });
  return {
    read() {
      const scenarios = [...ours];
      const refused: RefusedFile[] = [];
      for (const file of namesIn(own).slice(0, mostFiles)) {
        const reading = readOwn(own, file, ours);
        if (reading.kind === 'read') scenarios.push(reading.scenario);
        else refused.push({ file, problems: reading.problems });
      }
      return { scenarios, refused };
    },
  };
}

function readOwn(folder: string, file: string, ours: readonly Scenario[]) {
  const key = keyOf(file);
  const cannot = (kind: 'name' | 'name-taken' | 'too-long') =>
    ({ kind: 'refused', problems: [{ kind }] }) as const;
  if (!/^[a-z\d][a-z\d-]{0,59}$/.test(key)) return cannot('name');
  if (ours.some((one) => one.key === key)) return cannot('name-taken');
  const path = join(folder, file);
  if (statSync(path).size > longest) return cannot('too-long');
  return readScenario(readFileSync(path, 'utf8'), key);
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();
}

function keyOf(name: string): string {
  return name.slice(0, -suffix.length);
}
