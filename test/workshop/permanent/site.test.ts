import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workshopPaths } from '#src/workshop/paths.ts';
import { openOrganisation } from '../../oidc/organisation.ts';
import type { Received } from '../../reliability/browser.ts';
import type { ProxiedBrowser } from './proxied.ts';
import { accept, askFor, linkIn, openSite, passphrase, prepareOn, publicUrl } from './site.ts';

const trainerCookie = '__Host-formateur';

/** What comes of an address of trainers: a page of one’s own, or where somebody is sent instead. */
type Outcome = 'opens' | 'door' | 'own-classes' | 'unauthorised' | 'missing' | 'over' | 'start';

interface Row {
  /** `board`: of a class; `template`: the address of a template of its trainer. */
  readonly at: (board: string, template: string) => string;
  readonly owner: Outcome;
  /** Another trainer, at the same address. */
  readonly other: Outcome;
  /** Somebody who has not entered, has left or was revoked; a learner of the class. */
  readonly nobody: Outcome;
}

const ofClass = (rest: string): Row => ({
  at: (board) => board + rest,
  ...{ owner: 'opens', other: 'own-classes', nobody: 'door' },
});
const forPrograms = (rest: string): Row => ({ ...ofClass(rest), other: 'missing', nobody: 'unauthorised' });
const everybodys = (path: string, owner: Outcome, nobody: Outcome): Row => ({
  at: () => path,
  ...{ owner, other: owner, nobody },
});

/** Every address of trainers, and what each gets there: a new one must say it here. */
const addresses: Readonly<Record<string, Row>> = {
  [workshopPaths.trainer]: everybodys(workshopPaths.trainer, 'own-classes', 'opens'),
  [workshopPaths.invitation]: everybodys(`/atelier/formateur/invitation/${'A'.repeat(43)}`, 'over', 'over'),
  [workshopPaths.trainerReturn]: everybodys(`${workshopPaths.trainerReturn}?state=x&code=y`, 'door', 'door'),
  [workshopPaths.classes]: everybodys(workshopPaths.classes, 'opens', 'door'),
  [workshopPaths.board]: ofClass(''),
  [workshopPaths.boardData]: forPrograms('.json'),
  [workshopPaths.boardLive]: forPrograms('/suite?etat=autre'),
  [workshopPaths.boardSeat]: ofClass('/places/1'),
  [workshopPaths.boardClock]: ofClass('/horloge'),
  [workshopPaths.boardEnd]: ofClass('/terminer'),
  [workshopPaths.boardIncident]: ofClass('/incident/mail-in-spam'),
  [workshopPaths.boardErase]: ofClass('/effacer'),
  [workshopPaths.boardPapers]: ofClass('/papiers'),
  [workshopPaths.boardPaper]: ofClass('/papiers/emargement.pdf'),
  [workshopPaths.boardReport]: ofClass('/rapport'),
  [workshopPaths.boardReportCsv]: ofClass('/rapport.csv'),
  [workshopPaths.template]: { ...ofClass(''), at: (_board, template) => template },
  [workshopPaths.projector]: ofClass('/ecran'),
};

function outcomeOf({ status, location }: Received): Outcome | string {
  if (status === 303 && location === workshopPaths.trainer) return 'door';
  if (status === 303 && location === workshopPaths.classes) return 'own-classes';
  if (status === 200) return 'opens';
  if (status === 401) return 'unauthorised';
  if (status === 404) return 'missing';
  return status === 410 ? 'over' : `${status} ${location}`;
}

async function look(
  browser: ProxiedBrowser,
  { board, template }: { readonly board: string; readonly template: string },
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [path, { at }] of Object.entries(addresses))
    found[path] = outcomeOf(await browser.get(at(board, template)));
  return found;
}

function expected(who: 'owner' | 'other' | 'nobody'): Record<string, string> {
  return Object.fromEntries(Object.entries(addresses).map(([path, row]) => [path, row[who]]));
}

test('Mme Keller by invitation and M. Diallo by the provider have their classes, and none of the other’s', async (t) => {
  const organisation = await openOrganisation(
    t,
    { idTokenAlgorithm: 'RS256', claims: 'plain-userinfo' },
    publicUrl + workshopPaths.trainerReturn,
  );
  const site = await openSite(t, {
    ATELIER_OIDC: organisation.settings.issuer,
    ATELIER_OIDC_LABEL: 'le Département',
    ATELIER_OIDC_CLIENT_ID: organisation.settings.clientId,
    ATELIER_OIDC_CLIENT_SECRET: organisation.settings.clientSecret?.reveal() ?? '',
    ATELIER_OIDC_TRAINERS: '@isere.example, groups=formateurs',
    ATELIER_CLASSES_PER_TRAINER: '1',
    ATELIER_CLASSES: '2',
    ATELIER_SEATS: '12',
  });
  // A passphrase is of no class: it is tried apart.
  const addressesOfTrainers = Object.values(workshopPaths).filter(
    (path) => path.startsWith(workshopPaths.trainer) && path !== workshopPaths.passphrase,
  );
  assert.deepEqual(Object.keys(addresses).sort(), addressesOfTrainers.sort());

  // Mme Keller opens her account with the link of the operator, once.
  const link = await site.invite('Sonia Keller');
  const keller = site.browser();
  const page = await keller.get(link);
  assert.match(page.html, /Bienvenue, Sonia Keller[\s\S]*Votre identifiant[\s\S]*sonia-keller/);
  for (const [motDePasse, confirmation, why] of [
    ['court', 'court', /au moins 12 caractères/],
    ['motdepasse12345', 'motdepasse12345', /trop courant/],
    ['sonia keller sonia', 'sonia keller sonia', /ni votre nom/],
    [passphrase, `${passphrase} !`, /sont différents/],
  ] as const) {
    const refused = await keller.post(link, { motDePasse, confirmation });
    assert.equal(refused.status, 422);
    assert.match(refused.html, why);
    assert.doesNotMatch(refused.html, new RegExp(`value="${motDePasse}"`));
  }
  await accept(keller, link);
  assert.match(keller.said.get(trainerCookie) ?? '', /; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  assert.equal((await site.browser().get(link)).status, 410);

  // M. Diallo comes from the provider, once it says of him what the operator asks for.
  const diallo = site.browser();
  const journey = async (browser: ProxiedBrowser): Promise<string> => {
    await browser.get(workshopPaths.trainer);
    const away = await browser.post(workshopPaths.trainer, { action: 'fournisseur' });
    assert.ok(away.location?.startsWith(organisation.settings.issuer), away.html);
    return throughProvider(away.location ?? '');
  };
  const m = { sub: 'diallo', name: 'Mamadou Diallo', email: 'M.Diallo@isere.example', groups: [] };
  const pretenders = [
    { ...m, email_verified: false },
    { ...m, email: 'm.diallo@pirate.isere.example', email_verified: true },
    { ...m, email: 'm.diallo@isere.example.pirate.example', email_verified: true },
    { ...m, groups: ['formateurs-de-danse'] },
  ];
  for (const pretender of pretenders) {
    organisation.sitsThere(pretender);
    assert.equal((await diallo.get(await journey(diallo))).location, workshopPaths.trainer);
    assert.match((await diallo.get(workshopPaths.trainer)).html, /Vous n’avez pas d’espace de formateur ici/);
  }
  organisation.sitsThere({ ...m, email_verified: true });
  const back = await journey(diallo);
  const thief = site.browser();
  await journey(thief);
  assert.equal((await thief.get(back)).location, workshopPaths.trainer, 'of another browser');
  assert.equal((await diallo.get(back)).location, workshopPaths.classes);
  const again = await diallo.get(back);
  assert.equal(again.location, workshopPaths.trainer, 'a second time');
  organisation.tells({ refuses: 'no' });
  const hesitant = site.browser();
  assert.equal((await hesitant.get(await journey(hesitant))).location, workshopPaths.trainer);
  assert.match((await hesitant.get(workshopPaths.trainer)).html, /pas allé jusqu’au bout/);

  // Each prepares a class, within what the site allows.
  const tooLarge = await askFor(keller, 'Vif', '13');
  assert.match(tooLarge.html, /le nombre de places va de 1 à 12/);
  const ofKeller = await withTemplate(keller, await prepareOn(keller, 'Médiathèque de Vif'));
  await diallo.get(workshopPaths.classes);
  const both = await Promise.all([1, 2].map(() => askFor(diallo, 'Maison du Département')));
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 422], 'two forms at once');
  const board = both.find(({ status }) => status === 303)?.location ?? '';
  const ofDiallo = await withTemplate(diallo, { board });
  assert.match((await askFor(keller, 'Une de plus')).html, /ce site en permet 1 par formateur/);
  const list = await keller.get(workshopPaths.classes);
  assert.match(list.html, /Cet espace est à Sonia Keller/);
  assert.match(list.html, /Médiathèque de Vif/);
  assert.doesNotMatch(list.html, /Maison du Département/);

  // A third trainer waits until one of them has ended.
  const petit = site.browser();
  await accept(petit, await site.invite('Anne Petit'));
  assert.match((await askFor(petit, 'Une troisième')).html, /il en ouvre 2 à la fois/);
  await diallo.get(ofDiallo.board);
  await diallo.post(ofDiallo.board, { action: 'terminer' });
  const ofPetit = await prepareOn(petit, 'Une troisième');
  await diallo.get(ofDiallo.board);
  const reopened = await diallo.post(ofDiallo.board, { action: 'rouvrir' });
  assert.match(reopened.html, /Toutes les classes du site sont prises/);
  await petit.get(ofPetit.board);
  await petit.post(ofPetit.board, { action: 'effacer' });
  await diallo.get(ofDiallo.board);
  assert.equal((await diallo.post(ofDiallo.board, { action: 'rouvrir' })).location, ofDiallo.board);

  // Lucie sits in the class of Mme Keller.
  const lucie = site.browser();
  await lucie.get(workshopPaths.join);
  const joined = await lucie.post(workshopPaths.join, { code: ofKeller.code, prenom: 'Lucie' });
  assert.equal(joined.location, workshopPaths.seat, joined.html);
  assert.match((await lucie.get(workshopPaths.seat)).html, /Exercice\u00a0: aucune vraie donnée/);
  assert.match(lucie.said.get('__Host-demo-personne') ?? '', /Secure/);

  const left = site.browser();
  for (const [name, value] of keller.cookies) left.cookies.set(name, value);
  assert.deepEqual(await look(keller, ofKeller), expected('owner'), 'owner');
  assert.deepEqual(await look(diallo, ofKeller), expected('other'), 'another trainer');
  assert.deepEqual(await look(keller, ofDiallo), expected('other'), 'another trainer, the other way');
  assert.deepEqual(await look(site.browser(), ofKeller), expected('nobody'), 'nobody');
  assert.deepEqual(await look(lucie, ofKeller), expected('nobody'), 'a learner of the class');

  // Acting on a class of another trainer: by its id, with her token, with a token of one’s own.
  const standing = async () => JSON.parse((await keller.get(`${ofKeller.board}.json`)).html).etat;
  const id = ofKeller.board.split('/').at(-1) ?? '';
  for (const action of ['terminer', 'pause', 'effacer', 'facteur']) {
    await diallo.get(ofDiallo.board);
    assert.equal((await diallo.post(ofKeller.board, { action })).location, workshopPaths.classes, action);
    diallo.csrf = keller.csrf;
    assert.notEqual((await diallo.post(ofKeller.board, { action })).status, 200);
    await lucie.get(workshopPaths.join);
    assert.equal((await lucie.post(ofKeller.board, { action })).location, workshopPaths.trainer, action);
  }
  await diallo.get(workshopPaths.classes);
  const modele = ofKeller.template.split('/').at(-1) ?? '';
  for (const action of ['recommencer', 'effacer-modele'])
    await diallo.post(workshopPaths.classes, { action, modele });
  await diallo.post(ofKeller.template, { action: 'effacer' });
  assert.equal((await keller.get(ofKeller.template)).status, 200);
  for (const action of ['effacer', 'rouvrir'])
    await diallo.post(workshopPaths.classes, { action, classe: id });
  assert.equal(await standing(), 'ouverte');

  // She leaves in one window; the cookie that somebody copied opens nothing afterwards.
  await keller.get(workshopPaths.classes);
  await keller.post(workshopPaths.trainer, { action: 'sortir' });
  assert.deepEqual(await look(left, ofKeller), expected('nobody'), 'signed out');
  const signIn = async (browser: ProxiedBrowser, identifiant: string, motDePasse = passphrase) => {
    await browser.get(workshopPaths.trainer);
    return browser.post(workshopPaths.trainer, { identifiant, motDePasse });
  };
  const formOfBefore = keller.csrf;
  assert.equal((await signIn(keller, 'Sonia-Keller ')).location, workshopPaths.classes);
  keller.csrf = formOfBefore;
  assert.notEqual((await keller.post(ofKeller.board, { action: 'pause' })).location, ofKeller.board);
  assert.equal(await standing(), 'ouverte', 'a form shown before she entered is not taken');

  // Nothing tells who is a trainer; tries run out for one address, and not for another.
  const guesser = site.browser();
  const told = async (identifiant: string) =>
    (await signIn(guesser, identifiant, 'girafe tuile samovar')).html.replaceAll(/value="[^"]*"/g, '');
  assert.equal(await told('sonia-keller'), await told('personne'));
  for (let tries = 0; tries < 4; tries += 1) await told('sonia-keller');
  assert.match((await signIn(guesser, 'sonia-keller')).html, /trop d’essais/);
  assert.equal((await signIn(site.browser(), 'sonia-keller')).location, workshopPaths.classes);
  assert.match((await signIn(site.browser(), 'mamadou-diallo', '')).html, /n’est pas le bon/);

  // She changes her passphrase alone, which ends what was open elsewhere; the provider’s trainers have none here.
  const { passphrase: own } = workshopPaths;
  for (const [who, to] of [
    [diallo, workshopPaths.classes],
    [lucie, workshopPaths.trainer],
    [site.browser(), workshopPaths.trainer],
  ] as const) {
    assert.equal((await who.get(own)).location, to);
    assert.equal((await who.post(own, { motDePasseActuel: passphrase })).location, to);
  }
  const elsewhere = site.browser();
  await signIn(elsewhere, 'sonia-keller');
  await keller.get(own);
  const another = { motDePasse: 'lampe tortue violon', confirmation: 'lampe tortue violon' };
  for (const [fields, why] of [
    [{ ...another, motDePasseActuel: 'tuile girafe' }, /pas votre mot de passe actuel/],
    [{ ...another, motDePasseActuel: '' }, /pas votre mot de passe actuel/],
    [{ motDePasseActuel: passphrase, motDePasse: 'court', confirmation: 'court' }, /au moins 12 caractères/],
    [{ ...another, motDePasseActuel: passphrase, confirmation: 'lampe' }, /sont différents/],
  ] as const) {
    const refused = await keller.post(own, fields);
    assert.deepEqual([refused.status, why.test(refused.html)], [422, true], `${why}`);
    assert.doesNotMatch(refused.html, /value="(tuile|lampe|court)/);
  }
  const changed = await keller.post(own, { ...another, motDePasseActuel: passphrase });
  assert.equal(changed.location, workshopPaths.classes, changed.html);
  assert.match((await keller.get(workshopPaths.classes)).html, /Votre mot de passe est changé/);
  assert.equal((await elsewhere.get(workshopPaths.classes)).location, workshopPaths.trainer);
  assert.match((await signIn(elsewhere, 'sonia-keller')).html, /n’est pas le bon/);
  assert.equal((await signIn(elsewhere, 'sonia-keller', another.motDePasse)).location, workshopPaths.classes);

  // The operator revokes her: everything ends at once, her class goes on for its learners.
  assert.match(
    (await site.operator('trainers')).out,
    /mamadou-diallo {2}Mamadou Diallo {2}provider[\s\S]*passphrase/,
  );
  const followed = await keller.follow(`${ofKeller.board}/suite`);
  assert.equal((await site.operator('revoke', 'sonia-keller')).code, 0);
  await lucie.get(workshopPaths.seat);
  await lucie.post(workshopPaths.seat, { main: 'levee' });
  assert.match(
    await followed.ended,
    /^event: parts\n[\s\S]*event: reload\ndata:\n\n$/,
    'an open board ends too',
  );
  assert.deepEqual(await look(keller, ofKeller), expected('nobody'), 'revoked');
  assert.match((await signIn(site.browser(), 'sonia-keller')).html, /n’est pas le bon/);
  assert.equal((await lucie.get(workshopPaths.seat)).status, 200);
  const secondLink = linkIn(await site.operator('invite-again', 'sonia-keller'));
  await accept(keller, secondLink);
  assert.equal((await keller.get(ofKeller.board)).status, 200);

  // She is removed: her class is erased; M. Diallo’s stays, also over a restart.
  assert.equal((await site.operator('remove', 'sonia-keller')).code, 0);
  await site.restart();
  assert.equal((await keller.get(ofKeller.board)).location, workshopPaths.trainer);
  assert.equal((await lucie.get(workshopPaths.seat)).location, workshopPaths.join);
  assert.equal((await diallo.get(ofDiallo.board)).status, 200);
  assert.equal((await site.operator('revoke', 'mamadou-diallo')).code, 0);
  organisation.tells({});
  assert.equal((await diallo.get(await journey(diallo))).location, workshopPaths.trainer);
  assert.match((await diallo.get(workshopPaths.trainer)).html, /Vous n’avez pas d’espace/);
  assert.doesNotMatch(site.log.join(''), /Keller|Diallo|isere\.example|samovar/i);
  assert.ok(!site.log.join('').includes(link.split('/').at(-1) ?? ''), 'nor a link');
});

/** A class whose trainer keeps it as a template, with the address of that. */
async function withTemplate<Class extends { readonly board: string }>(trainer: ProxiedBrowser, of: Class) {
  await trainer.get(of.board);
  await trainer.post(of.board, { action: 'garder' });
  const { html } = await trainer.get(workshopPaths.classes);
  const template = /href="(\/atelier\/formateur\/modeles\/[a-f\d]+)"/.exec(html)?.[1];
  assert.ok(template);
  return { ...of, template };
}

/** What a browser does at the provider, where the user agrees; answers the way back. */
async function throughProvider(address: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = new URL(address);
  while (at.origin !== publicUrl) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    await answer.body?.cancel();
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    at = new URL(answer.headers.get('location') ?? assert.fail(`${answer.status}`), at);
  }
  return at.pathname + at.search;
}
