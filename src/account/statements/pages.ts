import { access, type SitePage } from '#src/access/access.ts';
import { readFilter } from '#src/account/payments/filter-form.ts';
import { seenPayments } from '#src/account/payments/seen.ts';
import { paymentsCsv } from '#src/account/statements/csv.ts';
import { monthlyStatement } from '#src/account/statements/monthly-statement.ts';
import { insuredName, statementAnswer } from '#src/account/statements/paper.ts';
import { taxStatement } from '#src/account/statements/tax-statement.ts';
import { paths } from '#src/paths.ts';
import { type Period, wholeYears } from '#src/reimbursement/window.ts';
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
    show: async ({ visit, parameter, account, now }) => {
      const month = parameter('mois');
      if (!/^[12]\d{3}-(0[1-9]|1[0-2])$/.test(month)) return { kind: 'missing' };
      const { people, payments } = await seenPayments(services, account, daysOf(month), now);
      if (payments.length === 0) return { kind: 'missing' };
      const insured = insuredName(account, people);
      const statement = monthlyStatement({ insured, people, payments, month }, visit.voice);
      return statementAnswer(services, visit, account, statement);
    },
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
    show: async ({ visit, parameter, account, now }) => {
      const typed = parameter('annee');
      if (!/^[12]\d{3}$/.test(typed)) return { kind: 'missing' };
      const asked = { from: `${typed}-01-01`, until: `${typed}-12-31` };
      const { people, window, payments } = await seenPayments(services, account, asked, now);
      const year = Number(typed);
      const days = payments.map(({ paidOn }) => paidOn);
      if (!wholeYears(window, days).includes(year)) return { kind: 'missing' };
      const until = asked.until < window.until ? asked.until : window.until;
      const insured = insuredName(account, people);
      const statement = taxStatement({ insured, people, payments, year, until }, visit.voice);
      return statementAnswer(services, visit, account, statement);
    },
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

function daysOf(month: string): Period {
  const first = Temporal.PlainDate.from(`${month}-01`);
  return { from: first.toString(), until: first.with({ day: first.daysInMonth }).toString() };
}
