import { Pool } from 'undici';
import { openBrowser } from '../client/browser.ts';
import { quantile } from '../client/tally.ts';
import { type Around, openWalk } from '../client/walk.ts';
import type { Way } from '../client/ways.ts';
import type { Traveller } from '../setting/people.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { tour } from './tours.ts';

/** The SQL statements of one page, the bytes of its longest response, and those of a first visit to it. */
export interface PageCost {
  readonly name: string;
  readonly statements: number;
  readonly bytes: number;
  /** With stylesheet, script and icon; null for a form's answer. */
  readonly firstVisitBytes: number | null;
}

/** One client alone, several times: the median leaves out what a timer sent meanwhile. */
export async function measurePageCosts(
  stage: Stage,
  { origin }: Started,
  way: Way,
  times: number,
): Promise<PageCost[]> {
  const pool = new Pool(origin, { connections: 1 });
  const assets = new Map<string, number>();
  const seen = new Map<string, { statements: number[]; bytes: number; assets: number | null }>();
  const around: Around = async ({ name }, ask) => {
    const before = await stage.postgres.statements('web');
    const answer = await ask();
    const statements = (await stage.postgres.statements('web')) - before;
    const known = seen.get(name);
    const isPage = name.startsWith('GET') && answer.status === 200;
    seen.set(name, {
      statements: [...(known?.statements ?? []), statements],
      bytes: Math.max(known?.bytes ?? 0, answer.bytes),
      assets: isPage ? await assetBytes(pool, assets, answer.text()) : null,
    });
    return answer;
  };
  const walkOf = ({ ip }: Traveller) =>
    openWalk(openBrowser(pool, { host: publicHost, ip: () => ip }), around);
  for (let i = 0; i < times; i++) await tour(way, stage, walkOf);
  await pool.close();
  return [...seen].map(([name, { statements, bytes, assets: needed }]) => ({
    name,
    statements: quantile(statements, 0.5),
    bytes,
    firstVisitBytes: needed === null ? null : bytes + needed,
  }));
}

/** Bytes of everything of ours that a page names in its head, each asked for once. */
async function assetBytes(pool: Pool, known: Map<string, number>, page: string): Promise<number> {
  let sum = 0;
  const named = new Set(
    [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? ''),
  );
  for (const path of named) {
    const fresh = openBrowser(pool, { host: publicHost, ip: () => '10.255.0.1' });
    const bytes = known.get(path) ?? (await fresh.get(path)).bytes;
    known.set(path, bytes);
    sum += bytes;
  }
  return sum;
}
