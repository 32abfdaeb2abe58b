import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.ts';
import { insistedEnrolments } from '../client/enrolments.ts';
import { openVisitors } from '../client/visitors.ts';
import { dataFolder, postgresProgram, type Server, startOn } from '../setting/cluster.ts';
import { brokenRules, countRows, fingerprints, untilSent } from '../setting/invariants.ts';
import { commandOf } from '../setting/node.ts';
import { openScene, roles } from '../setting/scene.ts';
import { put, runSteps, writtenSteps } from '../setting/written-steps.ts';
import type { Fault, Trial } from '../trial.ts';

const mostMinutes = 15;

export const restore: Fault = {
  id: 'R-16',
  atMostSeconds: 300,
  async run(trial) {
    const [settings = '', weekly = '', restoring = '', finishing = ''] = writtenSteps('To a chosen second');
    const backup = join(trial.folder, 'backup');
    dataFolder(backup);
    const lost = join(trial.folder, 'postgres');
    const restored = join(trial.folder, 'restored');
    const tombstones = join(trial.folder, 'tombstones.ndjson');
    const programs = join(postgresProgram(trial, 'pg_basebackup'), '..');
    await runSteps(asPostgres(`runuser -u postgres -- mkdir ${backup}/wal`), shell(programs));
    const scene = await openScene(trial, {
      people: 2_000,
      settings: settingsOf(put(settings, { '/srv/backup': backup })),
    });
    const web = await scene.web();
    const worker = await scene.worker();
    const visitors = openVisitors(trial, [{ origin: web.origin, certificate: null }]);

    trial.say('a base backup, while people enrol');
    const before = insistedEnrolments({ visitors, next: () => scene.crowd.next(), lanes: 3 });
    await runSteps(
      asPostgres(put(weekly, { '/srv/backup': backup, '$(date +%F)': '2026-11-22' })),
      shell(programs, { PGHOST: '127.0.0.1', PGPORT: String(scene.postgres.port), PGUSER: 'postgres' }),
    );
    while (before.enrolled().length < 8 && !trial.over.aborted) await wait(100);
    await before.stop();
    // What is queued now waits at the chosen second, and is sent after it.
    await scene.mails.stop();
    const waiting = insistedEnrolments({ visitors, next: () => scene.crowd.next(), lanes: 3 });
    while (waiting.enrolled().length < 4 && !trial.over.aborted) await wait(100);
    await waiting.stop();
    await worker.stop();
    await web.stop();
    await wait(1_500);
    const [chosen] = await scene.postgres.query<{ at: string }>(
      "select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as at",
    );
    const then = await fingerprints(scene.postgres);
    const accountsThen = await countRows(scene.postgres, 'account');
    await wait(1_500);

    trial.say('after the chosen second, mails are sent, people enrol, and one is erased');
    await scene.mails.start();
    await worker.start();
    await web.start();
    const after = insistedEnrolments({ visitors, next: () => scene.crowd.next(), lanes: 3 });
    while (after.enrolled().length < 4 && !trial.over.aborted) await wait(100);
    await after.stop();
    const [first] = await scene.postgres.query<{ code: string }>(
      'select support_code as code from dossier join account using (person_key) order by account.created_at limit 1',
      [],
      'compte',
    );
    const order = ['--reason', 'demande reçue par courrier', '--by', 'exercice'];
    scene.command('person', 'erase', first?.code ?? '', ...order);
    scene.command('person', 'tombstones', '--out', tombstones);
    await untilSent(trial, scene.postgres);
    const [lag] = await scene.postgres.query<{ archive_timeout: string }>('show archive_timeout');
    trial.measured('what may be lost at most', lag?.archive_timeout ?? '', lag?.archive_timeout === '1min');
    await worker.stop();
    await web.stop();
    await untilArchived(trial, scene.postgres);
    await scene.postgres.kill();
    await runSteps(`rm -rf ${lost}`, shell(programs));

    trial.say('the server is lost; the steps of docs/operations.md bring it back');
    const startedAt = performance.now();
    const places = {
      '/srv/backup': backup,
      '/var/lib/postgresql/15/main': dataFolder(restored),
      '/srv/elsewhere/tombstones.ndjson': tombstones,
      '2026-11-27 04:10:00+00': chosen?.at ?? '',
      'systemctl start postgresql\n': '',
    };
    await runSteps(asPostgres(put(restoring, places)), shell(programs));
    const server = await startOn(trial, join(restored, 'data'));
    await untilPromoted(trial, server);
    const now = await fingerprints(server);
    const differing = Object.keys(then).filter((table) => then[table] !== now[table]);
    trial.measured(
      'tables that are not as they were at that second',
      differing.join(', ') || 0,
      differing.length === 0,
    );

    const said = await runSteps(
      put(finishing, { ...places, 'runuser -u compte -- compte': commandOf([]).join(' ') }),
      {
        ...shell(programs),
        ...scene.env,
        DATABASE_URL: server.url(roles.service),
        PORT: String(await freePort()),
      },
    );
    const minutes = (performance.now() - startedAt) / 60_000;
    for (const line of said.trim().split('\n')) trial.say(line);
    trial.measured('minutes until it could be used again', minutes.toFixed(1), minutes < mostMinutes);
    trial.measured(
      'audit trail',
      /^\d+ events, .*$/m.exec(said)?.[0] ?? 'no answer',
      /\d events, 0 broken/.test(said),
    );
    trial.measured(
      'people erased again',
      /erased again (\d+)/.exec(said)?.[1] ?? 'none',
      /erased again 1\b/.test(said),
    );
    const accounts = await countRows(server, 'account');
    trial.measured(
      'accounts',
      `${accounts} of ${accountsThen} at that second`,
      accounts === accountsThen - 1,
    );

    const sentBefore = scene.mails.accepted.length;
    const again = { DATABASE_URL: server.url(roles.service) };
    await scene.worker(again);
    const node = await scene.web(again);
    await wait(8_000);
    const known = new Set(scene.mails.accepted.slice(0, sentBefore).map(({ messageId }) => messageId));
    const twice = scene.mails.accepted.slice(sentBefore).filter(({ messageId }) => known.has(messageId));
    trial.measured('mails that were sent again', twice.length, twice.length === 0);
    const later = insistedEnrolments({
      visitors: openVisitors(trial, [{ origin: node.origin, certificate: null }]),
      next: () => scene.crowd.next(),
      lanes: 1,
    });
    while (later.enrolled().length < 1 && !trial.over.aborted) await wait(100);
    const { enrolled } = await later.stop();
    trial.measured('people who enrol afterwards', enrolled.length, enrolled.length > 0);
    const broken = await brokenRules(server);
    trial.measured('rules of the database that are broken', broken.join('; ') || 0, broken.length === 0);
  },
};

/** The settings of a block of `postgresql.conf`, as a server is started with them. */
function settingsOf(block: string): readonly string[] {
  const lines = block.trim().split('\n');
  return lines.map((line) => line.replace(/^(\w+) = '?(.*?)'?$/, '$1=$2'));
}

/** Commands as the user that servers run as: only root can become another one. */
function asPostgres(block: string): string {
  return process.getuid?.() === 0 ? block : block.replaceAll('runuser -u postgres -- ', '');
}

function shell(
  programs: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return { PATH: `${programs}:${process.env.PATH ?? ''}`, ...more };
}

async function untilPromoted(trial: Trial, server: Server): Promise<void> {
  while (!trial.over.aborted) {
    const [found] = await server.query<{ recovering: boolean }>('select pg_is_in_recovery() as recovering');
    if (found?.recovering === false) return;
    await wait(100);
  }
}

/** All that is written is in the archive as well. */
async function untilArchived(trial: Trial, server: Server): Promise<void> {
  const [wanted] = await server.query<{ wal: string }>('select pg_walfile_name(pg_switch_wal()) as wal');
  while (!trial.over.aborted) {
    const [found] = await server.query<{ done: boolean }>(
      'select last_archived_wal >= $1 as done from pg_stat_archiver',
      [wanted?.wal],
    );
    if (found?.done) return;
    await wait(100);
  }
}
