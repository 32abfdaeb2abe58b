import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { twoCores } from './process.ts';

/** The machine, in one line. */
export function machineLine(): string {
  return `${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${distribution()}, Linux ${release()}`;
}

/** The machine and what ran on it, in one line each. */
export function describeMachine(postgresVersion: string): string[] {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  return [
    machineLine(),
    `Node ${process.version}, PostgreSQL ${postgresVersion} (synchronous_commit on), commit ${commit}`,
    twoCores
      ? 'the web process alone on core 0; driver, PostgreSQL, worker, mail server, SMS gateway and identity provider on core 1'
      : 'one core for everything: these figures are not comparable',
  ];
}

/** How many cores were busy in the last second, with whatever. */
export async function busyCores(): Promise<number> {
  const times = () =>
    cpus().map(({ times: { user, nice, sys, idle, irq } }) => ({
      idle,
      all: user + nice + sys + idle + irq,
    }));
  const before = times();
  await wait(1_000);
  return times().reduce((sum, { idle, all }, core) => {
    const { idle: idleBefore, all: allBefore } = before[core] ?? { idle, all: all - 1 };
    return sum + 1 - (idle - idleBefore) / Math.max(1, all - allBefore);
  }, 0);
}

function distribution(): string {
  const release = readFileSync('/etc/os-release', 'utf8');
  return /^PRETTY_NAME="(.*)"$/m.exec(release)?.[1] ?? '';
}
