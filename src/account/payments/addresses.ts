import { paths } from '#src/paths.ts';

export function paymentAddress(id: string): string {
  return paths.accountPayment.replace(':paiement', id);
}

/** Of a month, `yyyy-mm`. */
export function statementAddress(month: string): string {
  return paths.accountStatement.replace(':mois', month);
}

export function taxStatementAddress(year: number): string {
  return paths.accountTaxStatement.replace(':annee', String(year));
}

/** The list, or the file of the list, with its filters. */
export function listAddress(
  path: typeof paths.accountPayments | typeof paths.accountPaymentsCsv,
  asked: URLSearchParams,
  page = 1,
): string {
  const query = new URLSearchParams(asked);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `${path}?${query}` : path;
}
