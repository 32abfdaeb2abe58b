import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.ts';
import { type Launched, launch, untilReady } from './process.ts';

/** A workshop on core 0, as `npm run atelier` starts it. */
export interface StartedWorkshop {
  readonly process: Launched;
  readonly origin: string;
  readonly pin: string;
  readonly readyMs: number;
}

const program = join(import.meta.dirname, '../../src/cli/main.js');
/** As the script `atelier` of package.json has it. */
const asStarted = ['--max-semi-space-size=2', '--max-old-space-size=512', '--liftoff-only'];

/** `databaseUrl`: of the server where classes have their databases; null: each has an embedded one. */
export async function startWorkshop(
  folder: string,
  databaseUrl: string | null,
  node: readonly string[] = asStarted,
): Promise<StartedWorkshop> {
  const port = await freePort();
  const log = join(folder, 'workshop.log');
  const env = {
    PATH: process.env.PATH ?? '',
    TZ: 'Europe/Paris',
    LANG: 'fr',
    DATA_DIR: join(folder, 'data'),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
  const command = [process.execPath, ...node, program, 'atelier', '--local', '--port', String(port)];
  const started = launch({ command, core: 0, env, log });
  const said = () => /Code du formateur\s+(\d{3}) (\d{3})/.exec(readFileSync(log, 'utf8'));
  const readyMs = await untilReady(started, async () => said() !== null);
  const [, first = '', last = ''] = said() ?? [];
  return { process: started, origin: `http://127.0.0.1:${port}`, pin: first + last, readyMs };
}
