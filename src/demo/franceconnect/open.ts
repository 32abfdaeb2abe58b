import { randomBytes } from 'node:crypto';
import { Secret } from '#src/config/secret.ts';
import { simulatedIdentities } from '#src/demo/franceconnect/people/identities.ts';
import { openSimulator } from '#src/demo/franceconnect/simulator.ts';
import type { FranceConnectSettings } from '#src/franceconnect/settings.ts';
import type { DemoPerson } from '#src/register/fictitious/demo-register.ts';

/** The demo's simulator, and how the service is to address it. */
export interface DemoFranceConnect {
  readonly url: string;
  readonly settings: FranceConnectSettings;
  close(): Promise<void>;
}

/** Opens the simulator on the port after the service's own, or the next free one; with a secret made for this run. */
export async function openDemoFranceConnect(
  people: readonly DemoPerson[],
  { publicUrl, port }: { readonly publicUrl: string; readonly port: number },
): Promise<DemoFranceConnect> {
  const clientId = 'compte-assure';
  const secret = randomBytes(32).toString('hex');
  const simulator = await openSimulator({
    port: port === 0 ? 0 : port + 1,
    clientUrl: publicUrl,
    client: { id: clientId, secret },
    identities: simulatedIdentities(people),
  });
  return {
    url: simulator.url,
    settings: {
      issuer: simulator.issuer,
      clientId,
      clientSecret: new Secret(secret),
      signingKey: null,
      encryptionKey: null,
      acr: 'eidas1',
    },
    close: () => simulator.close(),
  };
}
