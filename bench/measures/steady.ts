import type { Way } from '../client/ways.ts';
import type { Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

/** What production accepts at least, so that pages fill the time rather than passwords. */
export const cheapestHash = { HASH_MEMORY_KIB: '19456', HASH_PASSES: '2' };

const clients = 16;

/** Journeys when everything has been compiled: after `warmSeconds` of the same load. */
export async function measureSteady(
  stage: Stage,
  web: Started,
  way: Way,
  { warmSeconds, seconds }: { warmSeconds: number; seconds: number },
): Promise<Throughput> {
  await measureThroughput(stage, web, way, clients, warmSeconds);
  return measureThroughput(stage, web, way, clients, seconds);
}
