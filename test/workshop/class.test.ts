import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { paths } from '#src/paths.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { contactOf, goodPassword } from '../steps.ts';
import { identityOnDesk, onDesk, openRoom, prepareClass, takeSeat } from './room.ts';

/** Nobody’s: a valid number that is not of the class. */
const strangeNir = '2 84 05 75 114 005 81';

test('Lucie opens the account of her invented person, and the trainer sees how far she is', async (t) => {
  const room = await openRoom(t, { databases: 'in-folders' });
  const { trainer, board, code } = await prepareClass(room);
  const { learner, desk } = await takeSeat(room, code.toLowerCase(), 'Lucie');
  assert.match(desk, /Exercice\u00a0: aucune vraie donnée/);

  const own = identityOnDesk(desk);
  assert.match((await learner.get(paths.identity)).html, /<title>Exercice – /);
  const refused = await learner.post(paths.identity, { ...own, nir: strangeNir });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /N’utilisez jamais votre vrai numéro ici/);
  assert.doesNotMatch(refused.html, /2\s?84\s?05/);
  await shown(trainer, board, /1<\/span> Lucie<.*?Dire qui l’on est<.*?>numéro de sécurité sociale</s);

  assert.equal((await learner.post(paths.identity, own)).location, paths.proof);
  const iban = onDesk(desk, 'IBAN').replaceAll(' ', '');
  await learner.get(paths.proof);
  const proof = { iban7: iban.slice(-7), numeroSerie: onDesk(desk, 'Numéro de série de la carte') };
  assert.equal((await learner.post(paths.proof, proof)).location, paths.terms);
  await learner.get(paths.terms);
  assert.equal((await learner.post(paths.terms, { accord: 'oui' })).location, paths.password);
  await learner.get(paths.password);
  const password = { motDePasse: goodPassword, confirmation: goodPassword };
  assert.equal((await learner.post(paths.password, password)).location, paths.contact);
  await learner.get(paths.contact);
  assert.match((await learner.post(paths.contact, contactOf('lucie@gmail.com'))).html, /votre vraie adresse/);
  await learner.get(paths.contact);
  const contact = contactOf(onDesk(desk, 'Adresse email'));
  assert.equal((await learner.post(paths.contact, contact)).location, paths.waiting);

  const mail = await until(async () =>
    /href="(\/atelier\/poste\/courriels\/[^"]+)"/.exec((await learner.get(workshopPaths.seatMails)).html),
  );
  assert.match((await learner.get(workshopPaths.seat)).html, /Lire mes emails<\/a>\s*<strong>1 nouveau/);
  const data = await learner.get(`${workshopPaths.seatMails}.json`);
  assert.match(data.html, /"sujet":"Exercice – [^"]+".*"indesirable":false/);
  const link = /href="(http[^"]+\/validation-email\/[^"]+)"/.exec((await learner.get(mail)).html)?.[1];
  assert.ok(link);
  const { html: read } = await learner.get(mail);
  assert.match(read, /<title>Exercice – (?!Exercice)/);
  assert.ok([...read.matchAll(/Exercice\s: aucune vraie donnée\./g)].length > 1, 'in the mail too');
  await learner.get(link);
  assert.equal((await learner.post(link)).location, paths.confirmed);
  await learner.get(paths.confirmed);
  await shown(trainer, board, /1<\/span> Lucie<.*?Confirmer son adresse email</s);

  const { learner: neighbour } = await takeSeat(room, code);
  assert.equal((await neighbour.get(mail)).status, 404);
  assert.doesNotMatch((await neighbour.get(workshopPaths.seatMails)).html, /courriels\/\d/);
  for (const box of [workshopPaths.seatMails, workshopPaths.seatSms, workshopPaths.seatLetters])
    assert.equal((await neighbour.get(`${box}.json`)).html, '[]', box);
  assert.equal((await neighbour.get(mail)).status, 404);
  assert.doesNotMatch(room.log.join(''), /lucie@gmail|2840575|Lucie/i);
});

test('two people never take one seat, and a class that is full says so', async (t) => {
  const room = await openRoom(t, { databases: 'in-folders' });
  const { trainer, board, code } = await prepareClass(room, { places: '2' });
  const [one, other] = await Promise.all([takeSeat(room, code), takeSeat(room, code)]);
  assert.notEqual(
    onDesk(one.desk, 'Numéro de sécurité sociale'),
    onDesk(other.desk, 'Numéro de sécurité sociale'),
  );
  const late = new Browser(room.origin);
  await late.get(workshopPaths.join);
  assert.match((await late.post(workshopPaths.join, { code })).html, /Toutes les places sont prises/);
  assert.equal((await late.get(workshopPaths.seat)).location, workshopPaths.join);
  assert.equal((await late.get(board)).location, workshopPaths.trainer);

  await one.learner.get(paths.identity);
  await trainer.get(board);
  await trainer.post(board, { action: 'pause' });
  const typed = await one.learner.post(paths.identity, identityOnDesk(one.desk));
  assert.equal(typed.location, paths.proof, 'what was typed before the break is taken');
  assert.equal((await one.learner.get(paths.proof)).location, workshopPaths.join);
  assert.match((await one.learner.get(workshopPaths.join)).html, /La classe fait une pause/);

  await room.restart();
  const again = new Browser(room.origin);
  await again.get(workshopPaths.trainer);
  await again.post(workshopPaths.trainer, { pin: room.pin });
  await again.get(board);
  await again.post(board, { action: 'reprendre' });
  assert.match((await again.get(board)).html, /La classe est ouverte/);
  await again.post(board, { action: 'effacer' });
  assert.match((await again.get(workshopPaths.classes)).html, /Aucune classe/);
});

test('the trainer’s door closes after five wrong codes', async (t) => {
  const room = await openRoom(t);
  const guesser = new Browser(room.origin);
  await guesser.get(workshopPaths.trainer);
  const wrong = room.pin === '000000' ? '000001' : '000000';
  for (let tries = 0; tries < 5; tries += 1)
    assert.match((await guesser.post(workshopPaths.trainer, { pin: wrong })).html, /pas le bon code/);
  const right = await guesser.post(workshopPaths.trainer, { pin: room.pin });
  assert.match(right.html, /trop d’essais/);
  assert.doesNotMatch(right.html, new RegExp(room.pin));
});

/** What a page says, as soon as it says it: the board follows a moment after the learner. */
async function shown(browser: Browser, path: string, pattern: RegExp): Promise<void> {
  await until(async () => {
    const found = pattern.exec((await browser.get(path)).html);
    return found && ['', 'found'];
  });
}

async function until(find: () => Promise<readonly string[] | null>): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = (await find())?.[1];
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error('It never came');
}
