import { setTimeout as wait } from 'node:timers/promises';
import type { Trial } from '../trial.ts';
import type { Server } from './cluster.ts';

/** What must be nobody's case, whatever happened: by name, how many rows break each rule. */
const rules: Readonly<Record<string, string>> = {
  'half accounts': `
    select count(*) from audit_event made where kind = 'account-created'
      and not exists (select from tombstone where person_key = made.person_key) and (
      not exists (select from account where person_key = made.person_key)
      or (select count(*) from email_claim where person_key = made.person_key) <> 1
      or (select count(*) from email_confirmation where person_key = made.person_key) <> 1
      or (select count(*) from terms_acceptance where person_key = made.person_key) <> 1
      or (select count(*) from credential where person_key = made.person_key) <> 1
      or (select count(*) from consent where person_key = made.person_key) <> 5
      or (select count(*) from notice where person_key = made.person_key and kind = 'activation') <> 1)`,
  'accounts that no event made, or two': `
    select count(*) from account where 1 <> (
      select count(*) from audit_event
      where person_key = account.person_key and kind = 'account-created')`,
  'notices without an end or a job': `
    select count(*) from notice where state in ('queued', 'deferred') and channel <> 'letter' and not exists (
      select from pgboss.job where name = 'deliver-notice' and singleton_key = notice.id::text
        and state in ('created', 'retry', 'active'))`,
};

/** The rules that are broken in this database: `half accounts: 2`; empty when all hold. */
export async function brokenRules(server: Server): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const [name, text] of Object.entries(rules)) {
    const [found] = await server.query<{ count: string }>(text, [], 'compte');
    if (found?.count !== '0') broken.push(`${name}: ${found?.count}`);
  }
  return broken;
}

/** How many rows a table has, or those that a condition chooses. */
export async function countRows(server: Server, from: string): Promise<number> {
  const [found] = await server.query<{ count: string }>(`select count(*) from ${from}`, [], 'compte');
  return Number(found?.count);
}

/** No notice waits any more; two minutes at most. */
export async function untilSent(trial: Trial, server: Server): Promise<void> {
  for (let tries = 0; tries < 120 && !trial.over.aborted; tries += 1) {
    const waiting = await countRows(
      server,
      "notice where state in ('queued', 'deferred') and channel <> 'letter'",
    );
    if (waiting === 0) return;
    await wait(1_000);
  }
}

/** A checksum of all rows of each table of ours. */
export async function fingerprints(server: Server): Promise<Readonly<Record<string, string>>> {
  const tables = await server.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    [],
    'compte',
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const text = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as sum from "${name}" t`;
    const [row] = await server.query<{ sum: string }>(text, [], 'compte');
    found[name] = row?.sum ?? '';
  }
  return found;
}
