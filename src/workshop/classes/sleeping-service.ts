import { type ClassProblem, classProblem } from '#src/workshop/classes/class-problem.ts';
import type { ClassService } from '#src/workshop/classes/class-service.ts';
import type { Dormitory, Sleeper } from '#src/workshop/classes/dormitory.ts';

/** How far a class is: its service takes some seconds to open, may fail to, and is closed while nobody needs it. */
export type ClassStanding =
  | { readonly kind: 'asleep' | 'opening' | 'open' }
  | { readonly kind: 'broken'; readonly why: ClassProblem };

/** A service that opens when it is needed. */
export interface SleepingService {
  readonly standing: () => ClassStanding;
  /** Opens it, if it sleeps. */
  wake(): Promise<ClassService>;
  /** Keeps it open until the answer is called. */
  hold(): () => void;
  close(): Promise<void>;
}

export function openSleepingService(
  open: () => Promise<ClassService>,
  dormitory: Dormitory,
  now: () => number = () => performance.now(),
): SleepingService {
  let standing: ClassStanding = { kind: 'asleep' };
  let present: Promise<ClassService> | null = null;
  let closing: Promise<void> = Promise.resolve();
  let holds = 0;
  let neededAt = now();
  let closed = false;
  const sleeper: Sleeper = {
    quietFor: () => (standing.kind === 'open' && holds === 0 ? now() - neededAt : null),
    sleep: () => end(),
  };

  const wake = (): Promise<ClassService> => {
    neededAt = now();
    present ??= start();
    return present;
  };

  function start(): Promise<ClassService> {
    if (closed) return Promise.reject(new Error('The class is closed'));
    standing = { kind: 'opening' };
    const opening = closing.then(async () => {
      await dormitory.admit(sleeper);
      return open();
    });
    opening
      .then(({ handle }) => handle)
      .then(
        () => {
          neededAt = now();
          if (present === opening) standing = { kind: 'open' };
        },
        (error: unknown) => {
          if (present !== opening) return;
          standing = { kind: 'broken', why: classProblem(error) };
          // Who asks is told; somebody else may have its room.
          closing = closeOpened(opening);
        },
      );
    return opening;
  }

  function end(): Promise<void> {
    const ended = present;
    present = null;
    if (ended === null) return closing;
    standing = { kind: 'asleep' };
    closing = closeOpened(ended);
    return closing;
  }

  async function closeOpened(ended: Promise<ClassService>): Promise<void> {
    await ended.then((service) => service.close()).catch(() => {});
    dormitory.leave(sleeper);
  }

  return {
    standing: () => standing,
    wake,
    hold: () => {
      holds += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holds -= 1;
        neededAt = now();
      };
    },
    close: () => {
      closed = true;
      return end();
    },
  };
}
