import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Way, ways } from './client/ways.ts';
import { measureBeside } from './measures/beside.ts';
import { measureImport } from './measures/import.ts';
import { measureOverload } from './measures/overload.ts';
import { measurePageCosts } from './measures/page-costs.ts';
import { measurePayments } from './measures/payments.ts';
import { measureProfile } from './measures/profile.ts';
import { measureNeutral, measureSameTime, sameTimeReport } from './measures/same-time.ts';
import { measureSoak } from './measures/soak.ts';
import { demoStarts, webStarts } from './measures/starts.ts';
import { cheapestHash, measureSteady } from './measures/steady.ts';
import { measureStorage } from './measures/storage.ts';
import { measureThroughput, type Throughput } from './measures/throughput.ts';
import { measureUnderHashing } from './measures/under-hashing.ts';
import { measureWorkshop } from './measures/workshop.ts';
import { besideReport } from './report/beside.ts';
import { importReport } from './report/import.ts';
import { markdown } from './report/markdown.ts';
import { paymentsReport } from './report/payments.ts';
import { profileReport } from './report/profile.ts';
import type { Common, JourneyResults, Results } from './report/results.ts';
import { soakReport } from './report/soak.ts';
import { storageReport } from './report/storage.ts';
import { workshopReport } from './report/workshop.ts';
import { describeMachine } from './setting/machine.ts';
import { startFilledPostgres } from './setting/payments-at-size.ts';
import { twoCores } from './setting/process.ts';
import type { Started } from './setting/service.ts';
import { openStage, type Stage } from './setting/stage.ts';
import { forgetPeak, memory } from './setting/usage.ts';

const help = `Measures complete journeys against the web process on one core and PostgreSQL on the other.

  npm run bench                       everything, six minutes at most; writes bench/results/latest.md
  npm run bench -- --journey code     that journey only: carte, franceconnect or code; bench/results/code.md
  npm run bench -- --quick            a glance, about a minute
  npm run bench -- --write            also writes docs/performance.md, with the last --soak, --peer, --payments, --workshop, --import and --storage
  npm run bench -- --same-time        only whether answers take as long for nobody's number; bench/results/same-time.md
  npm run bench -- --profile          only where the CPU time goes after a minute of load; bench/results/profile.md and steady.cpuprofile
  npm run bench -- --peer             only beside better-auth (installed on demand) and the bare stack; bench/results/peer.md
  npm run bench -- --payments         only payments, with more and more of them stored; bench/results/payments.md
                     --lines 10000,100000000  of care, in each measurement; 100 million take 37 GB and half an hour to fill
                     --keep FOLDER    where those of others stay for the next time
  npm run bench -- --import           only loading a register, beside COPY, and asking it when it is large; bench/results/import.md
                     --rows 200000    in the file
                     --people 1000000 in the register that is asked, beside one of 10,000
  npm run bench -- --workshop         only 30 classes of 12 on PostgreSQL, then 4 of 30 on PGlite; bench/results/workshop.md
                     --classes 30     how many on PostgreSQL
  npm run bench -- --storage          only what rows, enrolments and deposits take on disk; bench/results/storage.md
  npm run bench -- --soak 30          only half load for so many minutes, and the memory it takes; bench/results/soak.md
`;

const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    journey: { type: 'string' },
    peer: { type: 'boolean', default: false },
    payments: { type: 'boolean', default: false },
    lines: { type: 'string' },
    keep: { type: 'string' },
    import: { type: 'boolean', default: false },
    rows: { type: 'string' },
    people: { type: 'string' },
    soak: { type: 'string' },
    storage: { type: 'boolean', default: false },
    workshop: { type: 'boolean', default: false },
    classes: { type: 'string', default: '30' },
    'same-time': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const only = ways.find((way) => way === asked.journey) ?? null;
if (asked.journey !== undefined && !only) throw new Error(`--journey is one of ${ways.join(', ')}`);
if (only && asked.write) throw new Error('--write needs every journey');
const resultsFolder = join(import.meta.dirname, 'results');

const inSteadyState = asked.quick ? { warmSeconds: 10, seconds: 5 } : { warmSeconds: 60, seconds: 15 };
const soakMinutes = Number(asked.soak ?? 0);
if (!Number.isInteger(soakMinutes)) throw new Error('--soak is a number of minutes');
const mostJourneysAMinute = 600;
/** Seconds of each measurement, how many starts, and how many people the register has. */
const durations = asked.quick
  ? {
      rest: 1,
      starts: 1,
      pages: 2,
      warmUp: 2,
      closed: 3,
      others: 2,
      hashing: 2,
      overload: 3,
      people: 4_000,
    }
  : {
      rest: 5,
      starts: 3,
      pages: 5,
      warmUp: 12,
      closed: 20,
      others: 7,
      hashing: 12,
      overload: 15,
      people: 20_000,
    };

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The carte Vitale is measured longest: what stands beside the peers' figures is its journey. */
async function measureJourney(stage: Stage, web: Started, way: Way): Promise<JourneyResults> {
  say(`${way}: pages one by one …`);
  const pageCosts = await measurePageCosts(stage, web, way, durations.pages);
  const byCard = way === 'carte';
  if (byCard || only) await measureUnderHashing(stage, web, durations.warmUp, 0);
  await measureThroughput(stage, web, way, 8, durations.warmUp / (byCard ? 2 : 3));
  const throughput = [];
  for (const clients of byCard ? [1, 8, 32] : [1, 8]) {
    say(`${way}: journeys of ${clients} clients …`);
    const seconds = byCard ? durations.closed : durations.others;
    throughput.push(await measureThroughput(stage, web, way, clients, seconds));
  }
  return { way, pageCosts, throughput };
}

async function measureAll(stage: Stage): Promise<Results> {
  const starts = only ? null : await measureStarts(stage);
  const web = await stage.web();
  try {
    await wait(durations.rest * 1_000);
    const idleMb = memory(web.process.pid).now;
    const journeys: JourneyResults[] = [];
    for (const way of only ? [only] : ways) journeys.push(await measureJourney(stage, web, way));
    const load = only ? null : await measureLoad(stage, web, journeys);
    await web.process.stop();
    const steady = only ? null : await steadyState(stage);
    const common = starts && load && steady ? { ...starts, ...load, steady, idleMb } : null;
    return { machine: describeMachine(stage.postgres.version), quick: asked.quick, journeys, common };
  } finally {
    await web.process.stop();
  }
}

async function steadyState(stage: Stage): Promise<Throughput> {
  say('a minute of load, then journeys …');
  const web = await stage.web({ env: cheapestHash });
  return measureSteady(stage, web, 'carte', inSteadyState).finally(() => web.process.stop());
}

async function measureStarts(stage: Stage): Promise<Pick<Common, 'webStarts' | 'demoStarts'>> {
  say('starts …');
  return {
    webStarts: await webStarts(stage, durations.starts),
    demoStarts: await demoStarts(durations.starts),
  };
}

async function measureLoad(
  stage: Stage,
  web: Started,
  journeys: readonly JourneyResults[],
): Promise<Pick<Common, 'underHashing' | 'underHashingAtFullSpeed' | 'overload'>> {
  say('pages while passwords are hashed …');
  const underHashing = await measureUnderHashing(stage, web, durations.hashing, 40);
  const underHashingAtFullSpeed = await measureUnderHashing(stage, web, durations.hashing, 0);
  const byCard = journeys.find(({ way }) => way === 'carte')?.throughput ?? [];
  const tenfold = 10 * Math.max(...byCard.map(({ perSecond }) => perSecond));
  say(`overload, ${Math.round(tenfold)} journeys a second …`);
  forgetPeak(web.process.pid);
  const peakOf = (pid: number) => memory(pid).peak;
  const overload = await measureOverload(stage, web, tenfold, durations.overload, peakOf);
  return { underHashing, underHashingAtFullSpeed, overload };
}

async function profile(stage: Stage): Promise<string> {
  say('a minute of load, then a profile …');
  const measured = await measureProfile(stage, only ?? 'carte', inSteadyState);
  writeFileSync(join(resultsFolder, 'steady.cpuprofile'), JSON.stringify(measured.raw));
  return profileReport(measured, describeMachine(stage.postgres.version));
}

async function beside(stage: Stage): Promise<string> {
  say('three services warm up, then serve in turns …');
  const times = asked.quick
    ? { rounds: 1, seconds: 3, warmSeconds: 5 }
    : { rounds: 3, seconds: 12, warmSeconds: 30 };
  return besideReport(await measureBeside(stage, times), describeMachine(stage.postgres.version));
}

async function soak(stage: Stage): Promise<string> {
  const web = await stage.web();
  try {
    say('how much it can do …');
    const { perSecond } = await measureThroughput(stage, web, 'carte', 8, durations.closed);
    say(`${soakMinutes} minutes at half of ${perSecond.toFixed(1)} journeys a second …`);
    const load = { perSecond: perSecond / 2, minutes: soakMinutes };
    return soakReport(await measureSoak(stage, web, load), describeMachine(stage.postgres.version));
  } finally {
    await web.process.stop();
  }
}

/** People who are measured, and those whose payments are deposited at each size. */
const payees = 50;
const lineSizes = (asked.lines ?? (asked.quick ? '10000,100000' : '10000,1000000')).split(',').map(Number);
if (!lineSizes.every((lines) => Number.isInteger(lines) && lines > 0))
  throw new Error('--lines are numbers, with commas between them');

async function payments(stage: Stage): Promise<string> {
  const web = await stage.web();
  const measured = await measurePayments(stage, web, {
    people: payees,
    sizes: lineSizes,
    seconds: asked.quick ? 4 : 10,
    say,
  }).finally(() => web.process.stop());
  return paymentsReport(measured, describeMachine(stage.postgres.version));
}

/** Rows of the file that is loaded; people of the register that is asked, few and many. */
const importSizes = asked.quick ? { rows: 20_000, people: 100_000 } : { rows: 200_000, people: 1_000_000 };
const rows = Number(asked.rows ?? importSizes.rows);
const manyPeople = Number(asked.people ?? importSizes.people);
const fewPeople = 10_000;
if (!Number.isInteger(rows) || rows < 1) throw new Error('--rows is a number');
if (!Number.isInteger(manyPeople) || manyPeople <= fewPeople)
  throw new Error(`--people is a number above ${fewPeople}`);

async function loading(stage: Stage): Promise<string> {
  const sizes = [fewPeople, manyPeople] as const;
  const measured = await measureImport(stage, { rows, sizes, seconds: asked.quick ? 10 : 40, say });
  return importReport(measured, describeMachine(stage.postgres.version));
}

async function storage(stage: Stage): Promise<string> {
  const web = await stage.web({ env: cheapestHash });
  const seconds = asked.quick ? 10 : 30;
  const measured = await measureStorage(stage, web, { people: durations.people, seconds, say }).finally(() =>
    web.process.stop(),
  );
  return storageReport(measured, describeMachine(stage.postgres.version));
}

async function sameTime(stage: Stage): Promise<string> {
  const pairs = asked.quick ? 40 : 400;
  say('pairs of answers …');
  const web = await stage.web({ env: cheapestHash });
  const open = await measureSameTime(stage, web, pairs).finally(() => web.process.stop());
  const neutral = await stage.web({ env: { ...cheapestHash, POLICY: 'renforcee' } });
  const stopped = await measureNeutral(stage, neutral, pairs).finally(() => neutral.process.stop());
  return sameTimeReport([...open, stopped]);
}

/** What was asked for, and the file of `bench/results/` that it is written to. */
function chosen(stage: Stage): [file: string, report: Promise<string>] {
  if (asked.profile) return ['profile', profile(stage)];
  if (asked.peer) return ['peer', beside(stage)];
  if (asked['same-time']) return ['same-time', sameTime(stage)];
  if (asked.payments) return ['payments', payments(stage)];
  if (asked.import) return ['import', loading(stage)];
  if (asked.storage) return ['storage', storage(stage)];
  if (soakMinutes > 0) return ['soak', soak(stage)];
  return [only ?? 'latest', measureAll(stage).then(markdown)];
}

/** What is measured apart from the others: its file, and the heading of its section. */
const apart = {
  peer: 'Beside better-auth and the bare stack',
  soak: '30 minutes at half load',
  payments: 'The list of payments',
  workshop: 'Classes that learn at once',
  import: 'Loading the register',
  storage: 'What a person takes on disk',
} as const;

/** The last reports of what is measured apart, as sections; where no run is kept, the section that the document has. */
function lastReports(written: string): string[] {
  const headings = Object.values(apart).map((title) => `## ${title}\n`);
  return Object.entries(apart).flatMap(([name, title]) => {
    const file = join(resultsFolder, `${name}.md`);
    if (existsSync(file)) return [readFileSync(file, 'utf8').replace(/^# /, '## ')];
    const start = written.indexOf(`## ${title}\n`);
    if (start < 0) return [];
    const next = headings.map((heading) => written.indexOf(heading, start + 1)).filter((at) => at > 0);
    return [`${written.slice(start, Math.min(written.length, ...next)).trimEnd()}\n`];
  });
}

/** Each process it measures is its own: none of the stage of the others is needed. */
async function workshop(): Promise<string> {
  const seconds = asked.quick ? 60 : 300;
  const pause = { least: 5, most: 15 };
  const onServer = { classes: Number(asked.classes), seats: 12, onServer: true, seconds, pause };
  const onLaptop = { ...onServer, classes: 4, seats: 30, onServer: false };
  const first = await measureWorkshop(onServer, say);
  const measures = [first, await measureWorkshop(onLaptop, say)];
  return workshopReport(measures, describeMachine(first.postgres));
}

if (twoCores && !asked.help)
  execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' });
if (asked.help) process.stdout.write(help);
else if (asked.workshop) {
  mkdirSync(resultsFolder, { recursive: true });
  const report = await workshop();
  process.stdout.write(report);
  writeFileSync(join(resultsFolder, 'workshop.md'), report);
} else {
  mkdirSync(resultsFolder, { recursive: true });
  const startedAt = performance.now();
  const stage = asked.payments
    ? await openStage(2 * payees * (lineSizes.length + 1), startFilledPostgres(asked.keep ?? null))
    : await openStage(asked.import ? fewPeople : durations.people + soakMinutes * mostJourneysAMinute);
  const interrupted = () => stage.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const [file, measured] = chosen(stage);
    const report = await measured;
    process.stdout.write(report);
    writeFileSync(join(resultsFolder, `${file}.md`), report);
    if (asked.write && file === 'latest') {
      const document = join(import.meta.dirname, '../docs/performance.md');
      writeFileSync(document, [report, ...lastReports(readFileSync(document, 'utf8'))].join('\n'));
      say('npm run docs reckons docs/capacity.md again');
    }
  } finally {
    await stage.close();
    say(`${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
}
