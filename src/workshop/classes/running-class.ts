import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { Config, Secrets } from '#src/config/config.ts';
import { ensureDemoKeys } from '#src/config/demo-keys.ts';
import { parseNumberedKeys } from '#src/config/keys.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { Secret } from '#src/crypto/secret.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Log } from '#src/log/log.ts';
import { type Service, serve } from '#src/serve/serve.ts';
import type { Threads } from '#src/serve/threads.ts';
import { systemClock } from '#src/time/clock.ts';
import { type ClassProblem, classProblem } from '#src/workshop/classes/class-problem.ts';
import { type Journal, openJournal } from '#src/workshop/classes/journal.ts';
import { keptScenario } from '#src/workshop/classes/kept-scenario.ts';
import type { Owner } from '#src/workshop/classes/owned.ts';
import type { SeatCodes, SeatCodeUse } from '#src/workshop/classes/seat-codes.ts';
import { type Classroom, openClassroom } from '#src/workshop/classroom/environment.ts';
import { inventRoster, type Roster } from '#src/workshop/classroom/roster.ts';
import type { DeviceCodes } from '#src/workshop/learner/devices.ts';

export interface RunningClass {
  readonly id: string;
  readonly owner: Owner;
  readonly journal: Journal;
  /** As it was when the class was prepared. */
  readonly scenario: Scenario;
  readonly roster: Roster;
  readonly classroom: Classroom;
  /** The codes with which the learner of a seat goes on at another machine: theirs no longer acts for it. */
  readonly moveCodes: DeviceCodes;
  /** Where its requests are answered, once it is open. */
  readonly handle: Promise<Handler>;
  readonly standing: () => ClassStanding;
  close(): Promise<void>;
}

/** How far a class is: its service takes some seconds to open, and may fail to. */
export type ClassStanding =
  | { readonly kind: 'opening' | 'open' }
  | { readonly kind: 'broken'; readonly why: ClassProblem };

type Handler = Parameters<NonNullable<Classroom['environment']['reach']>>[0]['routing'];

export interface ClassOptions {
  /** Of all classes. */
  readonly folder: string;
  readonly id: string;
  /** Its preparation; null: it was prepared before. */
  readonly first: ClassEvent | null;
  /** The scenarios that a class may be prepared with. */
  readonly scenarios: () => readonly Scenario[];
  readonly seatCodes: SeatCodes;
  readonly publicUrl: string;
  readonly isOurHost: (host: string) => boolean;
  readonly config: Config;
  readonly threads: Threads;
  readonly log: Log;
  readonly abandoned: AbortSignal;
}

/** Every address, as Fastify’s `trustProxy` takes it: only the gateway speaks to a class, and says whom a request counts as. */
const anyProxy = '0.0.0.0/1,128.0.0.0/1,::/1,8000::/1';

/** Opens the journal of a class, then its service with a database of its own; the service starts in the background. */
export async function openClass({
  folder,
  id,
  first,
  scenarios,
  seatCodes,
  publicUrl,
  isOurHost,
  config,
  threads,
  log,
  abandoned,
}: ClassOptions): Promise<RunningClass> {
  const own = join(folder, id);
  const journal = await openJournal(own, first);
  const { plan, owner } = journal.state();
  const scenario = keptScenario(own, plan.scenario, scenarios());
  const roster = inventRoster(seedOf(id), plan.seats, scenario);
  const codesFor = (use: SeatCodeUse): DeviceCodes => ({
    give: (seat) => seatCodes.give({ classId: id, seat, use }, systemClock.now()),
    current: (seat) => seatCodes.current({ classId: id, seat, use }, systemClock.now()),
  });
  const classroom = await openClassroom({
    folder: own,
    publicUrl,
    roster,
    scenario,
    state: journal.state,
    add: journal.add,
    deviceCodes: codesFor('also-here'),
    isOurHost,
  });
  const starting: Promise<Service> = serve({
    config: {
      ...config,
      mode: 'workshop',
      web: { ...config.web, publicUrl, trustProxy: anyProxy },
      metrics: null,
      depot: null,
      dataDir: own,
      database: { kind: 'embedded', folder: join(own, 'database'), poolSize: 1, runtimeRole: null },
      policy: plan.policy,
      franceConnect: 'off',
      letters: { ...config.letters, sent: true },
      drainSeconds: 0,
    },
    secrets: secretsIn(own),
    roles: { web: true, worker: true },
    threads,
    log,
    abandoned,
    onStartFailure: (error) => log.error({ event: 'classNotOpened', error }),
    openEnvironment: async () => classroom.environment,
  });
  let standing: ClassStanding = { kind: 'opening' };
  starting.then(
    () => {
      standing = { kind: 'open' };
    },
    (error: unknown) => {
      standing = { kind: 'broken', why: classProblem(error) };
      classroom.fail(error);
    },
  );
  const handle = Promise.all([classroom.opened, starting]).then(([{ app }]): Handler => app.routing);
  handle.catch(() => {});
  return {
    id,
    owner,
    journal,
    scenario,
    roster,
    classroom,
    moveCodes: codesFor('move'),
    handle,
    standing: () => standing,
    close: async () => {
      await starting.then((service) => service.close()).catch(() => {});
      await journal.close();
    },
  };
}

/** The same people each time that the class is opened. */
function seedOf(id: string): number {
  return hash('sha256', id, 'buffer').readUInt32BE();
}

/** The keys of a class are its own: they are deleted with it. */
function secretsIn(folder: string): Secrets {
  const keys = ensureDemoKeys(folder, systemRandom);
  const read = (text: string) => {
    const parsed = parseNumberedKeys(text);
    if (!parsed.ok) throw new Error(`The keys in ${folder} are damaged`);
    return new Secret(parsed.value);
  };
  return {
    masterKeys: read(keys.MASTER_KEYS),
    peppers: read(keys.PASSWORD_PEPPERS),
    databaseUrl: null,
    smtpUrl: null,
    franceConnect: null,
    secondSmtpUrl: null,
    dkimKey: null,
    sms: null,
  };
}
