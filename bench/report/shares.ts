import type { CpuProfile } from '../setting/inspector.ts';

type Frame = CpuProfile['nodes'][number]['callFrame'];

/** What the work of a frame is for, the first row that matches. */
const groups: readonly (readonly [name: string, of: (place: string, functionName: string) => boolean])[] = [
  ['garbage collection', (_place, name) => name === '(garbage collector)'],
  ['V8 and Node, no JavaScript frame', (place) => place === ''],
  ['our code', (place) => place.startsWith('src/')],
  ['compression', (place) => place === 'node:zlib'],
  ['cryptography', (place) => /^node:(internal\/)?crypto/.test(place) || place === 'jose'],
  ['drivers', (place) => /^(pg|pg-.*|postgres-.*|kysely|pg-boss|split2|xtend)$/.test(place)],
  ['log and metrics', (place) => /^(pino.*|sonic-boom|prom-client|thread-stream)$/.test(place)],
  [
    'framework',
    (place) =>
      /^(@fastify\/.*|fastify|find-my-way|light-my-request|avvio|secure-json-parse|process-warning|fast-.*|reusify|toad-cache|cookie|@fastify|ipaddr\.js|@lukeed\/.*)$/.test(
        place,
      ),
  ],
  ['Node', (place) => place.startsWith('node:')],
  ['other packages', () => true],
];

/** Busy time of a profile: each share of all of it, the largest first. */
export interface Shares {
  readonly busyMs: number;
  readonly byGroup: readonly (readonly [name: string, share: number])[];
  /** Packages, modules of Node, and folders of `src/`. */
  readonly byPlace: readonly (readonly [name: string, share: number])[];
}

/** The folder of `src/`, the package or the module of Node that a frame is from; empty where V8 names none. */
function placeOf({ url }: Frame): string {
  const parts = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (parts !== undefined) return parts;
  return /\/(src\/.*)\/[^/]+$/.exec(url)?.[1] ?? (url.startsWith('node:') ? url : '');
}

/** Where the main thread was while it was not idle. What has no place, as a built-in, is its caller’s. */
export function sharesOf({ nodes, samples, timeDeltas }: CpuProfile): Shares {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const placed = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const frame = frames.get(at);
      const place = frame ? placeOf(frame) : '';
      if (place !== '') return place;
    }
    return '';
  };
  const byGroup = new Map<string, number>();
  const byPlace = new Map<string, number>();
  let busy = 0;
  samples.forEach((id, i) => {
    const name = frames.get(id)?.functionName ?? '';
    const took = Math.max(0, timeDeltas[i] ?? 0);
    if (name === '(idle)') return;
    const place = name === '(garbage collector)' ? '' : placed(id);
    const group = groups.find(([, matches]) => matches(place, name))?.[0] ?? '';
    busy += took;
    byGroup.set(group, (byGroup.get(group) ?? 0) + took);
    byPlace.set(place || group, (byPlace.get(place || group) ?? 0) + took);
  });
  const sorted = (map: ReadonlyMap<string, number>) =>
    [...map].map(([name, took]) => [name, took / busy] as const).sort(([, a], [, b]) => b - a);
  return { busyMs: busy / 1000, byGroup: sorted(byGroup), byPlace: sorted(byPlace) };
}
