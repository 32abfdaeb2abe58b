import { table } from '../bench/report/markdown.ts';
import { type FaultId, type Promised, promises } from './promises.ts';
import type { Outcome, Pace } from './trial.ts';

/** The last outcome of a program, and when and on what it ran. */
export interface Kept extends Outcome {
  readonly day: string;
  readonly pace: Pace;
  /** How many cores were busy with something else just before; null: nobody looked. */
  readonly busyBefore: number | null;
  readonly machine: string;
}

const marks: Readonly<Record<Outcome['kind'], string>> = {
  held: 'yes',
  failed: '**no**',
  'not-tried': 'not tried',
};

/** The report: every promise, then what its program measured the last time. */
export function faultsReport(outcomes: readonly Kept[], programs: readonly FaultId[]): string {
  const last = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  return [
    '# Faults',
    '',
    'What the service promises while something fails, and what a program measured when it made that happen: the real',
    'processes, with the configuration of production, PostgreSQL, proxies and senders of its own on this machine alone.',
    'Written by `npm run faults -- --write`; `npm run faults -- R-14` runs one of them. All of them take about an hour on a',
    'quiet machine, with `--quick` about a third of it, with `--long`, as often as the promises ask, a day.',
    '',
    ...machines(outcomes),
    ...table(
      ['', 'Fault', 'What has to hold', 'Measured', 'Held'],
      Object.entries<Promised>(promises).map(([id, promised]) => {
        const known = programs.find((one) => one === id);
        return [
          id,
          promised.fault,
          promised.holds,
          ...measuredCells(promised, known && last.get(known), known),
        ];
      }),
    ),
    '',
  ].join('\n');
}

function machines(outcomes: readonly Kept[]): string[] {
  const lines = new Set(outcomes.map(({ machine }) => machine));
  return lines.size === 0 ? [] : [...[...lines].map((line) => `* ${line}`), ''];
}

/** Beside what a program ran: figures of time hold for a machine that does nothing else. */
export function busyText(busyBefore: number | null): string {
  return busyBefore === null ? 'beside unknown load' : `beside ${busyBefore.toFixed(1)} busy cores`;
}

function measuredCells(
  { elsewhere }: Promised,
  outcome: Kept | undefined,
  program: FaultId | undefined,
): readonly [string, string] {
  if (outcome) {
    const figures = outcome.measured.map(
      ({ what, figure, holds }) => `${what}: ${figure}${holds ? '' : ' **(no)**'}`,
    );
    const problem = outcome.problem === null ? [] : [outcome.problem];
    const { day, seconds, pace, busyBefore } = outcome;
    const when = [day, `${seconds} s`, ...(pace === 'usual' ? [] : [pace]), busyText(busyBefore)];
    const text = [...figures, ...problem].join('; ').replaceAll('|', '\\|').replaceAll('\n', ' ');
    return [`${text} (${when.join(', ')})`, marks[outcome.kind]];
  }
  if (program) return ['its program has not run yet', ''];
  return [elsewhere ? `shown by ${elsewhere}` : 'no program yet', ''];
}
