import { randomBytes } from 'node:crypto';
import { Secret } from '#src/crypto/secret.ts';
import { simulatedIdentities } from '#src/demo/franceconnect/people/identities.ts';
import { openSimulator } from '#src/demo/franceconnect/simulator.ts';
import { people } from '#src/fictitious/people.ts';
import { type FranceConnect, openFranceConnect } from '#src/franceconnect/profile.ts';
import { systemClock } from '#src/time/clock.ts';
import type { Closing } from '../setting/database.ts';

/** The simulator of FranceConnect on a port of its own, which knows one person, and the service as its client. */
export async function openProvider(
  t: Closing,
  publicUrl: () => string,
  person: string,
): Promise<{ readonly url: string; readonly franceConnect: FranceConnect }> {
  const client = { id: 'compte-assure', secret: randomBytes(32).toString('hex') };
  const clientUrl = 'http://localhost';
  const identities = simulatedIdentities(people).filter(({ identifiant }) => identifiant === person);
  const simulator = await openSimulator({ port: 0, clientUrl, client, identities });
  t.after(() => simulator.close());
  const settings = {
    issuer: simulator.issuer,
    clientId: client.id,
    clientSecret: new Secret(client.secret),
    signingKey: null,
    encryptionKey: null,
    acr: 'eidas1',
  } as const;
  return {
    url: simulator.url,
    franceConnect: openFranceConnect(settings, { publicUrl, clock: systemClock }),
  };
}
