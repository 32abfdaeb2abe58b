import type { StorageMeasured } from '../measures/storage.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

/** Fewer rows than this say little about one: the first page of a table and of each index are there from the start. */
const leastRows = 100;

/** What one of many takes on disk, in the write-ahead log and of the database, as Markdown. */
export function storageReport(measured: StorageMeasured, machine: readonly string[]): string {
  const { people, enrolment, deposit, tables } = measured;
  return [
    '# What a person takes on disk',
    '',
    'Written by `npm run bench -- --storage`. `docs/capacity.md` reckons with these figures.',
    '',
    ...machine.map((line) => `* ${line}`),
    '',
    `A register of ${people} fictitious people; some of them enrol with the carte Vitale and sign in, a caisse deposits rights and payments for others. The write-ahead log and the CPU are those of everything that happens meanwhile, mails and jobs included, divided by what was done.`,
    '',
    ...table(
      [
        'One of many',
        'Count',
        'WAL, bytes',
        'WAL, records',
        'WAL, whole pages',
        'CPU of PostgreSQL, ms',
        'CPU of the worker, ms',
      ],
      [
        { name: 'An enrolment', ...enrolment },
        { name: 'A deposit of a payment', ...deposit },
      ].map(({ name, count, walBytes, walRecords, walPages, postgresMs, workerMs }) => [
        name,
        String(count),
        figure(walBytes),
        figure(walRecords),
        figure(walPages),
        figure(postgresMs),
        figure(workerMs),
      ]),
    ),
    '',
    `Rows as the service left them, without a vacuum by hand; tables with fewer than ${leastRows} rows are left out.`,
    '',
    ...table(
      ['Table', 'Rows', 'Table, bytes a row', 'Indexes, bytes a row', 'Bytes a row'],
      tables
        .filter(({ rows }) => rows >= leastRows)
        .map(({ name, rows, tableBytes, indexBytes }) => [
          `\`${name}\``,
          String(rows),
          figure(Math.round(tableBytes / rows)),
          figure(Math.round(indexBytes / rows)),
          figure(Math.round((tableBytes + indexBytes) / rows)),
        ]),
    ),
    '',
  ].join('\n');
}
