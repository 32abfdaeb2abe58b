import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type IssuedToken, issuedToken } from '#src/sessions/change-session.ts';
import { findStored, type Presented, type Session } from '#src/sessions/session.ts';
import { nextSecret, onceSecret, readToken, type Token } from '#src/sessions/token.ts';

/** A session that was found again, and its present token for the answer. */
export interface FoundAgain {
  readonly session: Session;
  readonly issued: IssuedToken;
}

/** How long the answer that carried a new token can be repeated for a byte-identical request. */
const lostAnswerMs = 60_000;

/**
 * The session that a replaced token led to, with its present token: for a request that is byte for byte the one that
 * changed the session, a moment ago. A button pressed twice makes the browser drop the first answer, and its cookie
 * with it.
 *
 * No other request gets there: the new secret is derived from the old one and from everything that was sent (the form’s
 * own token, the proof or the password). Anyone who kept the older token knows none of these.
 */
export async function findNext(
  db: Kysely<Database>,
  keyring: Keyring,
  { carrier, token, request }: Presented,
  now: Date,
): Promise<FoundAgain | null> {
  const older = readToken(keyring, carrier, token);
  if (!older) return null;
  const next = { ...older, version: keyring.current, secret: nextSecret(keyring, older, request()) };
  return findRecent(db, keyring, next, request, now);
}

/** As `findNext`, for a request that opened a session where there was none and consumed what it carried: a code. */
export async function findOnce(
  db: Kysely<Database>,
  keyring: Keyring,
  { persons, once }: { readonly persons: readonly Buffer[]; readonly once: Buffer },
  now: Date,
): Promise<FoundAgain | null> {
  const version = keyring.current;
  for (const personKey of persons) {
    const secret = onceSecret(keyring, version, personKey, once);
    const found = await findRecent(
      db,
      keyring,
      { carrier: 'cookie', version, personKey, secret },
      () => once,
      now,
    );
    if (found) return found;
  }
  return null;
}

async function findRecent(
  db: Kysely<Database>,
  keyring: Keyring,
  token: Token,
  request: () => Buffer,
  now: Date,
): Promise<FoundAgain | null> {
  const found = await findStored(db, keyring, token, request, now);
  if (!found || now.getTime() - found.issuedAt.getTime() >= lostAnswerMs) return null;
  const { session } = found;
  return { session, issued: issuedToken(keyring, token, session.expiresAt, now) };
}
