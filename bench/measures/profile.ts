import { freePort } from '../../scripts/free-port.ts';
import type { Way } from '../client/ways.ts';
import { type Shares, sharesOf } from '../report/shares.ts';
import { type CpuProfile, startProfile } from '../setting/inspector.ts';
import type { Stage } from '../setting/stage.ts';
import { threadTimes } from '../setting/usage.ts';
import { cheapestHash, measureSteady } from './steady.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

/** Where the CPU time of a web process goes that has served for a while. */
export interface Profile {
  readonly throughput: Throughput;
  /** CPU milliseconds of each kind of thread, as `/proc` counts them. */
  readonly threads: ReadonlyMap<string, number>;
  readonly shares: Shares;
  readonly raw: CpuProfile;
}

export async function measureProfile(
  stage: Stage,
  way: Way,
  durations: { warmSeconds: number; seconds: number },
): Promise<Profile> {
  const port = await freePort();
  const web = await stage.web({ env: cheapestHash, node: [`--inspect=127.0.0.1:${port}`] });
  try {
    await measureSteady(stage, web, way, { ...durations, seconds: 1 });
    const profile = await startProfile(web.process, port);
    const before = threadTimes(web.process.pid);
    const throughput = await measureThroughput(stage, web, way, 16, durations.seconds);
    const after = threadTimes(web.process.pid);
    const raw = await profile.stop();
    const threads = new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
    return { throughput, threads, shares: sharesOf(raw), raw };
  } finally {
    await web.process.stop();
  }
}
