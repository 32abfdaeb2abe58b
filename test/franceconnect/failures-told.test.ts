import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Secret } from '#src/crypto/secret.ts';
import { openSimulator } from '#src/demo/franceconnect/simulator.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { openFranceConnect } from '#src/franceconnect/profile.ts';
import { errorFields } from '#src/log/error-fields.ts';
import { systemClock } from '#src/time/clock.ts';
import { Abroad, identityOf, publicUrl } from './site.ts';

const venturi = personNamed('venturi');
const expected = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };

/** A service that the provider knows under another secret, and what it tells of failures. */
async function withWrongSecret(t: { after(close: () => Promise<unknown>): void }) {
  const client = { id: 'compte-assure', secret: randomBytes(32).toString('hex') };
  const simulator = await openSimulator({
    port: 0,
    clientUrl: publicUrl,
    client,
    identities: [identityOf(venturi)],
  });
  t.after(() => simulator.close());
  const told: [reason: string, error: unknown][] = [];
  const settings = {
    issuer: simulator.issuer,
    clientId: client.id,
    clientSecret: new Secret('another secret'),
    signingKey: null,
    encryptionKey: null,
    acr: 'eidas1',
  } as const;
  const franceConnect = openFranceConnect(settings, {
    publicUrl: () => publicUrl,
    clock: systemClock,
    onFailure: (...failure) => told.push(failure),
  });
  return { franceConnect, told };
}

test('a secret that the provider refuses is logged with its status and error code, as well as audited', async (t) => {
  const { franceConnect, told } = await withWrongSecret(t);
  const there = await franceConnect.authorization(expected);
  const back = await new Abroad().signIn(there?.href ?? '', venturi.cle);
  const callback = new URL(back, publicUrl).searchParams;
  const completion = await franceConnect.complete(callback, expected);
  assert.deepEqual(completion, { kind: 'invalid', detail: 'code-refused' });
  assert.equal(told.length, 1);
  const [[reason, error] = []] = told;
  assert.equal(reason, 'code-refused');
  const { status, oauth } = errorFields(error) ?? {};
  assert.deepEqual([status, oauth], [401, 'invalid_client']);
});

test('somebody who went back is no failure', async (t) => {
  const { franceConnect, told } = await withWrongSecret(t);
  const there = await franceConnect.authorization(expected);
  const back = await new Abroad().cancel(there?.href ?? '');
  const completion = await franceConnect.complete(new URL(back, publicUrl).searchParams, expected);
  assert.equal(completion.kind, 'refused');
  assert.deepEqual(told, []);
});
