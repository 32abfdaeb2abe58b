import type { Profile } from '../measures/profile.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

const helpers = 'helpers of V8';

/** What is smaller than this share of the main thread is left out. */
const smallest = 0.003;

/**
 * Where the CPU time goes, for one request. The samples say the shares, `/proc` how much there was to share: the sampler
 * sees elapsed time, in which the main thread is interrupted by the hashing on its core.
 */
export function profileReport({ throughput, threads, shares }: Profile, machine: readonly string[]): string {
  const requests = throughput.requests * throughput.journeys;
  const each = (ms: number) => `${figure(ms / requests)} ms`;
  const main = threads.get('main') ?? 0;
  const kinds = new Map<string, number>();
  for (const [name, ms] of threads) {
    const kind = /V8Worker/.test(name) ? helpers : name;
    kinds.set(kind, (kinds.get(kind) ?? 0) + ms);
  }
  const byThread = [...kinds].filter(([, ms]) => ms > 0).sort(([, a], [, b]) => b - a);
  const rows = (parts: Profile['shares']['byPlace']) =>
    parts
      .filter(([, share]) => share >= smallest)
      .map(([name, share]) => [name, `${figure(share * 100)} %`, each(share * main)]);
  const seen = shares.busyMs / main;
  return [
    '# Where the CPU time goes',
    '',
    ...machine.map((line) => `* ${line}`),
    '',
    `Steady state: 16 clients, ${throughput.journeys} journeys of ${figure(throughput.requests)} requests, ${figure(throughput.perSecond)} a second, hashes at their cheapest (19 MiB, 2 passes).`,
    '',
    ...table(
      ['Thread', 'CPU', 'A request'],
      byThread.map(([name, ms]) => [name, `${figure(ms / 1000)} s`, each(ms)]),
    ),
    '',
    `The samples saw the main thread busy for ${figure(shares.busyMs / 1000)} s of the ${figure(main / 1000)} s that \`/proc\` counts (${Math.round(seen * 100)} %); the shares below are of those ${figure(main / 1000)} s.`,
    '',
    ...table(['Main thread', 'Share', 'A request'], rows(shares.byGroup)),
    '',
    ...table(['Folder, package or module', 'Share', 'A request'], rows(shares.byPlace)),
    '',
  ].join('\n');
}
