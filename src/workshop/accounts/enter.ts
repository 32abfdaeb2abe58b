import type { Random } from '#src/crypto/random.ts';
import type { Done } from '#src/texts/done-texts.ts';
import { csrfCookie } from '#src/web/forms/csrf.ts';
import { type Answer, redirect, redirectDone } from '#src/web/page.ts';
import { makeSecret } from '#src/workshop/accounts/secrets.ts';
import type { TrainerStore } from '#src/workshop/accounts/store.ts';
import { trainerCookie } from '#src/workshop/door/entrance.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** What lets somebody enter needs. */
export interface Entering {
  readonly store: TrainerStore;
  readonly random: Random;
}

/**
 * Opens a session for an account; null when it was revoked or changed a moment ago. Forms that this browser was shown
 * before are not taken any more: they may be those of another trainer.
 */
export function enter(
  { store, random }: Entering,
  id: string,
  by: Parameters<TrainerStore['begin']>[2],
  now: Date,
  done?: Done,
): Answer | null {
  const { secret, digest } = makeSecret(random);
  if (!store.begin(digest, id, by, now)) return null;
  const session = { name: trainerCookie, value: secret };
  return done === undefined
    ? redirect(workshopPaths.classes, session, newForms)
    : redirectDone(done, workshopPaths.classes, session, newForms);
}

/** The forms of this browser so far are nobody’s. */
export const newForms = { name: csrfCookie, value: null };
