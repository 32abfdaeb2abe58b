import assert from 'node:assert/strict';
import type { Services } from '#src/services.ts';
import { findSession, type Session } from '#src/sessions/session.ts';

/** The session that a browser’s cookie opens. */
export async function sessionBehind(
  { db, keyring, clock }: Pick<Services, 'db' | 'keyring' | 'clock'>,
  token: string | undefined,
): Promise<Session> {
  const presented = { carrier: 'cookie', token: token ?? '', request: () => Buffer.alloc(32) } as const;
  const session = await findSession(db, keyring, presented, clock.now());
  assert.ok(session, 'the cookie opens nothing');
  return session;
}
