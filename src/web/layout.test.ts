import assert from 'node:assert/strict';
import { test } from 'node:test';
import { informationPage, informationPaths } from '#src/information/pages.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { languages } from '#src/texts/language.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { bankDetails } from '#src/web/drawings/bank-details.ts';
import { cardBack } from '#src/web/drawings/card-back.ts';
import { cardFront } from '#src/web/drawings/card-front.ts';
import { html } from '#src/web/html.ts';
import {
  awayPage,
  brokenPage,
  expiredFormPage,
  misdirectedPage,
  notFoundPage,
  overloadedPage,
  tooManyPage,
  unreadablePage,
} from '#src/web/http/error-pages.ts';
import { page, stepProgress } from '#src/web/layout.ts';
import type { Visit } from '#src/web/visit.ts';
import { roleOfSeat } from '#src/workshop/classroom/role.ts';
import { inventRoster } from '#src/workshop/classroom/roster.ts';
import { markupValidator } from '#test/pages/markup.ts';

const { wording } = loadPolicy('ameli-2025');
const visit: Visit = {
  path: '/creer-mon-compte',
  language: 'fr',
  voice: 'fr',
  contrast: false,
  isCopy: false,
  csrfToken: () => 'proof',
  serviceName: 'compte ameli',
  supportTelephone: '3646',
  supportMailbox: null,
  supportForm: null,
  supportRelay: null,
  conformity: 'non',
  wording,
  passwordWord: 'mot de passe',
  caisse: { code: '801', name: 'Somme' },
  signedIn: false,
  sessionEndsAt: new Date('2026-11-21T13:15:00Z'),
  sessionEnding: {
    lastAt: new Date('2026-11-21T16:00:00Z'),
    afterwards: { kind: 'begin-again', path: '/creer-mon-compte' },
    isPublic: false,
    keepsDraft: false,
  },
  warningSeconds: 150,
  demo: {
    kind: 'demo',
    home: '/demo',
    trays: {
      email: { path: '/demo/courriels', unread: 2 },
      sms: { path: '/demo/sms', unread: 0 },
      letter: { path: '/demo/courriers', unread: 1 },
    },
    papers: [],
    praise: null,
    person: 'Ange Venturi',
  },
  now: new Date('2026-11-21T13:00:00Z'),
};
const content = { title: 'Mot de passe', body: html`<h1>Mot de passe</h1>` };

function textOf(document: string): string {
  return document
    .replace(/<(script|style|head)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

test('the title names the page and the service, and says that a form was refused', () => {
  assert.match(page(visit, content), /<title>Mot de passe – compte ameli<\/title>/);
  assert.match(
    page(visit, { ...content, state: 'refused' }),
    /<title>Erreur\u00a0: Mot de passe – compte ameli<\/title>/,
  );
  const english = page({ ...visit, language: 'en', voice: 'en' }, { ...content, state: 'refused' });
  assert.match(english, /<html lang="en">/);
  assert.match(english, /<title>Error: Mot de passe – compte ameli<\/title>/);
});

test('line breaks of a template stand for nothing, those of what stands in it are kept', () => {
  const markup = html`<p>
      ${'une\n  ligne'}
    </p>
    <p>${html`<b>un</b> <b>mot</b>`}</p>`;
  assert.equal(markup.toString(), '<p>une\n  ligne</p><p><b>un</b> <b>mot</b></p>');
});

test('the header shows the caisse, and a link to sign in or a button to sign out', () => {
  const stranger = textOf(page(visit, content)).replace(/\s+/g, ' ');
  assert.match(stranger, /VOTRE CAISSE : Somme CHANGER/);
  assert.match(stranger, /Se connecter/);
  const member = page({ ...visit, signedIn: true, caisse: null }, content);
  assert.doesNotMatch(member, /VOTRE CAISSE|Se connecter/);
  assert.match(
    member,
    /<form method="post" action="\/deconnexion" novalidate><input type="hidden" name="_csrf"/,
  );
});

test('language and contrast can be switched on every page, which stays the same', () => {
  assert.match(page(visit, content), /href="\/creer-mon-compte\?lang=en" lang="en" hreflang="en"/);
  assert.match(page(visit, content), /href="\/creer-mon-compte\?contraste=oui">VERSION CONTRASTÉE/);
  const contrasted = page({ ...visit, contrast: true }, content);
  assert.match(contrasted, /<html lang="fr" class="contraste">/);
  assert.match(contrasted, /contraste=non">VERSION STANDARD/);
});

test('the band of an exercise says both names of a person, each in its row, and leads nowhere outside', () => {
  const person = inventRoster(7, 1, { people: 'carte-photo', begins: 'without-account' }).get(1)?.[0];
  assert.ok(person && visit.demo);
  const line = { ...person.person.line, birthName: 'Le Goff', usageName: 'Castelain' };
  const { papers = [] } = roleOfSeat({ ...person, person: { ...person.person, line } });
  const relay = { name: 'Acceo', address: 'https://app.acce-o.fr' };
  const relayed = { ...visit, supportRelay: relay };
  const exercise = page({ ...relayed, demo: { ...visit.demo, kind: 'exercise', papers } }, content);
  assert.match(
    exercise,
    /<dt>Nom<\/dt><dd>Le Goff<\/dd><\/div><div><dt>Nom d’usage<\/dt><dd>Castelain<\/dd>/,
  );
  assert.match(page(relayed, content), /href="https:\/\/app/);
  assert.doesNotMatch(exercise, /href="http/);
  assert.match(exercise, /Acceo/);
});

test('the end of the session is shown, and computed by the server’s clock', () => {
  const document = page(visit, content);
  assert.match(textOf(document), /jusqu’à 14\u00a0h\u00a015/);
  assert.match(document, /data-session-seconds="900" data-warn="150"/);
  assert.doesNotMatch(page({ ...visit, sessionEndsAt: null }, content), /data-session/);
});

test('the demo banner is shown in the demo only', () => {
  assert.match(textOf(page(visit, content)), /Tout est fictif[\s\S]*toutes les personnes sont fictives/);
  assert.doesNotMatch(page({ ...visit, demo: null }, content), /fictif|fictives|\/demo/);
});

test('nothing inline: the page obeys its content security policy', () => {
  assert.doesNotMatch(
    page(visit, content),
    / style=| on\w+=|<style|<script(?! type="module" src="\/assets\/)/,
  );
});

test('progress is in words', () => {
  assert.equal(String(stepProgress(visit, 1, 3)), '<p class="step">Étape 1 sur 3</p>');
});

const until = new Date('2026-11-21T19:00:00Z');
function everyPage(of: Visit): string[] {
  return [
    notFoundPage(of),
    misdirectedPage(of),
    unreadablePage(of),
    expiredFormPage(of, '/connexion'),
    tooManyPage(of, until),
    brokenPage(of, 'req-1a'),
    overloadedPage(of, 5),
    awayPage(of, 5, true),
    overloadedPage(of, 1, { action: '/connexion', token: 'proof', fields: [['nir', '"<1']] }),
    ...informationPaths.map((path) => informationPage({ ...of, path }, path)),
    page(of, {
      title: 'Dessins',
      body: html`<h1>Dessins</h1>${cardFront(of, 'photo')}${cardFront(of, 'sans-photo')}${cardBack(of, 'photo')}${cardBack(of, 'sans-photo')}${bankDetails(of)}`,
    }),
  ];
}

test('every page of the kit is valid HTML, with one h1 and its own title', async () => {
  const validate = markupValidator({
    extends: ['html-validate:recommended'],
    rules: {
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
      'doctype-style': 'off',
      'tel-non-breaking': 'off',
    },
  });
  for (const language of languages)
    for (const signedIn of [false, true]) {
      for (const document of everyPage({ ...visit, language, voice: language, signedIn })) {
        assert.deepEqual(await validate(document), [], document.slice(0, 200));
        assert.equal(document.match(/<h1/g)?.length, 1);
      }
    }
});

test('a page that is not found leads those who are signed in to their account', () => {
  const ways = (document: string) =>
    [...document.matchAll(/<li><a class="govuk-link" href="([^"]*)"/g)].map(([, href]) => href);
  assert.ok(ways(notFoundPage(visit)).includes('/creer-mon-compte'));
  const found = ways(notFoundPage({ ...visit, signedIn: true }));
  assert.ok(found.includes('/mon-compte') && !found.includes('/creer-mon-compte'), found.join());
});

test('French pages are typeset as French', () => {
  for (const demo of [null, visit.demo])
    for (const document of everyPage({ ...visit, demo }))
      assert.deepEqual(
        frenchTypographyFaults(textOf(document)).filter((fault) => !fault.includes('"<1')),
        [],
      );
});

test('a refusal says until when and which number to call; a failure shows its reference', () => {
  assert.match(
    textOf(tooManyPage(visit, until)),
    /continuer le\u00a021\u00a0novembre\u00a02026 à\u00a020\u00a0h\u00a000/,
  );
  for (const document of everyPage(visit).slice(0, 6)) assert.match(textOf(document), /téléphonez au 3646/);
  assert.match(textOf(brokenPage(visit, 'req-1a')), /référence\u00a0: req-1a/);
  assert.doesNotMatch(brokenPage(visit), /référence/);
});

test('an overload page keeps the typed fields, escaped', () => {
  const document = overloadedPage(visit, 5, {
    action: '/connexion',
    token: 'proof',
    fields: [['nir', '"<1']],
  });
  assert.match(document, /<form method="post" action="\/connexion" novalidate>/);
  assert.match(document, /<input type="hidden" name="nir" value="&quot;&lt;1">/);
});

test('drawings are small, have a text alternative, and show no real number', () => {
  for (const language of languages)
    for (const drawing of [
      cardFront({ voice: language }, 'photo'),
      cardFront({ voice: language }, 'sans-photo'),
      cardBack({ voice: language }, 'photo'),
      cardBack({ voice: language }, 'sans-photo'),
      bankDetails({ voice: language }),
    ]) {
      assert.match(String(drawing), /^<svg class="drawing" [^>]*role="img"[^>]*><title>[^<]+<\/title>/);
      assert.ok(Buffer.byteLength(String(drawing)) <= 1300, String(Buffer.byteLength(String(drawing))));
    }
});
