import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { faults } from '#src/exercise/class-event.ts';
import { steps } from '#src/exercise/steps.ts';

const text = z.string().min(1).max(300);
const bilingual = z.strictObject({ fr: text, en: text });
const lists = z.strictObject({ fr: z.array(text).max(12), en: z.array(text).max(12) });

/** How well the learners know computers, in the words of the Coop de la médiation numérique. */
export const levels = ['debutant', 'intermediaire', 'avance'] as const;

/** An exercise, as a file that a trainer can copy and change. */
export const scenario = z.strictObject({
  title: bilingual,
  aim: bilingual,
  /** What learners should know before. */
  prerequisites: bilingual,
  level: z.enum(levels),
  minutes: z.int().min(15).max(120),
  /** Which invented people play it. */
  people: z.enum(['carte-photo', 'carte-sans-photo', 'sans-carte', 'sans-iban']),
  /** What they have already: no account, or one that is open. */
  begins: z.enum(['without-account', 'with-account']),
  /** In order; the last is the aim. */
  steps: z.array(z.enum(steps)).min(2),
  /** What goes wrong by itself, and when. */
  faults: z.array(z.strictObject({ at: z.enum(steps), fault: z.enum(faults) })).max(8),
  /** For the trainer: what to say, and where people stumble. */
  words: lists,
  traps: lists,
});
export type Scenario = z.infer<typeof scenario> & { readonly key: string };

/**
 * The scenarios of a folder, one file each, by title; the name of a file is its key. Throws with the file and the field
 * for one that cannot be used.
 */
export function readScenarios(folder: string): readonly Scenario[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => readScenario(join(folder, name), name.slice(0, -'.json'.length)));
}

function readScenario(path: string, key: string): Scenario {
  const parsed = scenario.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return { ...parsed.data, key };
  const problems = parsed.error.issues.map(({ path: field, message }) => `${field.join('.')}: ${message}`);
  throw new Error(`${path} is no scenario:\n${problems.join('\n')}`);
}
