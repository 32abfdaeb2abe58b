import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import {
  documentsAnswer,
  messagesAnswer,
  paymentAnswer,
  paymentsAnswer,
  rightsAnswer,
  signInAnswer,
} from '#src/api/account/answers.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { mailKinds, openAccountOf, signedInVisitor } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { depositLife } from '../setting/invented-life.ts';
import { sentDuring } from '../setting/statements.ts';
import { goodPassword } from '../steps.ts';
import { identityJson, Program, type Told } from './program.ts';

const gerald = personNamed('adresse-titulaire');
const other = personNamed('isere');
/** His son, who is of age. */
const hidden = 2;
const home = '/mon-compte/paiements';

function signIn(program: Program, nir: string, motDePasse: string, more: object = {}): Promise<Told> {
  return program.ask('POST', '/connexion', { nir, motDePasse, ...more });
}

test('a program signs in, reads what the person may see, and signs out', async (t) => {
  const site = await testApp(t);
  const { app } = site;
  const { nir } = gerald.line;
  await openAccountOf(site, gerald, 'gerald@exemple.fr');
  const life = await depositLife(site, gerald, '2025-09-01');
  const program = new Program(app);

  await t.test('without a token, or with another one, there is nothing', async () => {
    assert.equal((await program.ask('GET', home)).status, 401);
    const enrolling = new Program(app);
    await enrolling.ask('POST', '/dossiers', identityJson(other));
    assert.equal((await enrolling.ask('GET', home)).status, 401, 'the token of an enrolment');
    const browser = await signedInVisitor(site, gerald);
    const cookie = browser.cookies.get('session') ?? '';
    const asBearer = { authorization: `Bearer ${cookie}` };
    assert.equal((await new Program(app).ask('GET', home, undefined, asBearer)).status, 401);
    assert.equal(
      (await new Program(app).ask('GET', home, undefined, { cookie: `session=${cookie}` })).status,
      401,
    );
  });

  await t.test(
    'an unknown number and a wrong password get one answer; what is typed wrong is said',
    async () => {
      const wrong = await signIn(new Program(app), nir, 'Pas.Le.Bon1');
      const unknown = await signIn(new Program(app), '1990199999028', 'Pas.Le.Bon1');
      for (const told of [wrong, unknown])
        assert.deepEqual([told.status, told.body.code], [422, 'sign-in-refused']);
      assert.deepEqual(Object.keys(unknown.body), Object.keys(wrong.body));
      const empty = await program.ask('POST', '/connexion', { nir: '1', autre: 'x' });
      assert.equal(empty.status, 422);
      assert.deepEqual(
        z
          .array(z.object({ champ: z.string() }))
          .parse(empty.body.champs)
          .map(({ champ }) => champ),
        ['autre', 'nir', 'motDePasse'],
      );
    },
  );

  site.clock.advance(3_600_000);
  const entered = await signIn(program, nir, goodPassword);
  assert.equal(entered.status, 201, entered.text);
  const { appareil, suite } = signInAnswer.parse(entered.body);
  assert.equal(suite, `/api/v1${home}`);
  const news = (kinds: readonly string[]) => kinds.filter((kind) => kind === 'new-device').length;
  const told = news(await mailKinds(site));
  assert.ok(told > 0, 'a program is news to the account');

  await t.test('payments, without those of the son who is of age', async () => {
    const { paiements, personnes } = paymentsAnswer.parse((await program.ask('GET', home)).body);
    assert.ok(paiements.length > 10);
    assert.deepEqual(
      personnes.map(({ rang }) => rang),
      [1, 3],
    );
    assert.ok(paiements.every(({ parts }) => parts.every(({ rang }) => rang !== hidden)));
    const filtered = await program.ask('GET', `${home}?nature=soins&beneficiaire=3&du=2025-10-01`);
    const some = paymentsAnswer.parse(filtered.body);
    assert.equal(some.periode.du, '2025-10-01');
    assert.ok(some.paiements.length > 0);
    assert.ok(
      some.paiements.every(
        ({ nature, parts }) => nature === 'soins' && parts.every(({ rang }) => rang === 3),
      ),
    );
    const wrong = [
      ['du=hier', 'du', 'not-a-date'],
      ['du=1999-01-01', 'du', 'too-old'],
      ['du=2099-01-01', 'du', 'future'],
      ['du=2025-12-02&au=2025-12-01', 'au', 'wrong-order'],
    ] as const;
    for (const [query, champ, code] of wrong) {
      const { status, body } = await program.ask('GET', `${home}?${query}`);
      assert.equal(status, 422, query);
      const [field] = z.array(z.object({ champ: z.string(), code: z.string() })).parse(body.champs);
      assert.deepEqual(field, { champ, code }, query);
    }
    const [last] = paiements;
    const one = paymentAnswer.parse((await program.ask('GET', `${home}/${last?.id}`)).body);
    assert.equal(one.montant, last?.montant);
    assert.ok(one.phrases.length > 0);
    const sons = life.find(
      ({ item }) => item.kind === 'payment' && item.payment.lines.every(({ rank }) => rank === hidden),
    );
    for (const id of [sons?.id, '00000000-0000-4000-8000-000000000000', 'x', '%00'])
      assert.equal((await program.ask('GET', `${home}/${id}`)).status, 404, id ?? '');
  });

  await t.test('rights, documents and messages', async () => {
    const { text, body } = await program.ask('GET', '/mon-compte/droits');
    assert.deepEqual(
      rightsAnswer.parse(body).beneficiaires.map(({ rang }) => rang),
      [1, 3],
    );
    assert.doesNotMatch(text, /Maxence/);
    const papers = await program.ask('GET', '/mon-compte/documents');
    assert.equal(documentsAnswer.parse(papers.body).documents.length, 2);
    const messages = await program.ask('GET', '/mon-compte/messages');
    assert.equal(messagesAnswer.parse(messages.body).messages.length, 3);
  });

  await t.test('reading changes nothing, and few statements are sent', async () => {
    for (const [path, most] of [
      [home, 3],
      ['/mon-compte/droits', 2],
      ['/mon-compte/documents', 4],
      ['/mon-compte/messages', 4],
    ] as const) {
      const sent = await sentDuring(async () => assert.equal((await program.ask('GET', path)).status, 200));
      assert.ok(sent.length <= most, `${path}: ${sent.length}`);
    }
    assert.equal((await program.ask('POST', home, {})).status, 405);
  });

  await t.test('somebody else reads nothing of it', async () => {
    await openAccountOf(site, other, 'autre@exemple.fr');
    const stranger = new Program(app);
    await signIn(stranger, other.line.nir, goodPassword);
    assert.deepEqual(paymentsAnswer.parse((await stranger.ask('GET', home)).body).paiements, []);
    const [first] = paymentsAnswer.parse((await program.ask('GET', home)).body).paiements;
    assert.equal((await stranger.ask('GET', `${home}/${first?.id}`)).status, 404);
  });

  await t.test('the same program is no news, and a token that was signed out is over', async () => {
    const before = news(await mailKinds(site));
    const again = new Program(app);
    assert.equal((await signIn(again, nir, goodPassword, { appareil })).status, 201);
    assert.equal(news(await mailKinds(site)), before);
    assert.equal((await again.ask('DELETE', '/connexion')).status, 204);
    assert.equal((await again.ask('GET', home)).status, 401);
    assert.equal((await program.ask('GET', home)).status, 200, 'the other one stays');
    const kept = await signedInVisitor(site, gerald);
    kept.cookies.set('session', program.token ?? '');
    assert.equal((await kept.get(paths.account)).location, paths.signIn, 'a token is no cookie');
  });

  await t.test('tries are counted with those of the site', async () => {
    const guesser = new Program(app);
    for (let tries = 0; tries < 6; tries += 1) await signIn(guesser, other.line.nir, 'Pas.Le.Bon1');
    const suspended = await signIn(new Program(app), other.line.nir, goodPassword);
    assert.deepEqual([suspended.status, suspended.body.code], [422, 'sign-in-refused']);
    assert.ok(typeof suspended.body.reessayerA === 'string');
  });
});
