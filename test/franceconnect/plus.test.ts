import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import type { AssuranceLevel } from '#src/config/franceconnect.ts';
import { Secret } from '#src/crypto/secret.ts';
import { openSimulator } from '#src/demo/franceconnect/simulator.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { openFranceConnect } from '#src/franceconnect/profile.ts';
import { systemClock } from '#src/time/clock.ts';
import { Abroad, identityOf, publicUrl } from './site.ts';

const person = personNamed('nom-usage');
const expected = { state: 'a'.repeat(64), nonce: 'b'.repeat(64), verifier: 'c'.repeat(43) };

async function keyPair(alg: string, use: string) {
  const pair = await generateKeyPair(alg, { extractable: true });
  const names = { kid: `${use}-1`, use, alg };
  return {
    own: { ...(await exportJWK(pair.privateKey)), ...names },
    given: { ...(await exportJWK(pair.publicKey)), ...names },
  };
}

/** A journey there and back, at a provider of these levels. */
async function journey(
  t: { after(close: () => unknown): void },
  {
    signs = false,
    encrypts = false,
    asked = 'eidas1',
    levels = ['eidas1'],
  }: {
    signs?: boolean;
    encrypts?: boolean;
    asked?: AssuranceLevel;
    levels?: readonly string[];
  },
) {
  const signing = signs ? await keyPair('ES256', 'sig') : null;
  const encryption = encrypts ? await keyPair('ECDH-ES', 'enc') : null;
  const client = {
    id: 'compte-assure',
    secret: 's'.repeat(64),
    signingKey: signing?.given,
    encryptionKey: encryption?.given,
  };
  const simulator = await openSimulator({
    port: 0,
    clientUrl: publicUrl,
    client,
    identities: [identityOf(person)],
    levels,
  });
  t.after(() => simulator.close());
  const franceConnect = openFranceConnect(
    {
      issuer: simulator.issuer,
      clientId: client.id,
      clientSecret: signs ? null : new Secret(client.secret),
      signingKey: signing && new Secret(signing.own),
      encryptionKey: encryption && new Secret(encryption.own),
      acr: asked,
    },
    { publicUrl: () => publicUrl, clock: systemClock },
  );
  const to = await franceConnect.authorization(expected);
  assert.ok(to);
  const back = await new Abroad().signIn(to.href, person.cle);
  const completion = await franceConnect.complete(new URL(back, publicUrl).searchParams, expected);
  return { franceConnect, completion };
}

describe('providers of other kinds', () => {
  it('knows us by our signature instead of a secret', async (t) => {
    const { completion } = await journey(t, { signs: true });
    assert.equal(completion.kind, 'proven');
  });

  it('encrypts what it answers, as FranceConnect+ does', async (t) => {
    const { completion, franceConnect } = await journey(t, {
      signs: true,
      encrypts: true,
      asked: 'eidas2',
      levels: ['eidas2', 'eidas3'],
    });
    assert.ok(completion.kind === 'proven', JSON.stringify(completion));
    const {
      identity: { pivot },
      idToken,
    } = completion.proven;
    assert.equal(pivot.familyName, person.line.birthName.toUpperCase());
    assert.equal(idToken.split('.').length, 3, 'the logout wants it decrypted');
    assert.ok(await franceConnect.endSession({ idToken, state: 'x' }));
  });
});
