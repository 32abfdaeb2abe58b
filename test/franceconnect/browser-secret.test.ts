import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { identify, identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { Abroad, type FranceConnectSite, franceConnectSite, throughFranceConnect } from './site.ts';

const person = personNamed('nom-usage');
const other = personNamed('venturi');

/** The site as seen with the cookie that somebody kept. */
function withKept(site: FranceConnectSite, secret: string): Visitor {
  const thief = new Visitor(site.app);
  thief.cookies.set('franceconnect', secret);
  return thief;
}

async function readsNothing(site: FranceConnectSite, secret: string, when: string): Promise<void> {
  for (const page of [paths.identity, paths.franceConnectOutcome]) {
    const { html } = await withKept(site, secret).get(page);
    assert.ok(!html.includes(person.line.nir) && !html.includes(person.line.birthName), `${when}: ${page}`);
  }
  const thief = withKept(site, secret);
  await thief.get(paths.waiting);
  const left = await thief.post(paths.franceConnectSignedOut);
  assert.equal(left.location, paths.home, `${when}: no session at the provider to end`);
}

async function begin(visitor: Visitor): Promise<string> {
  await visitor.get(paths.identity);
  const away = await visitor.post(`${paths.franceConnect}?pour=creation`, identityOf(person));
  return away.location ?? '';
}

test('a value of the cookie from before reads nothing of the next person’s journey', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  const secret = () => browser.cookies.get('franceconnect') ?? '';
  await browser.get(`${paths.franceConnect}?pour=creation`);
  const planted = secret();

  const away = await begin(browser);
  const begun = secret();
  assert.notEqual(begun, planted);
  await readsNothing(site, planted, 'under way');

  const stopped = await browser.get(await new Abroad().signIn(away, other.cle));
  assert.equal(stopped.location, paths.franceConnectOutcome);
  const back = secret();
  assert.equal(new Set([planted, begun, back]).size, 3, 'another one at the return');
  assert.match((await browser.get(paths.identity)).html, new RegExp(person.line.birthName));
  for (const old of [planted, begun]) await readsNothing(site, old, 'stopped');

  await browser.get(await new Abroad().signIn(await begin(browser), person.cle));
  for (const old of [planted, begun, back]) await readsNothing(site, old, 'proved');
  await browser.get(paths.terms);
  const proved = secret();
  const out = await browser.post(paths.signOut);
  assert.match(out.location ?? '', /session\/end/, 'the session at the provider is ended');
  assert.notEqual(secret(), proved);
  for (const old of [planted, begun, back, proved]) await readsNothing(site, old, 'signed out');
});

test('without a session at the provider the cookie goes with the sign-out', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  await begin(browser);
  await identify(browser, other);
  assert.equal(browser.cookies.has('franceconnect'), false, 'somebody begins in another way');
  await begin(browser);
  const kept = browser.cookies.get('franceconnect') ?? '';
  assert.notEqual(kept, '');
  await browser.get(paths.proof);
  await browser.post(paths.signOut);
  assert.equal(browser.cookies.has('franceconnect'), false);
  await readsNothing(site, kept, 'signed out');
});

test('who types another identity is shown nothing of the journey before, and can still end its session', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  const stopped = await browser.get(await new Abroad().signIn(await begin(browser), other.cle));
  assert.equal(stopped.location, paths.franceConnectOutcome);
  const kept = browser.cookies.get('franceconnect') ?? '';
  await identify(browser, other);
  assert.doesNotMatch((await browser.get(paths.franceConnectOutcome)).html, new RegExp(person.line.nir));
  await readsNothing(site, kept, 'begun anew');
  await browser.get(paths.franceConnectOutcome);
  assert.match((await browser.post(paths.franceConnectSignedOut)).location ?? '', /session\/end/);
});

test('an address of return that belongs to no journey takes nothing from the one under way', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  const away = await browser.get(`${paths.franceConnect}?pour=creation`);
  const secret = browser.cookies.get('franceconnect');
  await browser.get(`${paths.franceConnectReturn}?state=x&code=y`);
  assert.equal(browser.cookies.get('franceconnect'), secret);
  const back = await browser.get(await new Abroad().signIn(away.location ?? '', person.cle));
  assert.equal(back.location, paths.terms);
  assert.equal((await throughFranceConnect(new Visitor(site.app), person.cle)).location, paths.terms);
});

test('each session at the provider has a secret of its own: one from before ends nothing', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  const secret = () => browser.cookies.get('franceconnect-session') ?? '';
  const endsNothing = async (kept: string, when: string) => {
    const thief = new Visitor(site.app);
    thief.cookies.set('franceconnect-session', kept);
    await thief.get(paths.waiting);
    assert.equal((await thief.post(paths.franceConnectSignedOut)).location, paths.home, when);
    assert.equal(thief.cookies.has('franceconnect-session'), false, 'it is not offered again');
  };
  browser.cookies.set('franceconnect-session', 'A'.repeat(43));
  await browser.get(await new Abroad().signIn(await begin(browser), other.cle));
  const first = secret();
  await endsNothing('A'.repeat(43), 'planted');
  await browser.get(await new Abroad().signIn(await begin(browser), person.cle));
  const second = secret();
  assert.equal(new Set(['A'.repeat(43), '', first, second]).size, 4, 'another one for each');
  await endsNothing(first, 'replaced');
  await browser.get(paths.terms);
  const rows = () => site.services.db.selectFrom('oidc_browser').select('kept').execute();
  assert.deepEqual((await rows()).filter(({ kept }) => kept === 'session').length, 1);
  await browser.post(paths.signOut);
  assert.equal(secret(), '');
  await endsNothing(second, 'signed out');
  browser.cookies.set('franceconnect-session', second);
  await browser.get(paths.home);
  await browser.post(paths.signOut);
  assert.equal(browser.cookies.has('franceconnect-session'), false, 'nor kept by a sign-out here alone');
});

test('the session at the provider is offered for ending as long as it may last', async (t) => {
  const site = await franceConnectSite(t);
  const browser = new Visitor(site.app);
  const { headers } = await browser.get(await new Abroad().signIn(await begin(browser), person.cle));
  const seconds = site.services.policy.franceConnect.sessionMinutes * 60;
  assert.match(
    String(headers['set-cookie']),
    new RegExp(`franceconnect-session=[\\w-]{43}; Max-Age=${seconds};`),
  );
  site.clock.advance(seconds * 1000);
  await browser.get(paths.waiting);
  assert.equal((await browser.post(paths.franceConnectSignedOut)).location, paths.home, 'it is over');
});
