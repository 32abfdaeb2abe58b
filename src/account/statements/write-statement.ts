import { seenPayments } from '#src/account/payments/seen.ts';
import { monthlyStatement } from '#src/account/statements/monthly-statement.ts';
import { insuredName, type Reader, statementAnswer } from '#src/account/statements/paper.ts';
import { taxStatement } from '#src/account/statements/tax-statement.ts';
import type { Account } from '#src/accounts/account.ts';
import { type Period, wholeYears } from '#src/reimbursement/window.ts';
import type { Services } from '#src/services.ts';
import type { FileAnswer } from '#src/web/page.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'policy' | 'pdf' | 'caisses'>;

/** The payments of a month (`yyyy-mm`, as typed) on paper; null where none was made that may be shown. */
export async function writeMonthlyStatement(
  services: Needed,
  reader: Reader,
  account: Account,
  month: string,
): Promise<FileAnswer | null> {
  if (!/^[12]\d{3}-(0[1-9]|1[0-2])$/.test(month)) return null;
  const { people, payments } = await seenPayments(services, account, daysOf(month), reader.now);
  if (payments.length === 0) return null;
  const insured = insuredName(account, people);
  const statement = monthlyStatement({ insured, people, payments }, month, reader.voice);
  return statementAnswer(services, reader, account, statement);
}

/** What a year (as typed) paid, for the tax return; null for a year of which a part is no longer shown. */
export async function writeTaxStatement(
  services: Needed,
  reader: Reader,
  account: Account,
  typed: string,
): Promise<FileAnswer | null> {
  if (!/^[12]\d{3}$/.test(typed)) return null;
  const asked = { from: `${typed}-01-01`, until: `${typed}-12-31` };
  const { people, window, payments } = await seenPayments(services, account, asked, reader.now);
  const year = Number(typed);
  const days = payments.map(({ paidOn }) => paidOn);
  if (!wholeYears(window, days).includes(year)) return null;
  const until = asked.until < window.until ? asked.until : window.until;
  const insured = insuredName(account, people);
  const statement = taxStatement({ insured, people, payments }, { year, until }, reader.voice);
  return statementAnswer(services, reader, account, statement);
}

function daysOf(month: string): Period {
  const first = Temporal.PlainDate.from(`${month}-01`);
  return { from: first.toString(), until: first.with({ day: first.daysInMonth }).toString() };
}
