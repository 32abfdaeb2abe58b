import type { Around, Step } from './walk.ts';

/** Milliseconds of each request, by step. */
export interface Tally {
  readonly around: Around;
  steps(): readonly { readonly step: Step; readonly ms: readonly number[] }[];
  /** Of all steps that compute no password. */
  withoutHash(): readonly number[];
}

export function openTally(): Tally {
  const steps = new Map<string, { step: Step; ms: number[] }>();
  return {
    async around(step, ask) {
      const answer = await ask();
      const known = steps.get(step.name) ?? { step, ms: [] };
      steps.set(step.name, known);
      known.ms.push(answer.ms);
      return answer;
    },
    steps: () => [...steps.values()],
    withoutHash: () => [...steps.values()].filter(({ step }) => !step.hashes).flatMap(({ ms }) => ms),
  };
}

/** The value that a share of the others does not pass; not a number when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
