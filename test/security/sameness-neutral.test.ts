import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import type { OpenIdProvider } from '#src/oidc/provider.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { openAccountOf, signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { enrol, identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { alike, oneEach, outside, same } from './alike.ts';

const provider: OpenIdProvider<PivotIdentity> = {
  available: () => true,
  origins: () => [],
  authorization: async ({ state, nonce }) => new URL(`https://fc.invalid/?state=${state}&nonce=${nonce}`),
  complete: async () => ({ kind: 'refused', reason: 'not-recognised' }),
  endSession: async () => null,
};

const venturi = personNamed('venturi');
/** Everybody has the same name, date and address: only what the register says of them differs. */
function someone(number: number, changes: Partial<RegisterLine> = {}): NamedPerson {
  const line = { ...venturi.line, nir: `162122B01${String(number + 20).padStart(4, '0')}`, ...changes };
  return { ...venturi, line };
}
const noCard = { card: null };

/** The twelve situations in which somebody cannot go on by the card, as the identity page is filled in for each. */
async function twelve(
  site: TestApp,
): Promise<Record<string, { person: NamedPerson; form: Record<string, string> }>> {
  const { db, keyring, random, clock } = site.services;
  const load = (people: readonly NamedPerson[]) =>
    importPeople(
      db,
      keyring,
      people.map(({ line }) => line),
      {
        now: clock.now(),
        uuid: random.uuid(),
      },
    );
  const people = {
    'wrong name': someone(2),
    'wrong date': someone(3),
    'wrong postal code': someone(4),
    'provisional number': someone(5, { nir: '762122B010005', certified: false }),
    'no bank account': someone(6, { iban: null }),
    'no card': someone(7, noCard),
    'other scheme': someone(8, { regime: 'MSA' }),
    'account open': someone(9),
    'account waiting': someone(10),
    'account suspended': someone(11),
    deceased: someone(12, { deceased: true }),
  };
  await load(Object.values(people));
  await openAccountOf(site, people['account open'], 'ouvert@exemple.fr');
  await openAccountOf(site, people['account suspended'], 'suspendu@exemple.fr');
  await enrol(new Visitor(site.app), people['account waiting'], 'attente@exemple.fr');
  for (let i = 0; i < 10; i++)
    await signIn(new Visitor(site.app), people['account suspended'].line.nir, 'Faux.Lune8');
  // They have lost their card since.
  const { 'account open': open, 'account waiting': waiting, 'account suspended': suspended } = people;
  await load([open, waiting, suspended].map((one) => ({ ...one, line: { ...one.line, ...noCard } })));
  const wrong: Record<string, Record<string, string>> = {
    'wrong name': { nom: 'Autre' },
    'wrong date': { 'dateNaissance-jour': '17' },
    'wrong postal code': { codePostal: '63100' },
  };
  const all = { unknown: someone(1), ...people };
  return Object.fromEntries(
    Object.entries(all).map(([name, person]) => [
      name,
      { person, form: identityOf(person, wrong[name] ?? {}) },
    ]),
  );
}

async function neutralSite(t: TestContext) {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee'), franceConnect: provider });
  const situations = await twelve(site);
  assert.equal(Object.keys(situations).length, 12);
  let visitors = 0;
  const newVisitor = () => {
    visitors += 1;
    return new Visitor(site.app, { 'x-forwarded-for': `198.51.${visitors >> 8}.${visitors & 255}` });
  };
  const forms = Object.fromEntries(Object.entries(situations).map(([name, { form }]) => [name, form]));
  return { site, situations, forms, newVisitor };
}

test('under a neutral policy twelve situations look the same on the identity page, beyond every limit', async (t) => {
  const { site, forms, newVisitor } = await neutralSite(t);
  const asking = { path: paths.identity, situations: forms, visitorOf: () => newVisitor() };
  await alike({ ...asking, rounds: 7 });
  site.clock.advance(6 * 3_600_000 + 1_000);
  await alike({ ...asking, rounds: 7 });
});

test('under a neutral policy nothing after the identity page distinguishes them', async (t) => {
  const { forms, newVisitor } = await neutralSite(t);
  const visitors = new Map<string, Visitor>();
  const seen = new Map<string, [string, ReturnType<typeof outside>][]>();
  const note = (what: string, name: string, value: ReturnType<typeof outside>) =>
    seen.set(what, [...(seen.get(what) ?? []), [name, value]]);
  const sayTyped = (html: string) => html.replaceAll('Puy-de-Dôme', '');
  for (const [name, form] of Object.entries(forms)) {
    const visitor = newVisitor();
    visitors.set(name, visitor);
    await visitor.get(paths.identity);
    const answer = await visitor.post(paths.identity, form);
    assert.equal(answer.location, paths.notEligible, name);
    note('identity', name, outside(answer));
    const page = await visitor.get(paths.notEligible);
    note('page', name, outside({ ...page, html: sayTyped(page.html) }));
    note('wrongChannel', name, outside(await visitor.post(paths.notEligible, { canal: 'pigeon' })));
    for (const canal of ['sms', 'courriel', 'courrier']) {
      await visitor.get(paths.notEligible);
      note('code', name, outside(await visitor.post(paths.notEligible, { canal })));
      const waiting = await visitor.get(paths.provisionalCode);
      note('code', name, outside(waiting));
      note(
        'wrongCode',
        name,
        outside(await visitor.post(paths.provisionalCode, { ...form, code: '0000000001' })),
      );
    }
    for (const path of [paths.proof, paths.otherWays, paths.terms, paths.contact, paths.account])
      note('again', name, outside(await visitor.get(path)));
    // The last try is announced, then every way that is left.
    await visitor.get(paths.provisionalCode);
    for (let i = 0; i < 3; i++)
      note(
        'lastCode',
        name,
        outside(await visitor.post(paths.provisionalCode, { ...form, code: '0000000001' })),
      );
    for (let i = 0; i < 5; i++) {
      await visitor.get(paths.identity);
      note('lastIdentity', name, outside(await visitor.post(paths.identity, form)));
      const few = await visitor.get(paths.notEligible);
      note('lastIdentity', name, outside({ ...few, html: sayTyped(few.html) }));
    }
  }
  const said = (what: string) =>
    (seen.get(what) ?? []).map(([, { status, html }]) => `${status} ${html}`).join();
  assert.match(
    said('lastCode'),
    /C’était le dernier essai[\s\S]*429 [\s\S]*Ce que vous pouvez faire maintenant/,
  );
  assert.match(said('lastIdentity'), /il vous reste un seul essai[\s\S]*429 /);
  for (const [what, answers] of seen) {
    const byName = new Map<string, unknown[]>();
    for (const [name, answer] of answers) byName.set(name, [...(byName.get(name) ?? []), answer]);
    same([...byName], what);
  }
});

test('under a neutral policy a requested code takes the same work, and is sent only to people in the register', async (t) => {
  const { site, forms, newVisitor } = await neutralSite(t);
  const { db } = site.services;
  const letters = async () =>
    (await db.selectFrom('notice').select('state').where('channel', '=', 'letter').execute()).map(
      ({ state }) => state,
    );
  const before = (await letters()).length;
  for (const [name, form] of Object.entries(forms)) {
    const known = await db.selectFrom('provisional_code').select('id').execute();
    const visitor = newVisitor();
    await visitor.get(paths.identity);
    await visitor.post(paths.identity, form);
    await visitor.get(paths.notEligible);
    for (let press = 0; press < 2; press += 1) await visitor.post(paths.notEligible, { canal: 'courrier' });
    const codes = await db.selectFrom('provisional_code').select('id').execute();
    assert.equal(codes.length, known.length + 1, name);
  }
  const states = (await letters()).slice(before);
  assert.ok(states.includes('queued'));
  assert.equal(
    states.filter((state) => state === 'withheld').length,
    7,
    'nobody, three mistyped, three barred',
  );
  const decoys = await db.selectFrom('provisional_code').select('person_key').execute();
  const people = await db.selectFrom('insured').select('person_key').execute();
  const real = decoys.filter(({ person_key: key }) => people.some((one) => one.person_key.equals(key)));
  assert.equal(real.length, Object.keys(forms).length - 7);
});

test('under a neutral policy nothing else reveals them: signing in, a new password, codes, FranceConnect', async (t) => {
  const { situations, forms, newVisitor } = await neutralSite(t);
  const numbers = (fields: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(situations)
        // A suspended account is suspended by its number: its own test is in sameness.test.ts.
        .filter(([name]) => name !== 'account suspended')
        .map(([name, { person }]) => [name, { nir: person.line.nir, ...fields }]),
    );
  const visitorOf = oneEach(newVisitor);
  await alike({
    path: paths.signIn,
    situations: numbers({ motDePasse: 'Faux.Lune8' }),
    rounds: 6,
    visitorOf,
  });
  await alike({ path: paths.forgotten, situations: numbers({}), rounds: 4, visitorOf });
  await alike({
    path: paths.provisionalCode,
    situations: Object.fromEntries(
      Object.entries(situations)
        .filter(([name]) => name !== 'account suspended')
        .map(([name, { form }]) => [name, { ...form, code: '00000001' }]),
    ),
    rounds: 6,
    visitorOf,
  });
  await alike({ path: paths.waiting, situations: numbers({ code: '12345678' }), rounds: 6, visitorOf });
  await alike({
    path: `${paths.franceConnect}?pour=creation`,
    shownAt: paths.identity,
    situations: forms,
    rounds: 2,
    visitorOf,
  });
});

test('under an open policy only a person who knows name, date and postal code gets the reason, within ten guesses', async (t) => {
  const site = await testApp(t);
  const barred = personNamed('sans-iban');
  const ask = async (changes: Record<string, string>) => {
    const visitor = new Visitor(site.app);
    await visitor.get(paths.identity);
    return visitor.post(paths.identity, identityOf(barred, changes));
  };
  let told = 0;
  for (let hour = 0; hour < 29 * 24; hour += 7) {
    for (let i = 0; i < 6; i++) if ((await ask({ nom: `Autre ${i}` })).status === 422) told += 1;
    site.clock.advance(7 * 3_600_000);
  }
  assert.equal(told, 10);
  assert.equal((await ask({})).status, 429, 'the right identity too');
});
