import { AssertionError } from 'node:assert';
import type { Traveller } from '../../bench/setting/people.ts';
import { enrolThrough, type Progress } from '../../test/reliability/enrolment.ts';
import { asking, type Visitors } from './visitors.ts';

export interface Enrolled {
  /** The addresses of those who have come to the end of their enrolment. */
  readonly enrolled: readonly string[];
  /** Requests without an answer, or refused for now, which were sent again. */
  readonly interrupted: number;
  /** Steps that had been acknowledged, and that the service knew nothing of afterwards. */
  readonly lost: readonly string[];
}

export interface Enrolments {
  /** So far. */
  enrolled(): readonly string[];
  /** Nobody begins any more; over once those under way have ended. */
  stop(): Promise<Enrolled>;
}

interface EnrolmentOptions {
  readonly visitors: Visitors;
  readonly next: () => Traveller;
  /** How many people are under way at a time. */
  readonly lanes: number;
}

/** People who enrol one after the other, each of whom sends every step again until it is answered. */
export function insistedEnrolments({ visitors, next, lanes }: EnrolmentOptions): Enrolments {
  const progress: Progress = { answered: 0, interrupted: 0, over: false };
  const enrolled: string[] = [];
  const lost: string[] = [];
  let isOver = false;
  const lane = async (): Promise<void> => {
    while (!isOver) {
      const traveller = next();
      try {
        await enrolThrough(asking(visitors.browser(traveller)), traveller, traveller.email, progress);
        enrolled.push(traveller.email);
      } catch (error) {
        if (!(error instanceof AssertionError)) throw error;
        lost.push(error.message);
      }
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, lane)).finally(() => {
    progress.over = true;
  });
  all.catch(() => {});
  return {
    enrolled: () => enrolled,
    async stop() {
      isOver = true;
      await all;
      return { enrolled, interrupted: progress.interrupted, lost };
    },
  };
}
