import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '#src/paths.ts';
import { cookieName } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { Browser } from '../reliability/browser.ts';
import { identityOnDesk, onDesk, openRoom, prepareClass, takeSeat } from './room.ts';

const inClass = { secure: false, demo: { kind: 'exercise' } } as const;
const seatCookie = cookieName(inClass, roleCookie);
const sessionCookie = cookieName(inClass, 'session');

test('a seat on several devices, and on another one', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { places: '4' });

  await t.test(
    'a trainer moves a learner to another machine with a code that is read out, and nobody cheats with it',
    async () => {
      const { learner, desk } = await takeSeat(room, code, 'Lucie');
      const page = `${board}/places/1`;
      const codeOn = async (path: string, of: Browser) =>
        /<strong>([\dA-Z]{5})<\/strong>/.exec((await of.get(path)).html)?.[1] ?? '';
      const give = async () => {
        await trainer.get(page);
        assert.equal((await trainer.post(board, { action: 'deplacer', place: '1' })).location, page);
        return codeOn(page, trainer);
      };
      for (const place of ['2', '9', ''])
        assert.equal((await trainer.post(board, { action: 'deplacer', place })).status, 422, place);
      const old = await give();
      const moving = await give();
      assert.notEqual(moving, old);
      // The learner has a code of their own for one more device: it does not outlive the move.
      await learner.get(workshopPaths.seat);
      await learner.post(workshopPaths.seat, { appareil: 'code' });
      const beside = await codeOn(workshopPaths.seat, learner);
      const type = async (typed: string, browser = new Browser(room.origin)) => {
        await browser.get(workshopPaths.join);
        return { browser, seen: await browser.post(workshopPaths.join, { code: typed }) };
      };
      assert.match((await type(old)).seen.html, /Aucune classe n’a ce code/);
      assert.equal((await learner.get(workshopPaths.seat)).status, 200, 'nothing has moved yet');
      await learner.get(paths.identity);
      await learner.post(paths.identity, identityOnDesk(desk));
      await learner.get(paths.proof);

      const { browser: machine, seen } = await type(moving.toLowerCase());
      assert.equal(seen.location, workshopPaths.seat);
      assert.match((await machine.get(workshopPaths.seat)).html, /Bonjour Lucie/);
      assert.equal((await machine.get(paths.home)).location, paths.proof);
      assert.equal((await learner.get(paths.proof)).location, workshopPaths.join);
      assert.match((await learner.get(workshopPaths.join)).html, /maintenant sur un autre appareil/);
      for (const used of [moving, beside])
        assert.match((await type(used)).seen.html, /Aucune classe n’a ce code/);
      assert.equal(await codeOn(page, trainer), '');

      const second = await prepareClass(room, { places: '1' });
      const nora = await takeSeat(room, second.code, 'Nora');
      await second.trainer.get(second.board);
      await second.trainer.post(second.board, { action: 'deplacer', place: '1' });
      const ofNora = await codeOn(`${second.board}/places/1`, second.trainer);
      // A code of another class opens that class, and takes nothing from this one.
      const { browser: stranger } = await type(ofNora);
      assert.match((await stranger.get(workshopPaths.seat)).html, /Bonjour Nora/);
      assert.equal((await nora.learner.get(workshopPaths.seat)).location, workshopPaths.join);
      assert.equal((await machine.get(workshopPaths.seat)).status, 200);
    },
  );

  await t.test(
    'a browser of one seat goes to another with a code of that seat, and leaves its session behind',
    async () => {
      const lucie = await takeSeat(room, code, 'Lucie');
      const nora = await takeSeat(room, code, 'Nora');
      await lucie.learner.get(paths.identity);
      await lucie.learner.post(paths.identity, identityOnDesk(lucie.desk));
      await nora.learner.post(workshopPaths.seat, { appareil: 'code' });
      const ofNora = /<strong>([\dA-Z]{5})<\/strong>/.exec(
        (await nora.learner.get(workshopPaths.seat)).html,
      )?.[1];
      assert.ok(ofNora);
      await lucie.learner.get(`${workshopPaths.join}?autre`);
      assert.equal(
        (await lucie.learner.post(workshopPaths.join, { code: ofNora })).location,
        workshopPaths.seat,
      );
      assert.equal((await lucie.learner.get(workshopPaths.seat)).location, workshopPaths.seat);
      assert.equal(lucie.learner.cookie(sessionCookie), '');
      assert.match((await lucie.learner.get(workshopPaths.seat)).html, /Votre poste, place 3/);
    },
  );

  await t.test('Lucie reads her messages on a telephone too, with a code that is used once', async () => {
    const { learner, desk } = await takeSeat(room, code, 'Lucie');
    const shown = await learner.post(workshopPaths.seat, { appareil: 'code' });
    assert.equal(shown.location, `${workshopPaths.seat}#appareil`);
    const deviceCode = /<strong>([\dA-Z]{5})<\/strong>/.exec(
      (await learner.get(workshopPaths.seat)).html,
    )?.[1];
    assert.ok(deviceCode);
    assert.notEqual(deviceCode, code);

    const telephone = new Browser(room.origin);
    await telephone.get(workshopPaths.join);
    const joined = await telephone.post(workshopPaths.join, { code: deviceCode.toLowerCase() });
    assert.equal(joined.location, workshopPaths.seat);
    const there = (await telephone.get(workshopPaths.seat)).html;
    assert.match(there, /Votre poste, place 4/);
    assert.equal(onDesk(there, 'IBAN'), onDesk(desk, 'IBAN'));
    assert.equal((await telephone.get(workshopPaths.seatMails)).status, 200);
    assert.equal((await learner.get(workshopPaths.seat)).status, 200, 'the computer keeps its seat');
    const second = new Browser(room.origin);
    await second.get(workshopPaths.join);
    const again = await second.post(workshopPaths.join, { code: deviceCode });
    assert.match(again.html, /Aucune classe n’a ce code/);

    await room.restart();
    for (const device of [telephone, learner]) {
      const after = new Browser(room.origin, { [seatCookie]: device.cookie(seatCookie) });
      const seen = await after.get(workshopPaths.seat);
      assert.match(seen.html, /Votre poste, place 4/, `${seen.status} ${seen.location}`);
    }
  });
});
