import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { examineFranceConnect } from '#src/cli/doctor/france-connect.ts';
import { Secret } from '#src/crypto/secret.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { openFranceConnect } from '#src/franceconnect/profile.ts';
import type { OpenIdProvider } from '#src/oidc/provider.ts';
import { openHealth } from '#src/operations/health.ts';
import { serveHealth } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import type { PivotIdentity } from '#src/register/pivot.ts';
import { testApp } from '../setting/application.ts';
import { identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

type Say = (response: ServerResponse) => void;

const { publicKey } = await generateKeyPair('ES256');
const goodKey = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'ES256' };
const goodKeys = JSON.stringify({ keys: [goodKey] });

/** A provider whose description of itself the test sets, and the whole site in front of it. */
async function site(t: TestContext) {
  let discovery: Say = () => {};
  let keys: Say = said(goodKeys);
  const server = createServer((request, response) => {
    if (request.url === '/cles') keys(response);
    else discovery(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (!(address instanceof Object)) throw new Error('The provider has no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  let time = 0;
  let jumped = 0;
  const failures: string[] = [];
  const settings = {
    issuer,
    clientId: 'nous',
    clientSecret: new Secret('secret'),
    signingKey: null,
    encryptionKey: null,
    acr: 'eidas1',
  } as const;
  const open = () =>
    openFranceConnect(settings, {
      publicUrl: () => 'http://localhost',
      clock: { now: () => new Date(time + jumped) },
      elapsed: () => time,
      onFailure: (reason) => failures.push(reason),
    });
  let current = open();
  // Pages keep what they were given: behind it stands a provider that was not asked yet.
  const franceConnect: OpenIdProvider<PivotIdentity> = {
    available: () => current.available(),
    origins: () => current.origins(),
    authorization: (expected) => current.authorization(expected),
    complete: (callback, expected) => current.complete(callback, expected),
    endSession: (logout) => current.endSession(logout),
  };
  const app = await testApp(t, undefined, { franceConnect });
  serveHealth(app.app, openHealth([]));
  return {
    ...app,
    issuer,
    failures,
    settings,
    pass: (ms: number) => {
      time += ms;
    },
    clockJumps: (ms: number) => {
      jumped += ms;
    },
    good: {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/moi`,
      jwks_uri: `${issuer}/cles`,
      end_session_endpoint: `${issuer}/fin`,
    },
    /** From now on a provider that nobody has asked yet, with these answers. */
    provider(document: Say, jwks: Say = said(goodKeys)) {
      discovery = document;
      keys = jwks;
      failures.length = 0;
      current = open();
    },
    document(next: Say) {
      discovery = next;
    },
  };
}

function said(body: string, status = 200): Say {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

type Site = Awaited<ReturnType<typeof site>>;

/** As CSP 3 writes a policy that names origins: nothing else can stand in it. */
const wellFormed =
  /^(?:[a-z-]+(?: (?:'(?:self|none)'|data:|https?:\/\/[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d+)?))+(?:;|$))+$/;

/** Everything but FranceConnect works; FranceConnect says that it does not. */
async function serves({ app, services, issuer }: Site, name: string): Promise<void> {
  const visitor = new Visitor(app);
  const url = new URL(issuer);
  // The first page asks in the background; somebody who goes there waits for the answer.
  await visitor.get(paths.identity);
  const away = await visitor.get(`${paths.franceConnect}?pour=creation`);
  assert.equal(away.location, paths.franceConnectOutcome, name);
  for (const path of [
    paths.home,
    paths.identity,
    paths.signIn,
    paths.franceConnectOutcome,
    '/healthz',
    '/nulle-part',
  ]) {
    const { status, headers } = await visitor.get(path);
    assert.equal(status, path === '/nulle-part' ? 404 : 200, `${name}: ${path}`);
    const policy = String(headers['content-security-policy']);
    assert.ok(policy.includes(`form-action 'self' ${url.origin};`), `${name}: ${policy}`);
    assert.match(policy, wellFormed, name);
  }
  assert.equal(services.franceConnect?.available(), false, `${name}: not offered`);
  const { html } = await visitor.get(paths.identity);
  assert.doesNotMatch(html, /class="fr-connect"/, name);
  assert.match(html, /FranceConnect n’est pas disponible/, name);
  const sent = await visitor.post(paths.identity, identityOf(personNamed('venturi')));
  assert.equal(sent.location, paths.proof, `${name}: the card`);
}

const badAddresses: readonly unknown[] = [
  null,
  '',
  ' ',
  42,
  {},
  ['https://exemple.fr/x'],
  '/relative',
  'relative',
  '//exemple.fr/x',
  '?x',
  'https:',
  'https://',
  'https:exemple.fr',
  'https:/exemple.fr/x',
  'https:\\\\exemple.fr\\x',
  'http://exemple.fr/x',
  'ftp://exemple.fr/x',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://nom:secret@exemple.fr/x',
  'https://nom@exemple.fr/x',
  'https://exemple.fr/x#y',
  'https://*.exemple.fr/x',
  'https://*/x',
  'https://exemple.fr;script-src/x',
  'https://exemple.fr,autre.fr/x',
  "https://'unsafe-inline'/x",
  'https://exemple.fr /x',
  ' https://exemple.fr/x',
  'https://exemple.fr/x\r\nSet-Cookie: a=b',
  'https://exem\tple.fr/x',
  'https://exemple.fr\u2028/x',
  'https://exemple.fr:99999/x',
  'https://[::1/x',
  'https://[2001:db8::1]/x',
  'http://[::1]:8443/x',
  'https://exemple..fr/x',
  'https://exemple.fr./x',
  'https://.exemple.fr/x',
  'https://un_nom.exemple.fr/x',
  `https://exemple.fr/${'x'.repeat(5_000)}`,
  `https://${'x'.repeat(300)}.fr/`,
];

test('a provider whose document has one wrong address is away, and nothing else is', async (t) => {
  const world = await site(t);
  const members = Object.keys(world.good).filter((member) => member !== 'issuer');
  for (const [index, bad] of badAddresses.entries()) {
    // Each address in some member, each member with some addresses, and the two that broke the site with all.
    const chosen = members.filter((_, place) => place === index % members.length);
    for (const member of index < 3 ? members : [...chosen, 'end_session_endpoint']) {
      world.provider(said(JSON.stringify({ ...world.good, [member]: bad })));
      const name = `${member}: ${JSON.stringify(bad)?.slice(0, 60)}`;
      await serves(world, name);
      assert.deepEqual(world.failures, [`metadata-${member.replaceAll('_', '-')}`], name);
    }
  }
});

test('so is one that lacks an address, names another issuer, or whose lists are none', async (t) => {
  const world = await site(t);
  const { good, issuer } = world;
  const { end_session_endpoint: _end, ...withoutEnd } = good;
  for (const member of Object.keys(withoutEnd)) {
    world.provider(said(JSON.stringify({ ...good, [member]: undefined })));
    await serves(world, `without ${member}`);
  }
  const issuers = [`${issuer}/api`, `${issuer}//`, issuer.toUpperCase(), 'https://autre.fr', null, [issuer]];
  for (const told of issuers) {
    world.provider(said(JSON.stringify({ ...good, issuer: told })));
    await serves(world, `issuer ${told}`);
    assert.deepEqual(world.failures, ['metadata-issuer']);
  }
  for (const [member, value] of [
    ['scopes_supported', 'openid'],
    ['scopes_supported', [1]],
    ['token_endpoint_auth_methods_supported', {}],
    ['claims_parameter_supported', 'yes'],
  ] as const) {
    world.provider(said(JSON.stringify({ ...good, [member]: value })));
    await serves(world, member);
  }
});

test('so is one whose document is none: no JSON, too deep, too large, elsewhere, cut, broken', async (t) => {
  const world = await site(t);
  const good = JSON.stringify(world.good);
  const documents: Record<string, Say> = {
    nothing: said(''),
    'a page': said('<!DOCTYPE html><title>Connexion</title>'),
    null: said('null'),
    'a text': said('"https://exemple.fr"'),
    'a list': said(`[${good}]`),
    'half of it': said(good.slice(0, 80)),
    'a hundred thousand levels': said('['.repeat(100_000)),
    'as many levels that end': said(`${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`),
    'ten megabytes': said(`${good.slice(0, -1)},"x":"${'x'.repeat(10_000_000)}"}`),
    'the wrong address last': said(`${good.slice(0, -1)},"authorization_endpoint":"https://a;b/"}`),
    'not found': said(good, 404),
    'a redirection': (response) => response.writeHead(302, { location: 'https://exemple.fr/' }).end(),
    'an error': said(good, 500),
    'a cut connection': (response) => response.destroy(),
    'a length that is not kept': (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100_000 });
      response.write(good);
      setTimeout(() => response.destroy(), 20);
    },
  };
  for (const [name, document] of Object.entries(documents)) {
    world.provider(document);
    if (['an error', 'a cut connection', 'a length that is not kept', 'ten megabytes'].includes(name)) {
      // A provider that does not answer opens the breaker: five times.
      for (let i = 0; i < 5; i++)
        await world.services.franceConnect?.authorization({ state: 's', nonce: 'n', verifier: 'v' });
      assert.ok(world.failures.every((reason) => reason === 'unreachable'));
    }
    await serves(world, name);
  }
});

test('so is one without a key that can be used', async (t) => {
  const world = await site(t);
  const { d: _d, ...rsa } = { kty: 'RSA', n: 'x'.repeat(342), e: 'AQAB', d: '' };
  const sets: Record<string, Say> = {
    'no keys': said('{"keys":[]}'),
    'keys that are no list': said('{"keys":{}}'),
    nothing: said('{}'),
    'no JSON': said('<html>'),
    'RSA only': said(JSON.stringify({ keys: [rsa] })),
    'another curve': said(JSON.stringify({ keys: [{ ...goodKey, crv: 'P-384' }] })),
    'for encryption': said(JSON.stringify({ keys: [{ ...goodKey, use: 'enc' }] })),
    'half a key': said(JSON.stringify({ keys: [{ ...goodKey, y: undefined }] })),
    'a symmetric key': said(JSON.stringify({ keys: [{ kty: 'oct', k: 'x' }] })),
    'a thousand keys': said(JSON.stringify({ keys: Array.from({ length: 1_000 }, () => goodKey) })),
    'not found': said(goodKeys, 404),
  };
  for (const [name, jwks] of Object.entries(sets)) {
    world.provider(said(JSON.stringify(world.good)), jwks);
    await serves(world, name);
    assert.match(world.failures.join(), /^keys/, name);
  }
});

test('the doctor says what of it cannot be used, as a warning', async (t) => {
  const world = await site(t);
  world.document(said(JSON.stringify({ ...world.good, jwks_uri: 'https://a;b/' })));
  const warned = await examineFranceConnect(world.settings, 'http://localhost');
  assert.deepEqual([warned.state, /\(metadata-jwks-uri\)/.test(warned.detail)], ['warning', true]);
  world.document(said(JSON.stringify(world.good)));
  assert.equal((await examineFranceConnect(world.settings, 'http://localhost')).state, 'ok');
});

test('pages do not wait for a slow provider', async (t) => {
  const world = await site(t);
  world.provider(() => {});
  const visitor = new Visitor(world.app);
  for (const path of [paths.home, paths.identity, paths.signIn, '/healthz'])
    assert.equal((await visitor.get(path)).status, 200, path);
});

test('one that is mended is offered again after half a minute; what is good stays while it says nonsense', async (t) => {
  const world = await site(t);
  const { services, good, app } = world;
  const bad = said(JSON.stringify({ ...good, end_session_endpoint: '' }));
  world.provider(bad);
  await serves(world, 'broken');
  const { length } = world.failures;
  assert.equal(length, 1, 'it is not asked at each page');
  world.document(said(JSON.stringify(good)));
  world.pass(29_000);
  world.clockJumps(-3_600_000);
  assert.equal(services.franceConnect?.available(), false);
  world.pass(2_000);
  const visitor = new Visitor(app);
  await visitor.get(`${paths.franceConnect}?pour=creation`);
  assert.equal(services.franceConnect?.available(), true);
  assert.match((await visitor.get(paths.identity)).html, /class="fr-connect"/);

  world.document(bad);
  world.pass(3_600_001);
  const still = await visitor.get(`${paths.franceConnect}?pour=creation`);
  assert.ok(still.location?.startsWith(good.authorization_endpoint));
  assert.equal(world.failures.length, 2, 'and it is reported');
  assert.equal((await visitor.get(paths.identity)).status, 200);
});

test('an empty logout address is an outage, none at all is not', async (t) => {
  const world = await site(t);
  const { end_session_endpoint: _end, ...withoutEnd } = world.good;
  world.provider(said(JSON.stringify(withoutEnd)));
  const visitor = new Visitor(world.app);
  const there = await visitor.get(`${paths.franceConnect}?pour=creation`);
  assert.ok(there.location?.startsWith(world.good.authorization_endpoint));
  assert.deepEqual(world.failures, []);
});
