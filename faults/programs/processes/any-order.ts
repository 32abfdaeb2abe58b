import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { newServer } from '../../setting/cluster.ts';
import type { Fault } from '../../trial.ts';

/** The test of the model, many times over and in other orders each time. */
export const anyOrder: Fault = {
  id: 'R-25',
  atMostSeconds: 900,
  async run(trial) {
    const runs = trial.paced(10, 100, 2_000);
    const server = await newServer(trial, join(trial.folder, 'postgres'));
    const root = join(import.meta.dirname, '../../..');
    const log = join(trial.folder, 'model.log');
    const child = spawn(
      process.execPath,
      ['--env-file=test/environment', '--test', 'test/model/journey.test.ts'],
      {
        cwd: root,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          TEST_DATABASE_URL: server.url('postgres', 'postgres'),
          MODEL_RUNS: String(runs),
          MODEL_SEED: String(trial.seed),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    trial.atEnd(() => child.kill('SIGKILL'));
    let said = '';
    const file = createWriteStream(log);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        file.write(chunk);
      });
    await once(child, 'close');
    file.end();
    await once(file, 'finish');
    const counterexample = /Counterexample: (.*)/.exec(said)?.[1];
    const isFine = child.exitCode === 0 && counterexample === undefined;
    trial.measured(
      `orders of up to 60 steps in which service and model differ, of ${runs} (--seed ${trial.seed})`,
      isFine ? 0 : (counterexample ?? `exit status ${child.exitCode}`),
      isFine,
    );
  },
};
