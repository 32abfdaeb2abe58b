import { quantile } from '../client/tally.ts';
import type { Way } from '../client/ways.ts';
import type { JourneyResults, Results } from './results.ts';
import { commonRows, figure, journeyRows, type Row, titles } from './rows.ts';

const descriptions: Readonly<Record<Way, string>> = {
  carte:
    'Caisse, identity, carte Vitale and IBAN, terms, password, contact, mail, link, sign-in with the password, sign-out.',
  franceconnect:
    'Identity page, FranceConnect and back, terms, password, contact, mail, link, sign-in with FranceConnect and back, sign-out on both sides. The provider is a separate process on the other core, reached by https; each return includes two requests to it.',
  code: 'Identity of a person without a usable card, a code by SMS (by mail for people without a mobile), terms, password, contact, mail, link, sign-in with the password, sign-out. The gateway reports each SMS as delivered.',
};

/** The report: the machine, the figures beside their targets, then each journey with every page. */
export function markdown(results: Results): string {
  const { journeys, common } = results;
  const errors = [
    ...journeys.flatMap(({ throughput }) => throughput.flatMap((one) => one.errors)),
    ...(common?.underHashing.errors ?? []),
    ...(common?.underHashingAtFullSpeed.errors ?? []),
    ...(common?.overload.others ?? []),
  ];
  return [
    '# Measured performance',
    '',
    `Written by \`npm run bench\`${results.quick ? ' with `--quick`: too short to compare' : ''}.`,
    '',
    ...results.machine.map((line) => `* ${line}`),
    '',
    'A journey is every request from the first page to the sign-out, with two password hashes (one with FranceConnect). It counts when each response has the expected status and location; clients refused for load retry. The process has served several thousand pages before the measurement. CPU is user and system time of the web process; hashing (argon2id at the default cost) is its low-priority thread. Bytes are headers and body as sent, pages in gzip and files in brotli; milliseconds are measured by the client. SQL includes `begin` and `commit`, but not the statement of each second by which processes share their counts of requests. First visit: the bytes of a visit to that page alone, with stylesheet, script and icon.',
    '',
    ...rowTable(commonRows(results)),
    ...journeys.flatMap((journey) => [
      '',
      `## With ${titles[journey.way]}`,
      '',
      descriptions[journey.way],
      '',
      ...rowTable(journeyRows(journey)),
      '',
      ...table(['Page', ...percentileHeads(journey), 'SQL', 'Bytes', 'First visit'], pageRows(journey)),
    ]),
    ...(errors.length > 0
      ? ['', '## Failed', '', ...new Set(errors.slice(0, 20).map((line) => `* ${line}`))]
      : []),
    '',
  ].join('\n');
}

function rowTable(rows: readonly Row[]): string[] {
  const marks = { true: 'yes', false: '**no**', null: '' };
  return table(
    ['Measure', 'Figure', 'Target', 'Met'],
    rows.map(({ measure, figure: value, target, met }) => [measure, value, target, marks[`${met}`]]),
  );
}

function percentileHeads({ throughput }: JourneyResults): string[] {
  return throughput.map(({ clients }) => `p50 / p99 at ${clients}`);
}

function pageRows({ throughput, pageCosts }: JourneyResults): string[][] {
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

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
