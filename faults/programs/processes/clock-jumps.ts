import { existsSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import type { Browser } from '../../../bench/client/browser.ts';
import { beforePassword } from '../../../bench/client/journey.ts';
import { openWalk } from '../../../bench/client/walk.ts';
import { openVisitors } from '../../client/visitors.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import { type Fault, NotHere } from '../../trial.ts';

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
    const web = await scene.web({
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
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
    for (const [what, { seconds, ends }] of Object.entries(jumps)) {
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
    trial.measured('how the process ended', String(web.status() ?? 'it runs'), web.status() === null);
  },
};
