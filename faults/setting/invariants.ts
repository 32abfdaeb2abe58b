import type { Server } from './cluster.ts';

/** What must be nobody's case, whatever happened: by name, how many rows break each rule. */
const rules: Readonly<Record<string, string>> = {
  'half accounts': `
    select count(*) from audit_event made where kind = 'account-created' and (
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
      select from pgboss.job where name = 'deliver-notice' and data->>'id' = notice.id::text
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
