import type { SitePage } from '#src/access/access.ts';
import type { Services } from '#src/services.ts';
import { extendSessionPage } from '#src/sign-in/extend-session.ts';
import { newPasswordPage } from '#src/sign-in/forgotten/new-password-page.ts';
import { forgottenPage, forgottenSentPage } from '#src/sign-in/forgotten/page.ts';
import { signInPage } from '#src/sign-in/page.ts';

/** Pages to sign in, to extend a session, and to reset a forgotten password. */
export function signInPages(services: Services): readonly SitePage[] {
  return [
    signInPage(services),
    forgottenPage(services),
    forgottenSentPage(services),
    newPasswordPage(services),
    extendSessionPage(services),
  ];
}
