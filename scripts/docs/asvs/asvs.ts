import { existsSync, readFileSync } from 'node:fs';
import { generated, table } from '../markdown.ts';

/**
 * docs/asvs.md, from requirements.txt: each requirement of OWASP ASVS 5.0 at the levels 1 and 2 in our words, with what
 * answers it. Tests are named by their titles, so that a test that is renamed or taken out is noticed.
 */

const root = new URL('../../../', import.meta.url);
const kinds = ['test', 'code', 'docs', 'partly', 'unmet', 'absent', 'operator'] as const;

interface Evidence {
  readonly kind: (typeof kinds)[number];
  /** A file, and an anchor in it; empty where the evidence is a reason. */
  readonly place: string;
  readonly text: string;
}

interface Requirement {
  readonly chapter: string;
  readonly number: string;
  readonly level: string;
  readonly asks: string;
  readonly evidence: readonly Evidence[];
}

/** Every requirement, in the order of the standard. Throws at a line that it cannot read. */
export function requirements(): readonly Requirement[] {
  const found: (Requirement & { evidence: Evidence[] })[] = [];
  let chapter = '';
  const lines = readFileSync(new URL('requirements.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  for (const line of lines) {
    const [, heading] = /^# (.+)$/.exec(line) ?? [];
    const [, number, level, asks] = /^(\d+\.\d+\.\d+) L([12]) (.+)$/.exec(line) ?? [];
    if (heading) chapter = heading;
    else if (number && level && asks) found.push({ chapter, number, level, asks, evidence: [] });
    else found.at(-1)?.evidence.push(readEvidence(line));
  }
  return found;
}

function readEvidence(line: string): Evidence {
  const [, word, rest = ''] = /^ {2}([a-z]+) (.+)$/.exec(line) ?? [];
  const kind = kinds.find((one) => one === word);
  if (!kind) throw new Error(`requirements.txt: ${line}`);
  const [, place = '', text = ''] = /^([^\s:]+): (.+)$/.exec(rest) ?? [];
  const isPlace = kind === 'test' || kind === 'code' || kind === 'docs';
  if (isPlace && (place === '' || text === '')) throw new Error(`requirements.txt: ${line}`);
  return isPlace ? { kind, place, text } : { kind, place: '', text: rest };
}

/** What is named and is not there: files, tests with that title, headings. */
export function missingEvidence(): string[] {
  return requirements().flatMap(({ number, evidence }) =>
    evidence.filter(isMissing).map(({ place, text }) => `${number}: ${place}: ${text}`),
  );
}

function isMissing({ kind, place, text }: Evidence): boolean {
  if (place === '') return false;
  const [file = '', anchor] = place.split('#');
  if (!existsSync(new URL(file, root))) return true;
  const content = readFileSync(new URL(file, root), 'utf8');
  if (kind === 'test') return !titlesIn(content).some((title) => title.includes(text));
  return anchor !== undefined && !anchorsIn(content).includes(anchor);
}

function titlesIn(source: string): string[] {
  const calls = source.matchAll(
    /\b(?:test|describe)\(\s*(?:'([^']+)'|`((?:[^`$]|\$\{(?:[^}`]|`[^`]*`)*\})+)`)/g,
  );
  return [...calls].map(([, plain, template]) => plain ?? template ?? '');
}

function anchorsIn(document: string): string[] {
  return [...document.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const answers = {
  met: 'met',
  partly: '**partly**',
  unmet: '**not met**',
  operator: 'the operator’s',
  absent: 'does not apply',
} as const;
type Answer = keyof typeof answers;

function answerOf({ evidence }: Requirement): Answer {
  const has = (kind: Evidence['kind']) => evidence.some((one) => one.kind === kind);
  if (has('unmet')) return 'unmet';
  if (has('partly')) return 'partly';
  if (has('absent')) return 'absent';
  return has('operator') && evidence.length === 1 ? 'operator' : 'met';
}

function shown({ kind, place, text }: Evidence): string {
  const [file = '', anchor] = place.split('#');
  if (kind === 'test') return `${linked(file)}: «${text.trim()}»`;
  if (kind === 'docs') return `${linked(file, anchor)}: ${text}`;
  if (kind === 'code') return `${linked(file)}: ${text}`;
  return kind === 'operator' ? `the operator: ${text}` : text;
}

function linked(file: string, anchor?: string): string {
  const target = file.startsWith('docs/') ? file.slice('docs/'.length) : `../${file}`;
  return `[${file}](${target}${anchor === undefined ? '' : `#${anchor}`})`;
}

export function asvsDocument(): string {
  const all = requirements();
  const counts = Map.groupBy(all, answerOf);
  const countOf = (answer: Answer) => counts.get(answer)?.length ?? 0;
  const open = all.filter((one) => ['partly', 'unmet'].includes(answerOf(one)));
  const chapters = Map.groupBy(all, ({ chapter }) => chapter);
  return `${[
    generated,
    '# OWASP ASVS 5.0, levels 1 and 2',
    `Each of the ${all.length} requirements of these levels, in our words, under the numbers of the standard ([the text itself](https://github.com/OWASP/ASVS/tree/v5.0.0)), with the tests, the code or the document that answers it. It is our own judgement: nobody else has audited it. A title between « » is that of a test, or a part of it.`,
    `Met: ${countOf('met')}; partly: ${countOf('partly')}; not met: ${countOf('unmet')}; the operator’s: ${countOf('operator')}; does not apply: ${countOf('absent')}.`,
    `What is missing: ${open.map(({ number }) => number).join(', ')}.`,
    ...[...chapters].flatMap(([chapter, rows]) => [
      `## ${chapter}`,
      table(
        ['', 'Level', 'Asks', 'Answer', 'By'],
        rows.map((row) => [
          row.number,
          row.level,
          row.asks,
          answers[answerOf(row)],
          row.evidence.map(shown).join('<br>'),
        ]),
      ),
    ]),
  ].join('\n\n')}\n`;
}
