import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import * as openid from 'openid-client';
import { z } from 'zod';
import { Secret } from '#src/crypto/secret.ts';
import { simulatedIdentities } from '#src/demo/franceconnect/people/identities.ts';
import { simulatorPassword, subjectOf } from '#src/demo/franceconnect/people/identity.ts';
import { mockIdentities } from '#src/demo/franceconnect/people/mock-identities.ts';
import { openSimulator, type SimulatorOptions } from '#src/demo/franceconnect/simulator.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { simulated } from './simulated.ts';
import { Traveller } from './traveller.ts';
import { goesOn, passesHonestly } from './trial.ts';

const secret = 'un-secret-pour-les-tests-seulement';
const clientUrl = 'http://localhost:3000';

async function open(t: TestContext, options: Partial<SimulatorOptions> = {}) {
  const identities = simulatedIdentities(demoPersons({ generated: 40 }));
  const client = { id: 'compte-assure', secret };
  const simulator = await openSimulator({ port: 0, clientUrl, client, identities, ...options });
  t.after(() => simulator.close());
  const metadata = { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' };
  const config = await openid.discovery(
    new URL(simulator.issuer),
    'compte-assure',
    metadata,
    openid.ClientSecretPost(secret),
    { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] },
  );
  const state = 's'.repeat(64);
  const nonce = 'n'.repeat(64);
  const asked = {
    redirect_uri: `${clientUrl}/franceconnect/retour`,
    scope: 'openid identite_pivot preferred_username email',
    acr_values: 'eidas1',
    prompt: 'login',
    state,
    nonce,
  };
  const address = (changes: Readonly<Record<string, string | undefined>> = {}) => {
    const wanted = Object.entries({ ...asked, ...changes });
    const known = wanted.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return openid.buildAuthorizationUrl(config, Object.fromEntries(known)).href;
  };
  const tokens = (back: string) =>
    openid.authorizationCodeGrant(config, new URL(back), { expectedState: state, expectedNonce: nonce });
  return { simulator, config, address, tokens, someone: () => new Traveller(nowhere, '192.0.2.1') };
}

/** These travellers never come home. */
const nowhere: ConstructorParameters<typeof Traveller>[0] = Object.create(null);

test('what FranceConnect asks for is missing: a page of its own, nobody is sent back', async (t) => {
  const { address, someone } = await open(t);
  const cases: [string, Record<string, string | undefined>][] = [
    ['Y030007', { acr_values: undefined }],
    ['Y030007', { acr_values: 'eidas3' }],
    ['Y030007', { nonce: undefined }],
    ['Y030007', { nonce: 'n'.repeat(21) }],
    ['Y030007', { state: undefined }],
    ['Y030007', { state: 'court' }],
    ['Y030007', { prompt: 'none' }],
    ['Y04EA6EF', { client_id: 'inconnu' }],
    ['Y04C013C', { redirect_uri: 'https://ailleurs.example/franceconnect/retour' }],
    ['Y04C013C', { redirect_uri: `${clientUrl}/ailleurs` }],
  ];
  for (const [code, changes] of cases) {
    const seen = await someone().abroad(address(changes));
    assert.equal(seen?.status, 400, JSON.stringify(changes));
    assert.equal(seen?.location, null);
    assert.ok(seen?.html.includes(code), `${code} for ${JSON.stringify(changes)}`);
  }
});

test('tokens are FranceConnect’s: 60 seconds, ES256, a subject of 66 characters, only what was asked for', async (t) => {
  const { address, tokens, someone, config, simulator } = await open(t);
  const back = await someone().passes(address(), 'venturi');
  assert.equal(new URL(back).searchParams.get('iss'), simulator.issuer);
  const got = await tokens(back);
  const claims = got.claims();
  assert.ok(claims);
  assert.equal(got.expires_in, 60);
  assert.equal(claims.exp - claims.iat, 60);
  assert.equal(claims.acr, 'eidas1');
  assert.match(claims.sub, /^[0-9a-f]{64}v1$/);
  assert.equal(claims.family_name, undefined);
  const { sub, iss, aud, exp, iat, ...person } = await openid.fetchUserInfo(
    config,
    got.access_token,
    claims.sub,
  );
  assert.deepEqual(
    { ...person },
    {
      given_name: 'Ange Toussaint',
      given_name_array: ['Ange', 'Toussaint'],
      family_name: 'VENTURI',
      birthdate: '1962-12-18',
      gender: 'male',
      birthplace: '2B010',
      birthcountry: '99100',
      email: 'ange.venturi@example.org',
    },
  );
  await assert.rejects(tokens(back), { error: 'invalid_grant' }, 'a code works once');

  const less = await tokens(await someone().passes(address({ scope: 'openid birth' }), 'venturi'));
  const told = await openid.fetchUserInfo(config, less.access_token, claims.sub);
  assert.deepEqual([told.birthplace, told.family_name], ['2B010', undefined]);
});

test('a request may be posted, and PKCE is held to', async (t) => {
  const { address, someone, tokens } = await open(t);
  const { origin, pathname, searchParams } = new URL(
    address({ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }),
  );
  const traveller = someone();
  const seen = await traveller.abroad(origin + pathname, Object.fromEntries(searchParams));
  assert.equal(seen?.status, 303);
  const back = await traveller.passes(address({ code_challenge: undefined }), 'venturi');
  await tokens(back);
  const challenged = await someone().passes(
    address({ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' }),
    'venturi',
  );
  await assert.rejects(tokens(challenged), { error: 'invalid_grant' });
});

test('the subject is the service’s own, and changes with civil status only', () => {
  const [somebody, another] = mockIdentities;
  assert.ok(somebody && another);
  const { claims } = somebody;
  const subject = subjectOf(claims, 'a', 'sel');
  assert.equal(
    subjectOf({ ...claims, email: 'x@example.org', preferred_username: 'X' }, 'a', 'sel'),
    subject,
  );
  assert.equal(
    subjectOf({ ...claims, birthcountry: '99352', birthplace: '' }, 'a', 'sel'),
    subjectOf({ ...claims, birthcountry: '99352', birthplace: '1' }, 'a', 'sel'),
  );
  for (const other of [
    subjectOf(claims, 'b', 'sel'),
    subjectOf(claims, 'a', 'autre'),
    subjectOf({ ...claims, given_name: 'Capucine Odette' }, 'a', 'sel'),
    subjectOf(another.claims, 'a', 'sel'),
  ])
    assert.notEqual(other, subject);
});

test('going back, a wrong password, somebody whom the RNIPP refuses', async (t) => {
  const { address, someone } = await open(t);
  const traveller = someone();
  const start = await traveller.abroad(address());
  const page = new URL(start?.location ?? '', address());
  const wrong = await traveller.abroad(page, {
    action: 'connexion',
    identifiant: 'venturi',
    motDePasse: '124',
  });
  assert.equal(wrong?.status, 422);
  assert.match(wrong?.html ?? '', /<title>Erreur/);
  const unknown = await traveller.abroad(page, {
    action: 'connexion',
    identifiant: 'nul',
    motDePasse: '123',
  });
  assert.equal(unknown?.status, 422);
  const searched = await traveller.abroad(`${page}?q=corse 2A`);
  assert.match(searched?.html ?? '', /PIETRALBA/);
  assert.doesNotMatch(searched?.html ?? '', /VENTURI/);

  for (const [form, description] of [
    [{ action: 'annuler' }, 'User auth aborted'],
    [{ action: 'connexion', identifiant: 'decede', motDePasse: simulatorPassword }, 'Y010015'],
    [{ action: 'connexion', identifiant: 'rnipp-plusieurs', motDePasse: simulatorPassword }, 'Y010006'],
  ] as const) {
    const visitor = someone();
    const started = await visitor.abroad(address());
    const seen = await visitor.abroad(new URL(started?.location ?? '', address()), form);
    const back = await visitor.abroad(seen?.location ?? '');
    const { searchParams } = new URL(back?.location ?? '');
    assert.equal(searchParams.get('error'), 'access_denied');
    assert.equal(searchParams.get('error_description'), description);
    assert.equal(searchParams.get('state'), 's'.repeat(64));
  }
});

test('one may change one’s mind about who one is; each visit begins anew', async (t) => {
  const { address, someone, tokens, config } = await open(t);
  const traveller = someone();
  const start = await traveller.abroad(address());
  const page = new URL(start?.location ?? '', address());
  await traveller.abroad(page, { action: 'connexion', identifiant: 'venturi', motDePasse: '123' });
  assert.match((await traveller.abroad(page))?.html ?? '', /Ce qui sera transmis/);
  await traveller.abroad(page, { action: 'changer' });
  assert.match((await traveller.abroad(page))?.html ?? '', /Qui êtes-vous/);
  const got = await tokens(await traveller.passes(address(), 'isere'));
  const again = await tokens(await traveller.passes(address(), 'loire'));
  assert.notEqual(again.claims()?.sub, got.claims()?.sub);
  assert.equal((await someone().abroad(page))?.status, 400, 'another browser has no such visit');

  const end = openid.buildEndSessionUrl(config, {
    id_token_hint: again.id_token ?? '',
    post_logout_redirect_uri: `${clientUrl}/franceconnect/deconnexion`,
    state: 'revenu',
  });
  assert.equal(
    (await traveller.abroad(end))?.location,
    `${clientUrl}/franceconnect/deconnexion?state=revenu`,
  );
});

test('programs and people choose how it behaves; its own pages survive its outages', async (t) => {
  const { simulator } = await open(t);
  const post = (comportement: string, headers: Record<string, string> = { accept: 'application/json' }) =>
    fetch(simulator.url, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ comportement }),
      redirect: 'manual',
    });
  const jwks = () =>
    fetch(`${simulator.issuer}/jwks`).then(
      ({ status }) => status,
      () => 'closed',
    );
  assert.equal((await post('panne-503')).status, 200);
  assert.equal(await jwks(), 503);
  assert.equal((await post('panne-connexion')).status, 200);
  assert.equal(await jwks(), 'closed');
  assert.equal((await post('n-importe-quoi')).status, 400);
  assert.equal((await post('n-importe-quoi', {})).status, 400);
  assert.equal((await post('normal', { 'sec-fetch-site': 'cross-site' })).status, 400);
  assert.equal(simulator.behaviour().name, 'panne-connexion');
  assert.equal((await post('normal', {})).headers.get('location'), '/');
  assert.equal(await jwks(), 200);
  const listed = z
    .array(z.object({ nom: z.string(), attendu: z.string(), actuel: z.boolean() }))
    .parse(await (await fetch(`${simulator.url}/comportements.json`)).json());
  assert.ok(listed.filter(({ attendu }) => attendu === 'refuse').length > 80);
  assert.deepEqual(
    listed.filter(({ actuel }) => actuel).map(({ nom }) => nom),
    ['normal'],
  );
  assert.equal(new Set(listed.map(({ nom }) => nom)).size, listed.length);
  assert.throws(() => simulator.behave('n-importe-quoi'), /cannot behave/);
});

test('a port that is taken is left to who has it', async (t) => {
  const { simulator } = await open(t);
  const taken = Number(new URL(simulator.url).port);
  const second = await openSimulator({
    port: taken,
    clientUrl,
    client: { id: 'compte-assure', secret },
    identities: mockIdentities,
  });
  t.after(() => second.close());
  assert.ok(Number(new URL(second.url).port) > taken);
});

test('the whole service with a signed request in place of the secret', async (t) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const world = await simulated(
    t,
    {
      client: {
        id: 'compte-assure',
        secret,
        signingKey: { ...(await exportJWK(publicKey)), kid: 'service' },
      },
    },
    { signingKey: new Secret({ ...(await exportJWK(privateKey)), kid: 'service' }), clientSecret: null },
  );
  await passesHonestly(world);
});

test('the whole service with FranceConnect+: encrypted answers, a level that is not to be lowered', async (t) => {
  const { privateKey, publicKey } = await generateKeyPair('ECDH-ES', { extractable: true, crv: 'P-256' });
  const named = { kid: 'chiffrement', use: 'enc', alg: 'ECDH-ES' };
  const encryptionKey = { ...(await exportJWK(publicKey)), ...named };
  const world = await simulated(
    t,
    { levels: ['eidas2', 'eidas3'], client: { id: 'compte-assure', secret, encryptionKey } },
    { encryptionKey: new Secret({ ...(await exportJWK(privateKey)), ...named }), acr: 'eidas2' },
  );
  await goesOn(world);
  assert.throws(() => world.simulator.behave('id-token-alg-none'), /cannot behave/);
  const end = await world.traveller().signsIn('decede');
  assert.equal(end.url, '/franceconnect/suite');
});

test('a person is the same for the service after the simulator was started anew', async (t) => {
  const subjects = await Promise.all(
    [await open(t), await open(t)].map(async ({ address, tokens, someone }) => {
      const got = await tokens(await someone().passes(address(), 'venturi'));
      return got.claims()?.sub;
    }),
  );
  assert.equal(subjects[0], subjects[1]);
});
