import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SitePage } from '#src/access/access.ts';
import { sitePages } from '#src/app.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { openWorld, type World } from '../pages/world.ts';
import { latestMail, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { agree, choosePassword, enrol, identify, identityOf, prove } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { checksums } from './tables.ts';

const venturi = personNamed('venturi');

/** The states in which somebody comes to a page, and how they get there. */
const arrivals: Readonly<Record<string, (world: World, visitor: Visitor) => Promise<unknown>>> = {
  stranger: async () => {},
  'postal code given': async (_world, visitor) => {
    await visitor.get(paths.caisse);
    await visitor.post(paths.caisse, { codePostal: '59000' });
  },
  'session over': async (world, visitor) => {
    await identify(visitor, venturi);
    await world.services.db.deleteFrom('session').execute();
  },
  identified: (_world, visitor) => identify(visitor, venturi),
  'card route closed': (_world, visitor) => sayWho(visitor, 'sans-iban'),
  stopped: (_world, visitor) => sayWho(visitor, 'regime-msa'),
  'stopped, undisclosed': async ({ services }, visitor) => {
    const { policy } = services;
    Object.assign(services, { policy: { ...policy, identity: { ...policy.identity, answer: 'neutral' } } });
    await sayWho(visitor, 'sans-carte');
    Object.assign(services, { policy });
  },
  proven: (_world, visitor) => prove(visitor, venturi),
  'terms refused': async (_world, visitor) => {
    await prove(visitor, venturi);
    await visitor.get(paths.terms);
    await visitor.post(paths.terms, { accord: 'non' });
  },
  agreed: (_world, visitor) => agree(visitor, venturi),
  'password chosen': (_world, visitor) => choosePassword(visitor, venturi),
  waiting: (world, visitor) => enrol(visitor, world.someone(), 'attente@exemple.fr'),
  'confirmed elsewhere': async (world, visitor) => {
    await enrol(visitor, world.someone(), 'ailleurs@exemple.fr');
    const { token = '' } = await latestMail(world, 'activation');
    const elsewhere = world.visitor();
    await elsewhere.get(withToken(paths.link, token));
    await elsewhere.post(withToken(paths.link, token));
  },
  'signed in': async (world, visitor) => {
    const person = world.someone();
    await openAccountOf(world, person, 'compte@exemple.fr');
    await signIn(visitor, person.line.nir);
  },
};

async function sayWho(visitor: Visitor, name: string): Promise<void> {
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed(name)));
}

const open = 'open';
const {
  account,
  caisse,
  confirmed,
  contact,
  identity,
  notEligible,
  otherWays,
  password,
  proof,
  signIn: entrance,
  terms,
  waiting,
} = paths;

/** What each condition says to somebody in each state: `open`, or where they are sent. In the order of `arrivals`. */
const everywhere = Object.keys(arrivals).map(() => open);
// biome-ignore format: one line a condition, so that the columns can be read
const table: Readonly<Record<string, readonly string[]>> = {
  everybody: everywhere,
  'everybody, not recognised': everywhere,
  newcomers: everywhere,
  link: everywhere,
  'link, and this browser’s session': everywhere,
  'code of a notice': everywhere,
  'FranceConnect offered': everywhere,
  'FranceConnect offered, on the way back': everywhere,
  'postal code': [caisse, open, caisse, caisse, caisse, caisse, caisse, caisse, caisse, caisse, caisse, caisse, caisse, caisse],
  'step proof': [identity, identity, identity, open, otherWays, notEligible, notEligible, terms, terms, password, contact, waiting, waiting, account],
  'step terms': [identity, identity, identity, proof, otherWays, notEligible, notEligible, open, open, open, open, waiting, waiting, account],
  'step password': [identity, identity, identity, proof, otherWays, notEligible, notEligible, terms, terms, open, open, waiting, waiting, account],
  'step contact': [identity, identity, identity, proof, otherWays, notEligible, notEligible, terms, terms, password, open, waiting, waiting, account],
  dossier: [identity, identity, identity, open, open, notEligible, notEligible, open, open, open, open, waiting, waiting, account],
  'stopped dossier': [identity, identity, identity, proof, otherWays, open, open, terms, terms, password, contact, waiting, waiting, account],
  'no proof yet': [open, open, open, open, open, open, open, terms, terms, password, contact, open, open, account],
  confirming: [open, open, open, open, open, open, open, open, open, open, open, open, confirmed, account],
  'awaiting confirmation': [entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, open, confirmed, account],
  'signed out': [open, open, open, open, open, open, open, open, open, open, open, open, open, account],
  'signed in': [entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, open],
  'signed in, FranceConnect offered': [entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, entrance, open],
};

/** A page at an address: with an unknown secret where it takes one. */
const token = 'x'.repeat(43);
const addressOf = ({ path }: SitePage) => path.replace(':token', token);

/** What these pages answer by themselves to those who may open them. */
const ownAnswers: Readonly<Record<string, string | number>> = {
  [paths.link]: 404,
  [paths.disputeLink]: 404,
  [paths.messageThread]: 404,
  [paths.messageFile]: 404,
  [paths.newPassword]: 404,
  [paths.unsubscribe]: 404,
  [paths.accountDocument]: 404,
  [paths.waitingResend]: paths.waiting,
  [paths.linkResend]: withToken(paths.link, token),
  [paths.unsubscribeNow]: withToken(paths.unsubscribe, token),
  [paths.franceConnectSignedOut]: paths.home,
  [paths.franceConnectLink]: paths.account,
  [paths.accountPayment]: 404,
  [paths.accountStatement]: 404,
  [paths.accountTaxStatement]: 404,
};

/** Where a return from FranceConnect that has served already leads people who have proved who they are. */
const placesOfProven: Readonly<Record<string, string>> = {
  proven: terms,
  'terms refused': terms,
  agreed: password,
  'password chosen': contact,
  waiting,
  'confirmed elsewhere': confirmed,
  'signed in': account,
};

/** To look at these begins or ends a journey to FranceConnect. */
const journeys: readonly string[] = [paths.franceConnect, paths.franceConnectReturn];

test('the table has every condition that a page uses, and no other', async (t) => {
  const { services } = await openWorld(t, 'fr');
  const named = new Set(sitePages(services).map(({ access }) => access.name));
  assert.deepEqual([...named].sort(), Object.keys(table).sort());
  for (const [name, row] of Object.entries(table))
    assert.equal(row.length, Object.keys(arrivals).length, name);
});

for (const [index, [state, arrive]] of Object.entries(arrivals).entries())
  test(`every page, for a visitor in the state «${state}»`, async (t) => {
    const world = await openWorld(t, 'fr');
    const visitor = world.visitor();
    await arrive(world, visitor);
    const before = await checksums(world.services.db);
    for (const page of sitePages(world.services)) {
      const expected = table[page.access.name]?.[index];
      assert.ok(expected, page.access.name);
      const url = addressOf(page);
      const what = `${url} (${page.access.name})`;
      if (page.hasView && !journeys.includes(page.path)) {
        const { status, location } = await visitor.get(url);
        const place = page.path === paths.franceConnectOutcome ? placesOfProven[state] : undefined;
        const own = place ?? ownAnswers[page.path] ?? 200;
        assert.equal(location ?? status, expected === open ? own : expected, `GET ${what}`);
      }
      if (!page.hasForm) continue;
      // An expired form does nothing: it is shown again only to those who may send it.
      const stale = await visitor.twin({ origin: 'http://localhost' }).post(url, {}, { csrf: 'vieux' });
      assert.equal(stale.location ?? stale.status, expected === open ? 403 : expected, `stale POST ${what}`);
      if (expected === open) continue;
      await visitor.get(paths.forgotten);
      const sent = await visitor.post(url);
      assert.equal(sent.location, expected, `POST ${what}`);
    }
    assert.deepEqual(await checksums(world.services.db), before, 'nothing changed');
    const back = await visitor.get(paths.franceConnectReturn);
    assert.equal(back.location, placesOfProven[state] ?? paths.franceConnectOutcome);
    const there = await visitor.get(paths.franceConnect);
    assert.match(
      there.location ?? '',
      state === 'signed in' ? /^\/mon-compte$/ : /^https:\/\/fournisseur\.example\//,
    );
  });

test('addresses that programs look for: the same for everybody, and nothing where nothing is set', async (t) => {
  const reports = {
    contacts: ['mailto:securite@compte.exemple.fr', 'tel:+33-1-99-00-12-34'],
    languages: ['fr', 'en'],
    policy: null,
  };
  const site = await testApp(t, '2026-03-02T09:00:00Z', { securityReports: reports });
  await openAccountOf(site, venturi, 'compte@exemple.fr');
  for (const visitor of [new Visitor(site.app), await signedInVisitor(site, venturi)]) {
    assert.equal((await visitor.get('/.well-known/change-password')).location, paths.accountPassword);
    const { status, html } = await visitor.get('/.well-known/security.txt');
    assert.equal(status, 200);
    assert.equal(
      html,
      `Contact: mailto:securite@compte.exemple.fr
Contact: tel:+33-1-99-00-12-34
Expires: 2026-08-29T00:00:00Z
Preferred-Languages: fr, en
Canonical: https://compte.exemple.fr/.well-known/security.txt
`,
    );
    const unknown = '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200';
    assert.equal((await visitor.get(unknown)).status, 404);
  }
});

test('without the API its addresses lead nowhere, and no page names them', async (t) => {
  const site = await testApp(t, undefined, { offersApi: false });
  const visitor = new Visitor(site.app);
  for (const page of sitePages(site.services)) {
    if (page.access.name !== 'everybody') continue;
    assert.doesNotMatch((await visitor.get(page.path)).html, /\bAPI\b|api\/v1/, page.path);
  }
  for (const url of [
    '/api/v1',
    '/api/v1/openapi.json',
    '/api/v1/dossier',
    '/api/v1/%ff',
    '/.well-known/security.txt',
  ])
    for (const method of ['GET', 'POST'] as const) {
      const { statusCode, headers } = await site.app.inject({ method, url, headers: { host: 'localhost' } });
      assert.equal(statusCode, url.includes('%') ? 400 : 404, `${method} ${url}`);
      assert.match(String(headers['content-type']), /^text\/html/, url);
    }
});

test('without FranceConnect its pages lead to the other means', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'compte@exemple.fr');
  const stranger = new Visitor(site.app);
  const signedIn = await signedInVisitor(site, venturi);
  const cells: readonly (readonly [Visitor, string, string])[] = [
    [stranger, paths.franceConnect, entrance],
    [stranger, `${paths.franceConnect}?pour=creation`, identity],
    [stranger, paths.franceConnectReturn, entrance],
    [stranger, paths.accountFranceConnect, entrance],
    [signedIn, paths.franceConnect, entrance],
    [signedIn, paths.franceConnectReturn, entrance],
    [signedIn, paths.accountFranceConnect, account],
  ];
  for (const [visitor, url, to] of cells) assert.equal((await visitor.get(url)).location, to, url);
});
