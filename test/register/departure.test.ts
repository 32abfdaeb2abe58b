import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { verifyAudit } from '#src/audit/verify.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { runHousekeeping } from '#src/housekeeping/housekeeping.ts';
import { followDepartures } from '#src/lifecycle/departures.ts';
import { paths } from '#src/paths.ts';
import { findPerson, readPersonQuery } from '#src/person/find-person.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { parseAsOf } from '#src/register-import/as-of.ts';
import { findConcerned, findImports } from '#src/register-import/history.ts';
import { type ImportOptions, importRegister } from '#src/register-import/import.ts';
import { latestMail, mailKinds, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');
const neighbour = personNamed('nom-usage');
const other = personNamed('loire');
const day = 86_400_000;

type Written = RegisterLine | Readonly<Record<string, unknown>>;

/** Loads a file of these lines, dated today. */
async function load(
  { services: { db, keyring, random }, clock }: TestApp,
  lines: readonly Written[],
  more: Partial<ImportOptions> = {},
) {
  clock.advance(60_000);
  const records = lines.map((line, at) => ({ number: at + 1, text: JSON.stringify(line), ended: true }));
  const sha256 = randomBytes(32);
  return importRegister(db, keyring, records, {
    now: clock.now(),
    uuid: random.uuid(),
    sha256: () => sha256,
    origin: { by: 'ops-1', fileName: 'register.ndjson' },
    ...more,
  });
}

async function summaryOf(loading: ReturnType<typeof load>) {
  const outcome = await loading;
  assert.ok(outcome.kind === 'done', outcome.kind === 'refused' ? outcome.refusal.reason : '');
  return outcome.summary;
}

async function refusalOf(loading: ReturnType<typeof load>) {
  const outcome = await loading;
  return outcome.kind === 'refused' ? outcome.refusal.reason : 'loaded';
}

async function after(site: TestApp, days: number): Promise<void> {
  site.clock.advance(days * day);
  await followDepartures(site.services, site.clock.now());
}

const told = async (site: TestApp, kind: string) =>
  (await mailKinds(site)).filter((one) => one === kind).length;

test('somebody whom the register no longer has is told, keeps the account for a while, and comes back', async (t) => {
  const site = await testApp(t);
  const { db } = site.services;
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, neighbour, 'voisine@exemple.fr');
  const everybody = [venturi.line, neighbour.line, other.line];
  await load(site, everybody);

  // A line that is set aside names its person; one that names nobody keeps everybody.
  const bad = { ...venturi.line, iban: 'FR00' };
  const named = await summaryOf(
    load(site, [bad, neighbour.line, other.line], { maxRejected: { kind: 'number', most: 1 } }),
  );
  assert.deepEqual([named.people.absent, named.people.left, named.rejected], [0, 0, 1]);
  const wrongKey = { ...venturi.line, nir: `${venturi.line.nir}01` };
  const nameless = await summaryOf(
    load(site, [wrongKey, neighbour.line, other.line], { maxRejected: { kind: 'number', most: 1 } }),
  );
  assert.deepEqual([nameless.people.absent, nameless.people.left, nameless.nameless], [1, 0, 1]);

  const since = site.clock.now();
  const left = await summaryOf(load(site, [neighbour.line, other.line]));
  assert.deepEqual([left.people.absent, left.people.left, left.concerned], [1, 1, 1]);
  const [account] = await findConcerned(db, left.batch, 10);
  assert.equal(account?.what, 'left');
  const query = readPersonQuery(account?.reference ?? '');
  const found = query && (await findPerson(site.services, query));
  assert.equal(typeof found === 'object' && found?.nir, venturi.line.nir, 'by its reference');
  await runHousekeeping(site.services);
  await after(site, 1);
  assert.equal(await told(site, 'departure'), 1, 'told once');
  const mail = await latestMail(site, 'departure');
  assert.equal(mail.address, 'venturi@exemple.fr');
  assert.ok(new Date(mail.leftAt ?? '') >= since);
  const visitor = await signedInVisitor(site, venturi);
  assert.match((await visitor.get(paths.account)).html, /ne vous compte plus parmi ses assurés/);
  const enrolling = new Visitor(site.app);
  await enrolling.get(paths.identity);
  const refused = await enrolling.post(paths.identity, identityOf(venturi));
  assert.equal(refused.location, paths.notEligible, 'who left cannot enrol');

  await summaryOf(load(site, [neighbour.line, other.line]));
  await after(site, 0);
  assert.equal(await told(site, 'departure'), 1, 'the next file changes nothing');
  const back = await summaryOf(load(site, everybody));
  assert.deepEqual([back.people.returned, back.people.updated, back.concerned], [1, 1, 1]);
  await after(site, 200);
  assert.equal(await told(site, 'departure-undone'), 1);
  assert.equal((await signIn(new Visitor(site.app), venturi.line.nir)).location, paths.account);

  await load(site, [neighbour.line, other.line]);
  await after(site, 0);
  const bounced = db.updateTable('notice').set({ state: 'bounced' }).where('kind', '=', 'departure');
  await bounced.execute();
  await after(site, 0);
  await after(site, 1);
  const letters = db.selectFrom('notice').select('id').where('kind', '=', 'departure-letter');
  assert.equal((await letters.execute()).length, 1, 'a letter tells what the mail could not');
  await after(site, 90);
  const closed = await signIn(new Visitor(site.app), venturi.line.nir);
  assert.equal(closed.status, 403);
  assert.match(closed.html, /Vous ne faites plus partie des assurés/);
  assert.equal((await db.selectFrom('account').select('status').execute()).length, 2, 'nothing is deleted');

  // Dead, then alive and in the register: the account is what it was.
  await load(site, [{ ...venturi.line, deceased: true }, neighbour.line, other.line]);
  await after(site, 1);
  assert.match((await signIn(new Visitor(site.app), venturi.line.nir)).html, /est décédée/);
  await load(site, everybody);
  await after(site, 1);
  assert.equal((await signIn(new Visitor(site.app), venturi.line.nir)).location, paths.account);
  assert.deepEqual((await verifyAudit(db)).broken, []);
});

test('deltas carry additions, changes, departures and deaths, in their order and once', async (t) => {
  const site = await testApp(t);
  const { db } = site.services;
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await openAccountOf(site, neighbour, 'voisine@exemple.fr');
  const dated = (date: string) => parseAsOf(date) ?? assert.fail(date);
  const delta = (since: string, asOf: string) =>
    ({ said: { kind: 'delta', since: dated(since) }, asOf: dated(asOf) }) as const;
  const at = (days: number) => new Date(site.clock.now().getTime() - days * day).toISOString().slice(0, 10);
  const [first, second, third, fourth] = [at(8), at(7), at(6), at(5)];
  const changes: readonly Written[] = [
    { ...other.line, nir: '1850578006084' },
    { ...venturi.line, knownEmail: 'ailleurs@example.org' },
    { change: 'died', nir: neighbour.line.nir },
    { change: 'left', nir: '2990175056999' },
  ];
  assert.equal(await refusalOf(load(site, changes, delta(first, second))), 'delta-first');
  await summaryOf(load(site, [venturi.line, neighbour.line], { asOf: dated(first) }));
  assert.equal(await refusalOf(load(site, changes)), 'change-in-full');
  assert.equal(await refusalOf(load(site, changes, delta(second, third))), 'delta-gap');
  const dry = await summaryOf(load(site, changes, { ...delta(first, second), dryRun: true }));
  const done = await summaryOf(load(site, changes, delta(first, second)));
  assert.deepEqual(dry.people, done.people);
  const { added, updated, died, left, unknown } = done.people;
  assert.deepEqual([added, updated, died, left, unknown], [1, 1, 1, 0, 1]);
  assert.match((await signIn(new Visitor(site.app), neighbour.line.nir)).html, /est décédée/);
  assert.equal((await signIn(new Visitor(site.app), venturi.line.nir)).location, paths.account);

  assert.equal(await refusalOf(load(site, changes, delta(first, second))), 'delta-behind', 'a replay');
  const gone = [{ change: 'left', nir: venturi.line.nir }];
  assert.equal(
    await refusalOf(load(site, gone, { ...delta(first, third), acceptOlder: true })),
    'delta-behind',
  );
  const heading = { kind: 'delta', since: second, asOf: third };
  const moved = await summaryOf(load(site, [heading, ...gone], { maxAbsent: { kind: 'part', most: 0.5 } }));
  assert.deepEqual([moved.people.left, moved.concerned], [1, 1]);
  const lives = await summaryOf(load(site, [neighbour.line, venturi.line], delta(third, fourth)));
  assert.deepEqual([lives.people.updated, lives.people.returned, lives.accounts.reopened], [2, 1, 1]);
  assert.equal((await signIn(new Visitor(site.app), neighbour.line.nir)).location, paths.account);

  const history = await findImports(db, { atMost: 20 });
  assert.deepEqual(
    history.map(({ kind, refusedFor }) => [kind, refusedFor]),
    [
      ['delta', null],
      ['delta', null],
      ['delta', 'delta-behind'],
      ['delta', 'delta-behind'],
      ['delta', null],
      ['delta', 'delta-gap'],
      ['full', 'change-in-full'],
      ['full', null],
      ['delta', 'delta-first'],
    ],
  );
  assert.deepEqual(history[0]?.origin, { by: 'ops-1', fileName: 'register.ndjson' });
  assert.equal(history[0]?.counts.returned, 1);
  assert.deepEqual((await verifyAudit(db)).broken, []);
});
