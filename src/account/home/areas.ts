import { attestationTexts } from '#src/account/attestation/texts.ts';
import { correspondenceTexts } from '#src/account/correspondence/texts.ts';
import { accountDetailsTexts } from '#src/account/details/texts.ts';
import { documentTexts } from '#src/account/documents/texts.ts';
import { cardTexts } from '#src/account/european-card/texts.ts';
import { messageTexts } from '#src/account/messages/texts.ts';
import { listTexts } from '#src/account/payments/texts.ts';
import { paths } from '#src/paths.ts';

/** The areas of an account, in the order of their tiles; each is called what its page is. */
export const areas = [
  { name: 'payments', href: paths.accountPayments, texts: listTexts },
  { name: 'documents', href: paths.accountDocuments, texts: documentTexts },
  { name: 'messages', href: paths.messages, texts: messageTexts },
  { name: 'attestation', href: paths.accountAttestation, texts: attestationTexts },
  { name: 'card', href: paths.accountEuropeanCard, texts: cardTexts },
  { name: 'paper', href: paths.accountPaper, texts: correspondenceTexts },
  { name: 'details', href: paths.accountInformation, texts: accountDetailsTexts },
] as const;

export type AreaName = (typeof areas)[number]['name'];
