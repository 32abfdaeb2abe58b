import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { softwareFound } from '#src/information/accessibility/software.ts';
import { accessibilitySchema, conformityOf } from '#src/policy/accessibility.ts';
import { softwareAudit } from '#src/policy/software-audit.ts';

const root = join(import.meta.dirname, '..');

/** How many criteria each theme of the RGAA 4.1 has: 106 together. */
const themes = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

const criteria = readFileSync(join(root, 'docs/rgaa.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+\.\d+ \|/.test(line))
  .map((line) => {
    const [number = '', verdict = '', why = '', evidence = ''] = line.slice(2, -2).split(' | ');
    return { number, verdict, why, files: [...evidence.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file) };
  });

test('docs/rgaa.md judges each of the 106 criteria once, with a reason', () => {
  const expected = themes.flatMap((count, theme) =>
    Array.from({ length: count }, (_, index) => `${theme + 1}.${index + 1}`),
  );
  assert.deepEqual(
    criteria.map(({ number }) => number),
    expected,
  );
  for (const { number, verdict, why } of criteria) {
    assert.match(verdict, /^(?:C|NC|NA)$/, number);
    assert.ok(why.length > 5, number);
  }
});

test('a criterion that is met names its evidence, which exists', () => {
  for (const { number, verdict, files } of criteria) {
    assert.ok(verdict !== 'C' || files.length > 0, number);
    for (const file of files.filter((one) => one.includes('/')))
      assert.ok(existsSync(join(root, file)), file);
  }
});

test('the accessibility statement says what docs/rgaa.md says', () => {
  const count = (verdict: string) => criteria.filter((one) => one.verdict === verdict).length;
  assert.equal(softwareAudit.conform, count('C'));
  assert.equal(softwareAudit.applicable, count('C') + count('NC'));
  assert.equal(
    softwareFound.notConform.length,
    count('NC'),
    'each criterion that is not met has its sentence',
  );
});

const audit = {
  by: 'Cabinet Exemple',
  on: '2026-10-01',
  version: '4.1.2',
  rate: 75,
  technologies: ['HTML'],
  environments: [{ fr: 'NVDA et Firefox', en: 'NVDA and Firefox' }],
  tools: [],
  pages: [{ fr: 'Accueil', en: 'Home' }],
};
const statement = {
  body: 'CPAM d’Exemple',
  state: 'partielle',
  audit,
  notConform: [],
  derogations: [],
  exempt: [],
  establishedOn: '2026-10-02',
  updatedOn: null,
  contact: { mailbox: 'acces@exemple.fr', form: null },
  plans: { multiYear: null, annual: 'https://www.exemple.fr/plan' },
};

test('a body claims no more than its audit found, and can be written to', () => {
  const accepted = (change: object) => accessibilitySchema.safeParse({ ...statement, ...change }).success;
  for (const change of [
    {},
    { state: 'non' },
    { state: 'non', audit: null },
    { state: 'totale', audit: { ...audit, rate: 100 } },
    { contact: { mailbox: null, form: '/aide' } },
    { updatedOn: '2026-10-02' },
  ])
    assert.ok(accepted(change), JSON.stringify(change));
  for (const change of [
    { state: 'totale' },
    { audit: null },
    { audit: { ...audit, rate: 49.9 } },
    { state: 'totale', audit: { ...audit, rate: 99.9 } },
    { audit: { ...audit, pages: [] } },
    { contact: { mailbox: null, form: null } },
    { contact: { mailbox: null, form: 'http://exemple.fr' } },
    { contact: { mailbox: null, form: '//elsewhere.example' } },
    { contact: { mailbox: 'acces', form: null } },
    { updatedOn: '2026-10-01' },
    { establishedOn: 'hier' },
    { body: '' },
  ])
    assert.ok(!accepted(change), JSON.stringify(change));
});

test('without a statement an installation is «non conforme»; the demo is what the project audited', () => {
  assert.equal(conformityOf(null, false), 'non');
  assert.equal(conformityOf(null, true), 'partielle');
  assert.equal(conformityOf(accessibilitySchema.parse(statement), false), 'partielle');
});
