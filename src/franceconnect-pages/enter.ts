import { sessionCookie } from '#src/access/session-cookie.ts';
import type { AccountRow } from '#src/accounts/account.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { signIn } from '#src/sign-in/sign-in.ts';
import { type Answer, redirect } from '#src/web/page.ts';

/**
 * Signs in somebody whose account is linked: to the account, or to the page where a pending one waits. Null when the
 * account or the link was changed meanwhile.
 */
export async function enterLinked(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'policy'>,
  { session, now }: { readonly session: Session | null; readonly now: Date },
  { person_key: personKey }: AccountRow,
  subjects: readonly Buffer[],
): Promise<Answer | null> {
  const evidence = { kind: 'franceconnect', subjects } as const;
  const outcome = await signIn(services, personKey, evidence, { older: session, now });
  switch (outcome.kind) {
    case 'challenge':
      return outcome.factor;
    case 'refusal':
      return null;
    case 'session': {
      const to = outcome.opens === 'account' ? paths.account : paths.waiting;
      return redirect(to, sessionCookie(outcome.issued));
    }
  }
}
