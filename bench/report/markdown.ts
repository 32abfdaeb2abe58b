import { quantile } from '../client/tally.ts';
import type { Results } from './results.ts';
import { figure, summaryRows } from './rows.ts';

/** The report: the machine, the figures beside their targets, every page. */
export function markdown(results: Results): string {
  const marks = { true: 'yes', false: '**no**', null: '' };
  const summary = summaryRows(results).map(({ measure, figure: value, target, met }) => [
    measure,
    value,
    target,
    marks[`${met}`],
  ]);
  const errors = [
    ...results.throughput.flatMap((one) => one.errors),
    ...results.underHashing.errors,
    ...results.underHashingAtFullSpeed.errors,
    ...results.overload.others,
  ];
  return [
    '# Measured performance',
    '',
    `Written by \`npm run bench\`${results.quick ? ' with `--quick`: too short to compare' : ''}.`,
    '',
    ...results.machine.map((line) => `* ${line}`),
    '',
    'A journey is every request from the first page to the sign-out, two password hashes among them; it counts when each answer had the status and place expected; a password told to come back later does so. The process has served some thousand pages before it is measured. CPU is user and system time of the web process, of which its low-priority thread is the hashing (argon2id at the default cost). Bytes are head and body as sent, brotli.',
    '',
    ...table(['Measure', 'Figure', 'Target', 'Met'], summary),
    '',
    '## Pages',
    '',
    'Milliseconds seen by the client. Bytes: of the answer, and of a first visit that ends there, with stylesheet, script and icon.',
    '',
    ...table(['Page', ...percentileHeads(results), 'SQL', 'Bytes', 'First visit'], pageRows(results)),
    ...(errors.length > 0
      ? ['', '## Failed', '', ...new Set(errors.slice(0, 20).map((line) => `* ${line}`))]
      : []),
    '',
  ].join('\n');
}

function percentileHeads({ throughput }: Results): string[] {
  return throughput.map(({ clients }) => `p50 / p99 at ${clients}`);
}

function pageRows({ throughput, pageCosts }: Results): string[][] {
  return pageCosts.map(({ name, statements, bytes, firstVisitBytes }) => [
    `\`${name}\``,
    ...throughput.map(({ tally }) => {
      const ms = tally.steps().find(({ step }) => step.name === name)?.ms ?? [];
      return ms.length === 0 ? '' : `${figure(quantile(ms, 0.5))} / ${figure(quantile(ms, 0.99))}`;
    }),
    String(statements),
    String(bytes),
    firstVisitBytes === null ? '' : String(firstVisitBytes),
  ]);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
