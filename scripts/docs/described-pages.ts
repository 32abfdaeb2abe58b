import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { SitePage } from '#src/access/access.ts';
import { sitePages } from '#src/app.ts';
import { shippedReference } from '#src/caisses/reference.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { Database } from '#src/database/tables.ts';
import { limitRules } from '#src/limits/rules.ts';
import { openLog } from '#src/log/log.ts';
import { openEvents } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { openHashLane } from '#src/passwords/lane.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { systemClock } from '#src/time/clock.ts';

/** The pages of the site, on services without a database or network: to be described, never opened. */
export function describedPages(): readonly SitePage[] {
  const policy = loadPolicy('ameli-2025');
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (one) => new PostgresIntrospector(one),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const key = new Map([[1, Buffer.alloc(32)]]);
  const log = openLog({ level: 'silent', clock: systemClock, write: () => {} });
  return sitePages({
    db,
    keyring: openKeyring(key),
    clock: systemClock,
    random: systemRandom,
    policy,
    limits: limitRules(policy),
    jobs: { adding: async () => ({ compile: () => CompiledQuery.raw('select 1') }) },
    passwords: openHashLane({ memoryKiB: 8, passes: 1, maxWaitMs: 1, peppers: key, random: systemRandom }),
    pdf: { write: async () => null, close: async () => {} },
    publicUrl: () => 'https://compte.example',
    judgeFile: async () => ({ kind: 'later', why: 'busy' }),
    judgeStored: async () => ({ kind: 'later', why: 'busy' }),
    caisses: shippedReference(),
    events: openEvents({ log, metrics: openMetrics() }),
    secure: true,
    demo: null,
    unnamedShare: 1,
    franceConnect: null,
    channels: { sms: true, letters: true },
    offersApi: true,
  });
}
