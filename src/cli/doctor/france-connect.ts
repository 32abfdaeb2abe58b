import type { Finding } from '#src/cli/doctor/finding.ts';
import type { FranceConnectSettings } from '#src/config/franceconnect.ts';
import { openFranceConnect } from '#src/franceconnect/profile.ts';
import { systemClock } from '#src/time/clock.ts';

/** Checks the metadata of the provider. Without it the card and the codes still open accounts: only a warning. */
export async function examineFranceConnect(
  settings: FranceConnectSettings,
  publicUrl: string,
): Promise<Finding> {
  const about = 'FranceConnect';
  const provider = openFranceConnect(settings, { publicUrl: () => publicUrl, clock: systemClock });
  const fault = await provider.unfitness();
  return fault === null
    ? { about, state: 'ok', detail: `${settings.issuer} answers as it should` }
    : {
        about,
        state: 'warning',
        detail: `${settings.issuer} is not offered (${fault === 'unreachable' ? 'no answer' : fault})`,
      };
}
