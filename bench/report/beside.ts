import { quantile } from '../client/tally.ts';
import type { BesideResults, Side, Window } from '../measures/beside.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

/** Our figures between those of the peer and of the bare stack, as Markdown. */
export function besideReport(results: BesideResults, machine: readonly string[]): string {
  const median = (side: Side, value: (window: Window) => number) =>
    quantile(results[side].windows.map(value), 0.5);
  const row = (
    measure: string,
    value: (side: Side) => number,
    unit: string,
    ratio: 'more' | 'less' | null,
  ) => {
    const [ours, peer, floor] = [value('ours'), value('peer'), value('floor')];
    const times = ratio === 'more' ? ours / peer : peer / ours;
    const shown = (number: number) => `${figure(number)}${unit && ` ${unit}`}`;
    return [measure, shown(peer), shown(ours), shown(floor), ratio ? `${figure(times)} ×` : ''];
  };
  const each = (value: (window: Window) => number) => (side: Side) => median(side, value);
  return [
    '# Beside better-auth and the bare stack',
    '',
    'Written by `npm run bench -- --peer`.',
    '',
    ...machine.map((line) => `* ${line}`),
    '',
    `All three on one core in turns, ${results.ours.windows.length} windows each after a warm-up, 16 clients, argon2id of 19 MiB and 2 passes; medians. better-auth: sign-up, link of the mail, sign-in and session, in JSON without pages; two hashes, as ours. The floor is Fastify with a cookie, a form body, one statement and a page of 11 kB in brotli 4; it computes no hash. The last column says how many times better we are than the peer.`,
    '',
    ...table(
      ['Measure', 'better-auth', 'Compte assuré', 'Floor', 'Ratio'],
      [
        row(
          'Journeys per second',
          each(({ perSecond }) => perSecond),
          '',
          'more',
        ),
        row(
          'Requests of a journey',
          each(({ requests }) => requests),
          '',
          null,
        ),
        row(
          'CPU of a journey with hashing',
          each(({ cpuMs }) => cpuMs),
          'ms',
          'less',
        ),
        row(
          'CPU of one request besides hashing',
          each(({ restMs }) => restMs),
          'ms',
          'less',
        ),
        row(
          'Requests without hash, p50',
          each(({ p50 }) => p50),
          'ms',
          'less',
        ),
        row(
          'Requests without hash, p99',
          each(({ p99 }) => p99),
          'ms',
          'less',
        ),
        row('Most memory', (side) => results[side].peakMb, 'MB', 'less'),
        row('Start to first page', (side) => results[side].startMs / 1000, 's', 'less'),
      ],
    ),
    '',
  ].join('\n');
}
