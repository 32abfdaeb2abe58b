import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterProgress } from '#src/codes/letter-progress.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { acknowledgeLetters } from '#src/letters/batch/acknowledge.ts';
import { exportLetters } from '#src/letters/batch/export.ts';
import { readPrinterAnswer } from '#src/letters/batch/printer-answer.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { exporting, lettersFolder, queueCodeLetter } from './queue.ts';

const day = 86_400_000;

/** What can be read on the page, spaces alike. */
async function tracked(visitor: Visitor): Promise<string> {
  const { status, html } = await visitor.get(paths.letterTracker);
  assert.equal(status, 200);
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  return main.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

test('the tracker leads a visitor without a dossier to the identity page', async (t) => {
  const { app } = await testApp(t);
  const { status, location } = await new Visitor(app).get(paths.letterTracker);
  assert.deepEqual([status, location], [303, paths.identity]);
});

test('a returning person can follow a letter from the request to the letter box', async (t) => {
  const { app, services, clock } = await testApp(t);
  const person = personNamed('sans-carte');
  const comeBack = async () => {
    const visitor = new Visitor(app);
    await visitor.get(paths.identity);
    assert.equal((await visitor.post(paths.identity, identityOf(person))).status, 303);
    return visitor;
  };
  assert.match(await tracked(await comeBack()), /Aucun courrier n’est en route/);
  const letter = await queueCodeLetter(services, 'sans-carte');
  const requested = await tracked(await comeBack());
  assert.match(
    requested,
    /Demandé Le 2 mars 2026 Imprimé Pas encore Posté Pas encore Attendu chez vous Entre le 9 mars 2026 et le 11 mars 2026/,
  );
  assert.ok(!requested.includes(letter.code));
  for (const line of letter.envelope.split('\n')) assert.ok(!requested.includes(line), line);

  await exportLetters(exporting(services), { folder: lettersFolder(t) });
  clock.advance(day);
  const answer = async (said: string) =>
    acknowledgeLetters(services.db, readPrinterAnswer(`${letter.id};${said}`, clock.now()), clock.now());
  await answer('imprimée;2026-03-03');
  assert.match(await tracked(await comeBack()), /Imprimé Le 3 mars 2026 Posté Pas encore/);
  await answer('postée;2026-03-03');
  assert.match(
    await tracked(await comeBack()),
    /Posté Le 3 mars 2026 Attendu chez vous Entre le 6 mars 2026 et le 10 mars 2026/,
  );
  clock.advance(9 * day);
  assert.match(await tracked(await comeBack()), /Il devrait être arrivé/);
  const said = async (path: string) => (await (await comeBack()).get(path)).html;
  for (const path of [paths.otherWays, paths.provisionalCode])
    assert.match(await said(path), /courrier avec votre code est en route[\s\S]*\/code-provisoire\/suivi/);
  assert.match(await said(paths.otherWays), /value="courrier"/);
  await answer('NPAI;2026-03-12');
  assert.match(await tracked(await comeBack()), /nous est revenu.*Revenu Le 12 mars 2026.*Que faire/);
  assert.match(await said(paths.otherWays), /courrier avec votre code nous est revenu/);
  assert.doesNotMatch(await said(paths.otherWays), /value="courrier"/, 'none goes to that address again');
});

test('a letter whose code is used, replaced or over is not said to be on its way', async (t) => {
  const { services, clock } = await testApp(t);
  const { db } = services;
  const letter = await queueCodeLetter(services, 'venturi');
  const progress = () => letterProgress(db, letter.personKey, clock.now());
  assert.equal((await progress())?.stage, 'requested');
  const set = (changes: object) =>
    db.updateTable('provisional_code').set(changes).where('notice_id', '=', letter.id).execute();
  await set({ superseded_at: clock.now() });
  assert.equal(await progress(), null);
  await set({ superseded_at: null, used_at: clock.now() });
  assert.equal(await progress(), null);
  await set({ used_at: null });
  await db.updateTable('notice').set({ state: 'withheld' }).where('id', '=', letter.id).execute();
  assert.equal((await progress())?.stage, 'stopped');
  clock.advance(22 * day);
  assert.equal((await progress())?.stage, 'over');
});

test('somebody who has an account already sees what others see', async (t) => {
  const { services, clock } = await testApp(t);
  const { db } = services;
  const letter = await queueCodeLetter(services, 'venturi');
  await db.deleteFrom('notice').where('id', '=', letter.id).execute();
  assert.equal((await letterProgress(db, letter.personKey, clock.now()))?.stage, 'requested');
});
