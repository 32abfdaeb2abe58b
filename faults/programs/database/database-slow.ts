import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { request } from 'undici';
import { paths } from '#src/paths.ts';
import { quantile } from '../../../bench/client/tally.ts';
import { publicHost } from '../../../bench/setting/service.ts';
import { openDatabaseLink } from '../../setting/database-link.ts';
import type { Node } from '../../setting/node.ts';
import { openScene, roles } from '../../setting/scene.ts';
import type { Fault, Trial } from '../../trial.ts';

const mostP99Ms = 1_000;
/** The statement timeout, the time to wait for a connection, and what a loaded machine adds. */
const mostAnswerMs = 6_000;

export const databaseSlow: Fault = {
  id: 'R-04',
  atMostSeconds: 300,
  async run(trial) {
    const scene = await openScene(trial, { people: 200 });
    const link = await openDatabaseLink(trial, scene.postgres);
    const web = await scene.web({ DATABASE_URL: link.url(roles.service) });

    const usual = await ask(trial, web, 3_000);
    trial.measured('p99 of the home page and of an attempt to sign in, as usual', figures(usual), true);

    const locker = new pg.Client({ connectionString: scene.postgres.url('postgres') });
    locker.on('error', () => {});
    await locker.connect();
    trial.atEnd(() => locker.end());
    await locker.query('begin');
    await locker.query('lock table account in access exclusive mode');
    await judge(trial, web, 'while a table is locked');
    await locker.query('rollback');
    await judgeAfterwards(trial, web, 'the lock');

    link.delay(2_000);
    await judge(trial, web, 'while each statement takes 2 s longer');
    link.delay(0);
    await judgeAfterwards(trial, web, 'the delay');

    const connections: pg.Client[] = [];
    const [{ max_connections: most = '100' } = {}] = await scene.postgres.query<{ max_connections: string }>(
      'show max_connections',
    );
    link.cut();
    while (connections.length < Number(most)) {
      const client = new pg.Client({ connectionString: scene.postgres.url(roles.service) });
      client.on('error', () => {});
      const isOpen = await client.connect().then(
        () => true,
        () => false,
      );
      if (!isOpen) break;
      connections.push(client);
    }
    const end = () => Promise.all(connections.splice(0).map((client) => client.end()));
    trial.atEnd(end);
    await judge(trial, web, 'while the server has no connection left');
    await end();
    await judgeAfterwards(trial, web, 'the others had gone');
    trial.measured('how the process ended', String(web.status() ?? 'it runs'), web.status() === null);
  },
};

interface Times {
  readonly home: readonly number[];
  readonly signIn: readonly number[];
  readonly statuses: ReadonlyMap<string, number>;
}

/** Twenty people a second, of whom half need the database. */
async function ask(trial: Trial, web: Node, ms: number): Promise<Times> {
  const home: number[] = [];
  const signIn: number[] = [];
  const statuses = new Map<string, number>();
  const underWay: Promise<void>[] = [];
  const endsAt = performance.now() + ms;
  for (let count = 0; performance.now() < endsAt && !trial.over.aborted; count += 1) {
    const isHome = count % 2 === 0;
    const askedAt = performance.now();
    const headers = { host: publicHost, 'x-forwarded-for': `10.7.${count >> 8}.${count & 255}` };
    // A code of a paper is looked up, and needs no form before it.
    const path = web.origin + (isHome ? paths.home : `${paths.link.replace(':token', 'f'.repeat(60))}`);
    const one = request(path, { headers, headersTimeout: 30_000 }).then(
      async ({ statusCode, body }) => {
        await body.dump();
        (isHome ? home : signIn).push(performance.now() - askedAt);
        const name = `${isHome ? 'home' : 'link'} ${statusCode}`;
        statuses.set(name, (statuses.get(name) ?? 0) + 1);
      },
      (error: Error) => {
        const name = `${isHome ? 'home' : 'link'} ${error.name}`;
        statuses.set(name, (statuses.get(name) ?? 0) + 1);
      },
    );
    underWay.push(one);
    await wait(50);
  }
  await Promise.all(underWay);
  return { home, signIn, statuses };
}

function figures({ home, signIn, statuses }: Times): string {
  const [first, second] = [quantile(home, 0.99), quantile(signIn, 0.99)].map(Math.round);
  const answers = [...statuses].map(([what, count]) => `${count} × ${what}`).join(', ');
  return `${first} and ${second} ms (${answers})`;
}

async function judge(trial: Trial, web: Node, when: string): Promise<void> {
  trial.say(when);
  const times = await ask(trial, web, trial.paced(4_000, 15_000));
  const home = quantile(times.home, 0.99);
  const slowest = Math.max(0, ...times.signIn);
  const answered = [...times.statuses.keys()].every((name) =>
    /^(home 200|link (200|404|410|503))$/.test(name),
  );
  trial.measured(
    `p99 of a page without the database, and of a link, ${when}`,
    figures(times),
    home < mostP99Ms,
  );
  trial.measured(`slowest answer ${when}, in ms`, Math.round(slowest), slowest < mostAnswerMs && answered);
}

async function judgeAfterwards(trial: Trial, web: Node, what: string): Promise<void> {
  await wait(5_000);
  const { statuses } = await ask(trial, web, 2_000);
  const failed = [...statuses].filter(([name]) => !/ (200|404|410)$/.test(name));
  trial.measured(`failures five seconds after ${what}`, failed.join(' ') || 0, failed.length === 0);
}
