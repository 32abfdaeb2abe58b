import { copyTexts } from '#src/account/copy/copy-texts.ts';
import { sectionTexts } from '#src/account/copy/section-texts.ts';
import { copyFields, type PersonalData, type Section, type Value } from '#src/account/copy/sections.ts';
import { type Reading, valueWords } from '#src/account/copy/value-words.ts';
import { type Block, heading, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { languageOf } from '#src/texts/language.ts';
import { formatDate } from '#src/texts/typography.ts';

/** The columns of long lists on paper; the sections without any are printed field by field. */
const columns: Partial<Readonly<Record<Section, readonly string[]>>> = {
  sessions: ['kind', 'begunAt', 'seenAt', 'endsAt'],
  devices: ['browser', 'firstAt', 'lastAt', 'knownUntil'],
  codes: ['channel', 'askedAt', 'worksUntil', 'usedAt'],
  notices: ['kind', 'channel', 'state', 'sentAt'],
  documents: ['title', 'from', 'about', 'depositedAt', 'openedAt'],
  payments: ['paidOn', 'about', 'label', 'on', 'paid', 'reimbursed'],
  attestations: ['kind', 'issuedAt', 'validUntil', 'replacedAt'],
  trail: ['at', 'kind', 'actor'],
};

/** Not on paper: what only machines compare. */
const forMachines: ReadonlySet<string> = new Set(['id', 'thread', 'textSha256']);
const money: readonly string[] = ['paid', 'reimbursed'];
/** On paper, of each section; the JSON file has all. */
const mostRows = 300;
const mostInFull = 40;

/** A person’s data to read: a heading and an explanation for each section, then its rows. */
export function paperCopy(
  data: PersonalData,
  {
    sender,
    now,
    ...reading
  }: Omit<Reading, 'dates'> & { readonly sender: readonly string[]; readonly now: Date },
): PaperDocument {
  const { voice } = reading;
  const t = copyTexts[voice];
  return {
    id: 'mes-informations',
    language: languageOf(voice),
    title: t.title,
    sender,
    date: t.date(formatDate(now, voice)),
    frame: { kind: 'plain' },
    blocks: [paragraph(t.intro), ...sections.flatMap((name) => sectionBlocks(data, name, reading))],
  };
}

const sections: readonly Section[] = [
  ...(['register', 'rights', 'account', 'terms', 'consents', 'correspondence', 'sessions'] as const),
  ...(['devices', 'enrolments', 'codes', 'notices', 'messages', 'documents', 'payments'] as const),
  ...(['attestations', 'trail'] as const),
];

function sectionBlocks(data: PersonalData, name: Section, reading: Omit<Reading, 'dates'>): readonly Block[] {
  const { voice } = reading;
  const t = copyTexts[voice];
  const { title, about } = sectionTexts[voice][name];
  const labels: ReadonlyMap<string, string> = new Map(Object.entries(sectionTexts[voice][name].fields));
  const rows: readonly Readonly<Record<string, Value>>[] = data[name];
  const shown = columns[name];
  const most = shown ? mostRows : mostInFull;
  const dates = shown ? 'figures' : 'words';
  const text = (field: string, row: Readonly<Record<string, Value>>) =>
    valueWords(name, field, row, { ...reading, dates });
  const label = (field: string) => labels.get(field) ?? field;
  const body: readonly Block[] = shown
    ? [
        {
          kind: 'table',
          caption: about,
          captionWeight: 'regular',
          columns: shown.map((field) => ({
            heading: label(field),
            share: field === 'label' || field === 'title' || field === 'kind' ? 2 : 1.2,
            ...(money.includes(field) ? { align: 'right' as const } : {}),
          })),
          rows: rows.slice(0, most).map((row) => shown.map((field) => text(field, row))),
        },
      ]
    : rows.slice(0, most).map((row, index) => ({
        kind: 'properties',
        ...(rows.length > 1
          ? { caption: t.oneOf(index + 1, rows.length) }
          : { caption: about, captionWeight: 'regular' }),
        rows: copyFields[name]
          .filter((field) => !forMachines.has(field))
          .map((field) => ({ name: label(field), value: text(field, row) })),
      }));
  return [
    heading(title),
    // The table has its explanation as its caption: the heading above names it.
    ...(rows.length === 0 || (rows.length > 1 && !shown) ? [paragraph(about)] : []),
    ...(rows.length === 0 ? [paragraph(t.nothing)] : body),
    ...(rows.length > most ? [paragraph(t.more(rows.length - most))] : []),
  ];
}
