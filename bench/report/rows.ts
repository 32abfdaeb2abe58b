import { quantile } from '../client/tally.ts';
import type { Way } from '../client/ways.ts';
import type { PageCost } from '../measures/page-costs.ts';
import type { Throughput } from '../measures/throughput.ts';
import type { Common, JourneyResults, Results } from './results.ts';

/** A measure beside what was aimed at; `met` null where nothing was. */
export interface Row {
  readonly measure: string;
  readonly figure: string;
  readonly target: string;
  readonly met: boolean | null;
}

export const titles: Readonly<Record<Way, string>> = {
  carte: 'the carte Vitale',
  franceconnect: 'FranceConnect',
  code: 'a provisional code',
};

/** The measures that belong to no journey: pages under load, statements and bytes of pages, starts, overload. */
export function commonRows({ journeys, common }: Results): Row[] {
  const throughput = journeys.flatMap((journey) => journey.throughput);
  return [
    ...(common ? [...steadyRows(common), ...latencyRows(common)] : []),
    ...costRows(journeys.flatMap(({ pageCosts }) => pageCosts)),
    ...(common ? startRows(common) : []),
    ...(common ? [limit('Idle memory of the web process', common.idleMb, 110, 'MB', '≤ 110 MB')] : []),
    limit(
      'Peak memory of the web process, one lane of 64 MiB',
      Math.max(...throughput.map(({ peakMb }) => peakMb)),
      200,
      'MB',
      '≤ 200 MB',
    ),
    ...(common ? overloadRows(common, capacityOf(journeys)) : []),
  ];
}

/** The best rate of the journey that the overload is made of. */
function capacityOf(journeys: readonly JourneyResults[]): number {
  const byCard = journeys.find(({ way }) => way === 'carte')?.throughput ?? [];
  return Math.max(...byCard.map(({ perSecond }) => perSecond));
}

/** The throughput, CPU and statements of one journey, at each number of clients. */
export function journeyRows({ way, throughput }: JourneyResults): Row[] {
  return throughput.flatMap((one) => throughputRows(way, one));
}

/** For a journey, `begin` and `commit` included. */
const mostStatements: Readonly<Record<Way, number>> = { carte: 30, franceconnect: 38, code: 42 };

function throughputRows(
  way: Way,
  { clients, perSecond, journeys, cpuMs, requests, statements, ...rest }: Throughput,
): Row[] {
  const at = `${clients} client${clients === 1 ? '' : 's'}`;
  const { errors, mailWaitMs, postponed } = rest;
  const aside = [
    postponed > 0 && `${postponed} passwords postponed`,
    errors.length > 0 && `${errors.length} failed`,
  ];
  const cpu = `CPU of a journey besides hashing, ${at}`;
  const sent = way === 'code' ? 'code and mail' : 'the mail';
  return [
    unjudged(
      `Complete journeys per second, ${at}`,
      `${figure(perSecond)} (${[`${journeys} of ${figure(requests)} requests`, ...aside].filter(Boolean).join(', ')})`,
    ),
    way === 'carte'
      ? limit(cpu, cpuMs.rest, 12, 'ms', '≤ 12 ms, better 8')
      : unjudged(cpu, `${figure(cpuMs.rest)} ms`),
    unjudged(
      `CPU of a journey with hashing, ${at}`,
      `${figure(cpuMs.total)} ms (hashing ${figure(cpuMs.hashing)})`,
    ),
    limit(`CPU of one request besides hashing, ${at}`, cpuMs.rest / requests, 0.7, 'ms', '≤ 0.7 ms'),
    limit(
      `SQL statements of a journey, ${at}`,
      statements,
      mostStatements[way],
      '',
      `≤ ${mostStatements[way]}`,
    ),
    unjudged(`Wait for ${sent}, ${at}, p50`, `${figure(quantile(mailWaitMs, 0.5))} ms`),
  ];
}

function steadyRows({ steady: { clients, perSecond, journeys, cpuMs, requests, errors } }: Common): Row[] {
  const failed = errors.length > 0 ? `, ${errors.length} failed` : '';
  const after = `after a minute of load, ${clients} clients, hash of 19 MiB and 2 passes`;
  const perRequest = cpuMs.rest / requests;
  return [
    limit(`CPU of one request besides hashing, ${after}`, perRequest, 0.5, 'ms', '≤ 0.5 ms, better 0.4'),
    {
      measure: 'Complete journeys per second then, on one core',
      figure: `${figure(perSecond)} (${journeys} of ${figure(requests)} requests${failed}; CPU of a journey ${figure(cpuMs.total)} ms, hashing ${figure(cpuMs.hashing)})`,
      target: '≥ 30, better 34',
      met: perSecond >= 30,
    },
  ];
}

function latencyRows({ underHashing, underHashingAtFullSpeed }: Common): Row[] {
  const p = (values: readonly number[]) =>
    `p50 ${figure(quantile(values, 0.5))}, p99 ${figure(quantile(values, 0.99))} ms`;
  const { pageMs, pagesPerSecond, hashingShare, passwordsJudged, errors } = underHashing;
  const [p50, p99] = [quantile(pageMs, 0.5), quantile(pageMs, 0.99)];
  const failed = errors.length > 0 ? `, ${errors.length} failed` : '';
  const share = (value: number) => `${Math.round(value * 100)} % of the core`;
  const full = underHashingAtFullSpeed;
  return [
    {
      measure: 'Pages without hash, 8 readers while 8 clients sign in',
      figure: `${p(pageMs)} (${figure(pagesPerSecond)} pages/s; ${passwordsJudged} passwords, hashing ${share(hashingShare)}${failed})`,
      target: 'p50 ≤ 2, p99 ≤ 10 ms',
      met: p50 <= 2 && p99 <= 10,
    },
    {
      measure: 'The same, 8 clients without any pause',
      figure: `${p(full.pageMs)} (${figure(full.pagesPerSecond)} pages/s; ${full.passwordsJudged} passwords, ${full.passwordsRefused} refused, hashing ${share(full.hashingShare)})`,
      target: 'p99 ≤ 15 ms',
      met: quantile(full.pageMs, 0.99) <= 15,
    },
  ];
}

const mostForPage = 2;
const mostForForm = 5;

function costRows(pageCosts: readonly PageCost[]): Row[] {
  const gets = pageCosts.filter(({ name }) => name.startsWith('GET'));
  const most = (value: (cost: PageCost) => number) => Math.max(...gets.map(value));
  const home = gets.find(({ name }) => name === 'GET /')?.firstVisitBytes ?? Number.NaN;
  const beyond = new Set(
    pageCosts
      .filter(({ name, statements }) => statements > (name.startsWith('GET') ? mostForPage : mostForForm))
      .map(({ name, statements }) => `\`${name}\` ${statements}`),
  );
  return [
    {
      measure: 'SQL statements: pages and forms with more than the target',
      figure: beyond.size === 0 ? 'none' : [...beyond].join(', '),
      target: `≤ ${mostForPage} a page, ≤ ${mostForForm} a form`,
      met: beyond.size === 0,
    },
    limit('First visit of the home page', home / 1000, 14, 'kB', '≤ 14 kB'),
    limit(
      'First visit of any page, at most',
      most((cost) => cost.firstVisitBytes ?? 0) / 1000,
      30,
      'kB',
      '≤ 30 kB',
    ),
    limit('Next page, at most', most((cost) => cost.bytes) / 1000, 4, 'kB', '≤ 4 kB'),
  ];
}

function startRows({ webStarts, demoStarts }: Common): Row[] {
  const slowest = (ms: readonly number[]) => Math.max(...ms) / 1000;
  return [
    limit(
      'Start to first page, web on PostgreSQL, slowest',
      slowest(webStarts.firstPage),
      0.6,
      's',
      '≤ 0.6 s',
    ),
    unjudged('Start until every page answers, slowest', `${figure(slowest(webStarts.ready))} s`),
    limit('Start to first page, new demo, slowest', slowest(demoStarts.firstPage), 3, 's', '≤ 3 s'),
    limit('Start until every page answers, new demo, slowest', slowest(demoStarts.ready), 3, 's', '≤ 3 s'),
  ];
}

function overloadRows({ overload }: Common, capacity: number): Row[] {
  const { offered, perSecond, seconds, finished, refusedMs, reset, late, others, homeMs, finishedMs } =
    overload;
  const share = (part: number) => `${Math.round((part / Math.max(1, offered)) * 100)} %`;
  const ms = (values: readonly number[]) =>
    `p50 ${figure(quantile(values, 0.5))}, p99 ${figure(quantile(values, 0.99))} ms`;
  const ofCapacity = finished / seconds / capacity;
  return [
    {
      measure: `Overload: ${figure(perSecond)} journeys/s for ${seconds} s`,
      figure: `${offered} offered, ${finished} finished (${figure(finished / seconds)}/s, ${Math.round(ofCapacity * 100)} % of capacity)`,
      target: '≥ 95 % of capacity',
      met: ofCapacity >= 0.95,
    },
    {
      measure: '… finished journeys, mail wait left out',
      figure: ms(finishedMs),
      target: 'p99 ≤ 2500 ms',
      met: quantile(finishedMs, 0.99) <= 2_500,
    },
    {
      measure: '… refused by a 503 page with Retry-After',
      figure: `${refusedMs.length} (${share(refusedMs.length)}), after ${ms(refusedMs)}`,
      target: 'p99 ≤ 20 ms',
      met: quantile(refusedMs, 0.99) <= 20,
    },
    {
      measure: '… reset, given up after 30 s, other',
      figure: `${reset}, ${late}, ${others.length}`,
      target: 'none',
      met: reset + late + others.length === 0,
    },
    unjudged('… home page meanwhile', ms(homeMs)),
    unjudged('… first journey afterwards', `${figure(overload.nextJourneyMs)} ms`),
    unjudged('… peak memory', `${figure(overload.peakMb)} MB`),
  ];
}

function unjudged(measure: string, text: string): Row {
  return { measure, figure: text, target: '', met: null };
}

function limit(measure: string, value: number, most: number, unit: string, target: string): Row {
  return { measure, figure: `${figure(value)} ${unit}`.trim(), target, met: value <= most };
}

/** Rounds to the significant digits. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 || Number.isInteger(value)
    ? String(Math.round(value))
    : value.toFixed(value >= 10 ? 1 : 2);
}
