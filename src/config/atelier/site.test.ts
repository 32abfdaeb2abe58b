import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAtelierSite } from '#src/config/atelier/site.ts';
import { readEnvironment } from '#src/config/environment.ts';

const read = (env: Record<string, string>) => readAtelierSite(readEnvironment(env));
const address = { ATELIER_PUBLIC_URL: 'https://atelier.example.fr/' };
const provider = {
  ATELIER_OIDC: 'https://login.example.fr/realms/isere/',
  ATELIER_OIDC_CLIENT_ID: 'atelier',
  ATELIER_OIDC_CLIENT_SECRET: 'secret',
  ATELIER_OIDC_TRAINERS: '@Isere.example, sonia@vif.example,groups=formateurs',
};

test('a permanent site has an address, quotas, and a provider where one is set', () => {
  assert.deepEqual(read({}), { ok: true, site: null });
  const quotas = { ofOne: 4, ofAll: 4, seats: 30, perDay: 20 };
  assert.deepEqual(read(address), {
    ok: true,
    site: { publicUrl: 'https://atelier.example.fr', quotas, provider: null },
  });
  const onServer = read({ ...address, DATABASE_URL: 'postgres://db.example/atelier' });
  assert.equal(onServer.ok && onServer.site?.quotas.ofAll, 30);
  const reading = read({ ...address, ...provider, ATELIER_OIDC_CLAIMS: 'signed-userinfo' });
  assert.ok(reading.ok && reading.site?.provider);
  const { label, admits, claims, client } = reading.site.provider;
  assert.equal(client.issuer, 'https://login.example.fr/realms/isere');
  assert.equal(label, 'login.example.fr');
  assert.deepEqual(claims, { signedUserinfo: 'RS256' });
  assert.deepEqual(admits, [
    { kind: 'email', address: '@isere.example' },
    { kind: 'email', address: 'sonia@vif.example' },
    { kind: 'claim', name: 'groups', value: 'formateurs' },
  ]);
});

test('what does not fit together is refused by the name of the setting', () => {
  const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ ATELIER_PUBLIC_URL: 'http://atelier.example.fr' }, /^ATELIER_PUBLIC_URL: must start with https/],
    [{ ATELIER_PUBLIC_URL: 'https://example.fr/atelier' }, /^ATELIER_PUBLIC_URL: must have no path/],
    [provider, /^ATELIER_PUBLIC_URL: is missing/],
    [{ ...address, ATELIER_OIDC_CLIENT_ID: 'x' }, /^ATELIER_OIDC: is missing/],
    [
      { ...address, ...provider, ATELIER_OIDC: 'http://login.example.fr' },
      /^ATELIER_OIDC: must start with https/,
    ],
    [{ ...address, ...provider, ATELIER_OIDC_CLIENT_SECRET: '' }, /^ATELIER_OIDC_CLIENT_SECRET: is missing/],
    [{ ...address, ...provider, ATELIER_OIDC_TRAINERS: '' }, /^ATELIER_OIDC_TRAINERS: is missing/],
    [
      { ...address, ...provider, ATELIER_OIDC_TRAINERS: '@isere.example,tous' },
      /^ATELIER_OIDC_TRAINERS: must be/,
    ],
  ];
  for (const [env, why] of refusals) {
    const reading = read(env);
    assert.ok(!reading.ok);
    assert.match(reading.problems.join('\n'), why);
  }
});
