import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testApp } from '../setting/application.ts';
import { openOtherProvider, type Ways } from './other-provider.ts';
import { relyingOn, settingsFor } from './simulated.ts';
import { Traveller } from './traveller.ts';

const person = {
  family_name: 'Bremond',
  given_name: 'Vincent Alexis',
  birthdate: '1983-05-09',
  gender: 'male',
  birthplace: '38185',
  birthcountry: '99100',
  email: 'vincent@example.org',
};

const cases: Readonly<Record<string, Ways>> = {
  'names in the profile, secret in the body, no logout': {
    authentication: 'client_secret_post',
    scopes: ['openid', 'profile', 'email', 'birth'],
    audience: (clientId) => clientId,
    endsSessions: false,
  },
  'secret in the header, an audience that is a list of one, a logout': {
    authentication: 'client_secret_basic',
    scopes: ['openid', 'given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'],
    audience: (clientId) => [clientId],
    endsSessions: true,
  },
};

for (const [name, ways] of Object.entries(cases))
  test(`another provider, honest in its own way: ${name}`, async (t) => {
    const provider = await openOtherProvider(t, person, ways);
    const site = await testApp(t, undefined, { franceConnect: relyingOn(settingsFor(provider.issuer)) });
    const traveller = new Traveller(site.app, '198.51.100.7');
    const { location } = await traveller.leaves();
    const back = await traveller.abroad(location ?? '');
    const address = back?.location ?? '';
    assert.equal(new URL(address).searchParams.get('iss'), null);
    const seen = await traveller.returns(address);
    assert.equal(seen.url, '/creer-mon-compte/conditions');
    assert.equal(provider.secretSeenIn(), ways.authentication === 'client_secret_basic' ? 'header' : 'body');
    const again = await traveller.returns(address);
    assert.equal(again.url, '/creer-mon-compte/conditions', 'where the person stands');
  });

test('a provider that is not who it should be is not used', async (t) => {
  const provider = await openOtherProvider(t, person, Object.values(cases)[0] ?? assert.fail());
  for (const issuer of [`${provider.issuer}/`, provider.issuer.replace('127.0.0.1', 'localhost')]) {
    const site = await testApp(t, undefined, { franceConnect: relyingOn(settingsFor(issuer)) });
    const seen = await new Traveller(site.app, '198.51.100.8').leaves();
    assert.equal(seen.location, '/franceconnect/suite', issuer);
  }
});
