import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '#src/config/config.ts';
import { type DemoClock, openDemoClock } from '#src/demo/clock/clock.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Log } from '#src/log/log.ts';
import type { Threads } from '#src/serve/threads.ts';
import { systemClock } from '#src/time/clock.ts';
import { type Handler, openClassService } from '#src/workshop/classes/class-service.ts';
import type { Dormitory } from '#src/workshop/classes/dormitory.ts';
import { type Journal, openJournal } from '#src/workshop/classes/journal.ts';
import { keptScenario } from '#src/workshop/classes/kept-scenario.ts';
import type { Owner } from '#src/workshop/classes/owned.ts';
import type { SeatCodes, SeatCodeUse } from '#src/workshop/classes/seat-codes.ts';
import { type ClassStanding, openSleepingService } from '#src/workshop/classes/sleeping-service.ts';
import type { Classroom } from '#src/workshop/classroom/environment.ts';
import { inventRoster, type Roster } from '#src/workshop/classroom/roster.ts';
import type { ClassDatabases } from '#src/workshop/databases/class-databases.ts';
import type { DeviceCodes } from '#src/workshop/learner/devices.ts';
import { watchSleep } from '#src/workshop/report/sleep-watch.ts';

export interface RunningClass {
  readonly id: string;
  readonly owner: Owner;
  readonly journal: Journal;
  /** As it was when the class was prepared. */
  readonly scenario: Scenario;
  readonly roster: Roster;
  /** What the class can do; asking for more than its time opens its service. */
  readonly classroom: Pick<Classroom, 'now' | 'passPost' | 'throwIn' | 'moveClock' | 'opened' | 'placing'>;
  /** The codes with which the learner of a seat goes on at another machine: theirs no longer acts for it. */
  readonly moveCodes: DeviceCodes;
  /** Where its requests are answered, once it is open: opens it. */
  readonly handle: Promise<Handler>;
  /** Where browsers are answered that are sent to its FranceConnect: opens it too. */
  readonly franceConnect: Promise<Classroom['franceConnect']>;
  /** Keeps its service open until the answer is called. */
  hold(): () => void;
  readonly standing: () => ClassStanding;
  close(): Promise<void>;
}

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
  readonly databases: ClassDatabases;
  readonly dormitory: Dormitory;
  readonly threads: Threads;
  readonly log: Log;
  readonly abandoned: AbortSignal;
}

/**
 * Opens the journal of a class. Its service, with a database of its own, opens in the background: at once where services
 * stay open or the class is new, otherwise when somebody needs it.
 */
export async function openClass(options: ClassOptions): Promise<RunningClass> {
  const { folder, id, first, scenarios, seatCodes, publicUrl, isOurHost, databases, dormitory } = options;
  const own = join(folder, id);
  // Before the journal says that there is a class: what is left when this is cut is swept away.
  const database = await databases.of(own, id, first !== null);
  const journal = await openJournal(own, first);
  const { plan, owner } = journal.state();
  let scenario: Scenario;
  let clock: DemoClock;
  try {
    scenario = keptScenario(own, plan.scenario, scenarios());
    clock = openDemoClock(join(own, 'horloge.json'), systemClock);
  } catch (error) {
    await journal.close();
    throw error;
  }
  const sleep = watchSleep(journal, systemClock);
  let invented: Roster | null = null;
  /** When the class is first needed: a site with hundreds of them starts without. */
  const rosterOf = (): Roster => {
    invented ??= inventRoster(seedOf(id), plan.seats, scenario);
    return invented;
  };
  const codesFor = (use: SeatCodeUse): DeviceCodes => ({
    give: (seat) => seatCodes.give({ classId: id, seat, use }, systemClock.now()),
    current: (seat) => seatCodes.current({ classId: id, seat, use }, systemClock.now()),
  });
  const room = {
    clock,
    id,
    publicUrl,
    scenario,
    state: journal.state,
    add: journal.add,
    deviceCodes: codesFor('also-here'),
    isOurHost,
  };
  const service = openSleepingService(
    () =>
      openClassService(
        { ...options, folder: own, database, policy: plan.policy },
        { ...room, roster: rosterOf() },
      ),
    dormitory,
  );
  if (databases.quietMs === null || first !== null) service.wake().catch(() => {});
  const used = async <T>(use: (classroom: Classroom) => Promise<T>): Promise<T> => {
    const release = service.hold();
    return service
      .wake()
      .then(({ classroom }) => use(classroom))
      .finally(release);
  };
  return {
    id,
    owner,
    journal,
    scenario,
    get roster() {
      return rosterOf();
    },
    classroom: {
      now: clock.now,
      passPost: () => used((classroom) => classroom.passPost()),
      throwIn: (seat, fault) => used((classroom) => classroom.throwIn(seat, fault)),
      moveClock: (duration) => used((classroom) => classroom.moveClock(duration)),
      get opened() {
        return used((classroom) => classroom.opened);
      },
      get placing() {
        return used((classroom) => classroom.placing);
      },
    },
    moveCodes: codesFor('move'),
    get handle() {
      return service.wake().then(({ handle }) => handle);
    },
    get franceConnect() {
      return service.wake().then(({ classroom }) => classroom.franceConnect);
    },
    hold: service.hold,
    standing: service.standing,
    close: async () => {
      sleep.close();
      await service.close();
      await journal.close();
    },
  };
}

/** The same people each time that the class is opened. */
function seedOf(id: string): number {
  return hash('sha256', id, 'buffer').readUInt32BE();
}
