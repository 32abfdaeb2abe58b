import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { loadConfiguration } from '#src/config/load.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { ClassPlan } from '#src/exercise/class-event.ts';
import type { SeatState } from '#src/exercise/class-state.ts';
import { tablesLeft, tablesPutBack } from '#src/installation/put-back/person-rows.ts';
import { openLog } from '#src/log/log.ts';
import { openNotice } from '#src/notices/notice.ts';
import { openThreads } from '#src/serve/threads.ts';
import type { Services } from '#src/services.ts';
import { systemClock } from '#src/time/clock.ts';
import { cookieName } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { openDormitory } from '#src/workshop/classes/dormitory.ts';
import { openClass, type RunningClass } from '#src/workshop/classes/running-class.ts';
import { openScenarios } from '#src/workshop/classes/scenarios.ts';
import { openSeatCodes } from '#src/workshop/classes/seat-codes.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { deviceOf } from '#src/workshop/classroom/seats.ts';
import { openEmbeddedDatabases } from '#src/workshop/databases/class-databases.ts';
import type { Closing } from '../setting/database.ts';
import { classesFolder } from '../setting/embedded-database.ts';
import { Visitor } from '../visitor.ts';

const id = 'c1a55e00';

/** One class, with what is behind its pages: its database, its journal. */
export interface OpenClass {
  readonly running: RunningClass;
  readonly services: Services;
  seat(number: number): SeatState;
  plays(number: number): SeatPerson;
  /** A browser of somebody who sits down; the name is all that they say. */
  sit(number: number, firstName: string): Promise<Visitor>;
  /** The same browser after the class was opened again. */
  again(visitor: Visitor): Promise<Visitor>;
  restart(): Promise<void>;
  /** All rows of a person, table by table, but the trail. */
  rows(of: SeatPerson): Promise<unknown>;
  /** What the latest message of a kind to a person holds. */
  sent(of: SeatPerson, kind: string): Promise<Record<string, unknown>>;
}

export async function openOneClass(t: Closing, changes: Partial<ClassPlan> = {}): Promise<OpenClass> {
  const folder = await mkdtemp(join(tmpdir(), 'compte-class-'));
  const plan: ClassPlan = {
    name: 'Médiathèque',
    level: 'debutant',
    scenario: 'premiers-pas-carte-vitale',
    policy: 'ameli-2025',
    seats: 2,
    language: 'fr',
    code: 'ACD34',
    ...changes,
  };
  const env = { DATA_DIR: folder, HASH_MEMORY_KIB: '1024', HASH_PASSES: '1', HASH_MAX_WAIT_MS: '20000' };
  const decision = loadConfiguration(env, systemRandom);
  assert.ok(decision.ok);
  const { config } = decision;
  const { hash, clamd } = config;
  const threads = openThreads({ cost: hash, lanes: hash.lanes, maxWaitMs: hash.maxWaitMs, clamd });
  const open = async (isFirst: boolean) => {
    const running = await openClass({
      scenarios: () => openScenarios(join(folder, 'scenarios')).read().scenarios,
      folder,
      id,
      first: isFirst ? { kind: 'prepared', at: new Date().toISOString(), plan } : null,
      seatCodes: openSeatCodes(systemRandom, () => false),
      publicUrl: 'http://localhost',
      isOurHost: (host) => host === 'localhost',
      config,
      databases: openEmbeddedDatabases(await classesFolder()),
      dormitory: openDormitory({ mostAwake: 1, quietMs: null }),
      threads,
      log: openLog({ level: 'error', clock: systemClock, write: () => {} }),
      abandoned: new AbortController().signal,
    });
    return { running, ...(await running.classroom.opened) };
  };
  let now = await open(true);
  t.after(async () => {
    await now.running.close();
    await threads.close();
    await rm(folder, { recursive: true, force: true });
  });
  const keyOf = ({ person }: SeatPerson) => personKey(now.services.keyring, person.line.nir);
  const seat = (number: number): SeatState => {
    const found = now.running.journal.state().seats.get(number);
    assert.ok(found);
    return found;
  };
  return {
    get running() {
      return now.running;
    },
    get services() {
      return now.services;
    },
    seat,
    plays: (number) => {
      const found = now.running.roster.get(number)?.[seat(number).person];
      assert.ok(found);
      return found;
    },
    sit: async (number, firstName) => {
      const secret = systemRandom.bytes(16).toString('base64url');
      const at = new Date().toISOString();
      await now.running.journal.add({
        kind: 'seated',
        at,
        seat: number,
        firstName,
        device: deviceOf(secret),
      });
      const visitor = new Visitor(now.app);
      visitor.cookies.set(cookieName(now.services, roleCookie), `${id}.${secret}`);
      return visitor;
    },
    again: async (visitor) => {
      const same = new Visitor(now.app);
      for (const [name, value] of visitor.cookies) same.cookies.set(name, value);
      return same;
    },
    restart: async () => {
      await now.running.close();
      now = await open(false);
    },
    rows: async (of) => {
      const all = [...tablesPutBack, ...tablesLeft].filter((name) => !name.startsWith('audit_'));
      const pairs = all.map(async (table) => {
        const { rows } = await sql<{ row: string }>`
          select to_jsonb(t)::text as row from ${sql.table(table)} t where person_key = ${keyOf(of)} order by 1`.execute(
          now.services.db,
        );
        return [table, rows.map(({ row }) => row)] as const;
      });
      return Object.fromEntries(await Promise.all(pairs));
    },
    sent: async (of, kind) => {
      const row = await now.services.db
        .selectFrom('notice')
        .select(['person_key', 'id', 'kind', 'content'])
        .where('person_key', '=', keyOf(of))
        .where('kind', '=', kind)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      const { content } = row;
      assert.ok(content);
      return openNotice(now.services.keyring, { ...row, content }).content;
    },
  };
}

/** Waits for what follows a page a moment later: what the journal keeps of it. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (isSo()) return;
    await wait(25);
  }
  throw new Error('It never came');
}
