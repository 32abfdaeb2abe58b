import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { classEvent } from '#src/exercise/class-event.ts';
import { paths } from '#src/paths.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { templateVersion } from '#src/workshop/databases/template.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { markupFaults } from '../pages/document-checks.ts';
import { Browser } from '../reliability/browser.ts';
import { identityOnDesk, onDesk, openRoom, prepareClass, type Room, takeSeat } from './room.ts';

const hourMs = 3_600_000;
const trainerCookie = 'atelier-formateur';

test('a class is read, reopened, kept as a template, erased, and started again next week', async (t) => {
  // The template of another version of the program goes.
  const room = await openRoom(t, {
    databases: 'in-folders',
    files: { 'atelier/base-neuve-0123456789ab/PG_VERSION': '17' },
  });
  const { trainer: first, board, code } = await prepareClass(room, { nom: '="A";1' });
  let trainer = first;
  /** Starts the program again; the trainer’s browser has still its cookies. */
  const restart = async (meanwhile?: () => void): Promise<string> => {
    await room.restart(meanwhile);
    trainer = new Browser(room.origin, { [trainerCookie]: trainer.cookie(trainerCookie) });
    return (await trainer.get(workshopPaths.classes)).html;
  };
  const act = async (action: string, changes: Readonly<Record<string, string>> = {}) => {
    await trainer.get(board);
    return trainer.post(board, { action, ...changes });
  };
  assert.match((await trainer.get(`${board}/rapport`)).html, /Personne ne s’est encore assis/);
  const { learner, desk } = await takeSeat(room, code, 'Lucie');
  const { learner: other } = await takeSeat(room, code, 'Marc');
  await learner.get(paths.identity);
  const own = identityOnDesk(desk);
  await learner.post(paths.identity, { ...own, nom: '', 'dateNaissance-jour': '' });
  await learner.post(paths.identity, { ...own, nom: '' });
  await other.get(workshopPaths.seat);
  await other.post(workshopPaths.seat, { main: 'levee' });
  await act('incident', { incident: 'forged-letter', place: '1' });
  await learner.get(workshopPaths.seatLetters);
  await learner.post(workshopPaths.seatLetters, { lettre: 'recu' });

  const report = await shown(trainer, `${board}/rapport`, /date de naissance/);
  assert.match(report, /ce rapport change encore/);
  assert.match(report, /Places prises<\/dt><dd[^>]*>2 sur 3</);
  assert.match(report, />nom<\/th><td[^>]*>Dire qui l’on est<\/td><td[^>]*>2 fois</);
  assert.match(report, />fausse lettre<\/th><td[^>]*>1 fois<\/td><td[^>]*>1 bien réagi<\/td><td[^>]*>0 sans/);
  assert.match(report, /Bénéficiaires anonymes\u00a0: 2 /);
  assert.match(report, /Thématique\(s\)[^\n]*Santé, E-mail, Prévention en sécurité numérique\n/);
  const csv = (await trainer.get(`${board}/rapport.csv`)).html;
  assert.match(csv, /^\ufeff?Classe;Date;Exercice;/);
  assert.match(csv, /\r\n"'=""A"";1";\d\d\/\d\d\/\d{4};/);
  assert.match(csv, /;1;2;Dire qui l’on est;non;\d+,\d;2;nom, date de naissance,[^;]* nom[^;]*;0;/);
  for (const text of [report, csv]) {
    assert.doesNotMatch(text, /Lucie|Marc/);
    assert.ok(!text.includes(own.nir ?? '') && !text.includes(onDesk(desk, 'Nom')));
  }
  const { html: english } = await trainer.get(`${board}/rapport?lang=en`);
  assert.match(english, /Report of the workshop/);
  await trainer.get(`${board}/rapport?lang=fr`);

  assert.equal((await act('garder')).location, board);
  assert.match((await trainer.get(board)).html, /gardée comme modèle/);
  assert.match((await act('garder')).html, /déjà gardée comme modèle/);
  assert.match((await act('rouvrir')).html, /elle est déjà ouverte/);
  assert.match((await trainer.get(`${board}/terminer`)).html, /effacée toute seule 12 heures après/);
  await act('terminer');
  assert.equal((await learner.get(paths.identity)).location, workshopPaths.join);
  assert.match((await trainer.get(board)).html, /La classe sera effacée toute seule le/);
  await act('rouvrir');
  assert.match((await trainer.get(board)).html, /La classe est rouverte/);
  assert.equal((await learner.get(paths.identity)).status, 200);
  await act('terminer');
  assert.doesNotMatch((await trainer.get(`${board}/rapport`)).html, /change encore/);
  for (const path of ['/rapport', '/terminer', '/effacer', '']) await isSound(trainer, board + path);
  await act('rouvrir');

  await eraseUnderFire(room, trainer, board, [learner, other]);
  const entered = await restart();
  assert.match(entered, /Vos modèles/);
  const modele = /name="modele" value="([\da-f]{8})"/.exec(entered)?.[1] ?? '';
  const template = workshopPaths.template.replace(':modele', modele);
  await isSound(trainer, template);
  assert.match((await trainer.post(template, { action: 'renommer', nom: '' })).html, /Donnez un nom/);
  await trainer.post(template, { action: 'renommer', nom: 'Jeudi' });
  const again = await trainer.post(workshopPaths.classes, { action: 'recommencer', modele });
  assert.match(again.location ?? '', /classes\/[\da-f]{8}$/);
  const started = (await trainer.get(again.location ?? '')).html;
  assert.match(started, /Classe «\u00a0Jeudi\u00a0»/);
  const next = /<strong[^>]*>([\dA-Z]{5})<\/strong>/.exec(started)?.[1] ?? '';
  assert.notEqual(next, code);
  const { desk: second } = await takeSeat(room, next);
  assert.notEqual(onDesk(second, 'Numéro de sécurité sociale'), own.nir);
  await trainer.get(template);
  await trainer.post(template, { action: 'effacer' });
  await trainer.get(workshopPaths.classes);
  assert.doesNotMatch((await trainer.get(workshopPaths.classes)).html, /Vos modèles/);
  const gone = await trainer.post(workshopPaths.classes, { action: 'recommencer', modele });
  assert.match(gone.html, /Ce modèle n’existe plus/);

  const slept = (again.location ?? '').slice(-8);
  const off = new Date(Date.now() - hourMs);
  await restart(() => utimesSync(join(room.folder, slept, 'journal.ndjson'), off, off));
  const away = (await journal(room, slept)).find(({ kind }) => kind === 'away');
  assert.ok(away?.kind === 'away' && away.since === off.toISOString());

  await trainer.get(again.location ?? '');
  await trainer.post(again.location ?? '', { action: 'terminer' });
  const lost = join(room.folder, '0badc1a5');
  const leftover = join(room.folder, '0badc1a6.efface');
  const last = await restart(() => {
    const path = join(room.folder, slept, 'journal.ndjson');
    const ended = new Date(Date.now() - 13 * hourMs).toISOString();
    writeFileSync(path, readFileSync(path, 'utf8').replace(/("kind":"ended","at":")[^"]+/, `$1${ended}`));
    for (const folder of [lost, leftover]) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'journal.ndjson'), '{"kind":"nonsense"}\n');
    }
    const old = new Date(Date.now() - 15 * 24 * hourMs);
    for (const path of [join(lost, 'journal.ndjson'), lost]) utimesSync(path, old, old);
  });
  // The template of new databases, the door, and what was kept as a template: nothing of a class.
  const ofNewDatabases = `base-neuve-${templateVersion()}`;
  assert.deepEqual(readdirSync(room.folder).toSorted(), [ofNewDatabases, 'formateur.json', 'modeles']);
  assert.match(last, /Aucune classe/);
});

/** Erases a class while its learners go on; afterwards nothing of theirs reaches anything, and nothing comes back. */
async function eraseUnderFire(room: Room, trainer: Browser, board: string, learners: readonly Browser[]) {
  await trainer.get(board);
  let isOver = false;
  const statuses = new Set<number>();
  const asking = learners.map(async (learner) => {
    while (!isOver) {
      for (const path of [paths.identity, workshopPaths.seat, workshopPaths.seatMails])
        statuses.add((await learner.get(path)).status);
    }
  });
  const [first, second] = await Promise.all([
    trainer.post(board, { action: 'effacer' }),
    trainer.post(board, { action: 'effacer' }),
  ]);
  assert.deepEqual([first.location, second.location], [workshopPaths.classes, workshopPaths.classes]);
  assert.equal(existsSync(join(room.folder, board.slice(-8))), false);
  isOver = true;
  await Promise.all(asking);
  assert.deepEqual(
    [...statuses].filter((status) => ![200, 303].includes(status)),
    [],
  );
  for (const learner of learners)
    for (const path of [paths.identity, workshopPaths.seat, workshopPaths.seatMails, paths.account])
      assert.equal((await learner.get(path)).location, workshopPaths.join, path);
  for (const path of ['', '/rapport', '/rapport.csv', '/ecran', '/places/1'])
    assert.equal((await trainer.get(board + path)).location, workshopPaths.classes, path);
  await wait(200);
  assert.deepEqual(
    readdirSync(room.folder).filter((name) => name.startsWith(board.slice(-8))),
    [],
  );
}

async function journal({ folder }: Room, id: string) {
  const text = readFileSync(join(folder, id, 'journal.ndjson'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => classEvent.parse(JSON.parse(line)));
}

async function isSound(trainer: Browser, path: string): Promise<void> {
  const { html } = await trainer.get(path);
  const faults = (await markupFaults(html)).filter((fault) => !fault.includes('meta-refresh'));
  assert.deepEqual(faults, [], path);
  const texts = [...html.matchAll(/>([^<]+)/g)].map(([, text = '']) => text.replaceAll('&quot;', ''));
  assert.deepEqual(texts.flatMap(frenchTypographyFaults), [], path);
}

/** What a page says, as soon as it says it: the journal follows a moment after the learner. */
async function shown(browser: Browser, path: string, pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { html } = await browser.get(path);
    if (pattern.test(html)) return html;
    await wait(50);
  }
  throw new Error('It never came');
}
