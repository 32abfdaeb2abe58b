import { join } from 'node:path';
import type { ClockMove, DemoClock } from '#src/demo/clock/clock.ts';
import { ownDatabase } from '#src/demo/own-database.ts';
import { openLettersTray } from '#src/demo/trays/letters-tray.ts';
import { openMailTray } from '#src/demo/trays/mail-tray.ts';
import { openSmsSimulator } from '#src/demo/trays/sms-gateway.ts';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { InstallationIdentity } from '#src/installation/identity.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import type { Environment, EnvironmentWork } from '#src/serve/environment.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';
import { type ClassAccounts, openClassAccounts } from '#src/workshop/classroom/accounts.ts';
import { openBoxMarks } from '#src/workshop/classroom/box-marks.ts';
import { type Faults, openFaults } from '#src/workshop/classroom/faults.ts';
import { forgedLetter } from '#src/workshop/classroom/forged.ts';
import { guardSeats, newsOfFranceConnect, newsOfSeat, stayAtAddress } from '#src/workshop/classroom/guard.ts';
import { type Inbox, openInbox, unreadOf } from '#src/workshop/classroom/inbox.ts';
import { notInvented } from '#src/workshop/classroom/only-invented.ts';
import { roleOfSeat } from '#src/workshop/classroom/role.ts';
import type { Roster } from '#src/workshop/classroom/roster.ts';
import { seatedWith } from '#src/workshop/classroom/seats.ts';
import {
  type ClassFranceConnect,
  openClassFranceConnect,
} from '#src/workshop/franceconnect/class-provider.ts';
import type { DeviceCodes } from '#src/workshop/learner/devices.ts';
import { registerSeat } from '#src/workshop/learner/seat-pages.ts';
import { praiseAddress } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { openPlacing, type Placing } from '#src/workshop/placing/placing.ts';

export interface ClassroomOptions {
  readonly folder: string;
  readonly clock: DemoClock;
  readonly id: string;
  /** The address of the workshop, without a final slash. */
  readonly publicUrl: string;
  readonly roster: Roster;
  readonly scenario: Scenario;
  readonly state: () => ClassState;
  readonly add: (event: ClassEvent) => Promise<void>;
  readonly deviceCodes: DeviceCodes;
  readonly isOurHost: (host: string) => boolean;
}

const accountsEveryMs = 2_000;

/** The service of one class: everything of a demo, apart for its people alone, on the class’s own clock. */
export interface Classroom {
  readonly environment: Environment;
  /** The service, once it runs. */
  readonly opened: Promise<{
    readonly services: Services;
    readonly work: EnvironmentWork;
    readonly app: ClassApp;
  }>;
  /** What the clock of the class shows. */
  now(): Date;
  /** Where the seats are, and how a trainer moves them; once the service runs. */
  readonly placing: Promise<Placing>;
  /** The service does not start: `opened` says so to who waits for it. */
  fail(error: unknown): void;
  /** The postman comes: what was written is in the letter boxes. */
  passPost(): Promise<void>;
  /** The boxes of its people. */
  readonly inbox: Inbox;
  /** Lets something go wrong, for one seat or with null for all. */
  readonly throwIn: Faults['throwIn'];
  /** Answers the browsers that are sent to FranceConnect. */
  readonly franceConnect: ClassFranceConnect['handle'];
  /** Moves the clock of the class, and runs what has become due. */
  moveClock(duration: string): Promise<ClockMove>;
}

type ClassApp = Parameters<Environment['registerPages']>[0];

/** Opens what surrounds the service of a class. Its site is reached through the gateway of the workshop. */
export async function openClassroom({
  folder,
  clock,
  id,
  publicUrl,
  roster,
  scenario,
  state,
  add,
  deviceCodes,
  isOurHost,
}: ClassroomOptions): Promise<Classroom> {
  const mails = await openMailTray(join(folder, 'courriels'));
  const sms = await openSmsSimulator(join(folder, 'sms'), clock);
  const letters = openLettersTray(join(folder, 'courriers'), workshopPaths.seatLetters);
  const marks = await openBoxMarks(folder);
  const inbox = await openInbox({ mails, sms: sms.tray, letters }, marks, clock.now);
  const accounts = openClassAccounts(roster, scenario, state);
  const site = Promise.withResolvers<ClassApp>();
  const worker = Promise.withResolvers<EnvironmentWork>();
  const faults = openFaults({
    state,
    add,
    roster,
    scenario,
    mails,
    sms: sms.tray,
    inbox,
    services: worker.promise.then(({ services }) => services),
    publicUrl,
  });
  const placed = Promise.withResolvers<Placing>();
  /** Set once the site is built: no request comes before. */
  let placing: Placing | null = null;
  const played = (cookie: string | null) => placing?.played(cookie) ?? null;
  const seated = (cookie: string | null) => played(cookie) ?? seatedWith(cookie, state(), roster);
  const enter = (event: ClassEvent): void => {
    // The board says what cannot be stored; the page of the learner goes on.
    const added = add(event);
    added.catch(() => {});
    if (event.kind !== 'reached') return;
    void placing?.keep(event.seat, event.step).catch(() => {});
    void added.then(() => faults.reached(event.seat, event.step)).catch(() => {});
  };
  const mailboxes = new Set([...roster.values()].flat().map(({ email }) => email));
  const tray = (path: string, count: number) => ({ path, unread: count });
  const franceConnect = await openClassFranceConnect({
    ...{ folder, id, publicUrl, roster, isOurHost },
    language: state().plan.language,
    visitor: (cookie) => {
      const program = played(cookie);
      if (program) return { ...program, isProgram: true };
      const found = state().phase === 'open' ? seatedWith(cookie, state(), roster) : null;
      return found && { ...found, isProgram: false };
    },
    arrived: (seat, isDown) => {
      if (isDown) void faults.met(seat.number, 'franceconnect-down');
      for (const event of newsOfFranceConnect(seat, 'seen', systemClock.now())) enter(event);
    },
    refused: (seat) => {
      for (const event of newsOfFranceConnect(seat, 'refused', systemClock.now())) enter(event);
    },
  });
  const environment: Environment = {
    clock,
    transports: { smtpUrl: mails.smtpUrl, secondSmtpUrl: null, sms: sms.settings },
    identityProvider: franceConnect.settings,
    // A class sits behind one address.
    unnamedShare: 100,
    // There are no more people than seats; and a seat that is moved fills in forms that nobody would send again.
    lateMs: Infinity,
    alsoOpen: [],
    deliversAlone: true,
    hints: {
      kind: 'exercise',
      home: workshopPaths.seat,
      trays: (key) => {
        const found = seated(key);
        const unread = found ? unreadOf(inbox, found) : { email: 0, sms: 0, letter: 0 };
        return {
          email: tray(workshopPaths.seatMails, unread.email),
          sms: tray(workshopPaths.seatSms, unread.sms),
          letter: tray(workshopPaths.seatLetters, unread.letter),
        };
      },
      praise: (key) => {
        const [latest] = seated(key)?.seat.unread.slice(-1) ?? [];
        return latest === undefined ? null : praiseAddress(latest);
      },
      person: (key) => {
        const found = seated(key);
        return found && roleOfSeat(found.plays);
      },
      refuses: (key, typed) => {
        const found = seated(key);
        return notInvented(typed, found ? [found.plays] : [], mailboxes);
      },
      note(key, seen) {
        const found = state().phase !== 'ended' && !played(key) ? seated(key) : null;
        if (!found) return;
        void faults.noted(found.seat.number, seen).catch(() => {});
        for (const event of newsOfSeat(found, seen, systemClock.now())) enter(event);
      },
    },
    isOurHost,
    async prepare(services, identity) {
      await prepare(services, identity, roster, accounts);
      await (await placed.promise).begin();
    },
    registerPages(app, services) {
      placing = openPlacing({
        ...{ folder, publicUrl, roster, scenario, state, add, services, app },
        franceConnect: franceConnect.app,
        openAccount: (of) => accounts.openFor(services, of),
      });
      placed.resolve(placing);
      stayAtAddress(app, publicUrl);
      guardSeats(app, { state, seated, played, follow: placing.follow, services });
      registerSeat(app, services, {
        passwordOf: placing.passwordOf,
        inbox,
        faults: {
          dealt: (seat, fault) => faults.dealt(seat, fault).catch(() => {}),
          understood: (seat, fault) => faults.understood(seat, fault).catch(() => {}),
          forgedLetter: async (to) => {
            const letter = forgedLetter(to, publicUrl);
            const options = { title: letter.title, createdAt: services.clock.now() };
            return services.pdf.write(letter, options, services.random.bytes(8));
          },
        },
        seated,
        scenario,
        level: () => state().plan.level,
        hasFranceConnect: services.franceConnect !== null,
        deviceCodes,
        address: `${new URL(publicUrl).host}${workshopPaths.join}`,
        raise: (seat, raised, now) =>
          add({ kind: 'hand', at: now.toISOString(), seat, raised }).then(
            () => true,
            () => false,
          ),
      });
    },
    async reach(app) {
      await app.ready();
      site.resolve(app);
      return publicUrl;
    },
    startWork(work) {
      work.every('accounts', accountsEveryMs, () => accounts.catchUp(work.services));
      worker.resolve(work);
    },
    close: async () => {
      await accounts.close();
      await Promise.all([mails.close(), sms.close(), letters.close(), franceConnect.close()]);
      await marks.close();
    },
  };
  const opened = Promise.all([site.promise, worker.promise]).then(([app, work]) => ({
    services: work.services,
    work,
    app,
  }));
  opened.catch(() => {});
  placed.promise.catch(() => {});
  const passPost = async (): Promise<void> => {
    const { services } = await opened;
    await letters.print(services, publicUrl);
  };
  return {
    environment,
    opened,
    now: clock.now,
    inbox,
    placing: placed.promise,
    fail: (error) => {
      for (const waiting of [site, worker, placed]) waiting.reject(error);
    },
    passPost,
    throwIn: faults.throwIn,
    franceConnect: franceConnect.handle,
    async moveClock(duration) {
      const move = clock.move(duration);
      if (move.kind === 'moved') await (await opened).work.runHousekeeping();
      return move;
    },
  };
}

async function prepare(
  services: Services,
  identity: InstallationIdentity,
  roster: Roster,
  accounts: ClassAccounts,
): Promise<void> {
  const { db, keyring, random, clock } = services;
  await ownDatabase(services, identity);
  const existing = await db.selectFrom('insured').select('person_key').limit(1).executeTakeFirst();
  if (existing) return;
  // The register is loaded last: a start killed before that repeats everything.
  await accounts.openFirst(services);
  const lines = [...roster.values()].flat().map(({ person }) => person.line);
  await importPeople(db, keyring, lines, { now: clock.now(), uuid: random.uuid() });
}
