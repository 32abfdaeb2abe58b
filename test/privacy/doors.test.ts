import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiEndpoints } from '#src/api/endpoints.ts';
import { sitePages } from '#src/app.ts';
import { paths, withId, withParameters } from '#src/paths.ts';
import { Program } from '../api/program.ts';
import { outside, same } from '../security/alike.ts';
import { testApp } from '../setting/application.ts';
import { sentDuring } from '../setting/statements.ts';
import { goodPassword } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { type Family, look, openFamily, people } from './family.ts';

/**
 * What somebody gets at a door who is signed in: `own`, a page of their own; `missing`, as if there were nothing, since
 * what the address names is not theirs.
 */
interface Door {
  readonly at: (of: Family['ids']) => string;
  /** The status that the owner gets. */
  readonly owner: number;
  readonly others: 'own' | 'missing';
}

const page = (path: string, owner = 200): Door => ({ at: () => path, owner, others: 'own' });
const nobodys = '00000000-0000-4000-8000-000000000000';

/** Every address of the account: a new one must say here who gets what. */
const doors: Readonly<Record<string, Door>> = {
  [paths.account]: page(paths.account),
  [paths.accountInformation]: page(paths.accountInformation),
  [paths.accountPassword]: page(paths.accountPassword),
  [paths.accountEmail]: page(paths.accountEmail),
  [paths.accountEmailCode]: page(paths.accountEmailCode),
  [paths.accountTelephones]: page(paths.accountTelephones),
  [paths.accountConsents]: page(paths.accountConsents),
  [paths.accountCopy]: page(paths.accountCopy),
  [paths.accountPaper]: page(paths.accountPaper),
  [paths.accountDevices]: page(paths.accountDevices),
  [paths.accountForgetDevices]: page(paths.accountForgetDevices),
  [paths.accountFranceConnect]: page(paths.accountFranceConnect, 303),
  [paths.accountDocuments]: page(paths.accountDocuments),
  [paths.accountDocument]: {
    at: ({ document }) => withId(paths.accountDocument, document),
    ...{ owner: 200, others: 'missing' },
  },
  [paths.accountPayments]: page(paths.accountPayments),
  [`${paths.accountPayments}, filtered`]: page(`${paths.accountPayments}?beneficiaire=3&nature=soins`),
  [paths.accountPaymentsCsv]: page(paths.accountPaymentsCsv),
  [paths.accountPayment]: {
    at: ({ mixed }) => withParameters(paths.accountPayment, { paiement: mixed }),
    ...{ owner: 200, others: 'missing' },
  },
  [paths.accountStatement]: page(withParameters(paths.accountStatement, { mois: '2026-02' })),
  [paths.accountTaxStatement]: page(withParameters(paths.accountTaxStatement, { annee: '2026' })),
  [paths.messages]: page(paths.messages),
  [paths.messageWrite]: page(paths.messageWrite),
  [paths.messageThread]: {
    at: ({ thread }) => withParameters(paths.messageThread, { id: thread }),
    ...{ owner: 200, others: 'missing' },
  },
  [paths.messageFile]: {
    at: ({ thread, file }) => withParameters(paths.messageFile, { id: thread, file }),
    ...{ owner: 200, others: 'missing' },
  },
  [paths.accountOffline]: page(paths.accountOffline),
  [paths.accountAttestation]: page(paths.accountAttestation),
  [paths.accountEuropeanCard]: page(paths.accountEuropeanCard),
};

/** The same of the API, without its root. */
const apiDoors: Readonly<Record<string, Door>> = {
  '/mon-compte/paiements': page('/mon-compte/paiements'),
  '/mon-compte/paiements/:id': {
    at: ({ mixed }) => `/mon-compte/paiements/${mixed}`,
    ...{ owner: 200, others: 'missing' },
  },
  '/mon-compte/droits': page('/mon-compte/droits'),
  '/mon-compte/documents': page('/mon-compte/documents'),
  '/mon-compte/documents/:id/fichier': {
    at: ({ document }) => `/mon-compte/documents/${document}/fichier`,
    ...{ owner: 200, others: 'missing' },
  },
  '/mon-compte/messages': page('/mon-compte/messages'),
  '/mon-compte/messages/:fil/pieces/:piece': {
    at: ({ thread, file }) => `/mon-compte/messages/${thread}/pieces/${file}`,
    ...{ owner: 200, others: 'missing' },
  },
  '/mon-compte/releves/:mois.pdf': page('/mon-compte/releves/2026-02.pdf'),
  '/mon-compte/releve-fiscal/:annee.pdf': page('/mon-compte/releve-fiscal/2026.pdf'),
};

/** What is written into things, by whom they are about; the sum of the payment that is about all of them. */
const words = {
  owner: ['OWNACT', 'OWNPAPER', 'OWNWORD', 'OWNFILE'],
  child: ['LISEACT', 'LISEPAPER'],
  hidden: ['GROWNACT', 'GROWNPAPER', 'SPOUSEACT', 'Maxime', 'Camille', '84,00', '8400', '84.00'],
};

test('every door of the account has its row', async (t) => {
  const { services } = await testApp(t);
  const addresses = sitePages(services).map(({ path }) => path);
  const ofAccount = addresses.filter((path) => /^\/mon-compte(\/|\.|$)/.test(path));
  const named = Object.keys(doors).map((name) => name.replace(/, .*/, ''));
  assert.deepEqual(ofAccount.toSorted(), [...new Set(named)].sort());
  const endpoints = apiEndpoints(services).map(({ path }) => path);
  const inAccount = endpoints.filter((path) => path.startsWith('/mon-compte'));
  assert.deepEqual(inAccount.toSorted(), Object.keys(apiDoors).sort());
});

test('who sees what: each door, each viewer', async (t) => {
  const family = await openFamily(t);
  const { app, ids, visitors } = family;
  const { owner, ...others } = visitors;
  const signedOut = owner.twin();
  const all = [...words.owner, ...words.child, ...words.hidden];

  await t.test('the owner sees their own and the child’s, and nothing of anybody of age', async () => {
    const seen: string[] = [];
    for (const [name, { at, owner: expected }] of Object.entries(doors)) {
      const { status, text, headers } = await look(app, owner, at(ids));
      assert.equal(status, expected, name);
      assert.match(String(headers['cache-control']), /no-store/, name);
      for (const word of words.hidden) assert.ok(!text.includes(word), `${name}: ${word}`);
      seen.push(text);
    }
    for (const word of [...words.owner, ...words.child])
      assert.ok(
        seen.some((text) => text.includes(word)),
        `${word} is seen somewhere`,
      );
  });

  for (const [who, visitor] of Object.entries(others))
    await t.test(`${who} sees nothing of it`, async () => {
      for (const [name, { at, others: expected }] of Object.entries(doors)) {
        const { status, text } = await look(app, visitor, at(ids));
        if (expected === 'missing') assert.equal(status, 404, name);
        else assert.ok(status < 400 || status === 404, `${name}: ${status}`);
        for (const word of all) assert.ok(!text.includes(word), `${name}: ${word}`);
      }
    });

  await t.test('programs get the same, and nothing without a token', async () => {
    const program = new Program(app);
    await program.ask('POST', '/connexion', { nir: people.owner.line.nir, motDePasse: goodPassword });
    const spouse = new Program(app);
    await spouse.ask('POST', '/connexion', { nir: people.spouse.line.nir, motDePasse: goodPassword });
    const root = '/api/v1';
    for (const [name, { at, others: expected }] of Object.entries(apiDoors)) {
      const own = await look(app, program.token, root + at(ids));
      assert.equal(own.status, 200, name);
      assert.match(String(own.headers['cache-control']), /no-store/, name);
      for (const word of words.hidden) assert.ok(!own.text.includes(word), `${name}: ${word}`);
      const other = await look(app, spouse.token, root + at(ids));
      if (expected === 'missing') assert.equal(other.status, 404, name);
      for (const word of all) assert.ok(!other.text.includes(word), `${name}: ${word}`);
      assert.equal((await look(app, null, root + at(ids))).status, 401, name);
    }
    const { token } = program;
    await program.ask('DELETE', '/connexion');
    for (const [name, { at }] of Object.entries(apiDoors))
      assert.equal((await look(app, token, root + at(ids))).status, 401, `${name}, signed out`);
  });

  await t.test(
    'what is hidden, somebody else’s or not there is one answer, for the same statements',
    async () => {
      const things = {
        [paths.accountPayment]: { paiement: [ids.spousesPayment, ids.parentsPayment] },
        [paths.accountDocument]: { id: [ids.hidden, ids.parentsDocument, ids.file] },
        [paths.messageThread]: { id: [ids.parentsThread, ids.document] },
      };
      for (const [path, parameter] of Object.entries(things))
        for (const [name, tried] of Object.entries(parameter)) {
          const answers: [string, unknown][] = [];
          for (const id of [nobodys, ...tried]) {
            const address = withParameters(path, { [name]: id });
            let seen: unknown;
            const sent = await sentDuring(async () => {
              const answer = outside(await owner.get(address));
              seen = { ...answer, html: answer.html.replaceAll(id, ':id') };
            });
            answers.push([id, { seen, statements: sent.length }]);
          }
          same(answers, path);
        }
    },
  );

  await t.test(
    'a stranger, and a person who presses «back» after signing out, is asked to sign in',
    async () => {
      await owner.get(paths.account);
      assert.equal((await owner.post(paths.signOut)).status, 303);
      for (const visitor of [new Visitor(app), signedOut, owner])
        for (const [name, { at }] of Object.entries(doors)) {
          const { status, headers, text } = await look(app, visitor, at(ids));
          assert.deepEqual([status, headers.location], [303, paths.signIn], name);
          for (const word of all) assert.ok(!text.includes(word), `${name}: ${word}`);
        }
    },
  );
});
