import { execFileSync } from 'node:child_process';
import { quantile } from '../../../bench/client/tally.ts';
import { measureOverload } from '../../../bench/measures/overload.ts';
import { measureThroughput } from '../../../bench/measures/throughput.ts';
import { twoCores } from '../../../bench/setting/process.ts';
import { openStage } from '../../../bench/setting/stage.ts';
import { forgetPeak, memory } from '../../../bench/setting/usage.ts';
import type { Fault } from '../../trial.ts';

const leastGoodput = 0.8;
const mostAnswerMs = 2_000;
const mostRefusalMs = 50;
const mostUntilNormalMs = 10_000;
/** Those who are in may be refused while passwords queue: few. */
const mostLetInRefused = 0.05;

/** As `npm run bench` has it: the web process alone on a core, whoever asks and everything else on the other. */
export const overload: Fault = {
  id: 'R-13',
  atMostSeconds: 500,
  async run(trial) {
    const seconds = trial.paced(5, 15, 300);
    const pinTo = (cores: string) =>
      execFileSync('taskset', ['-a', '-c', '-p', cores, String(process.pid)], { stdio: 'ignore' });
    if (twoCores) {
      pinTo('1');
      trial.atEnd(() => pinTo('0-1'));
    }
    const stage = await openStage(trial.paced(8_000, 20_000, 200_000));
    trial.atEnd(() => stage.close());
    const web = await stage.web();
    trial.atEnd(() => web.process.stop());
    trial.say('how much it can do');
    await measureThroughput(stage, web, 'carte', 8, trial.paced(3, 12));
    const { perSecond: capacity } = await measureThroughput(stage, web, 'carte', 8, trial.paced(4, 15));
    trial.measured('accounts a second that it can open', capacity.toFixed(1), capacity > 0);
    trial.say(`${Math.round(capacity * 10)} people a second arrive`);
    forgetPeak(web.process.pid);
    const crowd = await measureOverload(stage, web, capacity * 10, seconds, (pid) => memory(pid).peak);
    const goodput = crowd.finished / crowd.seconds / capacity;
    const [answered, refused] = [quantile(crowd.answeredMs, 0.99), quantile(crowd.refusedMs, 0.99)];
    trial.measured(
      `of them finished, of what it can do (${crowd.finished} of ${crowd.offered} in ${crowd.seconds} s)`,
      `${Math.round(goodput * 100)} %`,
      goodput >= leastGoodput,
    );
    trial.measured(
      `p99 of the ${crowd.answeredMs.length} answers to those let in, in ms`,
      Math.round(answered),
      answered <= mostAnswerMs,
    );
    trial.measured(
      `p99 of the ${crowd.refusedMs.length} refusals, each 503 with Retry-After, in ms`,
      Math.round(refused),
      refused < mostRefusalMs,
    );
    trial.measured(
      'refused after the identity was found',
      `${crowd.letInRefused} of ${crowd.letIn}`,
      crowd.letInRefused <= crowd.letIn * mostLetInRefused,
    );
    const { reset, late, others } = crowd;
    trial.measured(
      'connections reset, given up after 30 s, answered otherwise',
      `${reset}, ${late}, ${[...new Set(others)].join('; ') || 0}`,
      reset + late + others.length === 0,
    );
    trial.measured(
      'milliseconds until somebody has opened an account afterwards',
      Math.round(crowd.nextJourneyMs),
      crowd.nextJourneyMs < mostUntilNormalMs,
    );
    const ended = web.process.status();
    trial.measured('how the process ended', String(ended ?? 'it runs'), ended === null);
    trial.measured('most memory in MB', Math.round(crowd.peakMb), true);
  },
};
