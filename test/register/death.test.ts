import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { verifyAudit } from '#src/audit/verify.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { claimBatch } from '#src/letters/batch/claim.ts';
import { deleteUnused } from '#src/lifecycle/unused-accounts.ts';
import { paths, withToken } from '#src/paths.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { arriveWithoutCard, ask, enter, receive } from '../codes/channels.ts';
import { Abroad, franceConnectSite, refusals, throughFranceConnect } from '../franceconnect/site.ts';
import { change, latestMail, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { agree, choosePassword, contactOf, enrol, identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const person = personNamed('nom-usage');
const withoutCard = personNamed('sans-carte');
const widow = personNamed('venturi');
const day = 86_400_000;

/** The register learns something of somebody. */
async function learn({ services, clock }: TestApp, line: RegisterLine): Promise<void> {
  const { db, keyring, random } = services;
  clock.advance(60_000);
  await importPeople(db, keyring, [line], { now: clock.now(), uuid: random.uuid() });
}
const dies = (site: TestApp, { line } = person) => learn(site, { ...line, deceased: true });
const lives = (site: TestApp, { line } = person) => learn(site, line);

async function kindsOf({ services: { db } }: TestApp): Promise<string[]> {
  const rows = await db.selectFrom('audit_event').select('kind').orderBy('at').orderBy('seq').execute();
  return rows.map(({ kind }) => kind);
}

async function waitingNotices({ services: { db } }: TestApp): Promise<string[]> {
  const rows = await db
    .selectFrom('notice')
    .select('kind')
    .where('state', 'in', ['queued', 'deferred'])
    .execute();
  return rows.map(({ kind }) => kind);
}

async function opened(t: TestContext): Promise<TestApp> {
  const site = await testApp(t);
  await openAccountOf(site, person, 'compte@exemple.fr');
  return site;
}

test('sessions end, and nobody signs in again; only the right password shows why', async (t) => {
  const site = await opened(t);
  const visitor = await signedInVisitor(site, person);
  await dies(site);
  assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  const { html, status } = await signIn(new Visitor(site.app), person.line.nir);
  assert.equal(status, 403);
  assert.match(html, /Ce compte est fermé/);
  assert.match(html, /est décédée/);
  assert.match(html, /appelez le/);
  assert.doesNotMatch(html, new RegExp(`${person.line.birthName}|compte@exemple|${person.line.nir}`));
  const guess = await signIn(new Visitor(site.app), person.line.nir, 'Faux.Lune8');
  const nobody = await signIn(new Visitor(site.app), '1850578006084', 'Faux.Lune8');
  assert.equal(guess.status, nobody.status);
  assert.match(guess.html, /Nous ne pouvons pas vous connecter/);
  assert.doesNotMatch(guess.html, /fermé|décédée/);
});

test('nothing more is sent, no link works, and the trail has one event', async (t) => {
  const site = await opened(t);
  const asking = new Visitor(site.app);
  await asking.get(paths.forgotten);
  await asking.post(paths.forgotten, { nir: person.line.nir });
  const { token = '' } = await latestMail(site, 'password-reset');
  assert.ok((await waitingNotices(site)).includes('password-reset'));
  await dies(site);
  assert.deepEqual(await waitingNotices(site), []);
  const link = await new Visitor(site.app).get(withToken(paths.newPassword, token));
  assert.doesNotMatch(link.html, /name="motDePasse"/);

  site.clock.advance(day);
  await asking.get(paths.forgotten);
  await asking.post(paths.forgotten, { nir: person.line.nir });
  await runHousekeeping(site.services);
  for (const days of [30, 365, 365, 365]) {
    site.clock.advance(days * day);
    await runHousekeeping(site.services);
  }
  assert.deepEqual(await waitingNotices(site), []);
  assert.equal((await kindsOf(site)).filter((kind) => kind === 'account-closed').length, 1);
  assert.deepEqual((await verifyAudit(site.services.db)).broken, []);
});

test('an enrolment under way ends at the next form, and leads to the caisse without a word of death', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await choosePassword(visitor, person);
  await visitor.get(paths.contact);
  await dies(site);
  const seen = await visitor.post(paths.contact, contactOf('compte@exemple.fr'));
  assert.notEqual(seen.location, paths.waiting);
  assert.equal((await site.services.db.selectFrom('account').select('status').execute()).length, 0);
  const again = new Visitor(site.app);
  await again.get(paths.identity);
  assert.equal((await again.post(paths.identity, identityOf(person))).location, paths.notEligible);
  assert.doesNotMatch((await again.get(paths.notEligible)).html, /décédée|décès|mort\b/);
});

test('an account that waits to be confirmed is closed too, and its link confirms nothing', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await enrol(visitor, person, 'compte@exemple.fr');
  const { token = '' } = await latestMail(site, 'activation');
  await dies(site);
  const link = withToken(paths.link, token);
  const other = new Visitor(site.app);
  await other.get(link);
  assert.notEqual((await other.post(link)).location, paths.confirmed);
  assert.doesNotMatch((await visitor.get(paths.waiting)).html, /exemple\.fr/);
  const { status } = await site.services.db.selectFrom('account').select('status').executeTakeFirstOrThrow();
  assert.equal(status, 'disabled');
});

test('a provisional code is dead, and its letter stays where it is', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, withoutCard);
  const code = await receive(site, visitor, 'courrier');
  await dies(site, withoutCard);
  const entered = await enter(new Visitor(site.app), withoutCard, code);
  assert.equal(entered.status, 422);
  assert.match(entered.html, /code/);
  const dry = { atMost: 100, canary: false, dryRun: true } as const;
  assert.deepEqual((await claimBatch(site.services, dry, site.clock.now())).letters, 0);
  await lives(site, withoutCard);
  site.clock.advance(2 * day);
  const back = new Visitor(site.app);
  await arriveWithoutCard(back, withoutCard);
  assert.equal((await ask(back, 'courrier')).status, 303);
});

test('FranceConnect opens nothing either, linked or not, and says that the dossier is closed', async (t) => {
  const site = await franceConnectSite(t);
  await openAccountOf(site, person, 'compte@exemple.fr');
  const visitor = await signedInVisitor(site, person);
  const away = await change(visitor, paths.accountFranceConnect, { lien: 'faire' });
  await visitor.get(await new Abroad().signIn(away.location ?? '', person.cle));
  await dies(site);
  const linked = new Visitor(site.app);
  const returned = await throughFranceConnect(linked, person.cle, 'connexion');
  assert.equal(returned.location, paths.franceConnectOutcome);
  assert.match((await linked.get(paths.franceConnectOutcome)).html, /Ce dossier est fermé/);
  await dies(site, widow);
  assert.equal(
    (await throughFranceConnect(new Visitor(site.app), widow.cle)).location,
    paths.franceConnectOutcome,
  );
  assert.deepEqual(
    (await refusals(site)).map((details) => JSON.stringify(details)).map((text) => /deceased/.test(text)),
    [true, true],
  );
});

test('a mailbox that two people shared is free for the one who stays', async (t) => {
  const site = await opened(t);
  await dies(site);
  await openAccountOf(site, widow, 'compte@exemple.fr');
  assert.equal((await signIn(new Visitor(site.app), widow.line.nir)).location, paths.account);
});

test('somebody who lives after all has their account back as it was, and whatever was ended stays so', async (t) => {
  const site = await opened(t);
  const visitor = await signedInVisitor(site, person);
  await dies(site);
  await lives(site);
  assert.equal((await visitor.get(paths.account)).location, paths.signIn);
  assert.equal((await signIn(new Visitor(site.app), person.line.nir)).location, paths.account);
  const kinds = await kindsOf(site);
  assert.ok(kinds.indexOf('account-closed') < kinds.indexOf('account-reopened'));
  const claims = await site.services.db.selectFrom('email_claim').select('expires_at').execute();
  assert.deepEqual(claims, [{ expires_at: null }]);
});

test('a repeated death is recorded once; one known before the account was created closes it', async (t) => {
  const site = await opened(t);
  await dies(site);
  await dies(site);
  assert.equal((await kindsOf(site)).filter((kind) => kind === 'account-closed').length, 1);
  const { db } = site.services;
  await db
    .updateTable('account')
    .set({ status: 'active', closed_for: null, closed_from: null, closed_since: null })
    .execute();
  await dies(site);
  const { status } = await db.selectFrom('account').select('status').executeTakeFirstOrThrow();
  assert.equal(status, 'disabled', 'who did not change in the register is looked at all the same');
});

test('a closed account goes with all it holds once the time of an unused one is over', async (t) => {
  const site = await opened(t);
  await dies(site);
  const { db, policy } = site.services;
  const { unusedAccountDays } = policy.retention;
  site.clock.advance((unusedAccountDays - 1) * day);
  assert.equal(await deleteUnused(db, policy.retention, site.clock.now()), 0);
  site.clock.advance(2 * day);
  assert.equal(await deleteUnused(db, policy.retention, site.clock.now()), 1);
  assert.equal((await db.selectFrom('account').select('status').execute()).length, 0);
});

test('another régime, or rights through somebody else, leave an account open and begin nothing new', async (t) => {
  const site = await opened(t);
  const visitor = await signedInVisitor(site, person);
  await learn(site, { ...person.line, regime: 'MSA' });
  await learn(site, { ...person.line, entitlement: 'ayant-droit' });
  assert.equal((await visitor.get(paths.account)).status, 200);
  await learn(site, { ...widow.line, regime: 'MSA' });
  const other = new Visitor(site.app);
  await other.get(paths.identity);
  assert.equal((await other.post(paths.identity, identityOf(widow))).location, paths.notEligible);
});

test('somebody who begins while the import runs finds everything closed after it', async (t) => {
  const site = await testApp(t);
  const visitor = new Visitor(site.app);
  await agree(visitor, person);
  await dies(site);
  assert.notEqual((await visitor.get(paths.password)).status, 200);
});
