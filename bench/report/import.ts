import { quantile } from '../client/tally.ts';
import type { ImportMeasured } from '../measures/import.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

const leastShareOfCopy = 0.6;
const mostOfFew = 1.1;

/** Loading a register beside COPY, and asking it when it is large, as Markdown. */
export function importReport(measured: ImportMeasured, machine: readonly string[]): string {
  const { rows, runs, copy, identity } = measured;
  const rate = runs[0]?.perSecond ?? Number.NaN;
  const copied = [
    { name: 'into the same table and indexes, people in the order of the file', perSecond: copy.indexed },
    { name: 'the same, people in the order of their keys', perSecond: copy.sorted },
    { name: 'without indexes, then build them', perSecond: copy.thenIndexed },
  ];
  const share = rate / copy.indexed;
  const p99 = identity.map(({ ms }) => quantile(ms, 0.99));
  const ratio = (p99[1] ?? Number.NaN) / (p99[0] ?? Number.NaN);
  return [
    '# Loading the register',
    '',
    ...machine.slice(0, 2).map((line) => `* ${line}`),
    '* the command on all cores, PostgreSQL on core 1',
    '',
    `\`compte register import\` of ${rows} fictitious people, from the start of the command to its end, beside COPY of the rows that it stored, read by the server from a file of its own:`,
    '',
    ...table(
      ['Import', 'Rows a second', 'CPU of the command, µs a row', 'Most memory, MB'],
      runs.map(({ name, perSecond, cpuMicros, peakMb }) => [
        name,
        figure(perSecond),
        figure(cpuMicros),
        figure(peakMb),
      ]),
    ),
    '',
    ...table(
      ['COPY', 'Rows a second', 'The import has, of that'],
      copied.map(({ name, perSecond }) => [name, figure(perSecond), percent(rate / perSecond)]),
    ),
    '',
    `Target: at least ${percent(leastShareOfCopy)} of COPY into the same table and indexes: ${percent(share)}, ${share >= leastShareOfCopy ? 'met' : 'missed'}.`,
    '',
    'Somebody says who they are (`POST /creer-mon-compte`), in one process, in turns, while the register has few people and many:',
    '',
    ...table(
      ['People', 'Requests', 'p50, ms', 'p99, ms'],
      identity.map(({ people, ms }) => [
        String(people),
        String(ms.length),
        figure(quantile(ms, 0.5)),
        figure(quantile(ms, 0.99)),
      ]),
    ),
    '',
    `Target: a p99 of at most ${mostOfFew} times that of few people: ${figure(ratio)}, ${ratio <= mostOfFew ? 'met' : 'missed'}.`,
    '',
  ].join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
