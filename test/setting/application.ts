import { after } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { KyselyPlugin } from 'kysely';
import { buildApp } from '#src/app.ts';
import { beginSeal } from '#src/audit/seal-heads.ts';
import { shippedReference } from '#src/caisses/reference.ts';
import type { SecurityReports } from '#src/config/config.ts';
import { type Keyring, openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { openPdfPress } from '#src/documents/pdf/press.ts';
import { people } from '#src/fictitious/people.ts';
import { openFileJudge } from '#src/files/judge-file.ts';
import { openJobs } from '#src/jobs/jobs.ts';
import { openFloodGate } from '#src/limits/flood.ts';
import { limitRules } from '#src/limits/rules.ts';
import { openLog } from '#src/log/log.ts';
import { openNotice } from '#src/notices/notice.ts';
import { openEvents } from '#src/operations/events.ts';
import { type Metrics, openMetrics } from '#src/operations/metrics.ts';
import { logRequests } from '#src/operations/requests.ts';
import { openHashLane } from '#src/passwords/lane.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import type { Services } from '#src/services.ts';
import { type Closing, lastFirst, testDatabase } from './database.ts';
import type { TestDatabase } from './database-preparation.ts';

/** The whole application on a fresh database with the named people, a clock that is moved, and its log kept. */
export interface TestApp {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly clock: { now(): Date; advance(milliseconds: number): void };
  /** As the owner of the database. */
  readonly asOwner: TestDatabase['asOwner'];
  /** Another node of the same installation, with its own keys. */
  another(keyring: Keyring): Promise<FastifyInstance>;
  /** Every line that was logged. */
  readonly log: string[];
  readonly metrics: Metrics;
  /** What was to be sent so far, oldest first. */
  mails(): Promise<{ kind: string; content: Record<string, string> }[]>;
}

/** Read once: indexing six thousand postal codes takes longer than opening the application. */
const caisses = shippedReference();

/**
 * What has threads, once for all tests of this process: starting one takes a tenth of a second. The hash is cheap: its
 * cost is not what these tests are about.
 */
const passwords = openHashLane({
  ...{ memoryKiB: 1024, passes: 1, maxWaitMs: 20_000 },
  peppers: new Map([[1, Buffer.alloc(32, 9)]]),
  random: systemRandom,
});
const pdf = openPdfPress();
const files = openFileJudge({ clamd: null, deadlineMs: 120_000 });

after(async () => {
  for (const shared of [passwords, pdf, files]) await shared.close();
});

/** What one story needs besides: another policy, an OpenID provider, channels … */
export type TestOptions = Partial<Omit<Services, 'db' | 'clock' | 'limits'>> & {
  readonly securityReports?: SecurityReports;
  /** What every statement passes through. */
  readonly plugin?: KyselyPlugin;
};

export async function testApp(
  t: Closing,
  start = '2026-03-02T09:00:00Z',
  { policy = loadPolicy('ameli-2025'), plugin, securityReports, ...options }: TestOptions = {},
): Promise<TestApp> {
  const closing = lastFirst(t);
  const opened = await testDatabase(closing, 'queues');
  const { asOwner } = opened;
  const db = plugin ? opened.db.withPlugin(plugin) : opened.db;
  let time = Date.parse(start);
  const clock = {
    now: () => new Date(time),
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  };
  const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
  await beginSeal(db, keyring, clock.now());
  const jobs = await openJobs(opened.db, { maintain: false });
  closing.after(() => jobs.stop(1));
  const lines = people.map(({ line }) => line);
  await importPeople(db, keyring, lines, { now: clock.now(), uuid: systemRandom.uuid() });
  const log: string[] = [];
  const kept = openLog({ level: 'info', clock, write: (line) => log.push(line) });
  const metrics = openMetrics();
  const services: Services = {
    db,
    keyring,
    clock,
    random: systemRandom,
    policy,
    limits: limitRules(policy),
    jobs,
    passwords,
    pdf,
    judgeFile: files.judge,
    judgeStored: files.judgeStored,
    publicUrl: () => 'https://compte.exemple.fr',
    caisses,
    events: openEvents({ log: kept, metrics }),
    secure: false,
    demo: null,
    // One machine plays everybody.
    unnamedShare: 100,
    franceConnect: null,
    channels: { sms: true, letters: true },
    offersApi: true,
    ...options,
  };
  const build = async (given: Services) => {
    const built = await buildApp(given, {
      log: kept,
      flood: openFloodGate(
        db,
        clock,
        { ...policy.limits.requestsPerAddress, unnamedShare: services.unnamedShare },
        (client) => Buffer.from(client),
      ),
      isOurHost: (host) => host.startsWith('localhost'),
      trustProxy: 'loopback',
      securityReports: securityReports ?? null,
      traces: null,
      // What else the machine does is not what these tests are about.
      lateMs: 10_000,
      ready: Promise.resolve(),
    });
    logRequests(built, services.events);
    closing.after(() => built.close());
    return built;
  };
  const app = await build(services);
  return {
    app,
    asOwner,
    another: (keyring) => build({ ...services, keyring }),
    services,
    clock,
    log,
    metrics,
    async mails() {
      const rows = await db.selectFrom('notice').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.flatMap(({ content, ...row }) => {
        if (content === null) return [];
        const notice = openNotice(services.keyring, { ...row, content });
        const texts = Object.entries(notice.content).map(([name, value]) => [name, String(value)]);
        return [{ kind: notice.kind, content: Object.fromEntries(texts) }];
      });
    },
  };
}
