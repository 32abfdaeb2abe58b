import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { readEnvironment } from '#src/config/environment.ts';
import { franceConnectConfig, readFranceConnect } from '#src/config/franceconnect.ts';

const client = { FRANCECONNECT_CLIENT_ID: 'nous', FRANCECONNECT_CLIENT_SECRET: 'secret' };

function read(env: Record<string, string>) {
  return readFranceConnect(readEnvironment(env).values);
}

describe('readFranceConnect', () => {
  it('is off, or the simulator in the demo, by default', () => {
    assert.deepEqual(read({}), { settings: null, problems: [] });
    assert.equal(franceConnectConfig(readEnvironment({}).values), 'simulator');
    assert.equal(franceConnectConfig(readEnvironment({ FRANCECONNECT: 'off' }).values), 'off');
    assert.equal(franceConnectConfig(readEnvironment({ MODE: 'production' }).values), 'off');
  });

  it('knows FranceConnect’s own addresses, and takes any other', () => {
    assert.equal(
      read({ ...client, FRANCECONNECT: 'production' }).settings?.issuer,
      'https://oidc.franceconnect.gouv.fr/api/v2',
    );
    assert.match(read({ ...client, FRANCECONNECT: 'sandbox' }).settings?.issuer ?? '', /sbx/);
    const other = read({
      ...client,
      FRANCECONNECT: 'https://fournisseur.example/oidc/',
      FRANCECONNECT_ACR: 'eidas2',
    });
    assert.equal(other.settings?.issuer, 'https://fournisseur.example/oidc');
    assert.equal(other.settings?.acr, 'eidas2');
  });

  it('accepts http to this machine only, and never in production', () => {
    const on = (FRANCECONNECT: string, more = {}) => read({ ...client, FRANCECONNECT, ...more }).problems;
    assert.deepEqual(on('http://localhost:4000/api/v2'), []);
    assert.deepEqual(on('http://127.0.0.1:4000'), []);
    assert.deepEqual(on('http://fournisseur.example'), ['FRANCECONNECT: must start with https://']);
    assert.deepEqual(on('http://localhost.fournisseur.example'), ['FRANCECONNECT: must start with https://']);
    assert.deepEqual(on('http://localhost:4000', { MODE: 'production' }), [
      'FRANCECONNECT: must start with https://',
    ]);
  });

  it('accepts only a host that a content security policy can name', () => {
    for (const FRANCECONNECT of [
      'https://[2001:db8::1]/oidc',
      'http://[::1]:4000',
      'https://un_nom.example',
      'https://nom..example',
    ])
      assert.deepEqual(read({ ...client, FRANCECONNECT }).problems, [
        'FRANCECONNECT: must name its host, without user, password or anything after its path',
      ]);
  });

  it('reports everything missing or wrong, without values', () => {
    assert.deepEqual(
      read({ FRANCECONNECT: 'sandbox' }).problems.map((problem) => problem.split(':')[0]),
      ['FRANCECONNECT_CLIENT_ID', 'FRANCECONNECT_CLIENT_SECRET'],
    );
    const wrong = read({
      ...client,
      FRANCECONNECT: 'sandbox',
      FRANCECONNECT_SIGNING_KEY: 'tres-secret',
      FRANCECONNECT_ENCRYPTION_KEY: '{"kty":"EC"}',
    });
    assert.equal(wrong.settings, null);
    assert.equal(wrong.problems.length, 2);
    assert.doesNotMatch(wrong.problems.join(), /tres-secret/);
  });

  it('takes a signing key as PEM or JWK, in the place of the secret', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const FRANCECONNECT_SIGNING_KEY of [
      pem,
      pem.replaceAll('\n', '\\n'),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
    ]) {
      const { settings } = read({
        FRANCECONNECT: 'sandbox',
        FRANCECONNECT_CLIENT_ID: 'nous',
        FRANCECONNECT_SIGNING_KEY,
      });
      assert.equal(settings?.signingKey?.reveal().crv, 'P-256');
      assert.equal(settings?.clientSecret, null);
    }
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    const pair = { ...client, FRANCECONNECT: 'sandbox' };
    assert.equal(read({ ...pair, FRANCECONNECT_SIGNING_KEY: JSON.stringify(rsa) }).problems.length, 1);
    assert.equal(read({ ...pair, FRANCECONNECT_ENCRYPTION_KEY: JSON.stringify(rsa) }).problems.length, 0);
  });
});
