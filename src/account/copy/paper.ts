import { copyTexts } from '#src/account/copy/copy-texts.ts';
import { sectionTexts } from '#src/account/copy/section-texts.ts';
import { copyFields, type PersonalData, type Section, type Value } from '#src/account/copy/sections.ts';
import { type Block, heading, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';
import { formatEuros } from '#src/texts/money.ts';
import { formatDate } from '#src/texts/typography.ts';

/** The columns of long lists on paper; the sections without any are printed field by field. */
const columns: Partial<Readonly<Record<Section, readonly string[]>>> = {
  sessions: ['kind', 'begunAt', 'seenAt', 'endsAt'],
  devices: ['browser', 'system', 'firstAt', 'lastAt', 'knownUntil'],
  codes: ['channel', 'askedAt', 'worksUntil', 'usedAt'],
  notices: ['kind', 'channel', 'state', 'sentAt'],
  documents: ['title', 'from', 'about', 'depositedAt', 'openedAt'],
  payments: ['paidOn', 'about', 'label', 'on', 'paid', 'reimbursed'],
  attestations: ['kind', 'issuedAt', 'validUntil', 'replacedAt'],
  trail: ['at', 'kind', 'actor'],
};

const money: readonly string[] = ['paid', 'base', 'reimbursed'];
/** On paper, of each section; the file for machines has all. */
const mostRows = 300;
const mostInFull = 40;

/** A person’s data to read: a heading and an explanation for each section, then its rows. */
export function paperCopy(
  data: PersonalData,
  { voice, sender, now }: { readonly voice: Voice; readonly sender: readonly string[]; readonly now: Date },
): PaperDocument {
  const t = copyTexts[voice];
  return {
    id: 'mes-informations',
    language: languageOf(voice),
    title: t.title,
    sender,
    date: t.date(formatDate(now, voice)),
    frame: { kind: 'plain' },
    blocks: [paragraph(t.intro), ...sections.flatMap((name) => sectionBlocks(data, name, voice))],
  };
}

const sections: readonly Section[] = [
  ...(['register', 'rights', 'account', 'terms', 'consents', 'correspondence', 'sessions'] as const),
  ...(['devices', 'enrolments', 'codes', 'notices', 'messages', 'documents', 'payments'] as const),
  ...(['attestations', 'trail'] as const),
];

function sectionBlocks(data: PersonalData, name: Section, voice: Voice): readonly Block[] {
  const t = copyTexts[voice];
  const { title, about } = sectionTexts[voice][name];
  const labels: ReadonlyMap<string, string> = new Map(Object.entries(sectionTexts[voice][name].fields));
  const rows: readonly Readonly<Record<string, Value>>[] = data[name];
  const shown = columns[name];
  const most = shown ? mostRows : mostInFull;
  const text = (field: string, value: Value | undefined) => valueText(field, value ?? null, voice);
  const label = (field: string) => labels.get(field) ?? field;
  const body: readonly Block[] = shown
    ? [
        {
          kind: 'table',
          caption: title,
          columns: shown.map((field) => ({
            heading: label(field),
            share: field === 'label' || field === 'title' || field === 'kind' ? 2 : 1.2,
            ...(money.includes(field) ? { align: 'right' as const } : {}),
          })),
          rows: rows.slice(0, most).map((row) => shown.map((field) => text(field, row[field]))),
        },
      ]
    : rows.slice(0, most).map((row, index) => ({
        kind: 'properties',
        caption: rows.length > 1 ? `${title} (${index + 1})` : title,
        rows: copyFields[name].map((field) => ({ name: label(field), value: text(field, row[field]) })),
      }));
  return [
    heading(title),
    paragraph(about),
    ...(rows.length === 0 ? [paragraph(t.nothing)] : body),
    ...(rows.length > most ? [paragraph(t.more(rows.length - most))] : []),
  ];
}

function valueText(field: string, value: Value, voice: Voice): string {
  const t = copyTexts[voice];
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return money.includes(field) ? formatEuros(value, voice) : String(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return formatDate(new Date(value), voice);
  return value;
}
