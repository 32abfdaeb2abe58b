import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Way, ways } from './client/ways.ts';
import { measureOverload } from './measures/overload.ts';
import { measurePageCosts } from './measures/page-costs.ts';
import { measureProfile } from './measures/profile.ts';
import { measureNeutral, measureSameTime, sameTimeReport } from './measures/same-time.ts';
import { demoStarts, webStarts } from './measures/starts.ts';
import { cheapestHash } from './measures/steady.ts';
import { measureThroughput } from './measures/throughput.ts';
import { measureUnderHashing } from './measures/under-hashing.ts';
import { markdown } from './report/markdown.ts';
import { profileReport } from './report/profile.ts';
import type { Common, JourneyResults, Results } from './report/results.ts';
import { describeMachine } from './setting/machine.ts';
import { twoCores } from './setting/process.ts';
import type { Started } from './setting/service.ts';
import { openStage, type Stage } from './setting/stage.ts';
import { forgetPeak, memory } from './setting/usage.ts';

const help = `Measures complete journeys against the web process on one core and PostgreSQL on the other.

  npm run bench                       everything, four minutes at most; writes bench/results/latest.md
  npm run bench -- --journey code     that journey only: carte, franceconnect or code; bench/results/code.md
  npm run bench -- --quick            a glance, about a minute
  npm run bench -- --write            also writes docs/performance.md
  npm run bench -- --same-time        only whether answers take as long for nobody's number; bench/results/same-time.md
  npm run bench -- --profile          only where the CPU time goes after a minute of load; bench/results/profile.md and steady.cpuprofile
`;

const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    journey: { type: 'string' },
    'same-time': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const only = ways.find((way) => way === asked.journey) ?? null;
if (asked.journey !== undefined && !only) throw new Error(`--journey is one of ${ways.join(', ')}`);
if (only && asked.write) throw new Error('--write needs every journey');
const resultsFolder = join(import.meta.dirname, 'results');

const durations = asked.quick
  ? { starts: 1, pages: 2, warmUp: 2, closed: 3, others: 2, hashing: 2, overload: 3, people: 4_000 }
  : { starts: 5, pages: 5, warmUp: 12, closed: 20, others: 7, hashing: 12, overload: 15, people: 16_000 };

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
    const journeys: JourneyResults[] = [];
    for (const way of only ? [only] : ways) journeys.push(await measureJourney(stage, web, way));
    const load = only ? null : await measureLoad(stage, web, journeys);
    const common = starts && load ? { ...starts, ...load } : null;
    return { machine: describeMachine(stage.postgres.version), quick: asked.quick, journeys, common };
  } finally {
    await web.process.stop();
  }
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
): Promise<Omit<Common, 'webStarts' | 'demoStarts'>> {
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
  const times = asked.quick ? { warmSeconds: 10, seconds: 5 } : { warmSeconds: 60, seconds: 15 };
  const measured = await measureProfile(stage, only ?? 'carte', times);
  writeFileSync(join(resultsFolder, 'steady.cpuprofile'), JSON.stringify(measured.raw));
  return profileReport(measured, describeMachine(stage.postgres.version));
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

if (asked.help) process.stdout.write(help);
else {
  if (twoCores) execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' });
  mkdirSync(resultsFolder, { recursive: true });
  const startedAt = performance.now();
  const stage = await openStage(durations.people);
  const interrupted = () => stage.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    if (asked.profile) {
      const report = await profile(stage);
      process.stdout.write(report);
      writeFileSync(join(resultsFolder, 'profile.md'), report);
    } else if (asked['same-time']) {
      const report = await sameTime(stage);
      process.stdout.write(report);
      writeFileSync(join(resultsFolder, 'same-time.md'), report);
    } else {
      const report = markdown(await measureAll(stage));
      process.stdout.write(report);
      writeFileSync(join(resultsFolder, `${only ?? 'latest'}.md`), report);
      if (asked.write) writeFileSync(join(import.meta.dirname, '../docs/performance.md'), report);
    }
  } finally {
    await stage.close();
    say(`${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
}
