import { randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { busyCores, machineLine } from '../bench/setting/machine.ts';
import { faults } from './list.ts';
import { type FaultId, promises } from './promises.ts';
import { busyText, faultsReport, type Kept } from './report.ts';
import { type Pace, tryFault } from './trial.ts';

const help = `Makes faults happen to the service and measures whether it keeps what it promises. On this machine only.

  npm run faults                  all of them, one after the other
  npm run faults -- R-03 R-14     some
  npm run faults -- --list        which there are
  npm run faults -- --seed 7      with the choices of an earlier run, which says its seed
  npm run faults -- --quick       each of them a few times only: minutes
  npm run faults -- --long        as often as the promise asks: hours
  npm run faults -- --write       also writes docs/faults.md, with the last outcome of those that did not run now
  npm run faults -- --report      only writes it, with the last outcome of each

What each measured is kept in faults/results/, with the logs of those that failed. The exit status is 1 when a promise did not hold.
`;

const resultsFolder = join(import.meta.dirname, 'results');
const kinds = ['held', 'failed', 'not-tried'] as const;
const isFaultId = (value: string): value is FaultId => Object.hasOwn(promises, value);
const keptSchema = z.object({
  id: z.string().refine(isFaultId),
  kind: z.enum(kinds),
  measured: z.array(z.object({ what: z.string(), figure: z.string(), holds: z.boolean() })),
  problem: z.string().nullable(),
  seconds: z.number(),
  pace: z.enum(['quick', 'usual', 'long']).default('usual'),
  busyBefore: z.number().nullable().default(null),
  day: z.string(),
  machine: z.string(),
});

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function keptOutcomes(): Kept[] {
  return readdirSync(resultsFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => keptSchema.parse(JSON.parse(readFileSync(join(resultsFolder, name), 'utf8'))));
}

/** Runs the chosen ones; true when none failed. */
async function runAll(chosen: typeof faults, { pace, seed }: { pace: Pace; seed: number }): Promise<boolean> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupt.abort());
  let allHeld = true;
  for (const fault of chosen) {
    if (interrupt.signal.aborted) return false;
    say(`${fault.id}: ${promises[fault.id].fault} (--seed ${seed})`);
    const busyBefore = await busyCores();
    const outcome = await tryFault(fault, {
      ...{ pace, seed, say },
      interrupted: interrupt.signal,
      logs: join(resultsFolder, 'logs'),
    });
    const kept: Kept = {
      ...outcome,
      ...{ pace, busyBefore },
      day: new Date().toISOString().slice(0, 10),
      machine: machineLine(),
    };
    writeFileSync(join(resultsFolder, `${fault.id}.json`), `${JSON.stringify(kept, null, 2)}\n`);
    const why = outcome.problem === null ? '' : `: ${outcome.problem}`;
    process.stdout.write(
      `${fault.id} ${outcome.kind} (${outcome.seconds} s, ${busyText(busyBefore)})${why}\n${outcome.measured
        .map(({ what, figure, holds }) => `  ${holds ? 'ok    ' : 'FAILED'} ${what}: ${figure}\n`)
        .join('')}`,
    );
    allHeld &&= outcome.kind !== 'failed';
  }
  return allHeld;
}

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const pace = asked.quick ? 'quick' : asked.long ? 'long' : 'usual';
const wanted = positionals.map((one) => one.toUpperCase());
const unknown = wanted.filter((id) => !faults.some((fault) => fault.id === id));
const programs = faults.map(({ id }) => id);

if (asked.help) process.stdout.write(help);
else if (asked.list) process.stdout.write(faults.map(({ id }) => `${id} ${promises[id].fault}\n`).join(''));
else if (unknown.length > 0) {
  say(`There is no program for ${unknown.join(', ')}. There are: ${programs.join(', ')}.`);
  process.exitCode = 2;
} else if (!/^\d{1,9}$/.test(asked.seed)) {
  say('The seed is a whole number of nine digits at most.');
  process.exitCode = 2;
} else {
  mkdirSync(resultsFolder, { recursive: true });
  const chosen = wanted.length === 0 ? faults : faults.filter(({ id }) => wanted.includes(id));
  const allHeld = asked.report || (await runAll(chosen, { pace, seed: Number(asked.seed) }));
  if (asked.write || asked.report)
    writeFileSync(join(import.meta.dirname, '../docs/faults.md'), faultsReport(keptOutcomes(), programs));
  process.exitCode = allHeld ? 0 : 1;
}
