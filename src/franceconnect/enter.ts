import type { AccountRow } from '#src/account/account.ts';
import { openSession } from '#src/account/sign-in/open-session.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';
import { newSessionToken, tokenHash } from '#src/web/session.ts';

/**
 * Signs in somebody whose account is linked: to the account, or to the page where a pending one waits. The session
 * never outlives what the policy grants to FranceConnect. Null when the account was changed meanwhile.
 */
export async function enterLinked(
  { db, random, policy }: Pick<Services, 'db' | 'random' | 'policy'>,
  { session, now }: Pick<PageRequest, 'session' | 'now'>,
  { person_key: personKey, status, password_hash: passwordHash }: AccountRow,
): Promise<Answer | null> {
  if (status === 'disabled') return null;
  const active = status === 'active';
  const { accountIdleMinutes, accountAbsoluteMinutes, enrolmentIdleMinutes, enrolmentAbsoluteMinutes } =
    policy.session;
  const minutes = Math.min(
    active ? accountAbsoluteMinutes : enrolmentAbsoluteMinutes,
    policy.franceConnect.sessionMinutes,
  );
  const token = newSessionToken(random);
  const opened = await openSession(
    db,
    {
      personKey,
      status,
      passwordHash,
      newHash: null,
      tokenHash: tokenHash(token),
      idleMinutes: active ? accountIdleMinutes : enrolmentIdleMinutes,
      expiresAt: new Date(now.getTime() + minutes * 60_000),
      older: session,
      by: 'franceconnect',
    },
    now,
  );
  if (!opened) return null;
  const cookie = { name: 'session', value: token, maxAgeSeconds: minutes * 60 } as const;
  return redirect(active ? paths.account : paths.waiting, cookie);
}
