import { knowsFamily } from '#src/account/payments/names.ts';
import type { SeenPayment, SeenPerson } from '#src/account/payments/seen.ts';
import { statementTexts } from '#src/account/statements/texts.ts';
import type { Account } from '#src/accounts/account.ts';
import { type Block, footer, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { Services } from '#src/services.ts';
import type { Voice } from '#src/texts/language.ts';
import { capitalised, formatDate } from '#src/texts/typography.ts';
import { Overloaded } from '#src/web/http/errors.ts';
import type { FileAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** What a statement is made of. */
export interface StatementContent {
  /** The name of the insured. */
  readonly insured: string;
  readonly people: readonly SeenPerson[];
  /** Newest first. */
  readonly payments: readonly SeenPayment[];
}

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

/** What every statement begins with. */
export function aboutBlock(
  insured: string,
  period: string,
  voice: Voice,
  total: string | null = null,
): Block {
  const t = statementTexts[voice];
  const rows = [
    { name: t.insured, value: insured },
    { name: t.period, value: period },
    ...(total === null ? [] : [{ name: t.total, value: total }]),
  ];
  return { kind: 'properties', caption: t.about, rows };
}

/** Says what is left out, where something is. */
export function hiddenBlocks(
  { people, payments }: Pick<StatementContent, 'people' | 'payments'>,
  voice: Voice,
): readonly Block[] {
  const t = statementTexts[voice];
  if (!payments.some(({ hidesSomebody }) => hidesSomebody)) return [];
  return [paragraph(knowsFamily(people) ? t.hidden : t.hiddenUnknown)];
}

/** A statement of payments as a tagged PDF to save. Only so many are written at a time. */
export async function statementAnswer(
  { pdf, caisses }: Pick<Services, 'pdf' | 'caisses'>,
  visit: Reader,
  account: Account,
  { name, title, blocks }: Statement,
): Promise<FileAnswer> {
  const t = statementTexts[visit.voice];
  const caisse = account.caisseCode === null ? undefined : caisses.caisses.get(account.caisseCode);
  const day = formatDate(visit.now, visit.voice);
  const document: PaperDocument = {
    id: name,
    language: visit.language,
    title,
    sender: [capitalised(visit.serviceName), ...(caisse ? [t.caisse(caisse.name)] : [])],
    date: t.date(day),
    frame: { kind: 'plain' },
    blocks: [...blocks, footer(t.made(day))],
  };
  const content = await pdf.write(document, { title, createdAt: visit.now }, account.personKey);
  if (!content) throw new Overloaded('Too many documents are being written', 'documents');
  return { kind: 'file', type: 'application/pdf', name: `${name}.pdf`, content };
}
