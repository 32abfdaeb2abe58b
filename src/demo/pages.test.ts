import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { shippedReference } from '#src/caisses/reference.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import type { ClockMove } from '#src/demo/clock/clock.ts';
import { registerDemo } from '#src/demo/pages.ts';
import type { TrayMail } from '#src/demo/trays/mail-reading.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { openLog } from '#src/log/log.ts';
import { openEvents } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { type Language, languages } from '#src/texts/language.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import type { WebContext } from '#src/web/site.ts';
import { markupValidator } from '#test/pages/markup.ts';

const now = new Date('2026-11-21T13:05:00Z');
const clock = { now: () => now };
const context: WebContext = {
  policy: loadPolicy('ameli-2025'),
  caisses: shippedReference(),
  keyring: openKeyring(new Map([[1, Buffer.alloc(32, 7)]])),
  clock,
  random: systemRandom,
  events: openEvents({ log: openLog({ level: 'silent', clock, write: () => {} }), metrics: openMetrics() }),
  secure: false,
  demo: null,
};
const mail: TrayMail = {
  id: '00000001-aaaa',
  date: '2026-11-21T13:05:00.000Z',
  de: 'Votre Assurance Maladie <ne-pas-repondre@demo.invalid>',
  a: 'camille@example.fr',
  sujet: 'Votre <b>compte</b>',
  texte: 'Bonjour,\n\nhttp://localhost:3000/validation-email/f\n\n    04215678\n',
  html: '<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body><script>alert(1)</script></body></html>',
  liens: ['http://localhost:3000/validation-email/f'],
  code: '04215678',
};

const sms = [
  {
    id: '00000001',
    date: '2026-11-21T13:05:00.000Z',
    a: '+33639980001',
    texte: 'Votre <b>code</b> est 04215678.',
    code: '04215678',
  },
];

const letters = [
  {
    id: '3f2a91c4-0000-4000-8000-000000000001',
    date: '2026-11-21T13:05:00.000Z',
    destinataire: 'Camille <b>Venturi</b>, 63000 CLERMONT-FERRAND',
    pdf: '/demo/courriers/3f2a91c4-0000-4000-8000-000000000001.pdf',
    code: 'K7M2P9XQT4',
    documents: ['/demo/courriers/3f2a91c4-0000-4000-8000-000000000001-enclosure-01.pdf'],
  },
];

async function demo(language: Language = 'fr', mails: readonly TrayMail[] = [mail]) {
  const app = Fastify();
  await app.register(cookie);
  await app.register(formbody);
  app.addHook('onRequest', async (request) => {
    request.headers['accept-language'] = language;
  });
  const moved: string[] = [];
  let runs = 0;
  const move = (duration: string): ClockMove => {
    if (duration === '') return { kind: 'refused', reason: 'not-a-duration' };
    moved.push(duration);
    return { kind: 'moved', now };
  };
  registerDemo(app, {
    people: demoPersons({ generated: 60 }),
    sms: { list: () => sms },
    letters: {
      list: () => letters,
      file: async (name) => {
        const [letter] = letters;
        const isKnown = [letter?.pdf, ...(letter?.documents ?? [])].some((known) =>
          known?.endsWith(`/${name}`),
        );
        return letter && isKnown
          ? { id: letter.id, type: 'application/pdf', extension: 'pdf', content: Buffer.from('%PDF-') }
          : null;
      },
    },
    mails: { list: async () => mails, find: async (id) => mails.find((one) => one.id === id) ?? null },
    clock: { now: () => now, move },
    simulatorUrl: 'http://127.0.0.1:3001',
    context,
    visitors: null,
    unread: { email: read, sms: read, letter: read },
    onClockMoved: async () => {
      runs += 1;
    },
  });
  return { app, moved, runs: () => runs };
}

/** Nothing is unread. */
const read = { count: () => 0, isNew: () => false, opened: () => {} };

const validate = markupValidator({
  extends: ['html-validate:standard'],
  rules: { 'require-sri': 'off', 'long-title': 'off', 'tel-non-breaking': 'off' },
});

for (const language of languages)
  describe(`pages of the demo in ${language}`, () => {
    for (const path of [
      '/demo',
      '/demo/personnes',
      '/demo/personnes?q=decede',
      '/demo/personnes?q=zzz&page=abc',
      '/demo/personnes?page=2',
      '/demo/courriels',
      `/demo/courriels/${mail.id}`,
      '/demo/sms',
      '/demo/courriers',
      '/demo/horloge',
    ])
      test(path, async () => {
        const { app } = await demo(language);
        const { statusCode, body, headers } = await app.inject(path);
        assert.equal(statusCode, 200);
        assert.match(String(headers['content-type']), /^text\/html/);
        assert.equal(body.match(/<h1/g)?.length, 1);
        assert.deepEqual(await validate(body), []);
        if (language === 'fr' && !path.includes(mail.id)) {
          const shown = body.replace(/<head[\s\S]*?<\/head>/, '').replace(/<[^>]+>/g, '\n');
          assert.deepEqual(frenchTypographyFaults(shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>')), []);
        }
      });
  });

test('the JSON list of people has everything to type', async () => {
  const { app } = await demo();
  const people = (await app.inject('/demo/personnes.json')).json();
  assert.deepEqual(Object.keys(people[0]), [
    'cle',
    'situation',
    'nom',
    'nomUsage',
    'prenoms',
    'nir',
    'dateNaissance',
    'codePostal',
    'iban7',
    'carte',
    'franceConnect',
  ]);
  assert.deepEqual(people[0].franceConnect, { identifiant: people[0].cle, motDePasse: '123' });
  const without = people.filter((one: { franceConnect: unknown }) => one.franceConnect === null);
  assert.deepEqual(
    without.map(({ cle }: { cle: string }) => cle).filter((cle: string) => !cle.startsWith('genere-')),
    ['polymatheia', 'centenaire', 'decede'],
  );
});

test('the JSON lists of mails and SMS can be filtered by address', async () => {
  const { app } = await demo('fr', [mail, { ...mail, id: '2', a: 'dominique@example.fr' }]);
  assert.equal((await app.inject('/demo/courriels.json')).json().length, 2);
  assert.deepEqual((await app.inject('/demo/courriels.json?a=camille@example.fr')).json(), [mail]);
  assert.deepEqual((await app.inject('/demo/sms.json?a=%2B33639980001')).json(), sms);
  assert.deepEqual((await app.inject('/demo/sms.json?a=%2B33639980002')).json(), []);
});

test('the JSON list of letters links to the PDF of each', async () => {
  const { app } = await demo();
  assert.deepEqual((await app.inject('/demo/courriers.json')).json(), letters);
  const pdf = await app.inject(letters[0]?.pdf ?? '');
  assert.deepEqual(
    [pdf.statusCode, pdf.headers['content-type'], pdf.body],
    [200, 'application/pdf', '%PDF-'],
  );
  for (const path of ['/demo/courriers/rien.pdf', `/demo/courriers/${letters[0]?.id}`])
    assert.equal((await app.inject(path)).statusCode, 404);
});

test('the markup of a mail is shown as it is, in a sandbox', async () => {
  const { app } = await demo();
  const shown = await app.inject(`/demo/courriels/${mail.id}/html`);
  assert.equal(shown.body, mail.html);
  assert.equal(
    shown.headers['content-security-policy'],
    "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  );
  const listed = await app.inject('/demo/courriels');
  assert.equal(listed.body.includes('<b>compte'), false);
  const read = (await app.inject(`/demo/courriels/${mail.id}`)).body;
  assert.match(read, /href="http:\/\/localhost:3000\/validation-email\/f" class="govuk-button"/);
  for (const path of ['/demo/courriels/none', '/demo/courriels/none/html'])
    assert.equal((await app.inject(path)).statusCode, 404);
});

test('the clock moves from the page and from a program, and what is due runs at once', async () => {
  const { app, moved, runs } = await demo();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const post = (payload: string, headers = {}) =>
    app.inject({ method: 'POST', url: '/demo/horloge', headers: { ...form, ...headers }, payload });
  const person = await post('avancerDe=P7D');
  assert.deepEqual([person.statusCode, person.headers.location], [303, '/demo/horloge']);
  await post('nombre=3&unite=semaines');
  const program = await post('avancerDe=P21D', { accept: 'application/json' });
  assert.deepEqual([program.statusCode, program.json()], [200, { maintenant: now.toISOString() }]);
  assert.deepEqual([moved, runs()], [['P7D', 'P3W', 'P21D'], 3]);

  const refused = await post('avancerDe=');
  assert.equal(refused.statusCode, 400);
  assert.match(refused.body, /<title>Erreur/);
  assert.match(refused.body, /href="#nombre"/);
  const machine = await post('autre=1', { accept: 'application/json' });
  assert.deepEqual([machine.statusCode, machine.json()], [400, { erreur: 'not-a-duration' }]);
  assert.equal((await post('avancerDe=P1D', { 'sec-fetch-site': 'cross-site' })).statusCode, 403);
  assert.equal(runs(), 3);
});
