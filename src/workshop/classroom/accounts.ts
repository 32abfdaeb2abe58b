import { personKey } from '#src/crypto/keyring.ts';
import type { Filling } from '#src/demo/deposits/fill.ts';
import { openDemoAccounts } from '#src/demo/people/accounts.ts';
import type { ClassState } from '#src/exercise/class-state.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';
import type { Roster, SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What the people of a class have from the start, where the scenario begins with an account. */
export interface ClassAccounts {
  /** Opens the accounts of those who are played first; the class waits for it. */
  openFirst(services: Services): Promise<void>;
  /** Opens the account of one of the others who is played from now on; false where nobody begins with one. */
  openFor(services: Services, of: SeatPerson): Promise<boolean>;
  /** Opens the accounts of the others, and deposits what caisses send to those who are played now; one run at a time. */
  catchUp(services: Services): Promise<void>;
  close(): Promise<void>;
}

const withDeposits = ['payments', 'attestation', 'messages'] as const;

export function openClassAccounts(
  roster: Roster,
  scenario: Pick<Scenario, 'begins' | 'steps'>,
  state: () => ClassState,
): ClassAccounts {
  const everybody = [...roster.values()];
  const first = everybody.flatMap((people) => people.slice(0, 1));
  const others = everybody.flatMap((people) => people.slice(1));
  const areFilled = withDeposits.some((step) => scenario.steps.includes(step));
  const stopping = new AbortController();
  /** By the keys of their people. */
  let opened: Set<string> | null = null;
  let opening: Promise<void> = Promise.resolve();
  const filledUntil = new Map<SeatPerson, string>();
  let filling: Filling | null = null;
  let underWay: Promise<void> | null = null;

  async function run(services: Services): Promise<void> {
    if (areFilled) await fillPlayed(services);
    for (const one of others) {
      if (stopping.signal.aborted) return;
      await openOne(services, one);
    }
  }

  /** One after the other. A password is hashed for nothing when the account is there. */
  function openOne(services: Services, { person }: SeatPerson): Promise<Buffer> {
    const key = personKey(services.keyring, person.line.nir);
    const done = opening.then(async () => {
      opened ??= await accountsIn(services);
      if (!opened.has(key.toString('hex'))) await openDemoAccounts(services, [person]);
      opened.add(key.toString('hex'));
      return key;
    });
    opening = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** Each in the order of the seats, those where somebody sits before the others. */
  async function fillPlayed(services: Services): Promise<void> {
    const today = parisDate(services.clock.now());
    const seats = [...state().seats.values()].toSorted(
      (a, b) => Number(a.device === null) - Number(b.device === null),
    );
    for (const { number, person } of seats) {
      const played = roster.get(number)?.[person];
      if (stopping.signal.aborted || !played || filledUntil.get(played) === today) continue;
      const key = await openOne(services, played);
      // Loaded only now, so that other classes start faster.
      filling ??= (await import('#src/demo/deposits/fill.ts')).openFilling(services, stopping.signal);
      await filling(played.person, key, filledUntil.get(played) ?? null);
      filledUntil.set(played, today);
    }
  }

  return {
    openFirst: (services) =>
      openDemoAccounts(
        services,
        first.map(({ person }) => person),
      ),
    async openFor(services, of) {
      if (scenario.begins === 'without-account') return false;
      await openOne(services, of);
      return true;
    },
    catchUp(services) {
      if (scenario.begins === 'without-account') return Promise.resolve();
      underWay ??= run(services).finally(() => {
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

async function accountsIn({ db }: Services): Promise<Set<string>> {
  const accounts = await db.selectFrom('account').select('person_key').execute();
  return new Set(accounts.map(({ person_key: key }) => key.toString('hex')));
}
