import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { paths } from '#src/paths.ts';
import { publicHost } from '../../bench/setting/service.ts';
import { insistedEnrolments } from '../client/enrolments.ts';
import { openVisitors } from '../client/visitors.ts';
import { synchronousStandby } from '../setting/cluster.ts';
import { brokenRules, countRows, untilSent } from '../setting/invariants.ts';
import type { Node } from '../setting/node.ts';
import { openScene, roles } from '../setting/scene.ts';
import type { Fault, Trial } from '../trial.ts';

/** What takes care of the database must see that it is dead before it promotes the standby. */
const noticedAfterMs = 3_000;
const mostAwayMs = 30_000;

export const primaryDies: Fault = {
  id: 'R-03',
  atMostSeconds: 300,
  async run(trial) {
    const rounds = trial.paced(1, 2, 20);
    const scene = await openScene(trial, { people: 600 + 300 * rounds });
    let primary = scene.postgres;
    let standby = await synchronousStandby(trial, primary, join(trial.folder, 'standby-1'));
    const servers = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
    const changes = { DATABASE_URL: `postgres://${roles.service}@${servers}/compte` };
    const nodes = [await scene.web(changes), await scene.web(changes)];
    const processes = [...nodes, await scene.worker(changes)];
    const started = processes.map((node) => node.pid());
    const visitors = openVisitors(
      trial,
      nodes.map(({ origin }) => ({ origin, certificate: null })),
    );
    const enrolments = insistedEnrolments({ visitors, next: () => scene.crowd.next(), lanes: 6 });
    const away: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      while (enrolments.enrolled().length < 15 * round && !trial.over.aborted) await wait(50);
      await wait(Math.random() * 1_000);
      trial.say(`primary ${round} of ${rounds} dies; ${enrolments.enrolled().length} have enrolled`);
      const diedAt = performance.now();
      await primary.kill();
      await wait(noticedAfterMs);
      await standby.query('select pg_promote()');
      await untilAllAnswer(trial, nodes);
      away.push(performance.now() - diedAt);
      const { port } = primary;
      primary = standby;
      if (round < rounds)
        standby = await synchronousStandby(trial, primary, join(trial.folder, `standby-${round + 1}`), port);
    }
    await wait(3_000);
    const { enrolled, interrupted, lost } = await enrolments.stop();

    trial.measured('enrolments meanwhile', enrolled.length, enrolled.length > 0);
    trial.measured('requests that were interrupted, and sent again', interrupted, interrupted > 0);
    trial.measured('acknowledged steps that were lost', lost.join('; ') || 0, lost.length === 0);
    const times = away.map((ms) => (ms / 1000).toFixed(1)).join(', ');
    trial.measured(
      `seconds from the death until every node answers, ${noticedAfterMs / 1000} of them until the standby is promoted`,
      times,
      Math.max(...away) < mostAwayMs,
    );
    const restarted = processes.filter(
      (node, index) => node.pid() !== started[index] || node.status() !== null,
    );
    trial.measured('processes restarted by hand', restarted.length, restarted.length === 0);
    const accounts = await countRows(primary, 'account');
    trial.measured('accounts', accounts, accounts === enrolled.length);
    await untilSent(trial, primary);
    const ids = new Set(scene.mails.accepted.map(({ messageId }) => messageId));
    const without = enrolled.filter((email) => !scene.mails.accepted.some(({ to }) => to === email));
    trial.measured('people without their mail', without.length, without.length === 0);
    const copies = scene.mails.accepted.length - ids.size;
    trial.measured('mails that came twice', copies, copies <= rounds);
    const broken = await brokenRules(primary);
    trial.measured('rules of the database that are broken', broken.join('; ') || 0, broken.length === 0);
    trial.measured('audit trail', scene.commandOn(primary, 'audit', 'verify').split('\n')[0] ?? '', true);
  },
};

async function untilAllAnswer(trial: Trial, nodes: readonly Node[]): Promise<void> {
  for (const node of nodes) {
    while (!trial.over.aborted) {
      const path = node.origin + paths.signIn;
      const answer = await request(path, {
        headers: { host: publicHost, 'x-forwarded-for': '10.9.9.9' },
      }).catch(() => null);
      await answer?.body.dump();
      if (answer?.statusCode === 200 && (await node.readiness()) === 200) break;
      await wait(50);
    }
  }
}
