import { existsSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { paths, withToken } from '#src/paths.ts';
import type { Browser } from '../../../bench/client/browser.ts';
import { beforePassword } from '../../../bench/client/journey.ts';
import { openWalk } from '../../../bench/client/walk.ts';
import { toOtherWays } from '../../../bench/client/with-code.ts';
import { openOne } from '../../client/openings.ts';
import { openVisitors, type Visitors } from '../../client/visitors.ts';
import { countRows } from '../../setting/invariants.ts';
import { openQueueing, untilCame } from '../../setting/queued-mails.ts';
import { oneClientForAll, openScene, type Scene } from '../../setting/scene.ts';
import { type Fault, NotHere, type Trial } from '../../trial.ts';

const hours = 3_600;
const years = 365 * 24 * hours;
/** How far the clock of the web process goes, in seconds, and whether sessions of before have ended by then. */
const jumps: Readonly<Record<string, { seconds: number; ends: boolean }>> = {
  'an hour ahead': { seconds: hours, ends: true },
  'an hour back': { seconds: -hours, ends: false },
  'ten years back': { seconds: -10 * years, ends: false },
  'ten years ahead': { seconds: 10 * years, ends: true },
};

/** The clock of one process jumps while that of the database goes on: libfaketime, outside the product. */
export const clockJumps: Fault = {
  id: 'R-10',
  atMostSeconds: 200,
  async run(trial) {
    const [library] = globSync('/usr/lib/*/faketime/libfaketime.so.1');
    if (library === undefined || !existsSync(library))
      throw new NotHere('libfaketime is missing (Debian: libfaketime)');
    const file = join(trial.folder, 'clock');
    const turn = async (seconds: number): Promise<void> => {
      writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
      // The library reads it again each second.
      await wait(2_500);
    };
    writeFileSync(file, '+0s\n');
    const scene = await openScene(trial, { people: 400, limits: oneClientForAll });
    const web = await scene.web(turnedBy(library, file));
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);
    const begin = async (): Promise<Browser> => {
      const traveller = scene.crowd.next();
      const browser = visitors.browser(traveller);
      await beforePassword(
        openWalk(browser, (_step, ask) => ask(), { patientUntil: performance.now() + 20_000 }),
        traveller,
      );
      return browser;
    };
    const isOpen = async (browser: Browser): Promise<boolean> =>
      (await browser.get(paths.password)).status === 200;
    const tried = Object.entries(jumps).slice(0, trial.paced(1, undefined));
    for (const [what, { seconds, ends }] of tried) {
      trial.say(`the clock jumps ${what}`);
      const seen = await begin();
      await turn(seconds);
      const meanwhile = await isOpen(seen);
      trial.measured(`${what}: a session of before`, meanwhile ? 'goes on' : 'has ended', meanwhile !== ends);
      const fresh = await begin();
      trial.measured(`${what}: somebody new`, 'can begin', await isOpen(fresh));
      await turn(0);
      if (ends) {
        const again = await isOpen(seen);
        trial.measured(
          `${what}, and back: the session that had ended`,
          again ? 'is back' : 'has ended',
          !again,
        );
      }
      const later = await begin();
      trial.measured(`${what}, and back: somebody new`, 'can begin', await isOpen(later));
    }
    await acrossSummerTime({ trial, turn, begin, isOpen });
    await turn(0);
    await tryUsed({ trial, scene, visitors, turn });
    await tryWorker(trial, scene, library);
    trial.measured('how the process ended', String(web.status() ?? 'it runs'), web.status() === null);
  },
};

/** What loads the library, which follows the clock of that file. */
function turnedBy(library: string, file: string): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

interface SummerTime {
  readonly trial: Trial;
  readonly turn: (seconds: number) => Promise<void>;
  readonly begin: () => Promise<Browser>;
  readonly isOpen: (browser: Browser) => Promise<boolean>;
}

/** Five minutes before clocks are changed: ten minutes later a session goes on, half an hour later it has ended. */
async function acrossSummerTime({ trial, turn, begin, isOpen }: SummerTime): Promise<void> {
  const changes = {
    'an hour is skipped': '2027-03-28T00:55:00Z',
    'an hour is doubled': '2027-10-31T00:55:00Z',
  };
  for (const [what, instant] of Object.entries(changes).slice(trial.paced(1, 0))) {
    const ahead = Math.round((Date.parse(instant) - Date.now()) / 1_000);
    await turn(ahead);
    const [idle, left] = [await begin(), await begin()];
    await turn(ahead + 600);
    const isKept = await isOpen(idle);
    await turn(ahead + 1_800);
    const isLeft = await isOpen(left);
    trial.measured(
      `${what}: a session after ten minutes, and another after half an hour`,
      `${isKept ? 'goes on' : 'has ended'}, ${isLeft ? 'goes on' : 'has ended'}`,
      isKept && !isLeft,
    );
  }
}

interface Using {
  readonly trial: Trial;
  readonly scene: Scene;
  readonly visitors: Visitors;
  readonly turn: (seconds: number) => Promise<void>;
}

/** A link and a code that were used, then an hour back; others that were not, then an hour ahead. */
async function tryUsed({ trial, scene, visitors, turn }: Using): Promise<void> {
  const worker = await scene.worker();
  const progress = { answered: 0, interrupted: 0, over: false };
  let token = '';
  const tokenFor = async (address: string) => {
    token = await scene.mails.tokenFor(address);
    return token;
  };
  await openOne({ visitors, scene: { crowd: scene.crowd, mails: { ...scene.mails, tokenFor } }, progress });
  const used = withToken(paths.link, token);
  const patient = () => ({ patientUntil: performance.now() + 20_000 });
  const asked = async () => {
    const traveller = scene.crowd.nextWithoutCard();
    const browser = visitors.browser(traveller);
    const walk = openWalk(browser, (_step, ask) => ask(), patient());
    await toOtherWays(walk, traveller);
    const { channel, to } = traveller.code;
    const canal = channel === 'email' ? 'courriel' : channel;
    await walk.send(paths.otherWays, { canal }, paths.provisionalCode);
    const code = channel === 'sms' ? (await scene.sms.codeFor(to)).code : await scene.mails.codeFor(to);
    return { nir: traveller.line.nir, code, channel };
  };
  /** Whether a code leads on, typed in another browser. */
  const leadsOn = async ({ nir, code }: { readonly nir: string; readonly code: string }) => {
    const browser = visitors.browser(scene.crowd.next());
    await browser.get(paths.provisionalCode);
    return (await browser.post(paths.provisionalCode, { nir, code })).location === paths.terms;
  };
  const confirms = async (link: string) => {
    const browser = visitors.browser(scene.crowd.next());
    await browser.get(link);
    return (await browser.post(link, {})).location === paths.confirmed;
  };
  const code = await asked();
  const isGood = await leadsOn(code);
  await turn(-hours);
  const isBack = (await leadsOn(code)) || (await confirms(used));
  trial.measured(
    'a code and a link that were used, an hour back',
    `${isGood ? '' : 'were not good; '}${isBack ? 'work again' : 'stay used'}`,
    isGood && !isBack,
  );
  await turn(0);
  const later = await asked();
  await turn(hours);
  const isLate = await leadsOn(later);
  // By SMS for ten minutes, by mail for a day.
  const expected = later.channel !== 'sms';
  trial.measured(
    `a code by ${later.channel}, an hour ahead`,
    isLate ? 'works' : 'has ended',
    isLate === expected,
  );
  await turn(0);
  await worker.stop();
}

/** A worker whose clock is ten years ahead of the database: nothing is deleted, sent or given up, no duty is recorded then. */
async function tryWorker(trial: Trial, scene: Scene, library: string): Promise<void> {
  const { worker: start, postgres, folder } = scene;
  const queueing = await openQueueing(trial, scene);
  const file = join(folder, 'clock-of-worker');
  writeFileSync(file, '+0s\n');
  const worker = await start(turnedBy(library, file));
  const kept = () =>
    Promise.all(['account', 'dossier', 'session', 'audit_event'].map((table) => countRows(postgres, table)));
  const before = await kept();
  writeFileSync(file, `+${10 * years}s\n`);
  await wait(2_500);
  const addresses = Array.from({ length: 10 }, (_, n) => `horloge-${n}@exemple.test`);
  await queueing.mails(addresses);
  const runs = "pgboss.job where name = 'housekeeping' and state = 'completed'";
  const ended = await countRows(postgres, runs);
  await postgres.query("insert into pgboss.job (name, data) values ('housekeeping', '{}')", [], 'compte');
  while ((await countRows(postgres, runs)) === ended && !trial.over.aborted) await wait(200);
  const after = await kept();
  const future = await countRows(postgres, "job_run where started_at > now() + interval '1 day'");
  // It compares its clock with the database's when it is asked, and tells the next time.
  await worker.readiness();
  await wait(1_000);
  const readiness = await worker.readiness();
  trial.measured(
    'a worker ten years ahead: rows before and after its housekeeping, duties that ran then, and its readiness',
    `${before} and ${after}; ${future}; ${readiness}`,
    before.join() === after.join() && future === 0 && readiness === 503,
  );
  const settled = await countRows(
    postgres,
    "notice where greatest(handed_over_at, settled_at) > now() + interval '1 day'",
  );
  writeFileSync(file, '+0s\n');
  await untilCame(trial, scene, addresses, performance.now());
  const came = new Set(scene.mails.accepted.map(({ to }) => to));
  const missing = addresses.filter((address) => !came.has(address)).length;
  trial.measured(
    'a worker ten years ahead: mails sent or given up then, and missing once its clock was right',
    `${settled}, ${missing} of ${addresses.length}`,
    settled === 0 && missing === 0,
  );
  await worker.stop();
}
