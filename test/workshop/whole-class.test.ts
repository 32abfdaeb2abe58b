import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Place, placeFor, run } from '../reliability/service.ts';
import type { Closing } from '../setting/database.ts';
import { characters, ownMail, ownNir } from './characters.ts';
import { ClassTrainer } from './class-trainer.ts';
import { Learner, type RoomOfLearners } from './learners.ts';
import { startWorkshop } from './program.ts';
import { Reader } from './reader.ts';

/** Of the twelve, those of whom the others have tests; `WHOLE_CLASS=1` lets all of them come. */
const few = ['Karim', 'Georges', 'René', 'Fatou'];
const isWhole = process.env.WHOLE_CLASS === '1';

test('a class of learners, each in their own way, while the trainer uses the board', async (t) => {
  const place = await placeFor(t);
  let program = await startWorkshop(t, place);
  const written = [program];
  const { pin } = program;
  assert.match(program.out(), new RegExp(`s’ouvre, pour cet ordinateur[\\s\\S]*${place.origin}/atelier`));
  const trainer = await ClassTrainer.enter(place.origin, pin);
  const code = await trainer.prepare('Médiathèque, mardi', isWhole ? 12 : few.length);
  const room: RoomOfLearners = {
    origin: place.origin,
    code,
    tell: trainer.hear,
    isOver: () => trainer.hasLeft,
  };

  const learners = new Map<string, Learner>();
  const of = (name: string): Learner => {
    const found = learners.get(name);
    assert.ok(found);
    return found;
  };
  for (const [name, whims] of Object.entries(characters(of)))
    if (isWhole || few.includes(name)) learners.set(name, new Learner(name, room, whims));
  const all = [...learners.values()];
  await Promise.all(all.map((one) => one.join()));
  for (const one of all) one.reader.reads(`Bonjour ${one.name}.`, 'jamais ce que vous tapez');
  assert.equal(new Set(all.map((one) => one.paper('Numéro de sécurité sociale'))).size, all.length);
  await refusedBeside(t, place);
  const late = new Learner('Tardif', room);
  await late.join();
  late.refused('Toutes les places sont prises. Prévenez votre formateur.');

  await trainer.showOnScreen('Choisir un mot de passe', all);
  await trainer.throwIn('Fatou', 'L’email part dans les indésirables');
  const attended = trainer.attend(async () => {
    await trainer.pauseAndResume(all);
    await cheat(trainer, [of('René'), of('Fatou')]);
    // The laptop sleeps, then its battery is empty.
    program.child.kill('SIGSTOP');
    await wait(1_000);
    program.child.kill('SIGCONT');
    const before = await trainer.data();
    await program.end('SIGKILL');
    await wait(500);
    // A folder that nobody can read takes no other class down.
    await mkdir(join(place.folder, 'atelier', '0badc1a5'));
    await writeFile(join(place.folder, 'atelier', '0badc1a5', 'journal.ndjson'), '{"kind":"nonsense"}\n');
    program = await startWorkshop(t, place);
    written.push(program);
    assert.equal(program.pin, pin);
    await trainer.eraseBroken();
    const after = await trainer.data();
    for (const [index, { prenom, etapesFaites }] of before.places.entries()) {
      assert.equal(after.places[index]?.prenom, prenom);
      for (const step of etapesFaites) assert.ok(after.places[index]?.etapesFaites.includes(step), step);
    }
  });
  const walks = all.map((one, number) => one.learn(number * 25));
  await Promise.all([...walks, attended]).catch((error) => {
    trainer.leave();
    throw error;
  });

  for (const one of all) one.reader.reads(/Ce compte est à \p{Lu}/u);
  assert.ok(
    all.some(({ reader }) => reader.breaks > 0),
    'learners saw the break',
  );
  const classFolder = join(place.folder, 'atelier', trainer.id);
  assert.ok((await readdir(classFolder)).length > 0);
  await trainer.end(all.map(({ name }) => name));
  for (const one of all.slice(0, 3)) {
    await one.reader.open('/mon-compte');
    one.reader.reads('La classe est finie', 'Tout ce que vous avez tapé sera effacé.');
  }
  await trainer.erase();
  for (const one of all) {
    for (const path of ['/atelier/poste', '/mon-compte', '/atelier/poste/courriels']) {
      await one.reader.open(path);
      assert.ok(!one.reader.sees('Bonjour') && !one.reader.sees('Ce compte est à'), path);
    }
    one.password = '';
  }
  await late.join();
  late.refused('Aucune classe n’a ce code.');
  await program.end('SIGTERM');
  const left = await filesUnder(join(place.folder, 'atelier'));
  assert.deepEqual(
    left.filter((path) => path.includes(trainer.id)),
    [],
  );
  const log = written.map((one) => one.out() + one.err()).join('');
  for (const secret of [ownNir, ownNir.replaceAll(' ', ''), ownMail, 'Girafe', 'Georges', 'Médiathèque'])
    assert.ok(!log.includes(secret), secret);
});

/** Between the steps: what a learner tries who means harm. */
async function cheat(
  trainer: ClassTrainer,
  [victim, hostile]: readonly [victim: Learner, hostile: Learner],
): Promise<void> {
  const { origin } = victim.room;
  // The session of somebody else, at one’s own place.
  const isPlace = (value: string) => /^[a-z\d]{8}\.[\w-]{22}$/.test(value);
  const place = [...hostile.reader.cookies].filter(([, value]) => isPlace(value));
  assert.equal(place.length, 1);
  const stolen = [...victim.reader.cookies].filter(([, value]) => !isPlace(value));
  const thief = new Reader(origin, { jar: new Map([...stolen, ...place]) });
  await thief.open('/creer-mon-compte/conditions');
  thief.reads('Vous jouez');
  assert.notEqual(thief.fact('Adresse email'), victim.paper('Adresse email'));

  // The pages of the trainer, and what their buttons send.
  const spy = hostile.reader.tab();
  for (const path of [
    '',
    '.json',
    '/places/1',
    '/ecran',
    '/papiers',
    '/effacer',
    '/rapport',
    '/rapport.csv',
  ]) {
    await spy.open(trainer.board + path);
    assert.doesNotMatch(spy.html, /Karim|Georges|Médiathèque/, path);
    assert.ok(spy.status >= 400 || spy.sees('Code du formateur'), `${path} ${spy.status}`);
  }
  const token = /name="_csrf" value="([^"]+)"/.exec(spy.html)?.[1] ?? '';
  for (const action of ['effacer', 'terminer', 'pause', 'facteur']) {
    await spy.forge(trainer.board, { action, _csrf: token });
    assert.ok(spy.status >= 400 || spy.sees('Code du formateur'), `${action} ${spy.status}`);
  }
  assert.equal((await trainer.data()).etat, 'ouverte');

  // The box of somebody else, and forms that no page of one’s own has shown.
  const box = victim.reader.tab();
  await box.open('/atelier/poste/courriels');
  for (const [, mail = ''] of box.html.matchAll(/href="(\/atelier\/poste\/courriels\/[^"]+)"/g)) {
    await spy.open(mail);
    assert.equal(spy.status, 404, mail);
  }
  await spy.forge('/atelier/poste', { main: 'levee' });
  assert.equal(spy.status, 403);
  await spy.forge('/atelier/poste', { main: 'levee', _csrf: token }, 'https://ailleurs.example');
  assert.equal(spy.status, 403);

  if (!isWhole) return;
  // The code of another class takes nobody away from their seat, and its learner sees nothing of this one.
  const { code, erase } = await trainer.another('Autre classe');
  const zoe = new Learner('Zoé', { ...victim.room, code });
  await zoe.join();
  for (const path of ['/atelier/poste/courriels/00000001', trainer.board]) {
    await zoe.reader.open(path);
    assert.ok(!zoe.reader.sees(hostile.name) && !zoe.reader.sees('Confirmation de votre adresse'), path);
  }
  await spy.open('/atelier?autre');
  await spy.press('Entrer', { 'Le code de la classe': code });
  spy.reads(`Bonjour ${hostile.name}.`);
  await erase();
}

/** A second program in the same folder, or at the same port, says why it does not start. */
async function refusedBeside(t: Closing, { env, folder }: Place): Promise<void> {
  const second = run(t, ['atelier', '--port', '0'], { ...env, HOST: '127.0.0.1', LANG: 'fr' });
  const elsewhere = { ...env, DATA_DIR: join(folder, 'autre'), LANG: 'fr' };
  const other = run(t, ['atelier', '--local'], elsewhere);
  assert.deepEqual([await second.ended, await other.ended], [1, 1]);
  assert.match(second.err(), /Un atelier tourne déjà dans le dossier/);
  assert.match(other.err(), /est déjà pris.*--port 3100/);
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  for (const path of files) assert.ok(!/Lucie|Georges/.test(await readFile(path, 'utf8')), path);
  return files;
}
