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
