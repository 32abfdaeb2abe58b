import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate/node';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { guideDocument } from '../../scripts/guides/guide.ts';
import { walkGuide } from '../../scripts/guides/walk-guide.ts';
import { writeGuide } from '../../scripts/guides/write-guide.ts';
import { sharedChromium } from '../browser/shared.ts';
import { testApp } from '../setting/application.ts';
import { identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { loire } from './labels/loire.ts';
import { tutorials } from './tutorials.ts';
import { walk } from './walk.ts';

for (const tutorial of tutorials)
  test(`${tutorial.preset}: its tutorial, step by step, with its labels`, async (t) =>
    walk(t, tutorial, await sharedChromium()));

test('renforcee: one answer for who is unknown and for who may not enrol; nothing of the IBAN', async (t) => {
  const { app } = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const answerTo = async (fields: Record<string, string>) => {
    const visitor = new Visitor(app);
    await visitor.get(paths.identity);
    const seen = await visitor.post(paths.identity, fields);
    return [seen.status, seen.location, seen.title];
  };
  const unknown = await answerTo(identityOf(personNamed('loire'), { nom: 'Personne' }));
  for (const cle of ['regime-msa', 'decede'])
    assert.deepEqual(await answerTo(identityOf(personNamed(cle))), unknown);

  const visitor = new Visitor(app);
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed('loire')));
  const { html } = await visitor.get(paths.proof);
  assert.ok(!html.includes('known-iban'), 'nothing of the IBAN is shown');
});

test('a guide to hand out has a chapter for each way, and pictures numbered as its text', async (t) => {
  const publisher = {
    name: 'Les Voisins du numérique',
    logo: 'data:image/svg+xml;base64,PHN2Zy8+',
    address: '3 rue des Lilas, 42000 Saint-Étienne',
    contact: '04 77 00 00 00',
    site: 'https://compte.voisins.exemple.fr',
  };
  const browser = await sharedChromium();
  const place = { browser, language: 'fr', screen: 'phone', site: publisher.site } as const;
  const walked = await walkGuide(t, loire, place);
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  t.after(() => rm(folder, { recursive: true }));
  const { page, pdf } = await writeGuide(browser, walked, publisher, folder);

  const guide = await readFile(page, 'utf8');
  const words = guide.replaceAll(/<style>[\s\S]*<\/style>|<[^>]*>/g, ' ');
  assert.deepEqual(frenchTypographyFaults(words), []);
  const report = await new HtmlValidate({ extends: ['html-validate:recommended'] }).validateString(guide);
  assert.deepEqual(
    report.results.flatMap(({ messages }) => messages.map(({ message }) => message)),
    [],
  );
  assert.doesNotMatch(guide, /préréglage|preset|simulat|démonstration|\bdémo\b|localhost/i);
  assert.doesNotMatch(guide, /(src|href)="(?!data:|#|https:\/\/compte\.voisins)/, 'one file, nothing else');

  const chapters = [...guide.matchAll(/<section class="chapter"[^>]*>\s*<h2[^>]*>([^<]*)/g)].map(
    ([, title]) => title?.replaceAll('\u00a0', ' '),
  );
  assert.deepEqual(chapters, [
    'Commencer',
    'Possibilité 1 : avec la carte Vitale et le RIB',
    'Possibilité 2 : avec FranceConnect',
    'Possibilité 3 : avec un code reçu',
    'Finir la création',
    'En cas de problème',
  ]);
  for (const said of ['L’adresse à ouvrir', 'À préparer', ...Object.values(publisher)])
    assert.ok(guide.includes(said), said);
  assert.equal(guide.includes('class="blank"'), false, 'nothing left to write by hand');

  const rows = [...guide.matchAll(/<div class="row">([\s\S]*?)<\/figure>/g)].map(([, row]) => row ?? '');
  const numbers = (of: RegExp, row: string) => [...row.matchAll(of)].map(([, number]) => number);
  assert.ok(rows.length >= 18, `${rows.length} pictures`);
  for (const row of rows) {
    const marks = numbers(/Repère (\d+)/g, row);
    assert.ok(marks.length > 0, row.slice(0, 200));
    assert.deepEqual(
      numbers(/<span class="mark">(\d+)</g, row),
      marks,
      'the text has the numbers of its picture',
    );
    const [, width = '', height = ''] = /width="(\d+)" height="(\d+)"/.exec(row) ?? [];
    assert.ok(Number(width) === 284 && Number(height) <= 680, `${width} × ${height} prints beside its text`);
  }
  assert.ok((words.match(/Si /g) ?? []).length >= 15, 'conditional steps say so');

  const unnamed = guideDocument(walked, {});
  assert.equal(
    [...unnamed.matchAll(/class="blank"/g)].length,
    4,
    'name, address, contact and page to write by hand',
  );
  const printed = await readFile(pdf, 'latin1');
  assert.match(printed, /^%PDF-/);
  assert.match(printed, /\/StructTreeRoot/, 'tagged');
  assert.match(printed, /\/Lang \(fr\)/);
});
