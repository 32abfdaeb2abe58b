import { paths } from '#src/paths.ts';

/** The areas of an account, in the order of their tiles. */
export const areas = [
  { name: 'payments', href: paths.accountPayments },
  { name: 'documents', href: paths.accountDocuments },
  { name: 'messages', href: paths.messages },
  { name: 'attestation', href: paths.accountAttestation },
  { name: 'card', href: paths.accountEuropeanCard },
  { name: 'paper', href: paths.accountPaper },
  { name: 'details', href: paths.accountInformation },
] as const;

export type AreaName = (typeof areas)[number]['name'];
