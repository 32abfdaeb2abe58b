import { personKeys } from '#src/crypto/keyring.ts';
import type { Filling } from '#src/demo/deposits/fill.ts';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

/** What caisses send to the accounts of the demo. */
export interface DemoDeposits {
  /** Deposits what each account should hold by now; the whole past for one that is new. One run at a time. */
  catchUp(): Promise<void>;
  /** Stops after the deposit in progress. */
  close(): Promise<void>;
}

/**
 * Nothing is invented for people without an open account: a demo starts without this work, and what matters would go to
 * them on paper.
 */
export function openDemoDeposits(services: Services, people: readonly DemoPerson[]): DemoDeposits {
  const { db, keyring, clock } = services;
  /** The day up to which each account, by its key, was filled by this process. */
  const filled = new Map<string, string>();
  const stopping = new AbortController();
  let byKey: ReadonlyMap<string, DemoPerson> | null = null;
  let filling: Filling | null = null;
  let underWay: Promise<void> | null = null;

  async function run(): Promise<void> {
    const today = parisDate(clock.now());
    const accounts = await db
      .selectFrom('account')
      .select('person_key')
      .where('status', '=', 'active')
      .execute();
    for (const { person_key: key } of accounts) {
      const name = key.toString('hex');
      if (filled.get(name) === today || stopping.signal.aborted) continue;
      byKey ??= new Map(
        people.flatMap((one) =>
          personKeys(keyring, one.line.nir).map((known) => [known.toString('hex'), one] as const),
        ),
      );
      const person = byKey.get(name);
      // Loaded only now, so that the demo starts faster.
      filling ??= (await import('#src/demo/deposits/fill.ts')).openFilling(services, stopping.signal);
      if (person) await filling(person, key, filled.get(name) ?? null);
      filled.set(name, today);
    }
  }

  return {
    catchUp() {
      underWay ??= run().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    async close() {
      stopping.abort();
      await underWay?.catch(() => {});
    },
  };
}
