import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { PaperBlock } from '#src/documents/paper-block.ts';
import { writePdf } from '#src/documents/pdf/write.ts';
import { levels, readScenario, type Scenario } from '#src/exercise/scenario.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { type Language, languages, voiceOf } from '#src/texts/language.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { inventRoster, type Roster, type SeatPerson } from '#src/workshop/classroom/roster.ts';
import { attendanceSheet } from '#src/workshop/papers/attendance.ts';
import { certificate } from '#src/workshop/papers/certificate.ts';
import type { ClassOnPaper } from '#src/workshop/papers/class-on-paper.ts';
import { learnedSheet } from '#src/workshop/papers/learned.ts';
import { outline } from '#src/workshop/papers/outline.ts';
import { personSheets } from '#src/workshop/papers/person-sheets.ts';
import { readRecord, sheetsFolder } from '#src/workshop/papers/steps/record.ts';
import { pagesOf, stepSheets } from '#src/workshop/papers/steps/step-sheets.ts';
import { faultsIn, readPdf } from '../documents/other-readers.ts';
import { readStructure } from '../documents/read-structure.ts';

const shipped = readdirSync('scenarios').map((name): Scenario => {
  const reading = readScenario(readFileSync(`scenarios/${name}`, 'utf8'), name.replace('.json', ''));
  assert.equal(reading.kind, 'read');
  return reading.kind === 'read' ? reading.scenario : assert.fail();
});
const scenarioNamed = (key: string) => shipped.find((one) => one.key === key) ?? assert.fail(key);
const createdAt = new Date('2026-03-02T09:00:00Z');
const seats = 3;
const rosters = new Map<string, Roster>();

function classOf(scenario: Scenario, language: Language, changes: Partial<ClassOnPaper['plan']> = {}) {
  const plan: ClassOnPaper['plan'] = {
    name: 'Médiathèque',
    level: 'debutant',
    scenario: scenario.key,
    policy: 'ameli-2025',
    seats,
    language,
    code: 'ACD34',
    ...changes,
  };
  const policy = loadPolicy(plan.policy);
  const { people: kind, begins } = scenario;
  const roster = rosters.get(`${kind} ${begins}`) ?? inventRoster(7, seats, scenario);
  rosters.set(`${kind} ${begins}`, roster);
  const people = [...roster].flatMap(([seat, [plays]]) => (seat > 0 && plays ? [{ seat, plays }] : []));
  return { plan, scenario, policy, voice: voiceOf(language, policy.wording.style), people };
}

const byHand = { place: '', date: '', start: '', end: '' };
const papers: readonly ((printed: ClassOnPaper) => readonly PaperDocument[])[] = [
  personSheets,
  stepSheets,
  outline,
  (printed) => attendanceSheet(printed, byHand),
  learnedSheet,
  certificate,
];

/** What the project itself says on a paper: neither data of a person nor what a file of a scenario says. */
function ownWords(documents: readonly PaperDocument[], { people, scenario, plan }: ClassOnPaper): string[] {
  const theirs = [scenario.title, scenario.aim, scenario.prerequisites].map((text) => text[plan.language]);
  const lists = [...scenario.words[plan.language], ...scenario.traps[plan.language]];
  const persons = people.flatMap(({ plays: { email, person } }) => [email, ...person.line.address]);
  return documents
    .flatMap(({ title, blocks }) => [title, ...blocks.flatMap(wordsOf)])
    .filter((text) => ![...theirs, ...lists, ...persons].some((one) => text.includes(one)));
}

function wordsOf(block: PaperBlock): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'footer':
      return [block.text];
    case 'list':
      return block.items.map(({ text }) => text);
    case 'properties':
      return [block.caption, ...block.rows.flatMap(({ name, value }) => [name, value])];
    case 'table':
      return [block.caption, ...block.rows.flat().map(String)];
    case 'boxes':
      return block.boxes.flatMap((box) =>
        box.kind === 'drawing'
          ? [box.alt]
          : [box.title, ...box.rows.map(({ name, value }) => `${name} ${value}`)],
      );
    case 'picture':
      return [block.alt, ...block.items.map(({ text }) => text)];
    default:
      return [];
  }
}

test('every paper of every exercise is set as French is, in sentences of twenty words at most', () => {
  for (const scenario of shipped)
    for (const language of languages)
      for (const level of levels)
        for (const policy of language === 'fr' && level === 'debutant'
          ? ['ameli-2025', 'claire']
          : ['ameli-2025'])
          for (const make of papers) {
            const printed = classOf(scenario, language, { level, policy });
            const words = ownWords(make(printed), printed);
            for (const text of words) {
              if (language === 'fr') assert.deepEqual(frenchTypographyFaults(text), [], text);
              for (const sentence of text.split(/(?<=[.?!:])\s/))
                assert.ok(sentence.split(/\s/).filter((one) => /\p{L}/u.test(one)).length <= 20, sentence);
            }
          }
});

test('the outline of each exercise is one page, and its minutes are those of the exercise', async () => {
  const all = shipped.flatMap((scenario) =>
    languages.flatMap((language) =>
      outline(classOf(scenario, language)).map((document) => ({ document, minutes: scenario.minutes })),
    ),
  );
  const documents = all.map(({ document }) => document);
  const written = await writePdf(documents, { title: 'x', createdAt });
  assert.ok(written.documents.every(({ pages }) => pages === 1));
  for (const { document, minutes } of all) {
    const table = document.blocks.find((block) => block.kind === 'table');
    assert.ok(table?.rows.at(-1)?.[0]?.toString().endsWith(`–${minutes}`));
  }
});

test('a screen reader is given each paper in order, and other readers find no fault', async () => {
  const scenario = scenarioNamed('vraie-ou-fausse');
  for (const language of languages)
    for (const make of papers) {
      const documents = make(classOf(scenario, language));
      const title = documents[0]?.title ?? '';
      const { pdf } = await writePdf(documents, { title, createdAt });
      assert.deepEqual(faultsIn(pdf), []);
      const [root, section, ...lines] = readStructure(pdf);
      assert.deepEqual([root, section], ['Document', `  Sect (${language === 'fr' ? 'fr-FR' : 'en-GB'})`]);
      assert.match(lines[0] ?? '', language === 'fr' ? /^ {4}P: Exercice/ : /^ {4}P: Exercise/);
      assert.equal(lines[1], `    H1: ${title}`);
      assert.match(pdf.toString('latin1'), /\/Outlines/);
      const { pages } = await readPdf(pdf);
      for (const { texts } of pages) {
        const band = language === 'fr' ? /aucune vraie donnée/ : /no real data/;
        assert.ok(
          texts.some(({ text }) => band.test(text)),
          title,
        );
        assert.ok(
          texts.every(({ right }) => right <= 552),
          'nothing runs over the edge',
        );
      }
    }
});

test('a person’s sheet has what their seat has on its screen, and no paper to hand out has it', () => {
  for (const scenario of shipped) {
    const printed = classOf(scenario, 'fr');
    const [sheets = '', ...others] = papers.map((make) =>
      make(printed)
        .flatMap(({ blocks }) => blocks.flatMap(wordsOf))
        .join(' ')
        .replaceAll(/\s/g, ''),
    );
    for (const { seat, plays } of printed.people) {
      assert.ok(sheets.includes(`Place${seat}–`));
      for (const value of valuesOf(plays)) {
        assert.ok(sheets.includes(value), `${scenario.key}: ${value}`);
        for (const other of others) assert.ok(!other.includes(value));
      }
    }
    assert.equal(sheets.includes(demoPassword), scenario.begins === 'with-account');
  }
});

function valuesOf({ person: { line }, email }: SeatPerson): readonly string[] {
  return [line.nir, line.iban, line.card?.serial, email].filter((one) => typeof one === 'string');
}

test('the pictures of every policy are there, with a text for each of their marks, and take little room', () => {
  const presets = readdirSync('policies').map((name) => name.replace('.json', ''));
  const used = presets.flatMap((policy) =>
    languages.flatMap((language) => {
      const record = readRecord(policy, language);
      for (const key of ['email-perdu', 'code-par-sms', 'mot-de-passe-oublie', 'paiements-et-attestation']) {
        const printed = classOf(scenarioNamed(key), language, { policy });
        const pictures = stepSheets(printed).flatMap(({ blocks }) =>
          blocks.flatMap((block) => (block.kind === 'picture' ? [block] : [])),
        );
        assert.ok(pictures.length >= pagesOf(printed.scenario).length - 1, `${policy} ${language} ${key}`);
        for (const { area, width, height, items } of pictures) {
          assert.ok(area.width <= width && area.y + area.height <= height + 1);
          assert.equal(items.length, 1, 'one thing at a time');
        }
      }
      return [
        `${policy}-${language}.generated.json`,
        ...Object.values(record).flatMap((page) => page.pictures.map(({ file }) => file)),
      ];
    }),
  );
  const files = readdirSync(sheetsFolder);
  assert.deepEqual(files.sort(), [...new Set(used)].sort());
  const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, sheetsFolder)).size, 0);
  assert.ok(bytes <= 2_000_000, `${bytes} bytes of pictures`);
});
