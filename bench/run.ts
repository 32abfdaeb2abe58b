import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureOverload } from './measures/overload.ts';
import { measurePageCosts } from './measures/page-costs.ts';
import { demoStarts, webStarts } from './measures/starts.ts';
import { measureThroughput, type Throughput } from './measures/throughput.ts';
import { measureUnderHashing } from './measures/under-hashing.ts';
import { markdown } from './report/markdown.ts';
import type { Results } from './report/results.ts';
import { describeMachine } from './setting/machine.ts';
import { twoCores } from './setting/process.ts';
import { openStage, type Stage } from './setting/stage.ts';
import { forgetPeak, memory } from './setting/usage.ts';

const help = `Measures complete journeys against the web process on one core and PostgreSQL on the other.

  npm run bench                  everything, about three minutes; writes bench/results/latest.md
  npm run bench -- --quick       a glance, 40 s at most
  npm run bench -- --write       also writes docs/performance.md
  npm run bench -- --profile     only 8 clients for 12 s, cheap passwords, a CPU profile in bench/results/
`;

const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const resultsFolder = join(import.meta.dirname, 'results');

const durations = asked.quick
  ? { starts: 1, pages: 2, warmUp: 3, closed: 3, hashing: 2, overload: 3, people: 4_000 }
  : { starts: 5, pages: 5, warmUp: 12, closed: 20, hashing: 12, overload: 15, people: 16_000 };

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function measureAll(stage: Stage): Promise<Results> {
  say('starts …');
  const starts = {
    webStarts: await webStarts(stage, durations.starts),
    demoStarts: await demoStarts(durations.starts),
  };
  const web = await stage.web();
  try {
    say('pages one by one …');
    const pageCosts = await measurePageCosts(stage, web, durations.pages);
    await measureUnderHashing(stage, web, durations.warmUp, 0);
    await measureThroughput(stage, web, 8, durations.warmUp / 2);
    const throughput: Throughput[] = [];
    for (const clients of [1, 8, 32]) {
      say(`journeys of ${clients} clients …`);
      throughput.push(await measureThroughput(stage, web, clients, durations.closed));
    }
    say('pages while passwords are hashed …');
    const underHashing = await measureUnderHashing(stage, web, durations.hashing, 40);
    const underHashingAtFullSpeed = await measureUnderHashing(stage, web, durations.hashing, 0);
    const tenfold = 10 * Math.max(...throughput.map(({ perSecond }) => perSecond));
    say(`overload, ${Math.round(tenfold)} journeys a second …`);
    forgetPeak(web.process.pid);
    const overload = await measureOverload(
      stage,
      web,
      tenfold,
      durations.overload,
      (pid) => memory(pid).peak,
    );
    return {
      machine: describeMachine(stage.postgres.version),
      quick: asked.quick,
      ...starts,
      pageCosts,
      throughput,
      underHashing,
      underHashingAtFullSpeed,
      overload,
    };
  } finally {
    await web.process.stop();
  }
}

/** What production accepts at least, so that pages fill the profile rather than passwords. */
const cheapestHash = { HASH_MEMORY_KIB: '19456', HASH_PASSES: '2' };

async function profile(stage: Stage): Promise<void> {
  const node = ['--cpu-prof', `--cpu-prof-dir=${resultsFolder}`];
  const web = await stage.web({ node, env: cheapestHash });
  const { cpuMs, perSecond } = await measureThroughput(stage, web, 8, 12);
  say(
    `${perSecond.toFixed(1)} journeys/s, ${cpuMs.rest.toFixed(1)} ms besides ${cpuMs.hashing.toFixed(1)} of hashing`,
  );
  await web.process.stop();
  say(`The profile is in ${resultsFolder}`);
}

if (asked.help) process.stdout.write(help);
else {
  if (twoCores) execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' });
  mkdirSync(resultsFolder, { recursive: true });
  const stage = await openStage(durations.people);
  const interrupted = () => stage.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    if (asked.profile) await profile(stage);
    else {
      const report = markdown(await measureAll(stage));
      process.stdout.write(report);
      writeFileSync(join(resultsFolder, 'latest.md'), report);
      if (asked.write) writeFileSync(join(import.meta.dirname, '../docs/performance.md'), report);
    }
  } finally {
    await stage.close();
  }
}
