import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#src/config/config.ts';
import type { Random } from '#src/crypto/random.ts';
import { newClassCode } from '#src/exercise/class-code.ts';
import type { ClassPlan } from '#src/exercise/class-event.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Log } from '#src/log/log.ts';
import type { Clock } from '#src/time/clock.ts';
import { openClass, type RunningClass } from '#src/workshop/classes/running-class.ts';

/** The classes of one workshop, by their ids; each is a folder. */
export interface Classes {
  list(): readonly RunningClass[];
  find(id: string): RunningClass | null;
  /** The class that a code from the projector opens, while it is not ended. */
  byCode(code: string): RunningClass | null;
  /** Null: as many are open as this machine carries. */
  prepare(plan: Omit<ClassPlan, 'code'>): Promise<RunningClass | null>;
  /** Deletes everything of a class. */
  erase(id: string): Promise<void>;
  close(): Promise<void>;
}

export interface ClassesOptions {
  readonly folder: string;
  readonly most: number;
  /** What a class may be prepared with. */
  readonly scenarios: () => readonly Scenario[];
  readonly publicUrl: string;
  readonly isOurHost: (host: string) => boolean;
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly abandoned: AbortSignal;
}

/** Opens the classes that were prepared before; each starts in the background. */
export async function openClasses(options: ClassesOptions): Promise<Classes> {
  const { folder, most, clock, random } = options;
  const open = new Map<string, RunningClass>();
  const openOne = async (
    id: string,
    first: Parameters<typeof openClass>[0]['first'],
  ): Promise<RunningClass> => {
    const running = await openClass({ ...options, id, first });
    open.set(id, running);
    return running;
  };
  for (const id of earlier(folder)) await openOne(id, null);
  const byCode = (code: string): RunningClass | null =>
    [...open.values()].find(({ journal }) => {
      const { plan, phase } = journal.state();
      return plan.code === code && phase !== 'ended';
    }) ?? null;
  return {
    list: () => [...open.values()],
    find: (id) => open.get(id) ?? null,
    byCode,
    async prepare(plan) {
      if (open.size >= most) return null;
      let code = newClassCode(random);
      while (byCode(code)) code = newClassCode(random);
      const id = random.bytes(4).toString('hex');
      return openOne(id, { kind: 'prepared', at: clock.now().toISOString(), plan: { ...plan, code } });
    },
    async erase(id) {
      const running = open.get(id);
      if (!running) return;
      open.delete(id);
      await running.close();
      rmSync(join(folder, id), { recursive: true, force: true });
    },
    close: async () => {
      await Promise.all([...open.values()].map((one) => one.close()));
    },
  };
}

function earlier(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[a-f\d]{8}$/.test(name));
  } catch {
    return [];
  }
}
