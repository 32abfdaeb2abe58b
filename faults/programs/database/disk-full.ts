import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { identityOf } from '../../../bench/client/journey.ts';
import { openOne } from '../../client/openings.ts';
import { openVisitors } from '../../client/visitors.ts';
import { measureAfterwards } from '../../setting/afterwards.ts';
import type { Node } from '../../setting/node.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import { type Fault, NotHere } from '../../trial.ts';

const size = '600m';

/** The disk of the database, with its write-ahead log, is full: a file system of its own, in memory. */
export const diskFull: Fault = {
  id: 'R-09',
  atMostSeconds: 200,
  async run(trial) {
    const folder = join(trial.folder, 'postgres');
    mkdirSync(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', folder], {
        stdio: 'ignore',
      });
    } catch {
      throw new NotHere('file systems cannot be mounted here');
    }
    trial.atEnd(() => execFileSync('umount', ['-l', folder]));
    const scene = await openScene(trial, { people: 300, limits: oneClientForAll });
    const web = await scene.web();
    await scene.worker();
    const speechless = await scene.web({}, '/dev/full');
    const visitorsOf = ({ origin }: Node) => openVisitors(trial, [{ origin, certificate: null }]);
    const visitors = visitorsOf(web);
    const progress = () => ({ answered: 0, interrupted: 0, over: false });
    const opened = [await openOne({ visitors, scene, progress: progress() })];

    const browser = visitorsOf(speechless).browser(scene.crowd.next());
    const pages = [];
    for (let count = 0; count < 40; count += 1)
      pages.push((await browser.get(`${paths.home}?${count}`)).status);
    const written = openOne({ visitors: visitorsOf(speechless), scene, progress: progress() });
    opened.push(await written);
    const good = pages.filter((status) => status === 200).length;
    trial.measured(
      'the disk of the log is full: pages, and an account opened',
      `${good} of ${pages.length}, 1; ${speechless.status() ?? 'it runs'}`,
      good === pages.length && speechless.status() === null,
    );
    await speechless.stop();

    trial.say('the disk is full');
    const filling = join(folder, 'filling');
    const file = openSync(filling, 'w');
    try {
      for (;;) writeSync(file, Buffer.alloc(65_536));
    } catch {
      closeSync(file);
    }
    const statuses = new Map<number, number>();
    for (let count = 0; count < 40; count += 1) {
      const traveller = scene.crowd.next();
      const browser = visitors.browser(traveller);
      const page = await browser.get(paths.identity);
      if (page.status !== 200) statuses.set(page.status, (statuses.get(page.status) ?? 0) + 1);
      const { status } = await browser.post(paths.identity, identityOf(traveller));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
    const refused = [...statuses.keys()].every((status) => status === 303 || status === 503);
    trial.measured('answers to forms while the disk is full', answers, refused);
    const home = await visitors.browser(scene.crowd.next()).get(paths.home);
    trial.measured('the home page meanwhile', home.status, home.status === 200);
    rmSync(filling);
    const roomAt = performance.now();
    await wait(1_000);
    opened.push(await openOne({ visitors, scene, progress: progress() }));
    trial.measured(
      'seconds until somebody has opened an account, once there is room',
      ((performance.now() - roomAt) / 1000).toFixed(1),
      true,
    );
    trial.measured('how the process ended', String(web.status() ?? 'it runs'), web.status() === null);
    await measureAfterwards(trial, scene, { opened, mostCopies: 0 });
  },
};
