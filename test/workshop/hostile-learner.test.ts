import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '#src/paths.ts';
import { cookieName } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { identityOnDesk, onDesk, openRoom, prepareClass, takeSeat } from './room.ts';

/** Nobody’s: a valid number that is not of the class. */
const strangeNir = '2840575114005';

const ofClass = { secure: false, demo: { kind: 'exercise' } } as const;
const seatCookie = cookieName(ofClass, roleCookie);
const sessionCookie = cookieName(ofClass, 'session');

test('what a learner tries who means harm', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { places: '8' });

  await t.test('a browser takes one seat, however its owner asks', async () => {
    const browser = new Browser(room.origin);
    await browser.get(workshopPaths.join);
    const [one, other] = await Promise.all([
      browser.post(workshopPaths.join, { code, prenom: 'Lucie' }),
      browser.post(workshopPaths.join, { code, prenom: 'Lucie' }),
    ]);
    assert.deepEqual([one.location, other.location], [workshopPaths.seat, workshopPaths.seat]);
    const again = await browser.post(workshopPaths.join, { code, prenom: 'Encore Lucie' });
    assert.equal(again.location, workshopPaths.seat);
    assert.match((await browser.get(workshopPaths.seat)).html, /Votre poste, place 1/);
    const page = (await trainer.get(board)).html;
    assert.equal(page.match(/Lucie/g)?.length, 1);

    const stranger = new Browser(room.origin);
    await stranger.get(workshopPaths.join);
    for (const prenom of ['<b>Lucie</b>', `Lucie ${strangeNir}`, 'lucie@gmail.com', 'Lucie 06 12 34 56 78']) {
      const refused = await stranger.post(workshopPaths.join, { code, prenom });
      assert.equal(refused.status, 422, prenom);
      assert.match(refused.html, /Écrivez seulement un prénom/);
      assert.doesNotMatch(refused.html, /gmail|284057|06 12|<b>Lucie/);
    }
    assert.doesNotMatch((await trainer.get(board)).html, /gmail|284057|06 12/);
  });

  await t.test(
    'nothing of the whole class is shown to a seat, and programs are refused the same as pages',
    async () => {
      const lucie = await takeSeat(room, code, 'Lucie');
      const nora = await takeSeat(room, code, 'Nora');
      for (const path of ['/demo', '/demo/personnes.json', '/demo/emails.json', '/demo/sms.json', '/metrics'])
        assert.equal((await lucie.learner.get(path)).status, 404, path);

      const { nir, ...rest } = identityOnDesk(lucie.desk);
      const person = {
        nom: rest.nom,
        dateNaissance: onDesk(lucie.desk, 'Date de naissance'),
        codePostal: rest.codePostal,
      };
      const strange = await lucie.learner.json('/api/v1/dossiers', { ...person, nir: strangeNir });
      assert.equal(strange.status, 422);
      assert.match(strange.html, /"champ":"nir","code":"not-invented"/);
      assert.doesNotMatch(strange.html, /28405/);
      const ofNora = onDesk(nora.desk, 'Numéro de sécurité sociale').replaceAll(' ', '');
      assert.match(
        (await lucie.learner.json('/api/v1/dossiers', { ...person, nir: ofNora })).html,
        /not-invented/,
      );
      const begun = await lucie.learner.json('/api/v1/dossiers', {
        ...person,
        nir: nir?.replaceAll(' ', '') ?? '',
      });
      assert.equal(begun.status, 201, begun.html);
      const token = /"jeton":"([\w-]+)"/.exec(begun.html)?.[1];
      assert.ok(token);
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await lucie.learner.json('/api/v1/dossier', null, headers)).status, 200);
      const stolen = await nora.learner.json('/api/v1/dossier', null, headers);
      assert.equal(stolen.location, workshopPaths.seat);
      assert.doesNotMatch(room.log.join(''), new RegExp(`${strangeNir}|${ofNora}`));
    },
  );

  await t.test(
    'the session of one seat is none on the next, nor are its messages; its flood is its own',
    async () => {
      const lucie = await takeSeat(room, code, 'Lucie');
      const nora = await takeSeat(room, code, 'Nora');
      await lucie.learner.get(paths.identity);
      const begun = await lucie.learner.post(paths.identity, identityOnDesk(lucie.desk));
      assert.equal(begun.location, paths.proof);
      const thief = new Browser(room.origin, {
        [seatCookie]: nora.learner.cookie(seatCookie),
        [sessionCookie]: lucie.learner.cookie(sessionCookie),
      });
      assert.equal((await thief.get(paths.proof)).location, workshopPaths.seat);
      assert.equal(thief.cookie(sessionCookie), '');
      assert.equal((await lucie.learner.get(paths.proof)).status, 200);
      for (const path of [
        `${workshopPaths.seatMails}/00000001`,
        `${workshopPaths.seatLetters}/../../journal.ndjson`,
      ])
        assert.notEqual((await nora.learner.get(path)).status, 200, path);
      const kept = { ...identityOnDesk(lucie.desk), nir: strangeNir, _garder: '' };
      const shownAgain = await lucie.learner.post(paths.identity, kept);
      assert.doesNotMatch(shownAgain.html, /28405/);
      // A document counts as five pages, of which a client has 600; both come from the same address.
      const forged = { 'x-forwarded-for': '203.0.113.7' };
      for (let n = 0; n < 120; n += 1) await nora.learner.get(paths.accountStatement);
      assert.equal((await nora.learner.get(workshopPaths.seat)).status, 429);
      assert.equal((await nora.learner.json(workshopPaths.seat, null, forged)).status, 429);
      assert.equal((await lucie.learner.get(workshopPaths.seat)).status, 200);
      assert.equal((await trainer.get(board)).status, 200);
      await takeSeat(room, code, 'Zoé');
    },
  );

  await t.test(
    'codes cannot be guessed for long, and a cookie of another class or of nobody opens nothing',
    async () => {
      const { learner } = await takeSeat(room, code);
      const own = learner.cookie(seatCookie);
      const [classId = '', secret = ''] = own.split('.');
      for (const forged of [
        `00000000.${secret}`,
        `${classId}.${'A'.repeat(22)}`,
        'personne-001',
        `${own}x`,
      ]) {
        const thief = new Browser(room.origin, { [seatCookie]: forged });
        for (const path of [workshopPaths.seat, workshopPaths.seatMails, paths.identity, '/api/v1/dossier'])
          assert.equal((await thief.get(path)).location, workshopPaths.join, path);
      }
      const guesser = new Browser(room.origin);
      await guesser.get(workshopPaths.join);
      for (let tries = 0; tries < 30; tries += 1)
        assert.match(
          (await guesser.post(workshopPaths.join, { code: 'AAAAA' })).html,
          /Aucune classe n’a ce code/,
        );
      assert.match((await guesser.post(workshopPaths.join, { code })).html, /trop d’essais/);
    },
  );
});
