import type { SitePage } from '#src/access/access.ts';
import { accountConsentsPage } from '#src/account/consents/page.ts';
import { disputeCodePage, disputeLinkPage, frozenPage } from '#src/account/dispute/pages.ts';
import { accountEmailCodePage } from '#src/account/email/code-page.ts';
import { accountEmailPage } from '#src/account/email/page.ts';
import { accountFranceConnectPage } from '#src/account/franceconnect/page.ts';
import { accountHomePage } from '#src/account/home/page.ts';
import { accountDevicesPage } from '#src/account/known-device/page.ts';
import { accountPasswordPage } from '#src/account/password/page.ts';
import { signOutPage } from '#src/account/sign-out-page.ts';
import { accountTelephonesPage } from '#src/account/telephones/page.ts';
import type { Services } from '#src/services.ts';
import { newPasswordPage } from '#src/sign-in/forgotten/new-password-page.ts';
import { forgottenPage, forgottenSentPage } from '#src/sign-in/forgotten/page.ts';
import { signInPage } from '#src/sign-in/page.ts';

/** Everything about an account once it exists. */
export function accountPages(services: Services): readonly SitePage[] {
  return [
    signInPage(services),
    signOutPage(services),
    forgottenPage(services),
    forgottenSentPage,
    newPasswordPage(services),
    accountHomePage(services),
    accountPasswordPage(services),
    accountEmailPage(services),
    accountEmailCodePage(services),
    accountTelephonesPage(services),
    accountConsentsPage(services),
    accountDevicesPage(services),
    accountFranceConnectPage(services),
    disputeCodePage(services),
    disputeLinkPage(services),
    frozenPage(services),
  ];
}
