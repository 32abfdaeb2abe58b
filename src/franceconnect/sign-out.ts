import { browserOf, keepOutcome, newBrowserSecret, takeProviderSession } from '#src/franceconnect/browser.ts';
import { storeLogout } from '#src/franceconnect/journey.ts';
import { outcomeOf } from '#src/franceconnect/outcome.ts';
import { newJourneySecrets } from '#src/oidc/transaction.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { CookieChange, PageRequest } from '#src/web/page.ts';

/**
 * Ends this browser's session at FranceConnect, by way of the browser: null when it has none. Where FranceConnect
 * cannot be reached, the page it would have come back to says so.
 */
export async function endProviderSession(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'franceConnect'>,
  request: Pick<PageRequest, 'sender' | 'now'>,
): Promise<{ readonly to: string; readonly cookie: CookieChange } | null> {
  const { db, keyring, random, franceConnect } = services;
  const { now } = request;
  const idToken = await takeProviderSession(db, keyring, browserOf(request), now);
  if (!idToken || !franceConnect) return null;
  const { secret, cookie } = newBrowserSecret(random);
  const { state } = newJourneySecrets(random);
  const to = await franceConnect.endSession({ idToken, state });
  if (!to) {
    await keepOutcome(db, keyring, secret, outcomeOf('signed-out-here-only', 'connexion'), now);
    return { to: paths.franceConnectSignedOut, cookie };
  }
  await storeLogout(services, { state, browser: secret }, now);
  return { to: to.href, cookie };
}
