import { setTimeout as wait } from 'node:timers/promises';
import { franceConnectHref } from '#src/page-parts/franceconnect-button.ts';
import { paths } from '#src/paths.ts';
import type { Browser } from '../../../bench/client/browser.ts';
import { beforePassword } from '../../../bench/client/journey.ts';
import { openWalk } from '../../../bench/client/walk.ts';
import { proveThere } from '../../../bench/client/with-franceconnect.ts';
import type { Conduct, IdentityProvider } from '../../../bench/setting/identity-provider.ts';
import { forgeries, senseless, unanswering } from '../../../bench/setting/provider-manners.ts';
import { forgetPeak, memory } from '../../../bench/setting/usage.ts';
import { openVisitors, type Visitors } from '../../client/visitors.ts';
import { countRows } from '../../setting/invariants.ts';
import type { Node } from '../../setting/node.ts';
import type { Scene } from '../../setting/scene.ts';
import type { Trial } from '../../trial.ts';

const mostMemoryMb = 30;
const mostAnswerMs = 10_000;
const mostRecoveryMs = 45_000;
/** What is opened by who proves who they are. */
const opened = ['account', 'dossier', 'session', 'franceconnect_link'];
const patient = () => ({ patientUntil: performance.now() + 20_000 });

const metadata = '/.well-known/openid-configuration';
const without = Object.keys(unanswering);
const sense = Object.keys(senseless);
const forged = Object.keys(forgeries);
const ofToken = forged.map((manner) => ({ at: '/token', manner }) as const);
const ofUserinfo = forged
  .filter((manner) => !/journey|expired/.test(manner))
  .map((manner) => ({ at: '/userinfo', manner }) as const);
const tlsFails: readonly Partial<Conduct>[] = [{ tls: 'strange' }, { tls: 'none' }];

interface World {
  readonly trial: Trial;
  readonly scene: Scene;
  readonly provider: IdentityProvider;
}

/** What became of those who met one conduct of the provider: what was wrong, if anything was. */
interface Met {
  readonly wrong: readonly string[];
  readonly ms: number;
  readonly memoryMb: number;
}

/**
 * FranceConnect answers, but badly: each person is told so in plain words, nothing is opened or left half done, the way
 * by card is open, the memory does not grow, and the next person passes.
 */
export async function tryBadAnswers(trial: Trial, scene: Scene, provider: IdentityProvider): Promise<void> {
  const world = { trial, scene, provider };
  // Fewer than open the breaker, for each process: those who come back, then those who begin.
  const late = trial.paced([['answers without end']], inGroups(without, 2));
  const groups: (readonly Partial<Conduct>[])[] = [
    [...ofToken, ...ofUserinfo],
    ...late.map((some) =>
      some.flatMap((manner) => [{ at: '/token', manner } as const, { at: '/userinfo', manner } as const]),
    ),
    trial.paced(
      [],
      sense.flatMap((manner) => [
        { at: '/token', manner },
        { at: '/userinfo', manner },
      ]),
    ),
    trial.paced(
      [],
      [...tlsFails, ...['answers 500', 'answers broken JSON'].map((manner) => newKeys(manner))],
    ),
  ];
  const returning: Met[] = [];
  for (const group of groups.filter((some) => some.length > 0)) {
    const web = await scene.web();
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);
    await proves(world, visitors);
    for (const conduct of group) returning.push(await comesBack(world, web, visitors, conduct));
    await proves(world, visitors);
    // Keys that nobody knew yet are asked for.
    await provider.behave({ rotates: true });
    await proves(world, visitors);
    await web.stop();
  }
  report(trial, 'those who come back from it', returning);

  const early: readonly Partial<Conduct>[] = trial.paced(
    [{ at: metadata, manner: 'answers without end' }],
    [
      ...[...without, ...sense].map((manner) => ({ at: metadata, manner }) as const),
      ...['answers without end', 'answers a page'].map((manner) => ({ at: '/jwks', manner }) as const),
      ...tlsFails,
    ],
  );
  const beginning: Met[] = [];
  const waiting: {
    readonly web: Node;
    readonly visitors: Visitors;
    readonly conduct: Partial<Conduct>;
  }[] = [];
  for (const conduct of early) {
    await provider.behave(conduct);
    const web = await scene.web();
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);
    beginning.push(await begins(world, web, visitors));
    await provider.behave({});
    waiting.push({ web, visitors, conduct });
  }
  report(trial, 'those who begin, in a process that has just started', beginning);
  if (trial.paced(true, false)) return;
  const refused: string[] = [];
  // Each may have asked again while it behaved badly to the next ones.
  const since = performance.now();
  for (const { web, visitors, conduct } of waiting) {
    while (!(await isOffered(visitors, scene)) && performance.now() - since < mostRecoveryMs) await wait(500);
    await proves(world, visitors).catch((error: unknown) => refused.push(`${nameOf(conduct)}: ${error}`));
    await web.stop();
  }
  trial.measured(
    'of these processes, those where nobody can prove it later, without a restart',
    [`${refused.length} of ${waiting.length}`, ...refused].join(', '),
    refused.length === 0,
  );
}

function newKeys(manner: string): Partial<Conduct> {
  return { at: '/jwks', manner, rotates: true };
}

function inGroups<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  );
}

function nameOf({ at, manner, tls }: Partial<Conduct>): string {
  return tls === undefined ? `${at} ${manner}` : `TLS: ${tls}`;
}

/** Somebody who has signed in there comes back while it behaves so. */
async function comesBack(
  world: World,
  web: Node,
  visitors: Visitors,
  conduct: Partial<Conduct>,
): Promise<Met> {
  const { scene, provider } = world;
  const traveller = scene.crowd.next();
  const browser = visitors.browser(traveller);
  const walk = openWalk(browser, (_step, ask) => ask(), patient());
  await walk.see(paths.identity);
  const untouched = { nom: '', nir: '', codePostal: '' };
  const { location } = await walk.send(franceConnectHref('creation'), untouched, provider.origin);
  const back = await provider.proves(location, traveller);
  await provider.behave(conduct);
  const met = await meets(world, web, visitors, { browser, path: back, what: nameOf(conduct) });
  await provider.behave({});
  return met;
}

/** Somebody begins while it behaves badly. */
function begins(world: World, web: Node, visitors: Visitors): Promise<Met> {
  const browser = visitors.browser(world.scene.crowd.next());
  const path = franceConnectHref('connexion');
  return meets(world, web, visitors, { browser, path, what: 'the way there' });
}

async function meets(
  { scene }: World,
  web: Node,
  visitors: Visitors,
  { browser, path, what }: { readonly browser: Browser; readonly path: string; readonly what: string },
): Promise<Met> {
  const counts = () => Promise.all(opened.map((table) => countRows(scene.postgres, table)));
  const before = await counts();
  forgetPeak(web.pid());
  const { now } = memory(web.pid());
  const answer = await browser.get(path);
  const memoryMb = memory(web.pid()).peak - now;
  const after = await counts();
  const page = await browser.get(paths.franceConnectOutcome);
  const text = page.text();
  const wrong = [
    answer.status === 303 && answer.location === paths.franceConnectOutcome
      ? ''
      : `${answer.status} ${answer.location ?? ''}`,
    page.status === 200 && /FranceConnect ne fonctionne pas pour le moment/.test(text) ? '' : 'not explained',
    text.includes(`href="${paths.identity}"`) ? '' : 'no way on',
    before.join() === after.join() ? '' : `left ${before} ${after}`,
  ];
  const byCard = scene.crowd.next();
  await beforePassword(
    openWalk(visitors.browser(byCard), (_step, ask) => ask(), patient()),
    byCard,
  ).catch((error: unknown) => wrong.push(`by card: ${error}`));
  return { ms: answer.ms, memoryMb, wrong: wrong.filter(Boolean).map((one) => `${what}: ${one}`) };
}

async function proves({ scene, provider }: World, visitors: Visitors): Promise<void> {
  const traveller = scene.crowd.next();
  const walk = openWalk(visitors.browser(traveller), (_step, ask) => ask(), patient());
  await proveThere(walk, traveller, provider);
}

async function isOffered(visitors: Visitors, { crowd }: Scene): Promise<boolean> {
  const page = await visitors.browser(crowd.next()).get(paths.identity);
  return page.text().includes('class="fr-connect"');
}

function report(trial: Trial, who: string, met: readonly Met[]): void {
  const wrong = met.flatMap((one) => one.wrong);
  trial.measured(
    `bad answers that ${who} met; not told, without a way on, or with something left`,
    `${met.length}; ${wrong.length}${wrong.length > 0 ? ` (${wrong.slice(0, 5).join(', ')})` : ''}`,
    met.length > 0 && wrong.length === 0,
  );
  const ms = Math.max(...met.map((one) => one.ms));
  trial.measured('seconds until they are told', (ms / 1000).toFixed(1), ms < mostAnswerMs);
  const mb = Math.max(...met.map((one) => one.memoryMb));
  trial.measured('megabytes more in memory', Math.round(mb), mb < mostMemoryMb);
}
