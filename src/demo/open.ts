import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { beginSeal } from '#src/audit/seal-heads.ts';
import { fillReference } from '#src/caisses/load.ts';
import { type DemoClock, openDemoClock } from '#src/demo/clock/clock.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { openDemoFranceConnect } from '#src/demo/franceconnect/open.ts';
import { registerDemo } from '#src/demo/pages.ts';
import { openDemoAccounts } from '#src/demo/people/accounts.ts';
import { openLettersTray } from '#src/demo/trays/letters-tray.ts';
import { openMailTray } from '#src/demo/trays/mail-tray.ts';
import { openSmsSimulator, type SmsSimulator } from '#src/demo/trays/sms-gateway.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { claimDatabase, type Identity, refuseOther } from '#src/installation/identity.ts';
import { prepareDatabase } from '#src/installation/prepare.ts';
import type { FranceConnectSettings } from '#src/oidc/settings.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';
import { visitOf } from '#src/web/visit-of.ts';

/** Everything that only the demo has: its clock, its mail tray, its register, its pages. */
export interface Demonstration {
  readonly clock: DemoClock;
  readonly smtpUrl: string;
  readonly sms: Pick<SmsSimulator, 'settings' | 'reportTo'>;
  /** The simulator of FranceConnect, as its client sees it; null when it was not asked for. */
  readonly franceConnect: FranceConnectSettings | null;
  /** Makes the tables and loads the fictitious register, once. */
  prepare(services: Services, identity: Identity): Promise<void>;
  register(app: FastifyInstance, services: Services): void;
  /** Prints the letters that are queued and posts those whose day has come; `url`: of this site. */
  printLetters(services: Services, url: string): Promise<void>;
  onClockMoved(run: () => Promise<void>): void;
  close(): Promise<void>;
}

export async function openDemo(
  dataDir: string,
  web: { readonly publicUrl: string; readonly port: number; readonly simulatesFranceConnect: boolean },
): Promise<Demonstration> {
  const simulator = web.simulatesFranceConnect ? openDemoFranceConnect(web) : null;
  const clock = openDemoClock(join(dataDir, 'horloge.json'), systemClock);
  const tray = await openMailTray(join(dataDir, 'courriels'));
  const sms = await openSmsSimulator(join(dataDir, 'sms'), clock);
  const letters = openLettersTray(join(dataDir, 'courriers'), demoPaths.letters);
  const people = demoPersons();
  const franceConnect = await simulator;
  let afterMove = async (): Promise<void> => {};
  return {
    clock,
    smtpUrl: tray.smtpUrl,
    sms,
    franceConnect: franceConnect?.settings ?? null,
    async prepare(services, identity) {
      const { db, keyring, random } = services;
      await refuseOther(db, identity);
      await prepareDatabase(db, null);
      await claimDatabase(db, identity);
      await beginSeal(db, keyring, clock.now());
      await fillReference(db);
      const known = await db.selectFrom('insured').select('identity_key').limit(1).executeTakeFirst();
      // A folder of an older version: its register has nothing by which FranceConnect finds people.
      const complete = known !== undefined && known.identity_key !== null;
      if (complete) return;
      // The register comes last and whole: a start that was killed before it is done again.
      if (!known) await openDemoAccounts(services, people);
      const lines = people.map(({ line }) => line);
      await importPeople(db, keyring, lines, { now: clock.now(), uuid: random.uuid() });
    },
    register: (app, services) =>
      registerDemo(app, {
        people,
        mails: tray,
        letters,
        sms: sms.tray,
        clock,
        simulatorUrl: franceConnect?.url ?? null,
        visitOf: (request, reply) => visitOf(services, request, reply, null, clock.now()),
        onClockMoved: () => afterMove(),
      }),
    printLetters: (services, url) => letters.print(services, url),
    onClockMoved(run) {
      afterMove = run;
    },
    close: async () => {
      await Promise.all([tray.close(), sms.close(), letters.close(), franceConnect?.close()]);
    },
  };
}
