import { join } from 'node:path';
import { sql } from 'kysely';
import { insuredPeople } from '#src/access/insured-people.ts';
import type { Config, Secrets } from '#src/config/config.ts';
import { openDemoClock } from '#src/demo/clock/clock.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { type DemoDeposits, openDemoDeposits } from '#src/demo/deposits/open-deposits.ts';
import { openDemoFranceConnect } from '#src/demo/franceconnect/open.ts';
import { ownDatabase } from '#src/demo/own-database.ts';
import { registerDemo } from '#src/demo/pages.ts';
import { openDemoAccounts } from '#src/demo/people/accounts.ts';
import { roleOfPerson } from '#src/demo/people/role.ts';
import { openLettersTray } from '#src/demo/trays/letters-tray.ts';
import { openMailTray } from '#src/demo/trays/mail-tray.ts';
import { openSmsSimulator } from '#src/demo/trays/sms-gateway.ts';
import { openUnread } from '#src/demo/trays/unread.ts';
import { type DemoPerson, demoPersons } from '#src/fictitious/demo-register.ts';
import type { InstallationIdentity } from '#src/installation/identity.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import type { Environment } from '#src/serve/environment.ts';
import { listenOn } from '#src/serve/listen.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';

const printLettersEveryMs = 1_000;
const depositEveryMs = 2_000;
const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Opens the environment of a demo: a clock that can be moved forward, trays in its data folder in which mails, SMS and
 * letters end, a fictitious register, a simulator of FranceConnect, and the pages that show all this.
 */
export async function openDemo(
  { dataDir, web, franceConnect }: Pick<Config, 'dataDir' | 'web' | 'franceConnect'>,
  secrets: Pick<Secrets, 'franceConnect'>,
): Promise<Environment> {
  const opening = franceConnect === 'simulator' ? openDemoFranceConnect(web) : null;
  const clock = openDemoClock(join(dataDir, 'horloge.json'), systemClock);
  const mails = await openMailTray(join(dataDir, 'courriels'));
  const sms = await openSmsSimulator(join(dataDir, 'sms'), clock);
  const letters = openLettersTray(join(dataDir, 'courriers'), demoPaths.letters);
  const people = demoPersons();
  const byKey = new Map(people.map((person) => [person.cle, person]));
  const unread = { email: openUnread(mails), sms: openUnread(sms.tray), letter: openUnread(letters) };
  const simulator = await opening;
  const publicHost = new URL(web.publicUrl).host;
  let deposits: DemoDeposits | null = null;
  let onClockMoved = async (): Promise<void> => {};
  return {
    clock,
    transports: { smtpUrl: mails.smtpUrl, secondSmtpUrl: null, sms: sms.settings },
    identityProvider: simulator?.settings ?? secrets.franceConnect,
    // One visitor on one machine plays many people.
    unnamedShare: 100,
    // However slow their machine is: nobody else has to be protected from them.
    lateMs: Infinity,
    alsoOpen: simulator ? [{ name: 'FranceConnect', url: simulator.url }] : [],
    hints: {
      kind: 'demo',
      home: demoPaths.index,
      refuses: () => [],
      note: () => {},
      praise: () => null,
      trays: () => ({
        email: { path: demoPaths.mails, unread: unread.email.count() },
        sms: { path: demoPaths.sms, unread: unread.sms.count() },
        letter: { path: demoPaths.letters, unread: unread.letter.count() },
      }),
      person: (key) => {
        const person = byKey.get(key);
        return person ? roleOfPerson(person) : null;
      },
    },
    deliversAlone: true,
    // Also the names of this machine, on any port.
    isOurHost: (host) => host === publicHost || local.test(host),
    prepare: (services, identity) =>
      flushedTogether(services, (session) => prepare({ ...services, db: session }, identity, people)),
    registerPages: (app, services) =>
      registerDemo(app, {
        people,
        mails,
        letters,
        sms: sms.tray,
        unread,
        clock,
        simulatorUrl: simulator?.url ?? null,
        context: services,
        visitors: insuredPeople(services, async () => []),
        onClockMoved: () => onClockMoved(),
      }),
    async reach(app) {
      const port = await listenOn(app, web);
      const url = `http://localhost:${port}`;
      sms.reportTo(url);
      return url;
    },
    startWork({ services, publicUrl, every, runHousekeeping }) {
      simulator?.warm();
      const print = () => letters.print(services, publicUrl);
      const caisses = openDemoDeposits(services, people);
      deposits = caisses;
      every('deposit', depositEveryMs, caisses.catchUp);
      onClockMoved = async () => {
        // What cannot be deposited now is reported by the next run: the clock has moved all the same.
        await caisses.catchUp().catch(() => {});
        await runHousekeeping();
        await print();
      };
      every('print-letters', printLettersEveryMs, print);
    },
    close: async () => {
      await deposits?.close();
      await Promise.all([mails.close(), sms.close(), letters.close(), simulator?.close()]);
    },
  };
}

/**
 * Runs in one session whose commits are flushed to the disk with the next one after it, instead of some forty one by one.
 * A power cut meanwhile undoes the last of them, as if the start had been killed there.
 */
async function flushedTogether(
  { db }: Services,
  run: (session: Services['db']) => Promise<void>,
): Promise<void> {
  await db.connection().execute(async (session) => {
    await sql`set synchronous_commit = off`.execute(session);
    await run(session).finally(() => sql`reset synchronous_commit`.execute(session));
  });
}

/** Migrates the database, then loads the fictitious register and its accounts, once. */
async function prepare(
  services: Services,
  identity: InstallationIdentity,
  people: readonly DemoPerson[],
): Promise<void> {
  const { db, keyring, random, clock } = services;
  await ownDatabase(services, identity);
  const existing = await db.selectFrom('insured').select('identity_key').limit(1).executeTakeFirst();
  // The register of an older version has no keys by which FranceConnect finds people.
  const complete = existing !== undefined && existing.identity_key !== null;
  if (complete) return;
  // The register is loaded last, in one transaction: a start killed before that repeats everything.
  if (!existing) await openDemoAccounts(services, people);
  const lines = people.map(({ line }) => line);
  await importPeople(db, keyring, lines, { now: clock.now(), uuid: random.uuid() });
}
