import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { freePort } from '../../scripts/free-port.ts';
import { launch, pinned, untilReady } from './process.ts';
import { asStarted, type Started } from './service.ts';
import type { Stage } from './stage.ts';

const folder = join(import.meta.dirname, '../peers/better-auth');

/** better-auth in its own folder with its own packages, installed when they are not there yet. */
export async function startPeer(stage: Stage, hash: Readonly<Record<string, string>>): Promise<Started> {
  if (!existsSync(join(folder, 'node_modules')))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const port = await freePort();
  const env = {
    ...hash,
    ...(await surroundings(stage, 'peer', port)),
    NODE_ENV: 'production',
    SMTP_URL: stage.mails.url,
  };
  const program = join(folder, 'server.ts');
  const [taskset, ...migrate] = pinned(1, [process.execPath, program, 'migrate']);
  execFileSync(taskset, migrate, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  return start(stage, { command: [program], port, env });
}

/** Our stack with nothing on it: what a request costs at least. */
export async function startFloor(stage: Stage): Promise<Started> {
  const port = await freePort();
  const env = await surroundings(stage, 'floor', port);
  return start(stage, {
    command: [...asStarted.web, join(import.meta.dirname, '../floor/server.ts')],
    port,
    env,
  });
}

async function surroundings(stage: Stage, name: string, port: number): Promise<Record<string, string>> {
  const databaseUrl = await stage.postgres.anotherDatabase(name);
  return { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl, PORT: String(port) };
}

async function start(
  stage: Stage,
  { command, port, env }: { command: readonly string[]; port: number; env: Readonly<Record<string, string>> },
): Promise<Started> {
  const log = join(stage.folder, 'peers.log');
  const started = launch({ command: [process.execPath, ...command], core: 0, env, log });
  const origin = `http://127.0.0.1:${port}`;
  const firstPageMs = await untilReady(started, async () => {
    const { statusCode, body } = await request(origin);
    await body.dump();
    return statusCode === 200;
  });
  return { process: started, origin, firstPageMs, readyMs: firstPageMs };
}
