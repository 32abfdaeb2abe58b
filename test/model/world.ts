import type { FastifyInstance } from 'fastify';
import type { KyselyPlugin } from 'kysely';
import type { DemoPerson } from '#src/fictitious/demo-register.ts';
import { people } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { ordinaryPeople } from '../reliability/enrolment.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import { type Seen, Visitor } from '../visitor.ts';

/** The service with two browsers before it, and what may happen to it. */
export interface World {
  /** What was to be sent so far. */
  mails: TestApp['mails'];
  readonly people: readonly [DemoPerson, DemoPerson];
  get(browser: number, path: string): Promise<Seen>;
  post(browser: number, path: string, fields?: Readonly<Record<string, string>>): Promise<Seen>;
  /** A browser without its cookies. */
  forget(browser: number): void;
  /** The process is another one from now on, over the same database. */
  crash(): Promise<void>;
  /** The answer to this statement of the next requests is lost, the first being 1; null: none. */
  lose(statement: number | null): void;
  /** A moment passes. */
  tick(milliseconds: number): void;
  /** The clock moves, and what the worker does by the clock is done. */
  jump(milliseconds: number): Promise<void>;
}

/** Opens a service, and worlds in it as long as there are people who have not been used; then null. */
export async function openWorlds(t: Closing): Promise<() => World | null> {
  let left: number | null = null;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (left === null) return result;
      left -= 1;
      if (left > 0) return result;
      left = null;
      throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
    },
  };
  const opened = await testApp(t, '2026-03-02T09:00:00Z', { plugin });
  const { services, clock } = opened;
  const waiting = ordinaryPeople();
  const lines = [...people, ...waiting].map(({ line }) => line);
  await importPeople(services.db, services.keyring, lines, {
    now: clock.now(),
    uuid: services.random.uuid(),
  });
  let app: FastifyInstance = opened.app;
  return () => {
    const [one, other] = [waiting.pop(), waiting.pop()];
    if (!one || !other) return null;
    const browsers = [new Visitor(app), new Visitor(app)];
    const browser = (index: number): Visitor => {
      const found = browsers[index];
      if (!found) throw new Error('There are two browsers');
      return found;
    };
    return {
      people: [one, other],
      async mails() {
        const kept = left;
        left = null;
        const found = await opened.mails();
        left = kept;
        return found;
      },
      get: (index, path) => browser(index).get(path),
      post: (index, path, fields = {}) => browser(index).post(path, { ...fields }),
      forget(index) {
        browsers[index] = new Visitor(app);
      },
      async crash() {
        app = await opened.another(services.keyring);
        for (const [index, before] of browsers.entries()) {
          const after = new Visitor(app);
          for (const [name, value] of before.cookies) after.cookies.set(name, value);
          after.csrf = before.csrf;
          browsers[index] = after;
        }
      },
      lose(statement) {
        left = statement;
      },
      tick: (milliseconds) => clock.advance(milliseconds),
      async jump(milliseconds) {
        clock.advance(milliseconds);
        await runHousekeeping(services);
      },
    };
  };
}
