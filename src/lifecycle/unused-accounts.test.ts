import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyAudit } from '#src/audit/verify.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { paths } from '#src/paths.ts';
import { latestMail, mailKinds, openAccountOf, signIn } from '#test/setting/account.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol } from '#test/steps.ts';
import { Visitor } from '#test/visitor.ts';

const venturi = personNamed('venturi');
const neighbour = personNamed('nom-usage');
const { nir } = venturi.line;
const day = 86_400_000;

/** Housekeeping after this many more days. */
async function after(site: TestApp, days: number): Promise<void> {
  site.clock.advance(days * day);
  await runHousekeeping(site.services);
}

async function warnings(site: TestApp): Promise<number> {
  return (await mailKinds(site)).filter((kind) => kind === 'account-unused').length;
}

async function events({ services: { db } }: TestApp, kind: string): Promise<number> {
  return (await db.selectFrom('audit_event').select('seq').where('kind', '=', kind).execute()).length;
}

async function accounts({ services: { db } }: TestApp): Promise<number> {
  return (await db.selectFrom('account').select('status').execute()).length;
}

test('a person who has not signed in for three years is warned once, a month before the deletion', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const opened = site.clock.now().getTime();
  await after(site, 1064);
  assert.equal(await warnings(site), 0);
  await after(site, 1);
  await after(site, 1);
  assert.equal(await warnings(site), 1);
  assert.equal(await events(site, 'account-unused-warned'), 1);
  assert.deepEqual(await latestMail(site, 'account-unused'), {
    address: 'venturi@exemple.fr',
    until: new Date(opened + 1095 * day).toISOString(),
  });
  await after(site, 28);
  assert.equal(await accounts(site), 1);
  await after(site, 1);
  assert.equal(await accounts(site), 0);
  assert.equal(await events(site, 'account-deleted'), 1);
});

test('an account that cannot be read keeps nobody else from being warned, nor from being deleted', async (t) => {
  const site = await testApp(t);
  const { db } = site.services;
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await db
    .updateTable('account')
    .set({ contact: Buffer.alloc(60) })
    .execute();
  await openAccountOf(site, neighbour, 'voisine@exemple.fr');
  await assert.rejects(after(site, 1066), /Some duties failed/);
  assert.equal(await warnings(site), 1);
  assert.equal((await latestMail(site, 'account-unused')).address, 'voisine@exemple.fr');
  await assert.rejects(after(site, 30), /Some duties failed/, 'as long as nobody has seen to it');
  assert.deepEqual([await accounts(site), await warnings(site)], [1, 1]);
});

test('signing in keeps the account for three more years', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await after(site, 1070);
  assert.equal((await signIn(new Visitor(site.app), nir)).location, paths.account);
  await after(site, 1064);
  assert.deepEqual([await accounts(site), await warnings(site)], [1, 1]);
  await after(site, 1);
  assert.equal(await warnings(site), 2, 'warned again');
});

test('no account is deleted within a month of the warning, however late it was sent', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await after(site, 2000);
  const until = new Date(site.clock.now().getTime() + 30 * day).toISOString();
  assert.equal((await latestMail(site, 'account-unused')).until, until);
  await after(site, 29);
  assert.equal(await accounts(site), 1);
  await after(site, 1);
  assert.equal(await accounts(site), 0);
});

test('a deleted account leaves nothing but the audit trail, and the person can open another', async (t) => {
  const site = await testApp(t);
  const { db } = site.services;
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await after(site, 1070);
  await openAccountOf(site, neighbour, 'voisine@exemple.fr');
  const left = async () =>
    Promise.all(
      (['account', 'email_claim', 'consent', 'terms_acceptance'] as const).map(async (table) => {
        const rows = await db.selectFrom(table).select('person_key').distinct().execute();
        return rows.length;
      }),
    );
  assert.deepEqual(await left(), [2, 2, 2, 2]);
  await after(site, 30);
  assert.deepEqual(await left(), [1, 1, 1, 1], 'the neighbour keeps everything');
  assert.deepEqual((await verifyAudit(db)).broken, []);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
});

test('an unconfirmed account is not an unused account', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  await after(site, 1100);
  assert.deepEqual([await accounts(site), await warnings(site)], [0, 0]);
});
