import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { Profile } from '#src/oidc/profile.ts';
import { type Completion, openProvider } from '#src/oidc/provider.ts';
import { newJourneySecrets, storingTransaction, takeTransaction } from '#src/oidc/transaction.ts';
import { systemClock } from '#src/time/clock.ts';
import { Abroad, publicUrl } from '../franceconnect/site.ts';
import { testDatabase } from '../setting/database.ts';
import { honest, type Lie, openOrganisation, organisationProfile, type Trainer } from './organisation.ts';

type Ways = Pick<Profile<Trainer>, 'idTokenAlgorithm' | 'claims'>;

const signed = { idTokenAlgorithm: 'ES384', claims: { signedUserinfo: 'RS256' } } as const satisfies Ways;

/**
 * A service that relies on an organisation’s provider, and asks it anew for each journey; null: it is not offered at all.
 */
async function relying(t: TestContext, ways: Ways) {
  const organisation = await openOrganisation(t, ways);
  const open = () =>
    openProvider(organisationProfile(ways), organisation.settings, {
      publicUrl: () => publicUrl,
      clock: systemClock,
    });
  return async (lie: Lie = honest): Promise<Completion<Trainer> | null> => {
    organisation.tells(lie);
    const provider = open();
    const secrets = newJourneySecrets(systemRandom);
    const to = await provider.authorization(secrets);
    if (!to) return null;
    assert.equal(to.searchParams.get('acr_values'), null);
    const back = await new Abroad().signIn(to.href, '');
    return provider.complete(new URL(back, publicUrl).searchParams, secrets);
  };
}

const camille = { name: 'Camille Arnaud', email: 'camille@asso.example', groups: ['formateurs'] };

const ways: Readonly<Record<string, Ways>> = {
  'an ID token in ES384 and userinfo in RS256': signed,
  'an ID token in RS256 that says everything': { idTokenAlgorithm: 'RS256', claims: 'id-token' },
  'an ID token in RS256 and plain userinfo': { idTokenAlgorithm: 'RS256', claims: 'plain-userinfo' },
};

for (const [name, way] of Object.entries(ways))
  it(`knows a trainer by ${name}`, async (t) => {
    const journey = await relying(t, way);
    const completion = await journey();
    assert.ok(completion?.kind === 'proven', JSON.stringify(completion));
    assert.deepEqual(completion.proven.identity, camille);
    assert.equal(completion.proven.subject, 'formatrice-1');
  });

const hash = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64url');

/** Found before anybody is sent there. */
const noUsableKey = 'no key of the right kind';

/** Everything that an organisation’s provider may say and must not be believed. */
const lies: Readonly<Record<string, Lie>> = {
  'an ID token in the algorithm of FranceConnect': {
    idToken: (claims, { ES256 }) => ES256.sign(claims),
    jwks: ({ ES256, ES384, RS256 }) => [ES256.public, ES384.public, RS256.public],
  },
  'an ID token in the algorithm of the userinfo': { idToken: (claims, { RS256 }) => RS256.sign(claims) },
  'an ID token of a forger': { idToken: (claims, { forger }) => forger.sign(claims) },
  'an ID token of a forger under the name of a key': {
    idToken: (claims, { forger }) => forger.sign(claims, { kid: 'es384' }),
  },
  'an ID token without signature': {
    idToken: (claims) =>
      `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`,
  },
  'another issuer': {
    idToken: (claims, { ES384 }) => ES384.sign({ ...claims, iss: 'https://autre.example' }),
  },
  'another audience': { idToken: (claims, { ES384 }) => ES384.sign({ ...claims, aud: 'autre' }) },
  'another nonce': { idToken: (claims, { ES384 }) => ES384.sign({ ...claims, nonce: '0'.repeat(64) }) },
  'an ID token that is over': {
    idToken: (claims, { ES384 }) => ES384.sign({ ...claims, iat: 1_700_000_000, exp: 1_700_000_060 }),
  },
  'an ID token of the future': {
    idToken: (claims, { ES384 }) => ES384.sign({ ...claims, iat: (claims.iat ?? 0) + 120 }),
  },
  'the hash of another access token': {
    idToken: (claims, { ES384 }) => ES384.sign({ ...claims, at_hash: hash(24) }),
  },
  'the access token under a shorter hash': {
    idToken: (claims, { ES384 }) => ES384.sign({ ...claims, at_hash: String(claims.at_hash).slice(0, 22) }),
  },
  'plain userinfo': { userinfo: (claims) => ({ json: claims }) },
  'userinfo in another algorithm': { userinfo: (claims, { ES384 }) => ES384.sign(claims) },
  'userinfo of a forger': { userinfo: (claims, { forger }) => forger.sign(claims) },
  'userinfo about somebody else': {
    userinfo: (claims, { RS256 }) => RS256.sign({ ...claims, sub: 'formatrice-2' }),
  },
  'userinfo for another service': {
    userinfo: (claims, { RS256 }) => RS256.sign({ ...claims, aud: 'autre' }),
  },
  'userinfo without issuer': {
    userinfo: ({ iss: _iss, ...claims }, { RS256 }) => RS256.sign(claims),
  },
  [noUsableKey]: { jwks: ({ ES256 }) => [ES256.public] },
  'a key of the right name and the wrong kind': {
    jwks: ({ ES384, RS256 }) => [
      { ...RS256.public, kid: 'es384', alg: 'ES384' },
      { ...ES384.public, kid: 'x' },
    ],
  },
};

describe('an organisation’s provider that lies', () => {
  it('is never believed', async (t) => {
    const journey = await relying(t, signed);
    for (const [name, lie] of Object.entries(lies)) {
      const completion = await journey(lie);
      const expected = name === noUsableKey ? undefined : 'invalid';
      assert.equal(completion?.kind, expected, `${name}: ${JSON.stringify(completion)}`);
    }
    assert.equal((await journey())?.kind, 'proven', 'an honest journey after');
  });

  it('is not believed about somebody else in plain userinfo either', async (t) => {
    const journey = await relying(t, { idTokenAlgorithm: 'RS256', claims: 'plain-userinfo' });
    const other = await journey({ userinfo: (claims) => ({ json: { ...claims, sub: 'formatrice-2' } }) });
    assert.equal(other?.kind, 'invalid');
    const forged = await journey({ userinfo: (claims, { forger }) => forger.sign(claims) });
    assert.equal(forged?.kind, 'invalid');
  });

  it('says of people what its profile understands', async (t) => {
    const journey = await relying(t, signed);
    assert.deepEqual(await journey({ refuses: 'not a trainer' }), {
      kind: 'refused',
      reason: 'not-recognised',
    });
    assert.deepEqual(await journey({ refuses: 'User aborted' }), { kind: 'refused', reason: 'cancelled' });
  });
});

it('a journey that began with one provider does not end with another, nor in another browser', async (t) => {
  const { db } = await testDatabase(t);
  const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));
  const now = new Date('2026-03-02T09:00:00Z');
  const secrets = newJourneySecrets(systemRandom);
  const ref = { provider: 'organisation', browser: 'navigateur' };
  const { state } = secrets;
  await storingTransaction(db, keyring, ref, secrets, { class: 12 }, now).execute();
  assert.equal(await takeTransaction(db, keyring, { ...ref, state, provider: 'franceconnect' }, now), null);
  assert.equal(await takeTransaction(db, keyring, { ...ref, state, browser: 'autre' }, now), null);
  assert.deepEqual(await takeTransaction(db, keyring, { ...ref, state }, now), {
    secrets,
    about: { class: 12 },
  });
  assert.equal(await takeTransaction(db, keyring, { ...ref, state }, now), null, 'once');
});
