import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Random } from '#src/crypto/random.ts';
import { type ClassPlan, classPlan } from '#src/exercise/class-event.ts';
import { readScenario, type Scenario } from '#src/exercise/scenario.ts';

/** A class without its people: what a trainer starts again next week. */
export interface Template {
  readonly id: string;
  readonly plan: Omit<ClassPlan, 'code'>;
  /** As the class had it. */
  readonly scenario: Scenario;
}

/** The templates of a workshop: a file each, which survives the classes. */
export interface Templates {
  list(): readonly Template[];
  /** The ids of those that cannot be read any more, as after an update that asks more of an exercise. */
  unusable(): readonly string[];
  find(id: string): Template | null;
  /** Keeps the plan of a class; `already`: one is the same; `full`: there are as many as may be kept. */
  keep(plan: ClassPlan, scenario: Scenario): 'kept' | 'already' | 'full';
  rename(template: Template, name: string): void;
  erase(id: string): void;
  /** Their trainer is gone. */
  eraseAll(): void;
}

export const mostTemplates = 20;
const suffix = '.json';

const stored = z.strictObject({ plan: classPlan.omit({ code: true }), scenario: z.unknown() });

/** Those of one trainer, by their id; null on a laptop, where one trainer has them all. */
export type TemplatesOfAll = (owner: string | null) => Templates;

export function openTemplatesOfAll(folder: string, random: Random): TemplatesOfAll {
  const opened = new Map<string, Templates>();
  return (owner) => {
    const name = owner === null ? 'ici' : hash('sha256', owner).slice(0, 32);
    const templates = opened.get(name) ?? openTemplates(join(folder, name), random);
    opened.set(name, templates);
    return templates;
  };
}

function openTemplates(folder: string, random: Random): Templates {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string): string => join(folder, id + suffix);
  const ids = (): readonly string[] =>
    readdirSync(folder)
      .filter((name) => /^[a-f\d]{8}\.json$/.test(name))
      .map((name) => name.slice(0, -suffix.length))
      .sort();
  const find = (id: string): Template | null => (ids().includes(id) ? read(pathOf(id), id) : null);
  const list = (): readonly Template[] =>
    ids()
      .flatMap((id) => find(id) ?? [])
      .toSorted((one, other) => one.plan.name.localeCompare(other.plan.name, 'fr'));
  /** Whole or not at all, whatever falls. */
  const write = ({ id, plan, scenario: { key: _, ...scenario } }: Template): void => {
    const next = `${pathOf(id)}.new`;
    writeFileSync(next, JSON.stringify({ plan, scenario }), { mode: 0o600, flush: true });
    renameSync(next, pathOf(id));
  };
  return {
    list,
    unusable: () => ids().filter((id) => find(id) === null),
    find,
    keep({ code: _, ...plan }, scenario) {
      const same = JSON.stringify([plan, scenario]);
      if (list().some((one) => JSON.stringify([one.plan, one.scenario]) === same)) return 'already';
      if (ids().length >= mostTemplates) return 'full';
      write({ id: random.bytes(4).toString('hex'), plan, scenario });
      return 'kept';
    },
    rename: ({ id, plan, scenario }, name) => write({ id, plan: { ...plan, name }, scenario }),
    erase: (id) => {
      if (ids().includes(id)) rmSync(pathOf(id), { force: true });
    },
    eraseAll: () => {
      for (const id of ids()) rmSync(pathOf(id), { force: true });
    },
  };
}

function read(path: string, id: string): Template | null {
  try {
    const { plan, scenario } = stored.parse(JSON.parse(readFileSync(path, 'utf8')));
    const reading = readScenario(JSON.stringify(scenario), plan.scenario);
    return reading.kind === 'read' ? { id, plan, scenario: reading.scenario } : null;
  } catch {
    return null;
  }
}
