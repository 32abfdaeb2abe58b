import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { idTokenFault, userinfoFault } from '#src/oidc/verify.ts';

const now = 1_800_000_000;
const accessToken = 'jeton';
const atHash = hash('sha256', accessToken, 'buffer').subarray(0, 16).toString('base64url');
const levels = ['eidas1', 'eidas2', 'eidas3'];
const good = { sub: 'sujet', iat: now, acr: 'eidas1', aud: 'nous' };

function idToken(changes: Record<string, unknown>, least: 'eidas1' | 'eidas2' = 'eidas1'): string | null {
  return idTokenFault(
    { ...good, ...changes },
    { clientId: 'nous', acr: { levels, least }, algorithm: 'ES256', accessToken },
    now,
  );
}

describe('idTokenFault', () => {
  it('finds none in a good token', () => {
    assert.equal(idToken({}), null);
    assert.equal(idToken({ azp: 'nous', at_hash: atHash, acr: 'eidas3' }), null);
  });

  it('names what is wrong', () => {
    for (const sub of [undefined, '', 12, 'x'.repeat(256), 'a b', 'é', 'a\u0000'])
      assert.equal(idToken({ sub }), 'sub');
    assert.equal(idToken({ sub: 'x'.repeat(255) }), null);
    for (const azp of ['autre', '', null]) assert.equal(idToken({ azp }), 'azp');
    for (const acr of [undefined, '', 'eidas0', 'EIDAS1', 'eidas', 1, ['eidas1']])
      assert.equal(idToken({ acr }), 'acr');
    assert.equal(idToken({}, 'eidas2'), 'acr', 'less than what was asked for');
    for (const at_hash of ['', 'autre', `${atHash}=`, atHash.slice(1), 12])
      assert.equal(idToken({ at_hash }), 'at_hash');
  });

  it('asks for no level where the profile has none, and hashes as the signature does', () => {
    const sha384 = hash('sha384', accessToken, 'buffer').subarray(0, 24).toString('base64url');
    const expected = { clientId: 'nous', acr: null, algorithm: 'ES384', accessToken } as const;
    const { acr: _acr, ...plain } = good;
    assert.equal(idTokenFault({ ...plain, at_hash: sha384 }, expected, now), null);
    assert.equal(idTokenFault({ ...plain, at_hash: atHash }, expected, now), 'at_hash');
  });

  it('lets clocks differ by 30 seconds, no more', () => {
    assert.equal(idToken({ iat: now + 30 }), null);
    assert.equal(idToken({ iat: now + 31 }), 'iat');
    assert.equal(idToken({ iat: undefined }), 'iat');
  });
});

describe('userinfoFault', () => {
  const expected = { clientId: 'nous', issuer: 'https://fournisseur.example' };
  const known = { iss: expected.issuer, aud: 'nous' };

  it('wants the issuer’s, for us, not from the future', () => {
    assert.equal(userinfoFault(known, expected, now), null);
    assert.equal(userinfoFault({ ...known, aud: ['autre', 'nous'] }, expected, now), null);
    assert.equal(userinfoFault({ aud: 'nous' }, expected, now), 'userinfo-iss');
    assert.equal(userinfoFault({ ...known, iss: `${expected.issuer}/` }, expected, now), 'userinfo-iss');
    assert.equal(userinfoFault({ iss: expected.issuer }, expected, now), 'userinfo-aud');
    assert.equal(userinfoFault({ ...known, aud: ['autre'] }, expected, now), 'userinfo-aud');
    assert.equal(userinfoFault({ ...known, iat: now + 31 }, expected, now), 'userinfo-iat');
    assert.equal(userinfoFault({ ...known, iat: 'hier' }, expected, now), 'userinfo-iat');
  });
});
