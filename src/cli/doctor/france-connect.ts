import type { Finding } from '#src/cli/doctor/finding.ts';
import { openDiscovery } from '#src/oidc/discovery.ts';
import { unfitnessOf } from '#src/oidc/failures.ts';
import { readKeys } from '#src/oidc/metadata.ts';
import { openProviderBreaker } from '#src/oidc/provider-breaker.ts';
import type { FranceConnectSettings } from '#src/oidc/settings.ts';
import { openWire } from '#src/oidc/wire.ts';
import { systemClock } from '#src/time/clock.ts';

/** Asks the provider what it says of itself. Without it the card and the codes still open accounts: a warning. */
export async function examineFranceConnect(settings: FranceConnectSettings): Promise<Finding> {
  const about = 'FranceConnect';
  const wire = openWire(openProviderBreaker(systemClock), systemClock, readKeys);
  try {
    await openDiscovery(settings, wire, systemClock).find();
    return { about, state: 'ok', detail: `${settings.issuer} answers as it should` };
  } catch (error) {
    const detail = `${settings.issuer} is not offered (${unfitnessOf(error) ?? 'no answer'})`;
    return { about, state: 'warning', detail };
  }
}
