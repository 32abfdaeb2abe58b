import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths } from '#src/paths.ts';
import { cookieName } from '#src/web/cookies.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { markupFaults } from '../pages/document-checks.ts';
import { Browser } from '../reliability/browser.ts';
import {
  actionOn,
  credentialsOnDesk,
  throughFranceConnect,
  toFranceConnect,
  travel,
} from './franceconnect-steps.ts';
import { onDesk, openRoom, prepareClass, takeSeat } from './room.ts';

const seatCookie = cookieName({ secure: false, demo: { kind: 'exercise' } }, roleCookie);

test('at FranceConnect a seat is its own person: nobody takes another’s identity, seat or class', async (t) => {
  const room = await openRoom(t);
  const first = await prepareClass(room, { scenario: 'franceconnect', places: '2' });
  const { learner: lucie, desk } = await takeSeat(room, first.code, 'Lucie');
  const paul = await takeSeat(room, first.code, 'Paul');
  const second = await prepareClass(room, { scenario: 'franceconnect', places: '1' });
  const nora = await takeSeat(room, second.code, 'Nora');
  const own = credentialsOnDesk(desk);
  const ofPaul = credentialsOnDesk(paul.desk);

  const login = await toFranceConnect(lucie);
  assert.deepEqual(await markupFaults(login.html), []);
  assert.match(login.html, new RegExp(`<strong>${own.identifiant}</strong>`));
  assert.doesNotMatch(login.html, new RegExp(ofPaul.identifiant));
  const action = actionOn(login);
  for (const typed of [
    ofPaul,
    credentialsOnDesk(nora.desk),
    { identifiant: '2 84 05 75 114 005 81', motDePasse: 'Le-mien-9' },
    { ...own, motDePasse: 'Le-mien-9' },
  ]) {
    const refused = await lucie.post(action, { action: 'connexion', ...typed });
    assert.deepEqual(
      [refused.status, /celles? de votre personne|de votre personne/.test(refused.html)],
      [422, true],
    );
    assert.doesNotMatch(refused.html, /2\s?84\s?05|Le-mien/);
    assert.deepEqual(await markupFaults(refused.html), []);
  }
  assert.doesNotMatch(room.log.join(''), /Le-mien|2840575/);
  const board = (await first.trainer.get(`${first.board}/places/1`)).html;
  assert.match(board, /S’identifier avec FranceConnect.*identifiant de FranceConnect \(/s);

  // Nobody else stands at this counter: not without a seat, not from another class, not with another’s way.
  const authorize = /^[^?]+/.exec(
    (await paul.learner.get(`${paths.franceConnect}?pour=creation`)).location ?? '',
  )?.[0];
  for (const stranger of [new Browser(room.origin), nora.learner])
    for (const path of [authorize ?? '', action])
      assert.equal((await stranger.get(path)).location, workshopPaths.join, path);
  assert.equal((await paul.learner.get(action)).status, 400);
  // What the service asks itself is not there for the network.
  const base = (authorize ?? '').replace('/authorize', '');
  for (const path of ['/token', '/userinfo', '/jwks', '/.well-known/openid-configuration'])
    assert.equal((await paul.learner.get(base + path)).status, 404, path);

  await lucie.post(action, { action: 'connexion', ...own });
  const consent = await lucie.get(action);
  assert.deepEqual(await markupFaults(consent.html), []);
  const resumed = await lucie.post(action, { action: 'continuer', identifiant: ofPaul.identifiant });
  const back = await travel(lucie, resumed, (path) => path.startsWith(workshopPaths.franceConnect));
  const callback = back.location ?? '';
  assert.ok(callback.startsWith(`${paths.franceConnectReturn}?`));
  for (const thief of [paul.learner, nora.learner]) {
    assert.equal((await thief.get(callback)).location, paths.franceConnectOutcome);
    assert.equal((await thief.get(paths.terms)).location, paths.identity);
  }
  assert.equal((await lucie.get(callback)).location, paths.terms);
  assert.equal((await lucie.get(callback)).location, paths.terms, 'once more leads to where it led');
  assert.equal((await lucie.get(paths.terms)).status, 200);

  // A code of this class proves nothing in the other.
  const begun = (await nora.learner.get(`${paths.franceConnect}?pour=creation`)).location ?? '';
  const swapped = (authorize ?? '') + begun.slice(begun.indexOf('?'));
  const there = await travel(paul.learner, await paul.learner.get(swapped));
  const step = actionOn(there);
  await paul.learner.post(step, { action: 'connexion', ...ofPaul });
  await paul.learner.get(step);
  const agreed = await paul.learner.post(step, { action: 'continuer' });
  const foreign = await travel(paul.learner, agreed, (path) => path.startsWith(workshopPaths.franceConnect));
  assert.match(foreign.location ?? '', /code=/);
  assert.equal((await nora.learner.get(foreign.location ?? '')).location, paths.franceConnectOutcome);
  assert.equal((await nora.learner.get(paths.terms)).location, paths.identity);

  // The trainer gives Paul another person while he has signed in, and has not agreed yet.
  const late = actionOn(await toFranceConnect(paul.learner));
  await paul.learner.post(late, { action: 'connexion', ...ofPaul });
  await first.trainer.get(first.board);
  await first.trainer.post(first.board, { action: 'personne', place: '2' });
  assert.equal((await paul.learner.post(late, { action: 'continuer' })).location, late);
  assert.match((await paul.learner.get(late)).html, /Se connecter avec FranceConnect/);
});

test('FranceConnect goes on after a restart, on another machine, and where the trainer puts a seat', async (t) => {
  const room = await openRoom(t);
  const { trainer, board, code } = await prepareClass(room, { scenario: 'franceconnect', places: '2' });
  const { learner, desk } = await takeSeat(room, code, 'Lucie');
  const put = async (etape: string): Promise<string> => {
    await trainer.get(`${board}/places/1`);
    const seen = await trainer.post(board, { action: 'replacer', place: '1', etape });
    assert.equal(seen.status, 303, `${etape}: ${/error-summary.*?<\/div>/s.exec(seen.html)?.[0]}`);
    return (await learner.get(paths.help)).location ?? '';
  };
  const led = await put('franceconnect');
  const login = await travel(learner, await learner.get(led));
  assert.match(login.html, /Se connecter avec FranceConnect/);
  assert.equal(await put('terms'), paths.terms);
  assert.equal((await learner.get(paths.terms)).status, 200);
  await trainer.get(board);
  await trainer.post(board, { action: 'montrer', etape: 'franceconnect' });
  const shown = (await trainer.get(`${board}/ecran`)).html;
  assert.match(shown, /name="identifiant"/);
  assert.doesNotMatch(shown, new RegExp(credentialsOnDesk(desk).identifiant));

  // Played on to signing in, the account is one that FranceConnect knows.
  assert.equal(await put('sign-in'), paths.signIn);
  await throughFranceConnect(learner, desk, 'connexion', paths.account);
  assert.equal((await learner.get(paths.account)).status, 200);

  await room.restart();
  const again = new Browser(room.origin, { [seatCookie]: learner.cookie(seatCookie) });
  await leave(again);
  await throughFranceConnect(again, desk, 'connexion', paths.account);
  await leave(again);
  const interrupted = actionOn(await toFranceConnect(again, 'connexion'));

  await room.restart();
  const woken = new Browser(room.origin, { [seatCookie]: learner.cookie(seatCookie) });
  const over = await woken.get(interrupted);
  assert.deepEqual([over.status, /Ce passage est terminé/.test(over.html)], [400, true]);
  await woken.get(workshopPaths.seat);
  await woken.post(workshopPaths.seat, { appareil: 'code' });
  const beside = /<strong>([\dA-Z]{5})<\/strong>/.exec((await woken.get(workshopPaths.seat)).html)?.[1] ?? '';
  const telephone = new Browser(room.origin);
  await telephone.get(workshopPaths.join);
  await telephone.post(workshopPaths.join, { code: beside });
  await throughFranceConnect(
    telephone,
    (await telephone.get(workshopPaths.seat)).html,
    'connexion',
    paths.account,
  );

  const boss = new Browser(room.origin);
  await boss.get(workshopPaths.trainer);
  await boss.post(workshopPaths.trainer, { pin: room.pin });
  await boss.get(board);
  await boss.post(board, { action: 'deplacer', place: '1' });
  const moving = /<strong>([\dA-Z]{5})<\/strong>/.exec((await boss.get(`${board}/places/1`)).html)?.[1] ?? '';
  const machine = new Browser(room.origin);
  await machine.get(workshopPaths.join);
  await machine.post(workshopPaths.join, { code: moving });
  const there = (await machine.get(workshopPaths.seat)).html;
  assert.equal(onDesk(there, 'Identifiant'), onDesk(desk, 'Identifiant'));
  assert.equal((await woken.get(workshopPaths.seat)).location, workshopPaths.join);
  assert.equal((await woken.get(interrupted)).location, workshopPaths.join);
  await leave(machine);
  await throughFranceConnect(machine, there, 'connexion', paths.account);
});

/** A browser that comes to where its seat is, and signs out: here, and at FranceConnect where it was there. */
async function leave(browser: Browser): Promise<void> {
  await browser.get(paths.home);
  if ((await browser.get(paths.account)).status !== 200) return;
  const out = await travel(
    browser,
    await browser.post(paths.signOut),
    (path) => path.startsWith(workshopPaths.franceConnect) || path.startsWith(paths.franceConnectSignedOut),
  );
  assert.ok(out.status < 400, `${out.status} ${out.html}`);
}
