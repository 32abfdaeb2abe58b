import { access, type SitePage } from '#src/access/access.ts';
import { paymentView } from '#src/account/payments/payment-view.ts';
import { seenPayment } from '#src/account/payments/seen.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** One payment; what is not the person’s own to see is nowhere. */
export function paymentPage(services: Pick<Services, 'db' | 'keyring' | 'policy'>): SitePage {
  return definePage({
    path: paths.accountPayment,
    about: {
      part: 'The account',
      shows: 'one payment: its lines, what was kept back, and how the sum came about, in words',
      form: null,
    },
    access: access.signedIn,
    keptOffline: true,
    show: async ({ visit, parameter, account, now }) => {
      const seen = await seenPayment(services, account, parameter('paiement'), now);
      return seen ? paymentView(visit, seen) : { kind: 'missing' };
    },
  });
}
