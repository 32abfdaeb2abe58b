import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { depositDocument } from './papers/setting.ts';
import { openAccountOf, signedInVisitor } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { depositLife } from './setting/invented-life.ts';
import { readMessages, sendOne } from './setting/messages.ts';
import { type Seen, Visitor } from './visitor.ts';

const gerald = personNamed('adresse-titulaire');
const other = personNamed('isere');
const cookie = 'sans-reseau';

const said = ({ headers }: Seen) => headers['offline-copies'];
/** Whether the browser is told to erase everything, and to forget the choice. */
const isErased = ({ headers }: Seen, visitor: Visitor) =>
  headers['clear-site-data'] === '"storage"' && !visitor.cookies.has(cookie);

async function choose(visitor: Visitor): Promise<string> {
  await visitor.get(paths.accountOffline);
  assert.equal((await visitor.post(paths.accountOffline, { garder: 'oui' })).location, paths.account);
  return visitor.cookies.get(cookie) ?? '';
}

/** What the worker asks for. */
function copyOf({ app }: TestApp, visitor: Visitor, url: string): Promise<Seen> {
  const worker = new Visitor(app, { 'offline-copy': 'yes' });
  for (const [name, value] of visitor.cookies) worker.cookies.set(name, value);
  return worker.get(url);
}

test('the server says what a browser may keep, page by page', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, gerald, 'gerald@exemple.fr');
  await openAccountOf(site, other, 'autre@exemple.fr');
  await depositLife(site, gerald, '2026-01-01');
  await readMessages(site);
  const document = await depositDocument(site, gerald, { reference: 'D', title: 'Décision', matters: true });
  const visitor = await signedInVisitor(site, gerald);
  const thread = await sendOne(visitor);
  const list = (await visitor.get(paths.accountPayments)).html;
  const payment = /\/mon-compte\/paiements\/[\da-f-]{36}/.exec(list)?.[0] ?? '';
  const kept = [
    paths.account,
    paths.accountPayments,
    payment,
    paths.accountDocuments,
    `/mon-compte/documents/${document}`,
    paths.messages,
    thread,
  ];
  const never = [
    paths.accountInformation,
    paths.accountPassword,
    paths.accountEmail,
    paths.accountTelephones,
    paths.accountConsents,
    paths.accountCopy,
    paths.accountPaper,
    paths.accountDevices,
    paths.accountOffline,
    paths.accountAttestation,
    paths.accountEuropeanCard,
    paths.messageWrite,
  ];

  await t.test('nothing without the choice, and no copy for who asks for one', async () => {
    for (const path of [paths.home, paths.identity, paths.signIn, paths.help])
      assert.equal(said(await new Visitor(site.app).get(path)), undefined, path);
    for (const path of kept) {
      assert.equal(said(await visitor.get(path)), 'none', path);
      const copy = await copyOf(site, visitor, path);
      assert.deepEqual([said(copy), /Page vue/.test(copy.html)], ['none', false], path);
    }
  });

  await t.test('with it, pages that are read; no form, no file, no refusal, nothing missing', async () => {
    await choose(visitor);
    for (const path of kept)
      assert.match(String(said(await visitor.get(path))), /^keep [\da-f]{16} \d{7}$/, path);
    const month = payment && '/mon-compte/releves/2026-02.pdf';
    const others = [...never, month, `${paths.accountPayments}?du=hier`, `${payment.slice(0, -4)}0000`];
    for (const path of others) assert.equal(said(await visitor.get(path)), undefined, path);
    await visitor.get(`/mon-compte/documents/${document}`);
    assert.equal(said(await visitor.post(`/mon-compte/documents/${document}`)), undefined, 'a file');
    assert.equal(said(await visitor.post(thread, { texte: '' })), undefined, 'a form that is refused');
  });

  await t.test(
    'copies have neither forms nor tokens nor an end of the session, in both languages',
    async () => {
      for (const path of kept)
        for (const language of ['fr', 'en']) {
          const { status, html, headers } = await copyOf(site, visitor, `${path}?lang=${language}`);
          assert.equal(status, 200, path);
          assert.match(html, language === 'fr' ? /Page vue/ : /Page seen/, path);
          assert.doesNotMatch(html, /<form|_csrf|data-session|session\.[\w-]+\.js|<input/, path);
          assert.match(String(headers['content-security-policy']), /default-src 'none'/);
        }
      for (const path of never)
        assert.doesNotMatch((await copyOf(site, visitor, path)).html, /Page vue/, path);
    },
  );

  await t.test('a copied, an invented or an old cookie keeps nothing', async () => {
    const stranger = await signedInVisitor(site, other);
    stranger.cookies.set(cookie, visitor.cookies.get(cookie) ?? '');
    const theirs = await stranger.get(paths.account);
    assert.equal(said(theirs), 'none');
    assert.ok(isErased(theirs, stranger));
    const thief = new Visitor(site.app);
    thief.cookies.set(cookie, visitor.cookies.get(cookie) ?? '');
    const away = await copyOf(site, thief, payment);
    assert.deepEqual([away.status, away.location, said(away)], [303, paths.signIn, undefined]);
    for (const invented of ['x', 'A'.repeat(91)]) {
      const own = await signedInVisitor(site, gerald);
      own.cookies.set(cookie, invented);
      const seen = await own.get(paths.account);
      assert.ok(said(seen) === 'none' && isErased(seen, own), invented);
    }
    const first = visitor.cookies.get(cookie) ?? '';
    await choose(visitor);
    const old = await signedInVisitor(site, gerald);
    old.cookies.set(cookie, first);
    assert.equal(said(await old.get(paths.account)), 'none');
    assert.match(String(said(await visitor.get(paths.account))), /^keep/, 'the new one still does');
  });

  await t.test('the sign-in page tells a browser whose choice is over, and no other', async () => {
    const lapsed = new Visitor(site.app);
    lapsed.cookies.set(cookie, visitor.cookies.get(cookie) ?? '');
    const there = await lapsed.get(paths.signIn);
    assert.deepEqual([said(there), isErased(there, lapsed)], [undefined, false], 'it is still good');
    await visitor.get(paths.accountDevices);
    await visitor.post(paths.accountDevices);
    const over = await lapsed.get(paths.signIn);
    assert.ok(said(over) === 'none' && isErased(over, lapsed));
  });

  await t.test(
    'where the device is forgotten nothing can be chosen, and the page says what to do',
    async () => {
      await visitor.get(paths.accountOffline);
      const refused = await visitor.post(paths.accountOffline, { garder: 'oui' });
      assert.equal(refused.status, 409);
      assert.match(refused.html, /n’est plus un appareil connu/);
      assert.equal(visitor.cookies.has(cookie), false);
    },
  );

  await t.test('signing out ends it, here and in the list of devices', async () => {
    const leaver = await signedInVisitor(site, gerald);
    const token = await choose(leaver);
    await leaver.get(paths.account);
    assert.ok(isErased(await leaver.post(paths.signOut), leaver));
    const again = await signedInVisitor(site, gerald);
    again.cookies.set(cookie, token);
    assert.equal(said(await again.get(paths.account)), 'none');
  });
});
