import type { TrainersProvider } from '#src/config/atelier/site.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { HashLane } from '#src/passwords/lane.ts';
import { invitationPage } from '#src/workshop/accounts/invitation-page.ts';
import { passphrasePage } from '#src/workshop/accounts/passphrase-page.ts';
import { type JourneyOptions, openTrainersJourney } from '#src/workshop/accounts/provider.ts';
import { digestOf } from '#src/workshop/accounts/secrets.ts';
import { signInPage } from '#src/workshop/accounts/sign-in-page.ts';
import { openTries } from '#src/workshop/accounts/tries.ts';
import type { Entrance } from '#src/workshop/door/entrance.ts';

export interface AccountsOptions extends JourneyOptions {
  readonly keyring: Keyring;
  readonly passwords: HashLane;
  /** Null: trainers enter by invitation alone. */
  readonly provider: TrainersProvider | null;
}

/** The entrance of a permanent site: each trainer has an account. */
export function accountsEntrance(options: AccountsOptions): Entrance {
  const { store } = options;
  const provider = options.provider && openTrainersJourney(options.provider, options);
  const judging = { ...options, tries: openTries(store, options.keyring) };
  return {
    pages: (everybody, trainer) => [
      signInPage(everybody, { ...judging, provider }),
      invitationPage(everybody, options),
      passphrasePage(trainer, judging),
      ...(provider ? [provider.returnPage(everybody)] : []),
    ],
    trainerOf(secret, now) {
      const session = digestOf(secret);
      return session && store.inSession(session, now);
    },
    noteUse(secret, now) {
      const session = digestOf(secret);
      if (session) store.noteUse(session, now);
    },
    formOrigins: () => provider?.origins() ?? noOrigins,
  };
}

const noOrigins: readonly string[] = [];
