import type { Caisse } from '#src/caisses/reference.ts';
import { heading, type Letter, type LetterPart, paragraph } from '#src/documents/paper.ts';
import { letterTexts } from '#src/letters/compose/texts.ts';
import type { LetterNotice } from '#src/notices/notice.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Language } from '#src/texts/language.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';
import { groupCode } from '#src/texts/written-code.ts';

/** What every letter of a batch needs besides what is said. */
export interface LetterContext {
  readonly policy: Pick<Policy, 'serviceName' | 'support' | 'codes'>;
  /** Without final slash. The only addresses that a letter names: where a code is typed, and where an account is blocked. */
  readonly publicUrl: string;
  /** Where letters come back to; empty: the caisse's own address. */
  readonly returnAddress: readonly string[];
  /** The day of the batch: the same letter printed again bears the same date. */
  readonly at: Date;
}

export interface LetterToCompose {
  readonly id: string;
  readonly notice: LetterNotice;
  readonly language: Language;
  readonly createdAt: Date;
  /** The window's lines (`windowLines`). */
  readonly to: readonly string[];
  readonly caisse: Caisse | null;
}

/** What a letter says. Never the NIR, never the birth date: whoever opens it learns a name, an address and a code. */
export function composeLetter(letter: LetterToCompose, context: LetterContext): Letter {
  const { id, language, to, caisse } = letter;
  const { policy, at } = context;
  const t = letterTexts[language];
  const telephone = caisse?.telephone ?? policy.support.telephone;
  const said = saidIn(letter, context, telephone);
  return {
    id,
    language,
    to,
    title: said.title,
    sender: senderLines(language, caisse, context),
    date: t.date(formatDate(at, language)),
    parts: [paragraph(t.hello), ...said.parts],
    reference: t.reference(shortReference(id)),
  };
}

/** The letter to the operator that travels with each batch. */
export function composeCanary(
  canary: { readonly id: string; readonly batch: number; readonly to: readonly string[] },
  context: LetterContext,
): Letter {
  const t = letterTexts.fr;
  const address = context.publicUrl + paths.provisionalCode;
  return {
    id: canary.id,
    language: 'fr',
    to: canary.to,
    title: t.canary.title(canary.batch),
    sender: senderLines('fr', null, context),
    date: t.date(formatDate(context.at, 'fr')),
    parts: [
      paragraph(t.canary.intro),
      paragraph(t.canary.code),
      { kind: 'code', groups: ['ESSAI', 'ESSAI'] },
      {
        kind: 'steps',
        steps: t.canary.steps(typedAddress(address)),
        qr: { address, alt: t.code.qr(typedAddress(address)) },
      },
    ],
    reference: t.reference(shortReference(canary.id)),
  };
}

function saidIn(
  { notice, language, createdAt }: LetterToCompose,
  context: LetterContext,
  telephone: string,
): Said {
  switch (notice.kind) {
    case 'provisional-code-letter':
      return codeParts(notice.content, language, context, telephone);
    case 'account-created-letter':
      return createdParts(notice.content, createdAt, language, context, telephone);
    case 'account-frozen-letter':
      return frozenParts(createdAt, language, context, telephone);
  }
}

interface Said {
  readonly title: string;
  readonly parts: readonly LetterPart[];
}

function codeParts(
  { code, until }: { readonly code: string; readonly until: string },
  language: Language,
  { policy, publicUrl }: LetterContext,
  telephone: string,
): Said {
  const t = letterTexts[language].code;
  const entryPage = publicUrl + paths.provisionalCode;
  const end = new Date(until);
  const [day, hour] = [formatDate(end, language), formatHour(end, language)];
  const time = language === 'fr' ? `${day} à\u00a0${hour}` : `${hour} on ${day}`;
  return {
    title: t.title(policy.serviceName),
    parts: [
      paragraph(t.intro),
      { kind: 'code', groups: groupCode(code).split(/\s/) },
      paragraph(t.until(time)),
      heading(t.how),
      {
        kind: 'steps',
        steps: t.steps(typedAddress(entryPage), policy.codes.askedWith),
        qr: { address: entryPage, alt: t.qr(typedAddress(entryPage)) },
      },
      heading(t.secret),
      paragraph(t.secretWhy),
      heading(t.notYou),
      paragraph(t.notYouWhat(telephone)),
    ],
  };
}

function createdParts(
  { dispute, disputeUntil }: { readonly dispute: string; readonly disputeUntil: string },
  createdAt: Date,
  language: Language,
  { policy: { serviceName }, publicUrl }: LetterContext,
  telephone: string,
): Said {
  const t = letterTexts[language].created;
  const page = publicUrl + paths.dispute;
  return {
    title: t.title(serviceName),
    parts: [
      paragraph(t.when(formatDate(createdAt, language), serviceName)),
      heading(t.you),
      paragraph(t.youWhat),
      heading(t.notYou),
      paragraph(t.code(formatDate(new Date(disputeUntil), language))),
      { kind: 'code', groups: groupCode(dispute).split(/\s/) },
      {
        kind: 'steps',
        steps: t.steps(typedAddress(page), telephone),
        qr: { address: page, alt: t.qr(typedAddress(page)) },
      },
      paragraph(t.secretWhy),
    ],
  };
}

function frozenParts(
  createdAt: Date,
  language: Language,
  { policy: { serviceName } }: LetterContext,
  telephone: string,
): Said {
  const t = letterTexts[language].frozen;
  return {
    title: t.title(serviceName),
    parts: [
      paragraph(t.when(formatDate(createdAt, language), serviceName)),
      heading(t.how),
      { kind: 'steps', steps: t.steps(telephone), qr: null },
    ],
  };
}

function senderLines(
  language: Language,
  caisse: Caisse | null,
  { policy, returnAddress }: LetterContext,
): readonly string[] {
  const t = letterTexts[language];
  const address = returnAddress.length > 0 ? returnAddress : (caisse?.address ?? []);
  return [
    capitalised(policy.serviceName),
    ...(caisse ? [t.caisse(caisse.name)] : []),
    ...address.slice(0, 5),
    t.telephone(caisse?.telephone ?? policy.support.telephone),
  ];
}

/** As somebody types it: a browser adds https by itself. */
function typedAddress(address: string): string {
  return address.replace(/^https:\/\//, '');
}

/** Enough of the letter's id to find it by telephone. */
function shortReference(id: string): string {
  return id.slice(0, 8).toUpperCase();
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
