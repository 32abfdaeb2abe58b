import type { SeenPerson } from '#src/account/payments/seen.ts';
import { documentTexts } from '#src/account/statements/texts.ts';
import type { Account } from '#src/accounts/account.ts';
import type { Block } from '#src/documents/block.ts';
import { footer } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { Services } from '#src/services.ts';
import { formatDate } from '#src/texts/typography.ts';
import { Overloaded } from '#src/web/http/errors.ts';
import type { FileAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

export interface Statement {
  /** Of the file. */
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** For whom a statement is written, and when. */
export type Reader = Pick<Visit, 'voice' | 'language' | 'serviceName' | 'now'>;

/** The name of the insured, on paper: as the caisse writes it, or the one of the account. */
export function insuredName({ contact }: Account, people: readonly SeenPerson[]): string {
  return people.find(({ rank }) => rank === 1)?.name ?? contact.names[0] ?? '';
}

/** A statement of payments as a tagged PDF to save. Only so many are written at a time. */
export async function statementAnswer(
  { pdf, caisses }: Pick<Services, 'pdf' | 'caisses'>,
  visit: Reader,
  account: Account,
  { name, title, blocks }: Statement,
): Promise<FileAnswer> {
  const t = documentTexts[visit.voice];
  const caisse = account.caisseCode === null ? undefined : caisses.caisses.get(account.caisseCode);
  const day = formatDate(visit.now, visit.voice);
  const document: PaperDocument = {
    id: name,
    language: visit.language,
    title,
    sender: [visit.serviceName, ...(caisse ? [t.caisse(caisse.name)] : [])],
    date: t.date(day),
    frame: { kind: 'plain' },
    blocks: [...blocks, footer(t.made(day))],
  };
  const content = await pdf.write(document, { title, createdAt: visit.now }, account.personKey);
  if (!content) throw new Overloaded('Too many documents are being written', 'documents');
  return { kind: 'file', type: 'application/pdf', name: `${name}.pdf`, content };
}
