import { quantile } from '../client/tally.ts';
import type { AtSize, PaymentsMeasured } from '../measures/payments.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

/** The payments of people while more and more of them are stored, as Markdown. */
export function paymentsReport(measured: PaymentsMeasured, machine: readonly string[]): string {
  const { people, payments, perSecond, sizes, copiedPerSecond } = measured;
  const [least, most] = [sizes[0], sizes.at(-1)];
  const p = (values: readonly number[]) =>
    `${figure(quantile(values, 0.5))} / ${figure(quantile(values, 0.99))}`;
  return [
    '# The list of payments',
    '',
    ...machine.map((line) => `* ${line}`),
    '',
    `${people} people with ${figure(payments)} payments each in 27 months, in turn, ${perSecond} requests a second, in one process that is warm, while more and more payments of others are stored: as the service seals them, a row each, in partitions of a month; a line is one act of care or one benefit. Target: the list in 3 statements and a p99 of 15 ms, at a cost that does not grow.`,
    '',
    ...table(
      [
        'Lines stored',
        'Payments',
        'Rows',
        'Index',
        'A payment',
        ...asks(least).map((name) => `${name}, p50 / p99 ms`),
      ],
      sizes.map((size) => [
        millions(size.lines),
        millions(size.payments),
        gigabytes(size.tableBytes),
        gigabytes(size.indexBytes),
        `${figure((size.tableBytes + size.indexBytes) / size.payments)} B`,
        ...size.asked.map(({ ms }) => p(ms)),
      ]),
    ),
    '',
    ...table(
      [
        'Lines stored',
        ...asks(least).map((name) => `${name}, CPU ms`),
        'List: database, ms',
        'blocks',
        'plan',
        'first look from the disk, p50 / p99 ms',
        'Deposits a second',
        'CPU ms each',
      ],
      sizes.map((size) => [
        millions(size.lines),
        ...size.asked.map(({ cpuMs }) => figure(cpuMs)),
        figure(size.databaseMs),
        String(size.plan.blocks),
        planOf(size),
        p(size.coldMs),
        figure(size.deposit.perSecond),
        figure(size.deposit.cpuMs),
      ]),
    ),
    '',
    `Statements, session included: ${(most?.asked ?? []).map(({ name, statements }) => `${name} ${figure(statements)}`).join(', ')}.`,
    '',
    ...(least && most
      ? [
          `From ${millions(least.lines)} to ${millions(most.lines)} lines: ${ratios(least, most).join(', ')}. PostgreSQL copies the rows of ${figure(copiedPerSecond)} deposits a second from files into tables like these, their indexes included.`,
          '',
        ]
      : []),
  ].join('\n');
}

function asks(size: AtSize | undefined): readonly string[] {
  return (size?.asked ?? []).map(({ name }) => name);
}

function ratios(least: AtSize, most: AtSize): string[] {
  const of = (what: string, value: (size: AtSize) => number) =>
    `${what} × ${figure(value(most) / value(least))}`;
  return [
    of('the list p50', ({ asked }) => quantile(asked[0]?.ms ?? [], 0.5)),
    of('p99', ({ asked }) => quantile(asked[0]?.ms ?? [], 0.99)),
    of('CPU', ({ asked }) => asked[0]?.cpuMs ?? Number.NaN),
    of('its time in the database', ({ databaseMs }) => databaseMs),
    of('its blocks', ({ plan }) => plan.blocks),
    of('a deposit’s CPU', ({ deposit }) => deposit.cpuMs),
  ];
}

function planOf({ plan: { scans, heapFetches, planningMs } }: AtSize): string {
  const kinds = [...scans].map(([kind, count]) => `${count} × ${kind.toLowerCase()}`);
  return `${kinds.join(', ')}; ${heapFetches} rows fetched; ${figure(planningMs)} ms to plan`;
}

function millions(count: number): string {
  return count >= 1e6 ? `${figure(count / 1e6)} M` : `${Math.round(count / 1e3)} k`;
}

function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${figure(bytes / 1e9)} GB` : `${figure(bytes / 1e6)} MB`;
}
