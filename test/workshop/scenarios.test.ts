import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import type { SheetPage } from '#src/workshop/papers/steps/pages.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { readPdf } from '../documents/other-readers.ts';
import type { Browser } from '../reliability/browser.ts';
import { contactOf, goodPassword } from '../steps.ts';
import { recordFaults } from '../walks/sheet-labels.ts';
import { actionOn, throughFranceConnect, toFranceConnect, travel } from './franceconnect-steps.ts';
import { identityOnDesk, onDesk, openRoom, prepareClass, takeSeat } from './room.ts';

/** The code of a letter stands alone, in groups. */
const codeLine = /Le voici :\n([\dA-Z\s]+)\nCe code/;

const noticePattern = /href="(\/atelier\/poste\/courriels\/\d[^"]+)">(?:(?!<\/a>).)*Nouvelle connexion/s;
const fakePattern = /href="(\/atelier\/poste\/courriels\/\d[^"]+)">(?:(?!<\/a>).)*URGENT/s;
const mailPattern = /href="(\/atelier\/poste\/courriels\/\d[^"]+)"/;
const linkPattern = (part: string) => new RegExp(`href="http://[^/]+(/${part}/[^"]+)"`);

interface Seat {
  readonly learner: Browser;
  readonly desk: string;
  readonly trainer: Browser;
  readonly board: string;
}

/** How somebody who knows only the pages comes to the end of each exercise that ships. */
const walks: Readonly<Record<string, (seat: Seat) => Promise<void>>> = {
  'premiers-pas-carte-vitale': async (seat) => {
    assert.match(seat.desk, /<h2[^>]*>Votre carte Vitale<\/h2>/);
    asOnSheets(seat.desk, 'desk', 'desk-mails', 'desk-sms', 'desk-letters');
    await identify(seat, paths.proof);
    await prove(seat);
    await openAccount(seat);
    await confirm(seat);
    await signIn(seat, goodPassword);
  },
  'carte-sans-photo': async (seat) => {
    const { learner, trainer, board } = seat;
    assert.match(seat.desk, /Votre carte Vitale, sans photo/);
    await identify(seat, paths.proof);
    await prove(seat);
    await openAccount(seat);
    // The mail is on its way, and asking again brings nothing sooner.
    await until(async () => /(L’email arrive plus tard)/.exec((await trainer.get(`${board}/places/1`)).html));
    for (const box of [workshopPaths.seatMails, workshopPaths.seatSpam])
      assert.doesNotMatch((await learner.get(box)).html, mailPattern);
    await until(async () => {
      await trainer.get(board);
      await trainer.post(board, { action: 'horloge', nombre: '1', unite: 'heures' });
      return mailPattern.exec((await learner.get(workshopPaths.seatMails)).html);
    });
    await confirm(seat);
    await praised(learner, 'bravo-attente', /Bravo, vous avez attendu/);
    await signIn(seat, goodPassword);
  },
  'code-par-courrier': async (seat) => {
    const { learner, desk, trainer, board } = seat;
    assert.match(desk, /Cette personne n’a pas de carte Vitale/);
    await identify(seat, paths.otherWays);
    await answer(learner, paths.otherWays, { canal: 'courrier' }, paths.provisionalCode);
    assert.match((await learner.get(workshopPaths.seatLetters)).html, /Aucun courrier/);
    await trainer.get(board);
    await trainer.post(board, { action: 'facteur' });
    const letters = (await learner.get(workshopPaths.seatLetters)).html;
    asOnSheets(letters, 'letters');
    const letter = /href="(\/atelier\/poste\/courriers\/[^"]+)"/.exec(letters)?.[1] ?? '';
    const { text } = await marked(learner, letter);
    const code = codeLine.exec(text)?.[1] ?? text;
    await answer(learner, paths.provisionalCode, { ...identityOnDesk(desk), code }, paths.terms);
    await openAccount(seat);
    await confirm(seat);
    await signIn(seat, goodPassword);
  },
  'code-par-sms': async (seat) => {
    const { learner } = seat;
    await identify(seat, paths.otherWays);
    const shown = /name="affichee" value="(\d+)"/.exec((await learner.get(paths.otherWays)).html)?.[1] ?? '';
    await answer(learner, paths.otherWays, { canal: 'sms', affichee: shown }, paths.provisionalCode);
    const code = await until(async () =>
      /\bcode (?:est )?(\d{4,10})\b/.exec((await learner.get(workshopPaths.seatSms)).html),
    );
    await answer(learner, paths.provisionalCode, { ...identityOnDesk(seat.desk), code }, paths.terms);
    await openAccount(seat);
    await confirm(seat);
    await signIn(seat, goodPassword);
  },
  'mot-de-passe-oublie': async (seat) => {
    const { learner, desk } = seat;
    assert.match(desk, /Elle a oublié son mot de passe/);
    assert.doesNotMatch(desk, new RegExp(demoPassword));
    await learner.get(paths.signIn);
    await until(async () =>
      /(Le compte se bloque)/.exec((await seat.trainer.get(`${seat.board}/places/1`)).html),
    );
    const nir = onDesk(desk, 'Numéro de sécurité sociale');
    assert.equal((await learner.post(paths.signIn, { nir, motDePasse: 'Peut-etre9' })).status, 422);
    const who = { nir: onDesk(desk, 'Numéro de sécurité sociale'), email: onDesk(desk, 'Adresse email') };
    asOnSheets((await learner.get(paths.forgotten)).html, 'forgotten');
    asOnSheets((await learner.get(paths.signIn)).html, 'forgotten-link');
    await answer(learner, paths.forgotten, who, paths.forgottenSent);
    const link = await linkIn(learner, 'connexion/nouveau-mot-de-passe');
    asOnSheets((await learner.get(link)).html, 'new-password');
    await answer(learner, link, { motDePasse: goodPassword, confirmation: goodPassword }, null);
    await signIn(seat, goodPassword);
    await praised(learner, 'bravo-compte', /Bravo, vous n’avez pas insisté/);
  },
  franceconnect: async (seat) => {
    const { learner } = seat;
    await throughFranceConnect(learner, seat.desk, 'creation', paths.terms);
    await openAccount(seat);
    await confirm(seat);
    await throughFranceConnect(learner, seat.desk, 'connexion', paths.account);
    assert.equal((await learner.get(paths.account)).status, 200);
  },
  'franceconnect-en-panne': async (seat) => {
    const { learner } = seat;
    await learner.get(paths.identity);
    await until(async () =>
      /(FranceConnect ne répond pas)/.exec((await seat.trainer.get(`${seat.board}/places/1`)).html),
    );
    const down = await toFranceConnect(learner);
    assert.deepEqual([down.status, /FranceConnect est en panne/.test(down.html)], [503, true]);
    const back = await learner.post(actionOn(down), { action: 'panne' });
    const away = await travel(learner, back);
    assert.equal(away.location, paths.franceConnectOutcome);
    assert.match((await learner.get(paths.franceConnectOutcome)).html, /FranceConnect/);
    await identify(seat, paths.proof);
    await praised(learner, 'bravo-franceconnect', /Bravo, vous avez pris un autre chemin/);
    await prove(seat);
    await openAccount(seat);
    await confirm(seat);
    await signIn(seat, goodPassword);
  },
  'email-perdu': async (seat) => {
    const { learner } = seat;
    await identify(seat, paths.proof);
    await prove(seat);
    await openAccount(seat);
    const mails = () => learner.get(workshopPaths.seatMails);
    const spam = await until(async () => mailPattern.exec((await learner.get(workshopPaths.seatSpam)).html));
    asOnSheets((await learner.get(spam)).html, 'spam-mail', 'mail');
    asOnSheets((await mails()).html, 'mails');
    assert.doesNotMatch((await mails()).html, mailPattern);
    const dead = linkPattern('validation-email').exec((await learner.get(spam)).html)?.[1] ?? '';
    await until(async () => /(n’est plus actif)/.exec((await learner.get(dead)).html));
    asOnSheets((await learner.get(dead)).html, 'link-dead');
    await learner.post(spam, { dossier: 'reception' });
    await praised(learner, 'bravo-indesirables', /Bravo, vous avez regardé/);
    // Another mail leaves only a while after the first.
    await seat.trainer.get(seat.board);
    await seat.trainer.post(seat.board, { action: 'horloge', duree: 'PT3M' });
    await answer(learner, paths.waiting, {}, paths.waiting, paths.waitingResend);
    await until(async () => {
      const link = await linkIn(learner, 'validation-email');
      return link === dead ? null : /(.+)/.exec(link);
    });
    await confirm(seat);
    await praised(learner, 'bravo-lien', /Bravo, vous avez demandé un autre lien/);
    await signIn(seat, goodPassword);
  },
  'vraie-ou-fausse': async (seat) => {
    const { learner, desk } = seat;
    await signIn(seat, onDesk(desk, 'Mot de passe'));
    // That of the service and the fake one come in either order; both are opened.
    await learner.get(await mailTitled(learner, noticePattern));
    const mail = await mailTitled(learner, fakePattern);
    const trap = linkPattern('atelier/poste/vrai-ou-faux').exec((await learner.get(mail)).html)?.[1] ?? '';
    const trapped = (await learner.get(trap)).html;
    assert.match(trapped, /C’était un piège/);
    assert.doesNotMatch(trapped, /<input(?! type="hidden")/);
    await told(learner, mail, { avis: 'faux' }, /Bravo, cet email était faux/);

    const call = await until(async () =>
      /(Votre téléphone sonne)/.exec((await learner.get(workshopPaths.seat)).html),
    );
    assert.match((await learner.get(workshopPaths.seatSms)).html, /votre code est \d{6}/);
    await told(learner, workshopPaths.seat, { appel: 'code' }, /Ne donnez jamais ce code/);
    await told(learner, workshopPaths.seat, { appel: 'raccrocher' }, /Bravo, vous avez raccroché/);
    assert.doesNotMatch((await learner.get(workshopPaths.seat)).html, new RegExp(call));

    await seat.trainer.get(seat.board);
    const incident = { action: 'incident', incident: 'call-for-a-code', place: '1' };
    assert.equal((await seat.trainer.post(seat.board, incident)).status, 303);
    assert.match((await learner.get(workshopPaths.seat)).html, new RegExp(call));
    assert.notEqual((await seat.trainer.post(seat.board, { ...incident, place: '2' })).status, 303);
    assert.match((await learner.get(paths.help)).html, />2 messages</);
    const { text } = await readPdf(await learner.file(workshopPaths.seatForged));
    assert.match((await learner.get(paths.help)).html, />1 SMS</);
    assert.match(text, /carte bancaire/);
    await told(learner, workshopPaths.seatLetters, { lettre: 'recu' }, /Bravo, cette lettre était fausse/);
  },
  'paiements-et-attestation': async (seat) => {
    const { learner, desk } = seat;
    await signIn(seat, onDesk(desk, 'Mot de passe'));
    await until(async () => /(<table)/.exec((await learner.get(paths.accountPayments)).html));
    const { html } = await learner.get(paths.accountPayments);
    const statement = /href="([^"]+\/releves\/[^"]+\.pdf)"/.exec(html)?.[1];
    assert.ok(statement);
    await marked(learner, statement);
    asOnSheets((await learner.get(paths.accountAttestation)).html, 'attestation');
    const account = (await learner.get(paths.account)).html;
    asOnSheets(account, 'account-payments', 'account-attestation', 'account-messages');
    asOnSheets(html, 'payments');
    asOnSheets((await learner.get(paths.messages)).html, 'messages');
    asOnSheets((await learner.get(paths.messageWrite)).html, 'message-write');
  },
};

/** A PDF of a class: each of its pages, and its title, say that it is an exercise. */
async function marked(learner: Browser, path: string) {
  const pdf = await learner.file(path);
  assert.ok(pdf.includes('>Exercice – '), path);
  const read = await readPdf(pdf);
  for (const { texts } of read.pages)
    assert.match(texts.map(({ text }) => text).join(' '), /Exercice\s: aucune vraie donnée\./, path);
  return read;
}

test('each exercise that ships can be walked to its end by its pages', async (t) => {
  const room = await openRoom(t);
  const shipped = readdirSync('scenarios').map((name) => name.replace(/\.json$/, ''));
  assert.deepEqual(Object.keys(walks).sort(), shipped.sort());
  for (const [scenario, walk] of Object.entries(walks))
    await t.test(scenario, async () => {
      const { trainer, board, code } = await prepareClass(room, { scenario, places: '1' });
      await walk({ ...(await takeSeat(room, code)), trainer, board });
      await trainer.get(board);
      await trainer.post(board, { action: 'effacer' });
    });
});

/** A page has the labels that the step sheets of its policy take from their pictures of it. */
function asOnSheets(html: string, ...pages: readonly SheetPage[]): void {
  const text = html.replaceAll(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, '');
  const of = { policy: 'ameli-2025', language: 'fr' } as const;
  assert.deepEqual(
    pages.flatMap((name) => recordFaults(text, { ...of, name })),
    [],
    'npm run guides -- --sheets',
  );
}

async function answer(
  browser: Browser,
  path: string,
  fields: Readonly<Record<string, string>>,
  to: string | null,
  action = path,
): Promise<void> {
  assert.equal((await browser.get(path)).status, 200, path);
  const seen = await browser.post(action, fields);
  assert.equal(seen.status, 303, `${path}: ${/<title>(.*?)</.exec(seen.html)?.[1]}`);
  if (to !== null) assert.equal(seen.location, to);
}

/** What a page tells after a form of another. */
async function told(
  browser: Browser,
  path: string,
  fields: Readonly<Record<string, string>>,
  pattern: RegExp,
): Promise<void> {
  await browser.get(path);
  const seen = await browser.post(path, fields);
  assert.match((await browser.get(seen.location ?? '')).html, pattern);
}

function identify({ learner, desk }: Seat, to: string): Promise<void> {
  return answer(learner, paths.identity, identityOnDesk(desk), to);
}

async function prove({ learner, desk }: Seat): Promise<void> {
  const iban7 = onDesk(desk, 'IBAN').replaceAll(' ', '').slice(-7);
  const numeroSerie = onDesk(desk, 'Numéro de série de la carte');
  await answer(learner, paths.proof, { iban7, numeroSerie }, paths.terms);
}

async function openAccount({ learner, desk }: Seat): Promise<void> {
  await answer(learner, paths.terms, { accord: 'oui' }, paths.password);
  const password = { motDePasse: goodPassword, confirmation: goodPassword };
  await answer(learner, paths.password, password, paths.contact);
  await answer(learner, paths.contact, contactOf(onDesk(desk, 'Adresse email')), paths.waiting);
  await learner.get(paths.waiting);
}

async function confirm({ learner }: Seat): Promise<void> {
  await answer(learner, await linkIn(learner, 'validation-email'), {}, paths.confirmed);
}

async function signIn({ learner, desk }: Seat, motDePasse: string): Promise<void> {
  const nir = onDesk(desk, 'Numéro de sécurité sociale');
  await answer(learner, paths.signIn, { nir, motDePasse }, paths.account);
  assert.equal((await learner.get(paths.account)).status, 200);
}

/** The band says «Bravo» on any page, and its page why; once. */
async function praised(learner: Browser, verdict: string, pattern: RegExp): Promise<void> {
  const address = await until(async () =>
    new RegExp(`<a href="(${workshopPaths.seat}/vrai-ou-faux/${verdict})">Bravo`).exec(
      (await learner.get(paths.help)).html,
    ),
  );
  assert.match((await learner.get(workshopPaths.seat)).html, /Vous avez bien réagi/);
  assert.match((await learner.get(address)).html, pattern);
  assert.doesNotMatch((await learner.get(paths.help)).html, new RegExp(verdict));
}

/** The link that the newest mail of a mailbox offers, once it has come. */
async function linkIn(learner: Browser, part: string): Promise<string> {
  return until(async () => {
    const mails = (await learner.get(workshopPaths.seatMails)).html;
    const mail = mailPattern.exec(mails)?.[1];
    return mail === undefined ? null : linkPattern(part).exec((await learner.get(mail)).html);
  });
}

async function mailTitled(learner: Browser, pattern: RegExp): Promise<string> {
  return until(async () => pattern.exec((await learner.get(workshopPaths.seatMails)).html));
}

async function until(find: () => Promise<RegExpExecArray | null>): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = (await find())?.[1];
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error('It never came');
}
