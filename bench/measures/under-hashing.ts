import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { paths } from '#src/paths.ts';
import { openBrowser } from '../client/browser.ts';
import { beforePassword } from '../client/journey.ts';
import { closedLoop } from '../client/loops.ts';
import { openTally } from '../client/tally.ts';
import { type Around, openWalk, type Walk } from '../client/walk.ts';
import { publicHost, type Started } from '../setting/service.ts';
import type { Stage } from '../setting/stage.ts';
import { cpuTime } from '../setting/usage.ts';

/** Pages that compute no hash, while other clients keep the password lane busy. */
export interface UnderHashing {
  readonly pageMs: readonly number[];
  readonly pagesPerSecond: number;
  readonly passwordsJudged: number;
  readonly passwordsRefused: number;
  /** Share of one core that hashing took meanwhile. */
  readonly hashingShare: number;
  readonly errors: readonly string[];
}

const clients = 8;

/** Somebody who has come as far as the password, before anybody else is there. */
async function settled(stage: Stage, pool: Pool, around: Around): Promise<Walk> {
  const traveller = stage.crowd.next();
  let moves = 0;
  const ip = () => `10.200.${(moves++ >> 8) & 255}.${traveller.number & 255}`;
  const browser = openBrowser(pool, { host: publicHost, ip });
  await beforePassword(
    openWalk(browser, (_step, ask) => ask()),
    traveller,
  );
  return openWalk(browser, around);
}

/** Pages with and without a dossier, and a form that is stored. */
async function roundOfPages(walk: Walk): Promise<void> {
  for (const path of [paths.home, paths.caisse, paths.identity, paths.termsText, paths.terms])
    await walk.see(path);
  await walk.send(paths.terms, { accord: 'oui' }, paths.password);
  await walk.see(paths.password);
}

/**
 * `pauseMs`: what people read between two pages; 0 asks for the next page at once and leaves passwords what
 * pages do not take.
 */
export async function measureUnderHashing(
  stage: Stage,
  { process: web, origin }: Started,
  seconds: number,
  pauseMs: number,
): Promise<UnderHashing> {
  const pages = new Pool(origin, { connections: clients });
  const signIns = new Pool(origin, { connections: clients });
  const tally = openTally();
  const errors: string[] = [];
  let judged = 0;
  let refused = 0;
  const guess = async () => {
    const { line, ip } = stage.crowd.next();
    const browser = openBrowser(signIns, { host: publicHost, ip: () => ip });
    await browser.get(paths.signIn);
    const { status } = await browser.post(paths.signIn, { nir: line.nir, motDePasse: 'Brouette.Lune9' });
    if (status === 422) judged += 1;
    else if (status === 503) refused += 1;
    else errors.push(`POST ${paths.signIn}: ${status}`);
    if (status === 503) await wait(250);
  };
  const pace: Around = async (step, ask) => {
    if (pauseMs > 0) await wait(pauseMs * (0.5 + Math.random()));
    return tally.around(step, ask);
  };
  const readers: Walk[] = [];
  for (let i = 0; i < clients; i++) readers.push(await settled(stage, pages, pace));
  const read = (walk: Walk) => roundOfPages(walk).catch((error: unknown) => errors.push(String(error)));
  const before = cpuTime(web.pid);
  const [elapsed] = await Promise.all([
    closedLoop(clients, seconds, guess),
    ...readers.map((walk) => closedLoop(1, seconds, async () => void (await read(walk)))),
  ]);
  const after = cpuTime(web.pid);
  await Promise.all([pages.close(), signIns.close()]);
  const pageMs = tally.withoutHash();
  return {
    pageMs,
    pagesPerSecond: pageMs.length / elapsed,
    passwordsJudged: judged,
    passwordsRefused: refused,
    hashingShare: (after.hashing - before.hashing) / (elapsed * 1000),
    errors,
  };
}
