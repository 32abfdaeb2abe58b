import type { Write } from '#src/database/at-once.ts';
import { keepOutcome, newBrowserSecret } from '#src/franceconnect/browser.ts';
import { storingLogout } from '#src/franceconnect/journey.ts';
import { outcomeOf } from '#src/franceconnect/outcome.ts';
import { noProviderSession, takeProviderSession } from '#src/franceconnect/provider-session.ts';
import { newJourneySecrets } from '#src/oidc/transaction.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { CookieChange, PageRequest } from '#src/web/page.ts';

/** How a browser’s session at FranceConnect is ended, by way of the browser. */
export interface ProviderSignOut {
  /** Remembers that the browser was sent there. */
  readonly writes: readonly Write[];
  /** Where it is sent once this is stored. */
  readonly leave: () => Promise<{ readonly to: string; readonly cookies: readonly CookieChange[] }>;
}

/**
 * Takes this browser’s session at FranceConnect, to be ended: null when it has none. Where FranceConnect cannot be reached,
 * the page it would have come back to says so.
 */
export async function takeProviderSignOut(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'franceConnect'>,
  request: Pick<PageRequest, 'sender' | 'now'>,
): Promise<ProviderSignOut | null> {
  const { db, keyring, random, franceConnect } = services;
  const { now } = request;
  const idToken = await takeProviderSession(db, keyring, request);
  if (!idToken || !franceConnect) return null;
  const { secret, cookie } = newBrowserSecret(random);
  const { state } = newJourneySecrets(random);
  return {
    writes: [storingLogout(services, { state, browser: secret }, now)],
    leave: async () => {
      const cookies = [cookie, noProviderSession];
      const to = await franceConnect.endSession({ idToken, state });
      if (to) return { to: to.href, cookies };
      await keepOutcome(db, keyring, secret, outcomeOf('signed-out-here-only', 'connexion'), now);
      return { to: paths.franceConnectSignedOut, cookies };
    },
  };
}
