import type { PaymentList } from '../measures/payments.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

/** The list of payments at several sizes of their table, as Markdown. */
export function paymentsReport(lists: readonly PaymentList[], machine: readonly string[]): string {
  const [first, last] = [lists[0], lists.at(-1)];
  const ratio = first && last ? last.databaseMs / first.databaseMs : Number.NaN;
  return [
    '# The list of payments',
    '',
    ...machine.map((line) => `* ${line}`),
    '',
    `«Mes paiements» of a person with ${first?.own ?? 0} payments in 27 months, asked for ${first?.requests ?? 0} times by one client, while more and more payments of others are stored. Target: 3 statements besides the session, p99 of 15 ms, a cost that does not grow.`,
    '',
    ...table(
      ['Payments stored', 'Statements, session included', 'p50, ms', 'p99, ms', 'Database, for the list, ms'],
      lists.map(({ stored, statements, medianMs, p99Ms, databaseMs }) => [
        String(stored),
        figure(statements),
        figure(medianMs),
        figure(p99Ms),
        figure(databaseMs),
      ]),
    ),
    '',
    `From the first line to the last, the database takes ${figure(ratio)} times as long.`,
    '',
  ].join('\n');
}
