import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#src/config/config.ts';
import type { Random } from '#src/crypto/random.ts';
import { newClassCode } from '#src/exercise/class-code.ts';
import type { ClassPlan } from '#src/exercise/class-event.ts';
import { erasedAt, type Keeping } from '#src/exercise/keeping.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Log } from '#src/log/log.ts';
import type { Threads } from '#src/serve/threads.ts';
import type { Clock } from '#src/time/clock.ts';
import { dueAt, eraseFolder, finishErasing } from '#src/workshop/after/erase-folder.ts';
import { type ClassProblem, classProblem } from '#src/workshop/classes/class-problem.ts';
import { openDormitory } from '#src/workshop/classes/dormitory.ts';
import { journalFile, ownerIn } from '#src/workshop/classes/journal.ts';
import type { Owner } from '#src/workshop/classes/owned.ts';
import { isOfLastDay, type QuotaReached, type Quotas, quotaReached } from '#src/workshop/classes/quotas.ts';
import { openClass, type RunningClass } from '#src/workshop/classes/running-class.ts';
import { openSeatCodes, type SeatCodes } from '#src/workshop/classes/seat-codes.ts';
import type { ClassDatabases } from '#src/workshop/databases/class-databases.ts';

/** The classes of one workshop, by their ids; each is a folder. */
export interface Classes {
  list(): readonly RunningClass[];
  find(id: string): RunningClass | null;
  /** Those whose folder cannot be read: they are not among the others. */
  broken(): readonly BrokenClass[];
  /** Opens a class again that did not open. */
  retry(id: string): Promise<void>;
  /** The class that a code from the projector opens, while it is not ended. */
  byCode(code: string): RunningClass | null;
  /** The codes with which seats open on another device. */
  readonly seatCodes: Pick<SeatCodes, 'take' | 'isGood'>;
  /** `own`: the scenario of the class, as it was kept; one of the library by default. */
  prepare(plan: Omit<ClassPlan, 'code'>, owner: Owner, own?: Scenario): Promise<Preparation>;
  /** Whether a class that is not ended has this code. */
  isTaken(code: string): boolean;
  readonly keeping: Keeping;
  /** When a class is erased by itself, unless somebody uses it before. */
  erasedAt(running: Pick<RunningClass, 'journal'>): Date;
  /** Deletes everything of a class; rejects when something is left, which is tried again later. */
  erase(id: string): Promise<void>;
  /** Whether as many classes are open as all trainers together may have. */
  isFull(): boolean;
  /** Erases the classes whose time has come, and what could not be erased before. */
  eraseDue(): Promise<void>;
  close(): Promise<void>;
}

export type Preparation =
  | { readonly kind: 'prepared'; readonly running: RunningClass }
  | { readonly kind: 'refused'; readonly reason: QuotaReached }
  | { readonly kind: 'failed'; readonly why: ClassProblem };

export interface BrokenClass {
  readonly id: string;
  /** Undefined where its journal does not even tell whose it is. */
  readonly owner: Owner | undefined;
  readonly why: ClassProblem;
  /** When it is erased by itself; null: nobody knows how old it is. */
  readonly erasedAt: Date | null;
}

export interface ClassesOptions {
  readonly folder: string;
  readonly quotas: Quotas;
  readonly databases: ClassDatabases;
  /** What a class may be prepared with. */
  readonly scenarios: () => readonly Scenario[];
  readonly publicUrl: string;
  readonly isOurHost: (host: string) => boolean;
  readonly config: Config;
  readonly threads: Threads;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly abandoned: AbortSignal;
}

/** A server that was away when a class was erased is asked again. */
const sweepEveryMs = 3_600_000;

/** Opens the classes that were prepared before, those whose time has come aside; each starts in the background. */
export async function openClasses(options: ClassesOptions): Promise<Classes> {
  const { folder, databases, quotas, clock, random, log } = options;
  const dormitory = openDormitory(databases);
  const keeping: Keeping = { hours: options.config.workshop.keptHours };
  const open = new Map<string, RunningClass>();
  const endOf = ({ journal }: Pick<RunningClass, 'journal'>): Date => erasedAt(journal.state(), keeping);
  /** A laptop that wakes may serve before it erases. */
  const isKept = (running: RunningClass): boolean => endOf(running) > clock.now();
  const list = () => [...open.values()].filter(isKept);
  const byCode = (code: string): RunningClass | null =>
    list().find(({ journal }) => {
      const { plan, phase } = journal.state();
      return plan.code === code && phase !== 'ended';
    }) ?? null;
  const seatCodes = openSeatCodes(random, (code) => byCode(code) !== null);
  const openOne = async (
    id: string,
    first: Parameters<typeof openClass>[0]['first'],
    scenarios = options.scenarios,
  ): Promise<RunningClass> => {
    const running = await openClass({ ...options, scenarios, dormitory, id, first, seatCodes });
    open.set(id, running);
    return running;
  };
  const broken = new Map<string, Omit<BrokenClass, 'id' | 'erasedAt'>>();
  const about = (id: string, error: unknown) => ({
    why: classProblem(error),
    owner: ownerIn(join(folder, id)),
  });
  /** A class that cannot be read takes no other down. */
  const openAgain = async (id: string): Promise<void> => {
    broken.delete(id);
    try {
      await openOne(id, null);
    } catch (error) {
      log.error({ event: 'classNotOpened', error });
      broken.set(id, about(id, error));
    }
  };
  /** What is left of a class that was erased, or never quite prepared. */
  const sweep = (): Promise<void> =>
    databases.sweep().catch((error) => log.error({ event: 'classNotErased', error }));
  const isDue = (id: string): boolean => {
    const at = dueAt(folder, id, keeping);
    return at !== null && at <= clock.now();
  };
  const erasing = new Map<string, Promise<void>>();
  const erase = (id: string): Promise<void> => {
    const running = open.get(id);
    if (!running && !broken.has(id)) return erasing.get(id) ?? Promise.resolve();
    // Nobody reaches it from now on.
    open.delete(id);
    broken.delete(id);
    const erased = Promise.resolve(running?.close())
      .then(() => eraseFolder(folder, id))
      .then(sweep)
      .catch((error) => {
        // It is a class that does not open, until it can be erased.
        if (earlier(folder).includes(id)) broken.set(id, about(id, error));
        throw error;
      })
      .finally(() => erasing.delete(id));
    erasing.set(id, erased);
    return erased;
  };
  const eraseDue = async (): Promise<void> => {
    const due = [
      ...[...open.values()].filter((one) => !isKept(one)).map(({ id }) => id),
      ...[...broken.keys()].filter((id) => isDue(id)),
    ];
    for (const id of due) await erase(id).catch((error) => log.error({ event: 'classNotErased', error }));
    if (erasing.size === 0) await finishErasing(folder);
  };
  forgetUnwritten(folder);
  await finishErasing(folder);
  for (const id of earlier(folder).filter(isDue))
    try {
      await eraseFolder(folder, id);
    } catch (error) {
      log.error({ event: 'classNotErased', error });
      broken.set(id, about(id, error));
    }
  await sweep();
  const sweeping = setInterval(sweep, sweepEveryMs).unref();
  /** Whose classes are being prepared now: two forms sent at once are no way around a quota. */
  const beginning: Owner[] = [];
  for (const id of earlier(folder)) if (!broken.has(id)) await openAgain(id);
  let prepared = [...open.values()].map(({ owner, journal }) => ({ owner, at: journal.state().preparedAt }));
  return {
    list,
    find: (id) => {
      const running = open.get(id);
      return running && isKept(running) ? running : null;
    },
    broken: () => [...broken].map(([id, one]) => ({ id, ...one, erasedAt: dueAt(folder, id, keeping) })),
    async retry(id) {
      const running = open.get(id);
      if (running ? running.standing().kind !== 'broken' : !broken.has(id)) return;
      open.delete(id);
      await running?.close();
      await openAgain(id);
    },
    byCode,
    isFull: () => {
      const isOpen = ({ journal }: RunningClass): boolean => journal.state().phase !== 'ended';
      return [...open.values()].filter(isOpen).length + beginning.length >= quotas.ofAll;
    },
    isTaken: (code) => byCode(code) !== null,
    seatCodes,
    async prepare(plan, owner, own) {
      const now = clock.now();
      prepared = prepared.filter(({ at }) => isOfLastDay(at, now));
      const kept = [
        ...[...open.values()].map((one) => ({
          owner: one.owner,
          isEnded: one.journal.state().phase === 'ended',
        })),
        ...[...broken.values()].map((one) => ({ owner: one.owner ?? null, isEnded: true })),
        ...beginning.map((whose) => ({ owner: whose, isEnded: false })),
      ];
      const lately = prepared.map((one) => one.owner);
      const reason = quotaReached(quotas, { kept, lately }, { owner, seats: plan.seats });
      if (reason) return { kind: 'refused', reason };
      let code = newClassCode(random);
      while (byCode(code) || seatCodes.isGood(code, clock.now())) code = newClassCode(random);
      const id = random.bytes(4).toString('hex');
      beginning.push(owner);
      const first = {
        kind: 'prepared',
        at: clock.now().toISOString(),
        plan: { ...plan, code },
        ...(owner === null ? {} : { owner }),
      } as const;
      try {
        const running = await openOne(id, first, own ? () => [own] : undefined);
        prepared = [...prepared, { owner, at: clock.now() }];
        return { kind: 'prepared', running };
      } catch (error) {
        log.error({ event: 'classNotPrepared', error });
        rmSync(join(folder, id), { recursive: true, force: true });
        await sweep();
        return { kind: 'failed', why: classProblem(error) };
      } finally {
        beginning.splice(beginning.indexOf(owner), 1);
      }
    },
    keeping,
    erasedAt: endOf,
    erase,
    eraseDue,
    close: async () => {
      clearInterval(sweeping);
      dormitory.close();
      await Promise.allSettled(erasing.values());
      await Promise.all([...open.values()].map((one) => one.close()));
    },
  };
}

/** The folders of classes that nobody was told of: the program fell before their journal began. */
function forgetUnwritten(folder: string): void {
  for (const id of earlier(folder)) {
    const journal = statSync(join(folder, id, journalFile), { throwIfNoEntry: false });
    if (!journal || journal.size === 0) rmSync(join(folder, id), { recursive: true, force: true });
  }
}

function earlier(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[a-f\d]{8}$/.test(name));
  } catch {
    return [];
  }
}
