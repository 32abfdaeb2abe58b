import type { FranceConnectSettings } from '#src/config/franceconnect.ts';
import { Secret } from '#src/crypto/secret.ts';
import { simulatedIdentities } from '#src/demo/franceconnect/people/identities.ts';
import { openSimulator, type Simulator, type SimulatorOptions } from '#src/demo/franceconnect/simulator.ts';
import { people } from '#src/fictitious/people.ts';
import { type FranceConnect, openFranceConnect } from '#src/franceconnect/profile.ts';
import { systemClock } from '#src/time/clock.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import type { Closing } from '../setting/database.ts';
import { Traveller } from './traveller.ts';

export interface Simulated extends TestApp {
  readonly simulator: Simulator;
  /** The service forgets what it knew of the provider: its keys, its failures. */
  forgets(): void;
  /** Somebody at an address of their own. */
  traveller(): Traveller;
}

const secret = 'un-secret-pour-les-tests-seulement';

/** How a service on this machine addresses a provider. */
export function settingsFor(
  issuer: string,
  more: Partial<FranceConnectSettings> = {},
): FranceConnectSettings {
  return {
    issuer,
    clientId: 'compte-assure',
    clientSecret: new Secret(secret),
    signingKey: null,
    encryptionKey: null,
    acr: 'eidas1',
    ...more,
  };
}

/** The service as it addresses a provider that is dated by this machine. */
export function relyingOn(settings: FranceConnectSettings): FranceConnect {
  return openFranceConnect(settings, { publicUrl: () => 'http://localhost', clock: systemClock });
}

/** The whole service and the simulator, on real ports. */
export async function simulated(
  t: Closing,
  options: Partial<SimulatorOptions> = {},
  settings: Partial<FranceConnectSettings> = {},
): Promise<Simulated> {
  const simulator = await openSimulator({
    port: 0,
    clientUrl: 'http://localhost',
    identities: simulatedIdentities(people),
    ...options,
    client: { id: 'compte-assure', secret, ...options.client },
  });
  t.after(() => simulator.close());
  const rely = () => relyingOn(settingsFor(simulator.issuer, settings));
  const site = await testApp(t, undefined, { franceConnect: rely() });
  let travellers = 0;
  return {
    ...site,
    simulator,
    forgets: () => void Object.assign(site.services, { franceConnect: rely() }),
    traveller: () => {
      travellers += 1;
      return new Traveller(site.app, `198.51.100.${travellers % 250}`);
    },
  };
}
