import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { mailKinds, openAccountOf } from '../setting/account.ts';
import { Visitor } from '../visitor.ts';
import { Abroad, type FranceConnectSite, franceConnectSite, refusals, throughFranceConnect } from './site.ts';

const person = personNamed('nom-usage');

/** From now on nothing can be added to a table, where `condition` holds of the row. */
async function breaks({ asOwner }: FranceConnectSite, table: string, condition: string): Promise<void> {
  await asOwner(async (owner) => {
    await sql`
      create or replace function gone_away() returns trigger language plpgsql as $$
      begin raise exception 'gone away'; end $$`.execute(owner);
    await sql`
      create trigger gone_away before insert on ${sql.table(table)} for each row
      when (${sql.raw(condition)}) execute function gone_away()`.execute(owner);
  });
}

async function mends({ asOwner }: FranceConnectSite, table: string): Promise<void> {
  await asOwner((owner) => sql`drop trigger gone_away on ${sql.table(table)}`.execute(owner));
}

async function traces(site: FranceConnectSite) {
  const { db } = site.services;
  const kept = await db.selectFrom('oidc_browser').select('kept').where('kept', '=', 'outcome').execute();
  const counted = await db
    .selectFrom('attempt')
    .select('kind')
    .where('kind', 'like', '%franceconnect%')
    .execute();
  const told = (await mailKinds(site)).filter((kind) => kind === 'account-exists');
  return {
    refusals: await refusals(site),
    outcomes: kept.length,
    counted: counted.length,
    told: told.length,
  };
}

test('a refused return leaves its event, its mail and its page together, or nothing', async (t) => {
  const site = await franceConnectSite(t);
  await openAccountOf(site, person, 'compte@exemple.fr');
  const nothing = { refusals: [], outcomes: 0, counted: 0, told: 0 };
  for (const [table, condition] of [
    ['audit_event', `new.kind = 'franceconnect-refused'`],
    ['notice', 'true'],
    ['pgboss.job', 'true'],
    ['oidc_browser', `new.kept = 'outcome'`],
  ] as const) {
    const visitor = new Visitor(site.app);
    const away = await visitor.get(`${paths.franceConnect}?pour=creation`);
    const back = await new Abroad().signIn(away.location ?? '', person.cle);
    await breaks(site, table, condition);
    assert.equal((await visitor.get(back)).status, 500, table);
    assert.deepEqual(await traces(site), nothing, table);
    await mends(site, table);
  }
  assert.equal(
    (await throughFranceConnect(new Visitor(site.app), person.cle)).location,
    paths.franceConnectOutcome,
  );
  const all = { refusals: ['not-linked'], outcomes: 1, counted: 0, told: 1 };
  assert.deepEqual(await traces(site), all);
});
