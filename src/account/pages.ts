import type { SitePage } from '#src/access/access.ts';
import { accountAttestationPage } from '#src/account/attestation/page.ts';
import { accountConsentsPage } from '#src/account/consents/page.ts';
import { accountCopyPage } from '#src/account/copy/page.ts';
import { accountPaperPage } from '#src/account/correspondence/page.ts';
import { accountDetailsPage } from '#src/account/details/page.ts';
import { disputeCodePage, disputeLinkPage, frozenPage } from '#src/account/dispute/pages.ts';
import { accountDocumentPage, accountDocumentsPage } from '#src/account/documents/pages.ts';
import { accountEmailCodePage } from '#src/account/email/code-page.ts';
import { accountEmailPage } from '#src/account/email/page.ts';
import { accountEuropeanCardPage } from '#src/account/european-card/page.ts';
import { accountFranceConnectPage } from '#src/account/franceconnect/page.ts';
import { accountHomePage } from '#src/account/home/page.ts';
import { accountDevicesPage, forgetDevicesPage } from '#src/account/known-device/page.ts';
import { messageFilePage } from '#src/account/messages/file-page.ts';
import { messagesPage } from '#src/account/messages/list-page.ts';
import { messageThreadPage } from '#src/account/messages/thread-page.ts';
import { messageWritePage } from '#src/account/messages/writing/write-page.ts';
import { accountOfflinePage } from '#src/account/offline-reading/page.ts';
import { accountPasswordPage } from '#src/account/password/page.ts';
import { paymentsPage } from '#src/account/payments/list-page.ts';
import { paymentPage } from '#src/account/payments/payment-page.ts';
import { signOutPage } from '#src/account/sign-out-page.ts';
import { monthlyStatementPage, paymentsCsvPage, taxStatementPage } from '#src/account/statements/pages.ts';
import { accountTelephonesPage } from '#src/account/telephones/page.ts';
import type { Services } from '#src/services.ts';

/** The pages of an active account. */
export function accountPages(services: Services): readonly SitePage[] {
  return [
    signOutPage(services),
    accountHomePage(services),
    paymentsPage(services),
    paymentPage(services),
    paymentsCsvPage(services),
    monthlyStatementPage(services),
    taxStatementPage(services),
    accountDetailsPage(services),
    accountPasswordPage(services),
    accountEmailPage(services),
    accountEmailCodePage(services),
    accountTelephonesPage(services),
    accountConsentsPage(services),
    accountCopyPage(services),
    accountPaperPage(services),
    accountDevicesPage(services),
    forgetDevicesPage(services),
    accountOfflinePage(services),
    messagesPage(services),
    messageWritePage(services),
    messageThreadPage(services),
    messageFilePage(services),
    accountFranceConnectPage(services),
    accountDocumentsPage(services),
    accountDocumentPage(services),
    accountAttestationPage(services),
    accountEuropeanCardPage(services),
    disputeCodePage(services),
    disputeLinkPage(services),
    frozenPage(services),
  ];
}
