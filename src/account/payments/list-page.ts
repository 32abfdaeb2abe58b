import { access, type SitePage } from '#src/access/access.ts';
import { readFilter } from '#src/account/payments/filter-form.ts';
import { listView } from '#src/account/payments/list-view.ts';
import { seenList } from '#src/account/payments/seen.ts';
import { paths } from '#src/paths.ts';
import { wholeYears } from '#src/reimbursement/window.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';

/** «Mes paiements». */
export function paymentsPage(services: Pick<Services, 'db' | 'keyring' | 'policy'>): SitePage {
  return definePage({
    path: paths.accountPayments,
    about: {
      part: 'The account',
      shows: 'payments by month, filtered; their statements; how much of the yearly caps is used',
      form: null,
    },
    access: access.signedIn,
    keptOffline: true,
    show: async ({ visit, query, account, now }) => {
      const seen = await seenList(services, account, now);
      const rule = services.policy.account.payments;
      return listView(visit, {
        seen,
        filter: readFilter(query, seen, visit.voice),
        query,
        taxYears: wholeYears(
          seen.window,
          seen.payments.map(({ paidOn }) => paidOn),
        ),
        statements: 'statements' in rule ? rule.statements : null,
      });
    },
  });
}
