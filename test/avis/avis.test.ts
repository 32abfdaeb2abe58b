import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellDeposits } from '#src/avis/tell-deposits.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { avisUnsubscribeUrl } from '#src/notices/reminders/unsubscribe-token.ts';
import { paths } from '#src/paths.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { Visitor } from '../visitor.ts';
import { address, ange, day, depotOf, minute } from './depot.ts';

const kind = 'new-deposits';

test('thirty deposits in a minute are told in one mail, with neither amount nor link', async (t) => {
  const depot = await depotOf(t);
  const { clock } = depot.site;
  for (let i = 0; i < 29; i += 1) {
    await depot.pays();
    clock.advance(2_000);
  }
  await depot.sends({ matters: false });
  await depot.turn();
  assert.deepEqual(await depot.told(kind), [], 'not before five minutes');
  clock.advance(5 * minute);
  await depot.turn();
  await depot.turn();
  assert.deepEqual(await depot.told(kind), [{ address, deposits: '30', phrase: '' }]);
  const mail = depot.post.sink.messages.at(-1) ?? '';
  const text = Buffer.from(mail.split('\r\n\r\n').slice(1).join('\n'), 'utf8').toString();
  assert.doesNotMatch(text, /href=|€|19,00|Relev/);
  assert.match(mail, /List-Unsubscribe:\s+</);
});

test('two nodes at once tell once, and a deposit that comes meanwhile is told by the next run', async (t) => {
  const depot = await depotOf(t);
  const { services, clock } = depot.site;
  await depot.pays();
  clock.advance(6 * minute);
  const runs = await Promise.all([1, 2, 3].map(() => tellDeposits(services, clock.now())));
  assert.equal(
    runs.reduce((sum, told) => sum + told, 0),
    1,
  );
  await depot.pays();
  await Promise.all([tellDeposits(services, clock.now()), depot.pays()]);
  clock.advance(6 * minute);
  await depot.turn();
  assert.deepEqual(
    (await depot.told(kind)).map(({ deposits }) => deposits),
    ['1', '2'],
  );
});

test('the phrase and the day are chosen in the account, and a mail tells of the change', async (t) => {
  const depot = await depotOf(t);
  const { clock } = depot.site;
  const visitor = await signedInVisitor(depot.site, ange);
  await visitor.get(paths.accountPaper);
  const fields = { papier: 'non', frequenceAvis: 'hebdomadaire', phraseRepere: 'le chat  dort' };
  assert.equal((await visitor.post(paths.accountPaper, fields)).location, paths.account);
  assert.match((await visitor.get(paths.account)).html, /Vos choix de papier et d’avis sont enregistrés/);
  assert.equal((await depot.told('correspondence-changed')).length, 1);
  // Saving the same changes nothing.
  await visitor.get(paths.accountPaper);
  await visitor.post(paths.accountPaper, fields);
  assert.equal((await depot.told('correspondence-changed')).length, 1);

  // Sunday, 1 March 2026, then over the night of 29 March, when summer time begins.
  clock.advance(new Date('2026-03-24T10:00:00Z').getTime() - clock.now().getTime());
  await depot.pays();
  clock.advance(2 * day);
  await depot.turn();
  assert.deepEqual(await depot.told(kind), []);
  clock.advance(new Date('2026-03-30T05:59:00Z').getTime() - clock.now().getTime());
  await depot.turn();
  assert.deepEqual(await depot.told(kind), [], '7:59 in Paris');
  clock.advance(2 * minute);
  await depot.turn();
  assert.deepEqual(await depot.told(kind), [{ address, deposits: '1', phrase: 'le chat dort' }]);
});

test('another frequency also holds for what already waits', async (t) => {
  const depot = await depotOf(t);
  const visitor = await signedInVisitor(depot.site, ange);
  const choose = async (frequenceAvis: string) => {
    await visitor.get(paths.accountPaper);
    await visitor.post(paths.accountPaper, { papier: 'non', frequenceAvis, phraseRepere: '' });
  };
  await choose('hebdomadaire');
  await depot.pays();
  depot.site.clock.advance(6 * minute);
  await depot.turn();
  assert.deepEqual(await depot.told(kind), []);
  await choose('immediat');
  depot.site.clock.advance(6 * minute);
  await depot.turn();
  assert.equal((await depot.told(kind)).length, 1);
});

test('what is wrong with the choice is said next to each field, and nothing is stored', async (t) => {
  const depot = await depotOf(t);
  const visitor = await signedInVisitor(depot.site, ange);
  await visitor.get(paths.accountPaper);
  const seen = await visitor.post(paths.accountPaper, { phraseRepere: '2 69 05 49 588 157' });
  assert.equal(seen.status, 422);
  for (const text of [/Choisissez « Oui » ou « Non »/, /Choisissez quand/, /pas un numéro/])
    assert.match(seen.html.replaceAll('\u00a0', ' '), text);
  assert.deepEqual(await depot.site.services.db.selectFrom('correspondence').selectAll().execute(), []);
});

test('who unsubscribes by the link is told no more, gets paper, and reads so on the page', async (t) => {
  const depot = await depotOf(t);
  const { clock } = depot.site;
  await depot.pays();
  clock.advance(6 * minute);
  await depot.turn();
  const mail = (depot.post.sink.messages.at(-1) ?? '').replace(/\r\n[ \t]+/g, ' ');
  const link = /^List-Unsubscribe: <http:\/\/localhost:3000(\/[^>]+)>/m.exec(mail)?.[1] ?? '';
  assert.notEqual(link, '');
  const mailbox = new Visitor(depot.site.app);
  assert.match((await mailbox.get(link)).html, /partiront alors par courrier/);
  // Something waits meanwhile: it is not told either.
  await depot.pays();
  assert.equal((await mailbox.post(`${link}/arreter`)).location, link);
  assert.match((await mailbox.get(link)).html, /C’est noté/);
  await depot.pays();
  clock.advance(6 * minute);
  await depot.turn();
  assert.equal((await depot.told(kind)).length, 1);

  const visitor = await signedInVisitor(depot.site, ange);
  const page = await visitor.get(paths.accountPaper);
  assert.match(page.html, /vous vous êtes désabonné/);
  assert.match(page.html, /value="oui"[^>]*checked/);
  const refused = await visitor.post(paths.accountPaper, { papier: 'non', phraseRepere: '' });
  assert.equal(refused.status, 422, 'without paper, some mail must tell');
  await visitor.post(paths.accountPaper, { papier: 'non', frequenceAvis: 'immediat', phraseRepere: '' });
  await depot.pays();
  clock.advance(6 * minute);
  await depot.turn();
  assert.equal((await depot.told(kind)).length, 2);
});

test('one click of a mail provider stops the mails too, twice as once', async (t) => {
  const depot = await depotOf(t);
  const { services, app } = depot.site;
  await depot.pays();
  depot.site.clock.advance(6 * minute);
  await depot.turn();
  const [told] = await services.db.selectFrom('notice').select('id').where('kind', '=', kind).execute();
  const url = avisUnsubscribeUrl(services.keyring, '', told?.id ?? '');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const times of [1, 2]) {
    const payload = 'List-Unsubscribe=One-Click';
    const answer = await app.inject({ method: 'POST', url, headers, payload });
    assert.deepEqual([answer.statusCode, times], [200, times]);
  }
  const rows = await services.db.selectFrom('correspondence').select(['paper', 'frequency']).execute();
  assert.deepEqual(rows, [{ paper: true, frequency: 'never' }]);
  const events = services.db.selectFrom('audit_event').select('kind').where('kind', '=', 'deposits-untold');
  assert.equal((await events.execute()).length, 1);
});

test('a link of another mail, or none of ours, stops nothing', async (t) => {
  const depot = await depotOf(t);
  const mailbox = new Visitor(depot.site.app);
  for (const token of ['A'.repeat(43), 'inconnu'])
    assert.equal((await mailbox.get(`/courriels/desinscription/${token}`)).status, 404);
});

test('the accounts of two people are told apart, each in their own words', async (t) => {
  const depot = await depotOf(t);
  const other = personNamed('isere');
  await openAccountOf(depot.site, other, 'isere@exemple.fr');
  await depot.pays();
  await depot.pays(other);
  await depot.pays(other);
  depot.site.clock.advance(6 * minute);
  await depot.turn();
  const told = await depot.told(kind);
  assert.deepEqual(told.map((mail) => `${mail.address} ${mail.deposits}`).sort(), [
    'isere@exemple.fr 2',
    `${address} 1`,
  ]);
});
