import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
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

function distribution(): string {
  const release = readFileSync('/etc/os-release', 'utf8');
  return /^PRETTY_NAME="(.*)"$/m.exec(release)?.[1] ?? '';
}
