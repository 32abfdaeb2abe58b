import { Pool } from 'undici';
import { paths } from '#src/paths.ts';
import { openBrowser } from '../client/browser.ts';
import {
  type Around,
  beforePassword,
  confirm,
  openWalk,
  signIn,
  signOut,
  toWaiting,
} from '../client/journey.ts';
import { quantile } from '../client/tally.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';

/** What one page costs: statements to the database, bytes of its answer and of a first visit that ends there. */
export interface PageCost {
  readonly name: string;
  readonly statements: number;
  readonly bytes: number;
  /** With stylesheet, script and icon; null for a form's answer. */
  readonly firstVisitBytes: number | null;
}

const publicPages = [
  paths.caisse,
  paths.termsText,
  paths.forgotten,
  paths.waiting,
  paths.legal,
  paths.accessibility,
  paths.securityAdvice,
  paths.personalData,
];
const accountPages = [
  paths.accountPassword,
  paths.accountEmail,
  paths.accountTelephones,
  paths.accountConsents,
];

/** One client alone, several times: the median leaves out what a timer sent meanwhile. */
export async function measurePageCosts(
  stage: Stage,
  { origin }: Started,
  times: number,
): Promise<PageCost[]> {
  const pool = new Pool(origin, { connections: 1 });
  const assets = new Map<string, number>();
  const seen = new Map<string, { statements: number[]; bytes: number; assets: number | null }>();
  const around: Around = async ({ name }, ask) => {
    const before = await stage.postgres.statements('web');
    const answer = await ask();
    const statements = (await stage.postgres.statements('web')) - before;
    const known = seen.get(name)?.statements ?? [];
    const needed = name.startsWith('GET') ? await assetBytes(pool, assets, answer.text()) : null;
    seen.set(name, { statements: [...known, statements], bytes: answer.bytes, assets: needed });
    return answer;
  };
  for (let i = 0; i < times; i++) {
    const traveller = stage.crowd.next();
    const { ip } = stage.crowd.next();
    const passer = openWalk(openBrowser(pool, { host: publicHost, ip: () => ip }), around);
    for (const path of publicPages) await passer.see(path, `${path} (new visitor)`);
    const walk = openWalk(openBrowser(pool, { host: publicHost, ip: () => traveller.ip }), around);
    await beforePassword(walk, traveller);
    await toWaiting(walk, traveller);
    await confirm(walk, await stage.mails.tokenFor(traveller.email));
    await signIn(walk, traveller);
    for (const path of accountPages) await walk.see(path);
    await signOut(walk);
  }
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
