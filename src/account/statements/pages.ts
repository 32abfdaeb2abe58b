import { access, type SitePage } from '#src/access/access.ts';
import { readFilter } from '#src/account/payments/filter-form.ts';
import { seenPayments } from '#src/account/payments/seen.ts';
import { paymentsCsv } from '#src/account/statements/csv.ts';
import { writeMonthlyStatement, writeTaxStatement } from '#src/account/statements/write-statement.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { redirect } from '#src/web/page.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'policy' | 'pdf' | 'caisses'>;

/** The payments of a month on paper; nothing where none was made that may be shown. */
export function monthlyStatementPage(services: Needed): SitePage {
  return definePage({
    path: paths.accountStatement,
    about: { part: 'The account', shows: 'the payments of a month, as a PDF to save', form: null },
    access: access.signedIn,
    show: async ({ visit, parameter, account }) =>
      (await writeMonthlyStatement(services, visit, account, parameter('mois'))) ?? { kind: 'missing' },
  });
}

/** What a year paid, for the tax return; nothing for a year of which a part is no longer shown. */
export function taxStatementPage(services: Needed): SitePage {
  return definePage({
    path: paths.accountTaxStatement,
    about: {
      part: 'The account',
      shows: 'the allowances, pensions and reimbursements of a year, as a PDF to save',
      form: null,
    },
    access: access.signedIn,
    show: async ({ visit, parameter, account }) =>
      (await writeTaxStatement(services, visit, account, parameter('annee'))) ?? { kind: 'missing' },
  });
}

/** The lines of the payments that the list shows with the same filters, for a spreadsheet. */
export function paymentsCsvPage(services: Needed): SitePage {
  return definePage({
    path: paths.accountPaymentsCsv,
    about: {
      part: 'The account',
      shows: 'the lines of the payments of a list, with its filters, as a CSV file to save',
      form: null,
    },
    access: access.signedIn,
    show: async ({ visit, query, account, now }) => {
      const seen = await seenPayments(services, account, null, now);
      const filter = readFilter(query, seen, visit.voice);
      // The page says what is wrong.
      if (filter.problems.length > 0) return redirect(`${paths.accountPayments}?${filter.asked}`);
      const { from, until } = filter.period;
      const payments = seen.payments.filter(({ paidOn }) => paidOn >= from && paidOn <= until);
      const content = Buffer.from(paymentsCsv(payments, seen.people, filter, visit.voice));
      return { kind: 'file', type: 'text/csv; charset=utf-8', name: 'paiements.csv', content };
    },
  });
}
