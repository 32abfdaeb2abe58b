import { quantile } from '../client/tally.ts';
import type { WorkshopMeasure } from '../measures/workshop.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

const hashes = /^POST \/(creer-mon-compte\/mot-de-passe|connexion)$/;
const mostMs = 50;

/** What classes cost and how long their pages take, as Markdown. */
export function workshopReport(measures: readonly WorkshopMeasure[], machine: readonly string[]): string {
  return [
    '# Classes that learn at once',
    '',
    'Written by `npm run bench -- --workshop`. Learners join within half a minute, make a mistake, open their account with the mail and sign in, with a pause between pages; the board of each class is followed. The floor is the page where a class is joined, asked for twice a second meanwhile: it needs no database, so that what it takes is the wait for the core.',
    '',
    ...machine.map((line) => `* ${line}`),
    ...measures.flatMap(oneReport),
    '',
  ].join('\n');
}

function oneReport(measure: WorkshopMeasure): string[] {
  const { load, pages, floorMs, cpu, seconds, idle, threads, unexpected } = measure;
  const all = [...pages];
  const without = all.filter(([name]) => !hashes.test(name)).flatMap(([, ms]) => ms);
  const count = all.reduce((sum, [, ms]) => sum + ms.length, 0);
  const share = (ms: number) => `${figure((100 * ms) / (seconds * 1_000))} % of the core`;
  const p = (ms: readonly number[]) =>
    `p50 ${figure(quantile(ms, 0.5))}, p99 ${figure(quantile(ms, 0.99))} ms`;
  const p99 = quantile(without, 0.99);
  const byThread = [...threads]
    .filter(([, ms]) => ms > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, ms]) => `${name} ${share(ms)}`);
  return [
    '',
    `## ${load.classes} classes of ${load.seats} on ${load.onServer ? `PostgreSQL ${measure.postgres}` : 'PGlite'}`,
    '',
    ...table(
      ['Measure', 'Figure'],
      [
        [
          `Pages and forms without hash (target: p99 ≤ ${mostMs} ms, ${p99 <= mostMs ? 'met' : '**not met**'})`,
          p(without),
        ],
        ['The floor meanwhile', p(floorMs)],
        [
          'Requests',
          `${count} in ${figure(seconds)} s (${figure(count / seconds)}/s; a pause of ${load.pause.least} to ${load.pause.most} s)`,
        ],
        ['CPU of the workshop', `${share(cpu.total)}; ${byThread.join(', ')}`],
        ['CPU of a request besides hashing', `${figure((cpu.total - cpu.hashing) / count)} ms`],
        ['CPU when nobody does anything', `${figure(100 * idle.cpuShare)} % of the core`],
        [
          'Resident memory: idle, at the end, at most',
          `${figure(idle.residentMb)}, ${figure(measure.residentMb)}, ${figure(measure.peakMb)} MB`,
        ],
        [
          'Connections to the server: idle, at most',
          load.onServer ? `${idle.connections}, ${measure.connections}` : '–',
        ],
        ['Start of the program', `${figure(measure.startMs / 1_000)} s`],
        ['A class prepared, until its board is there', p(measure.prepareMs)],
        ['Sent to boards', `${figure(measure.boardBytes / 1e6)} MB`],
        ['The driver’s own lateness, p99', `${figure(measure.driverLateMs)} ms`],
        ['Answers that nobody expected', unexpected.length === 0 ? 'none' : `${unexpected.length}`],
      ],
    ),
    '',
    ...table(
      ['Request', 'Count', 'p50 / p99, ms'],
      all.map(([name, ms]) => [
        `\`${name}\``,
        String(ms.length),
        `${figure(quantile(ms, 0.5))} / ${figure(quantile(ms, 0.99))}`,
      ]),
    ),
    ...(unexpected.length > 0
      ? ['', ...[...new Set(unexpected)].slice(0, 20).map((line) => `* ${line}`)]
      : []),
  ];
}
