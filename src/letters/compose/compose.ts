import type { Caisse } from '#src/caisses/reference.ts';
import { footer, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { english } from '#src/letters/compose/english.ts';
import { french } from '#src/letters/compose/french.ts';
import type { Enclosed, LetterBody, LetterContext, LetterTexts } from '#src/letters/compose/texts.ts';
import type { LetterNotice, NoticeContent } from '#src/notices/notice.ts';
import type { Policy } from '#src/policy/schema.ts';
import { catalogue, languageOf, type Voice } from '#src/texts/language.ts';
import { capitalised, formatDate } from '#src/texts/typography.ts';

/** What is the same for all letters of a batch. */
export interface BatchContext {
  readonly policy: Pick<Policy, 'serviceName' | 'support' | 'codes' | 'wording'>;
  /** Without final slash. */
  readonly publicUrl: string;
  /** Return address of undeliverable letters; empty: the caisse's own address. */
  readonly returnAddress: readonly string[];
  /** The day of the batch: the same letter printed again bears the same date. */
  readonly createdAt: Date;
}

/** The recipient of a letter, and the caisse that sends it. */
interface Envelope {
  readonly id: string;
  readonly voice: Voice;
  /** The window's lines (`addressLines`). */
  readonly to: readonly string[];
  readonly caisse: Caisse | null;
}

export interface LetterToCompose extends Envelope {
  readonly notice: LetterNotice;
  readonly createdAt: Date;
  /** The documents that go with it. */
  readonly enclosed: readonly Enclosed[];
}

const texts = catalogue<LetterTexts>({ fr: french, en: english });

/**
 * A letter as it is printed. It never contains the NIR or the birth date: another person who opens it learns a name, an
 * address and a code.
 */
export function composeLetter(letter: LetterToCompose, batch: BatchContext): PaperDocument {
  const { notice, voice, caisse, createdAt, enclosed } = letter;
  const { serviceName, codes } = batch.policy;
  const { title, blocks } = bodyOf(texts[voice], notice, {
    serviceName,
    telephone: telephoneOf(caisse, batch),
    askedWith: codes.askedWith,
    publicUrl: batch.publicUrl,
    createdAt,
    enclosed,
  });
  return onPaper(letter, { title, blocks: [paragraph(texts[voice].hello), ...blocks] }, batch);
}

/** The test letter to the operator in each batch. */
export function composeCanary(
  canary: { readonly id: string; readonly number: number; readonly to: readonly string[] },
  batch: BatchContext,
): PaperDocument {
  const { id, number, to } = canary;
  return onPaper({ id, voice: 'fr', to, caisse: null }, texts.fr.canary(number, batch), batch);
}

function bodyOf<Kind extends LetterNotice['kind']>(
  { kinds }: LetterTexts,
  { kind, content }: { readonly kind: Kind; readonly content: NoticeContent[Kind] },
  context: LetterContext,
): LetterBody {
  return kinds[kind](content, context);
}

function onPaper(
  { id, voice, to, caisse }: Envelope,
  { title, blocks }: LetterBody,
  batch: BatchContext,
): PaperDocument {
  const { date, reference } = texts[voice];
  return {
    id,
    language: languageOf(voice),
    title,
    sender: senderLines(voice, caisse, batch),
    date: date(formatDate(batch.createdAt, voice)),
    frame: { kind: 'window-envelope', to },
    blocks: [...blocks, footer(reference(shortReference(id)))],
  };
}

function senderLines(voice: Voice, caisse: Caisse | null, batch: BatchContext): readonly string[] {
  const t = texts[voice];
  const address = batch.returnAddress.length > 0 ? batch.returnAddress : (caisse?.address ?? []);
  return [
    capitalised(batch.policy.serviceName),
    ...(caisse ? [t.caisse(caisse.name)] : []),
    ...address.slice(0, 5),
    t.telephone(telephoneOf(caisse, batch)),
  ];
}

function telephoneOf(caisse: Caisse | null, { policy }: BatchContext): string {
  return caisse?.telephone ?? policy.support.telephone;
}

/** Enough of the letter's id to find it when a caller reads it out. */
function shortReference(id: string): string {
  return id.slice(0, 8).toUpperCase();
}
