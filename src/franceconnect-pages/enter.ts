import { sessionCookie } from '#src/access/session-cookie.ts';
import type { Anyone } from '#src/access/who.ts';
import type { AccountRow } from '#src/accounts/account.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { openSession } from '#src/sign-in/open-session.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/**
 * Signs in somebody whose account is linked: to the account, or to the page where a pending one waits. The session
 * never outlives what the policy grants to FranceConnect. Null when the account was changed meanwhile.
 */
export async function enterLinked(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
  { session, now }: PageRequest<Anyone>,
  { person_key: personKey, status }: AccountRow,
): Promise<Answer | null> {
  if (status !== 'active' && status !== 'pending') return null;
  const issued = await openSession(
    services,
    {
      personKey,
      status,
      password: null,
      rehashed: null,
      mostMinutes: services.policy.franceConnect.sessionMinutes,
      older: session,
      by: 'franceconnect',
    },
    now,
  );
  return issued && redirect(status === 'active' ? paths.account : paths.waiting, sessionCookie(issued));
}
