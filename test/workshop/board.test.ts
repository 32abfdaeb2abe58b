import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { readPdf } from '../documents/other-readers.ts';
import { markupFaults } from '../pages/document-checks.ts';
import { Browser } from '../reliability/browser.ts';
import { followBoard } from './live.ts';
import { identityOnDesk, onDesk, openRoom, prepareClass, type Room, takeSeat } from './room.ts';

const shape = z.strictObject({
  id: z.string(),
  nom: z.string(),
  code: z.string(),
  etat: z.enum(['ouverte', 'en-pause', 'finie']),
  exercice: z.string(),
  niveau: z.string(),
  prepareeLe: z.iso.datetime(),
  finieLe: z.iso.datetime().nullable(),
  horloge: z.iso.datetime(),
  etapes: z.array(z.string()),
  placesLibres: z.array(z.number()),
  places: z.array(
    z.strictObject({
      place: z.number(),
      prenom: z.string().nullable(),
      etape: z.string(),
      depuis: z.iso.datetime(),
      etapesFaites: z.array(z.string()),
      fini: z.boolean(),
      mainLeveeDepuis: z.iso.datetime().nullable(),
      refus: z
        .strictObject({ champs: z.array(z.string()), fois: z.number(), le: z.iso.datetime() })
        .nullable(),
    }),
  ),
});

test('a board follows its class, and acts on it', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room);
  const data = async () => shape.parse(JSON.parse((await trainer.get(`${board}.json`)).html));
  assert.deepEqual((await data()).placesLibres, [1, 2, 3]);
  const first = await trainer.get(board);
  assert.match(first.html, /Personne n’est encore assis/);
  assert.match(first.html, /Avant la séance, imprimez[^<]*<a [^>]*href="[^"]*\/papiers">Sur papier</);
  assert.match(first.html, /<noscript><meta http-equiv="refresh" content="20"><\/noscript>/);
  assert.doesNotMatch((await trainer.get(`${board}?fixe=oui`)).html, /http-equiv="refresh"/);

  const live = await followBoard(room, trainer, `${board}/suite?vue=tableau`);
  assert.match((await live.next('parts')).join(''), /Personne n’est encore assis/);
  const { learner, desk } = await takeSeat(room, code, 'Solveig');
  assert.match((await live.next('parts')).join(''), /1<\/span> Solveig/);
  await learner.get(paths.identity);
  const moved = (await live.next('parts')).join('');
  assert.match(moved, /Solveig[\s\S]*2\. Dire qui l’on est/);
  assert.doesNotMatch(moved, /<table|Places libres/, 'her row alone');
  const own = identityOnDesk(desk);
  const wrong = { ...own, nom: '', 'dateNaissance-jour': '', codePostal: '' };
  await learner.post(paths.identity, wrong);
  await learner.post(paths.identity, wrong);
  const refusals = async () => (await data()).places[0]?.refus?.fois;
  while ((await refusals()) !== 2) await live.next('parts');
  const seen = await trainer.get(board);
  assert.match(seen.html, />nom, date de naissance, code postal \(2\u00a0fois\)</);
  assert.deepEqual((await data()).places[0]?.refus?.champs, ['nom', 'dateNaissance', 'codePostal']);

  const { learner: other } = await takeSeat(room, code);
  await other.get(workshopPaths.seat);
  await other.post(workshopPaths.seat, { main: 'levee' });
  while (!(await live.next('parts')).join('').includes('Main levée'));
  const raised = await trainer.get(board);
  assert.match(raised.html, /1 main levée\u00a0: place 2\./);
  assert.match(raised.html, /board-number">2<.*?board-number">1</s);
  const seat = await trainer.get(`${board}/places/2`);
  assert.match(seat.html, /levée depuis moins d’une minute/);
  const lowered = await trainer.post(board, { action: 'main', place: '2' });
  assert.equal(lowered.location, `${board}/places/2`);
  assert.match((await trainer.get(`${board}/places/2`)).html, /La main est baissée\./);
  const again = await trainer.post(board, { action: 'main', place: '2' });
  assert.deepEqual([again.status, /déjà baissée/.test(again.html)], [422, true]);
  for (const place of ['0', '4', '31', 'x', '1e1'])
    assert.match((await trainer.post(board, { action: 'main', place })).html, /n’existe pas/);
  assert.match((await trainer.post(board, { action: 'danser' })).html, /Cette action n’existe pas/);

  const before = Date.parse((await data()).horloge);
  await trainer.post(board, { action: 'horloge', nombre: '3', unite: 'jours' });
  assert.match((await trainer.get(board)).html, /L’horloge de la classe a avancé/);
  assert.ok(Date.parse((await data()).horloge) - before >= 3 * 86_000_000);
  const refused = await trainer.post(board, { action: 'horloge', nombre: '-3', unite: 'jours' });
  assert.deepEqual([refused.status, /Erreur/.test(refused.html)], [422, true]);

  for (const path of [
    '',
    '/papiers',
    '/places/1',
    '/places/3',
    '/horloge',
    '/terminer',
    '/effacer',
    '/ecran',
  ])
    assert.deepEqual(await faultsOf((await trainer.get(board + path)).html), [], path);
  for (const { html } of [again, refused]) assert.deepEqual(await faultsOf(html), []);

  await papersOf(trainer, board);

  await trainer.get(board);
  await trainer.post(board, { action: 'terminer' });
  await live.next('reload');
  const over = await trainer.get(board);
  assert.match(over.html, /La classe est finie/);
  assert.doesNotMatch(over.html, /value="facteur"/);
  assert.match((await trainer.post(board, { action: 'reprendre' })).html, /cela n’est plus possible/);
  assert.equal((await data()).etat, 'finie');
});

test('the projector shows the page of a step with nobody’s data, then the code again', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { langue: 'en' });
  const { learner, desk } = await takeSeat(room, code, 'Solveig');
  const screen = await followBoard(room, trainer, `${board}/suite?vue=ecran`);
  const seen: string[] = [];
  for (const etape of ['identity', 'proof', 'contact', 'account', 'identity']) {
    await trainer.get(board);
    assert.equal((await trainer.post(board, { action: 'montrer', etape })).location, board);
    const { html } = await trainer.get(`${board}/ecran`);
    assert.match(html, /<html lang="en"[\s\S]*class="screen-page" inert>/, 'the language of the class');
    assert.deepEqual(await faultsOf(html), [], etape);
    assert.doesNotMatch(html, /_csrf|Solveig/);
    assert.ok(!html.includes(onDesk(desk, 'Nom')), etape);
    seen.push(html);
  }
  await screen.next('reload');
  assert.match(seen[0] ?? '', /name="nir"/);
  assert.match(seen[1] ?? '', /name="numeroSerie"/);
  assert.match(seen[2] ?? '', /name="emailConfirmation"/);
  assert.equal((await learner.get(paths.identity)).status, 200);
  await trainer.get(board);
  await trainer.post(board, { action: 'montrer', etape: '' });
  const joining = (await trainer.get(`${board}/ecran`)).html;
  assert.match(joining, new RegExp(`Join the class[\\s\\S]*screen-code">${code}<`));
  assert.doesNotMatch(joining, /lang=(fr|en)"/, 'no language is offered');
  assert.match((await trainer.get(board)).html, /<html lang="fr"/);
});

test('incidents, seats that are moved, strangers and several trainers', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { places: '8' });

  await t.test('a trainer lets something go wrong, for a seat or for all', async () => {
    const { learner } = await takeSeat(room, code);
    const { learner: other } = await takeSeat(room, code);
    await trainer.get(`${board}/places/1`);
    const one = await trainer.post(board, { action: 'incident', incident: 'forged-letter', place: '1' });
    assert.equal(one.location, `${board}/places/1`);
    const hasLetter = async (who: Browser) =>
      (await who.get(workshopPaths.seatLetters)).html.includes(workshopPaths.seatForged);
    assert.equal(await hasLetter(other), false);
    assert.equal(await hasLetter(learner), true);
    const { html } = await trainer.get(board);
    assert.doesNotMatch(html, /name="incident"/, 'nothing happens to all at once');
    assert.doesNotMatch(html, /franceconnect-down/, 'the exercise goes without');
    const asked = await trainer.get(`${board}/incident/forged-letter`);
    assert.match(asked.html, /Une fausse lettre arrive, pour tous\u00a0\?[\s\S]*aux 2 places occupées/);
    for (const incident of ['pluie', 'franceconnect-down'])
      assert.equal((await trainer.get(`${board}/incident/${incident}`)).location, board);
    await trainer.post(board, { action: 'incident', incident: 'forged-letter' });
    assert.equal(await hasLetter(other), true);
    const without = await trainer.post(board, { action: 'incident', incident: 'franceconnect-down' });
    assert.equal(without.status, 422);
    const wrong = await trainer.post(board, { action: 'incident', incident: 'pluie' });
    assert.deepEqual([wrong.status, /Cette action n’existe pas/.test(wrong.html)], [422, true]);
    const nowhere = { action: 'incident', incident: 'forged-letter', place: '9' };
    assert.match((await trainer.post(board, nowhere)).html, /Cette place n’existe pas/);
  });

  await t.test(
    'a trainer moves a seat by the buttons of its page, and is told what could not be',
    async () => {
      const { learner } = await takeSeat(room, code, 'Solveig');
      const page = `${board}/places/3`;
      assert.match((await trainer.get(page)).html, /value="password"/);
      assert.equal(
        (await trainer.post(board, { action: 'replacer', place: '3', etape: 'contact' })).location,
        page,
      );
      const moved = (await trainer.get(page)).html;
      assert.match(moved, /La place a changé d’étape\./);
      assert.match(moved, /value="annuler"/);
      assert.match(moved, new RegExp(demoPassword));
      assert.equal((await learner.get(paths.home)).location, paths.contact);
      assert.equal((await learner.get(paths.contact)).status, 200);
      assert.equal((await trainer.post(board, { action: 'annuler', place: '3' })).location, page);
      await trainer.get(page);
      assert.match(
        (await trainer.post(board, { action: 'annuler', place: '3' })).html,
        /plus rien à annuler/,
      );
      await trainer.get(page);
      assert.match(
        (await trainer.post(board, { action: 'replacer', place: '3' })).html,
        /Choisissez une étape/,
      );
      await trainer.get(page);
      const nobody = await trainer.post(board, { action: 'personne', place: '8' });
      assert.match(nobody.html, /Personne n’est assis/);
      await trainer.get(page);
      assert.equal((await trainer.post(board, { action: 'personne', place: '3' })).location, page);
      assert.match((await trainer.get(page)).html, /Il reste une personne/);
      assert.equal((await learner.get(paths.contact)).location, paths.home);
    },
  );

  await t.test(
    'nobody but a trainer opens a trainer’s page, and a trainer who has left is none',
    async () => {
      const { learner } = await takeSeat(room, code, 'Solveig');
      const pages = [
        '',
        '/papiers',
        '/papiers/fil.pdf',
        '/places/1',
        '/horloge',
        '/incident/mail-in-spam',
        '/terminer',
        '/effacer',
        '/ecran',
      ];
      for (const who of [learner, new Browser(room.origin)]) {
        for (const path of pages) assert.equal((await who.get(board + path)).location, workshopPaths.trainer);
        for (const path of ['.json', '/suite']) {
          const answer = await who.get(board + path);
          assert.equal(answer.status, 401);
          assert.doesNotMatch(answer.html, /Solveig|Médiathèque/);
        }
        for (const action of ['pause', 'effacer', 'terminer'])
          assert.equal((await who.post(board, { action })).location, workshopPaths.trainer);
      }
      const live = await followBoard(room, trainer, `${board}/suite`);
      await live.next('parts');
      await trainer.get(workshopPaths.classes);
      await trainer.post(workshopPaths.trainer, { action: 'sortir' });
      assert.equal((await trainer.get(board)).location, workshopPaths.trainer);
      await takeSeat(room, code, 'Marc');
      assert.doesNotMatch((await live.next('reload')).join(''), /Marc/);
    },
  );

  await t.test('two trainers follow one board, and all are told when the class is erased', async () => {
    const [first, second] = [await anotherTrainer(room), await anotherTrainer(room)];
    const followers = await Promise.all(
      [first, second].map((one) => followBoard(room, one, `${board}/suite`)),
    );
    const screen = await followBoard(room, first, `${board}/suite?vue=ecran`);
    for (const live of [...followers, screen]) await live.next('parts');
    await takeSeat(room, code, 'Zoé');
    for (const live of followers) assert.match((await live.next('parts')).join(''), /Zoé/);
    const counted = (await screen.next('parts')).join('');
    assert.match(counted, /6 places prises sur 8/);
    assert.doesNotMatch(counted, /Zoé/);
    await second.get(board);
    await second.post(board, { action: 'effacer' });
    for (const live of [...followers, screen]) await live.next('reload');
    assert.match((await second.get(workshopPaths.classes)).html, /Toute la classe est effacée/);
  });
});

/** Every paper that the page of papers offers, and an attendance sheet with what was typed. */
async function papersOf(trainer: Browser, board: string): Promise<void> {
  const { html } = await trainer.get(`${board}/papiers`);
  const offered = [...html.matchAll(/href="([^"]+\.pdf)"/g)].map(([, path = '']) => path);
  assert.equal(offered.length, 6);
  for (const path of offered) {
    const { tagged, hasScripts, text } = await readPdf(await trainer.file(path));
    assert.deepEqual([tagged, hasScripts], [true, false], path);
    assert.match(text, /Exercice\s: aucune vraie donnée/, path);
    assert.doesNotMatch(text, /Solveig/, path);
  }
  const meeting = { lieu: 'Médiathèque de Vif', date: '3 mars', debut: '9 h', fin: '10 h' };
  await trainer.get(`${board}/papiers`);
  const filled = await trainer.post(`${board}/papiers`, meeting);
  assert.deepEqual([filled.status, filled.html.startsWith('%PDF-')], [200, true]);
  const long = await trainer.post(`${board}/papiers`, { ...meeting, lieu: 'x'.repeat(61) });
  assert.deepEqual([long.status, /60 caractères au plus/.test(long.html)], [422, true]);
  assert.equal((await trainer.get(`${board}/papiers/autre.pdf`)).status, 404);
}

/** A page may refresh by itself where nothing is typed and where that can be stopped. */
async function faultsOf(html: string): Promise<readonly string[]> {
  return (await markupFaults(html)).filter((fault) => !fault.includes('meta-refresh'));
}

async function anotherTrainer({ origin, pin }: Room): Promise<Browser> {
  const trainer = new Browser(origin);
  await trainer.get(workshopPaths.trainer);
  await trainer.post(workshopPaths.trainer, { pin });
  return trainer;
}
