import { setTimeout as wait } from 'node:timers/promises';

/** A fixed number of clients, each starting again as soon as it has ended, until the time is over; then all end. */
export async function closedLoop(
  clients: number,
  seconds: number,
  once: () => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const one = async () => {
    while (performance.now() - start < seconds * 1000) await once();
  };
  await Promise.all(Array.from({ length: clients }, one));
  return (performance.now() - start) / 1000;
}

/** Newcomers at a fixed rate, whether or not earlier ones have ended. */
export async function openLoop(
  perSecond: number,
  seconds: number,
  once: () => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const count = Math.round(perSecond * seconds);
  const underWay: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    const early = start + (i * 1000) / perSecond - performance.now();
    if (early > 1) await wait(early);
    underWay.push(once());
  }
  await Promise.all(underWay);
  return (performance.now() - start) / 1000;
}
