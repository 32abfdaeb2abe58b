import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { identityOf } from '../../../bench/client/journey.ts';
import { openOne } from '../../client/openings.ts';
import { openVisitors } from '../../client/visitors.ts';
import { measureAfterwards } from '../../setting/afterwards.ts';
import type { Node } from '../../setting/node.ts';
import { oneClientForAll, openScene } from '../../setting/scene.ts';
import { type Fault, NotHere, type Trial } from '../../trial.ts';

const size = '600m';

/** The disk of the log is full, then that of the database with its write-ahead log: file systems in memory. */
export const diskFull: Fault = {
  id: 'R-09',
  atMostSeconds: 200,
  async run(trial) {
    const folder = join(trial.folder, 'postgres');
    const logs = join(trial.folder, 'logs');
    mountDisk(trial, folder, size);
    mountDisk(trial, logs, '256k');
    const scene = await openScene(trial, { people: 300, limits: oneClientForAll });
    const web = await scene.web();
    await scene.worker();
    const visitorsOf = ({ origin }: Node) => openVisitors(trial, [{ origin, certificate: null }]);
    const visitors = visitorsOf(web);
    const progress = () => ({ answered: 0, interrupted: 0, over: false });
    const opened = [await openOne({ visitors, scene, progress: progress() })];

    trial.say('the disk of the log is full');
    const log = join(logs, 'web.log');
    const speechless = await scene.web({ LOG_LEVEL: 'debug' }, log);
    const makeRoom = fill(logs);
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
    const lost = await speechless.metric('compte_log_lines_lost_total');
    const readiness = await speechless.readiness();
    trial.measured(
      'lines that are counted as lost, and readiness',
      `${lost}, ${readiness}`,
      lost >= pages.length && readiness === 200,
    );
    makeRoom();
    const { size: before } = statSync(log);
    for (let count = 0; count < 3; count += 1) await browser.get(paths.home);
    const lines = readFileSync(log, 'utf8').slice(before).trim().split('\n');
    const later = (await speechless.metric('compte_log_lines_lost_total')) - lost;
    trial.measured(
      'once there is room: lines that are written, and that are lost',
      `${lines.length}, ${later}`,
      lines.length >= 2 && later <= 1,
    );
    await speechless.stop();

    trial.say('the disk is full');
    const makeRoomAgain = fill(folder);
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
    makeRoomAgain();
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

function mountDisk(trial: Trial, folder: string, size: string): void {
  mkdirSync(folder);
  const args = ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'tmpfs', folder];
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
  } catch {
    throw new NotHere('file systems cannot be mounted here');
  }
  trial.atEnd(() => execFileSync('umount', ['-l', folder]));
}

/** Until nothing more can be written; answers what makes room again. */
function fill(folder: string): () => void {
  const filling = join(folder, 'filling');
  const file = openSync(filling, 'w');
  try {
    for (let piece = 65_536; piece >= 1; piece /= 16)
      try {
        for (;;) writeSync(file, Buffer.alloc(piece));
      } catch {}
  } finally {
    closeSync(file);
  }
  return () => rmSync(filling);
}
