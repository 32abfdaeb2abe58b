import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonFormat } from '#src/account/copy/json.ts';
import { paperCopy } from '#src/account/copy/paper.ts';
import { saveCopy } from '#src/account/copy/save-copy.ts';
import { copyFields, type Section } from '#src/account/copy/sections.ts';
import { addresseeOfNew } from '#src/account/messages/addressee.ts';
import { sendMessage } from '#src/account/messages/writing/send-message.ts';
import { deposit } from '#src/depot/deposit.ts';
import { textOf } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { newMessageId } from '#src/messages/message-id.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { paths } from '#src/paths.ts';
import { exportPerson } from '#src/person/export-person.ts';
import { showPerson } from '#src/person/show-person.ts';
import { address, ange, depotOf } from '../avis/depot.ts';
import { caisse, consultation, paymentItem } from '../depot/senders.ts';
import { depositDocument, depositRights, familyOf, hideDocuments, postForFile } from '../papers/setting.ts';
import { signedInVisitor } from '../setting/account.ts';
import { readMessages, sendOne } from '../setting/messages.ts';
import { sessionBehind } from '../setting/sessions.ts';
import { goodPassword } from '../steps.ts';
import { foundBy, order } from './operator.ts';

const { line } = ange;
const current = { motDePasseActuel: goodPassword };

/** The rows of the JSON file, by section. */
function dataIn(file: Buffer): Record<string, Record<string, unknown>[]> {
  const read = JSON.parse(file.toString('utf8'));
  assert.equal(read.format, jsonFormat);
  assert.deepEqual(Object.keys(read.data).sort(), Object.keys(copyFields).sort());
  for (const name of Object.keys(copyFields)) {
    assert.ok(read.explained[name].title && read.explained[name].about, name);
    for (const row of read.data[name]) {
      assert.deepEqual(Object.keys(row).sort(), Object.keys(read.explained[name].fields).sort(), name);
      for (const value of Object.values(row))
        assert.ok(value === null || ['string', 'number', 'boolean'].includes(typeof value), name);
    }
  }
  return read.data;
}

/** No code of ours and no date of machines is left on the paper. */
function assertReadable({ blocks }: PaperDocument): void {
  const values = blocks.flatMap((block) => {
    if (block.kind === 'properties') return block.rows.map(({ value }) => value);
    return block.kind === 'table' ? block.rows.flatMap((row) => row.map(textOf)) : [];
  });
  assert.ok(values.length > 100);
  const code = /^(?!oui$|non$|yes$|no$)[a-z]+(-[a-z]+)*$|^GENERAL$|\d{4}-\d\d-\d\d/;
  assert.deepEqual(
    values.filter((value) => code.test(value)),
    [],
  );
  assert.ok(values.some((value) => /^\d\d\/\d\d\/\d{4} (à\u00a0\d{1,2}\u00a0h|at\u00a0\d\d:)/.test(value)));
}

test('Ange saves everything that is kept about him, and an agent does so for him', async (t) => {
  const depot = await depotOf(t);
  const { site } = depot;
  const { services, clock } = site;
  await depositRights(site, ange, familyOf(ange));
  await depot.pays();
  const hidden = { ...consultation('2026-02-27', 3), thirdParty: null };
  await deposit(services, caisse, paymentItem(line.nir, 'P-OCTAVE', hidden), clock.now());
  await depositDocument(site, ange, { reference: 'OWN', title: 'Mon relevé' });
  await hideDocuments(site, ange);
  await readMessages(site);
  const visitor = await signedInVisitor(site, ange);
  await sendOne(visitor, 'Où en est ma carte ?');

  const form = await visitor.get(paths.accountCopy);
  assert.equal(form.status, 200);
  const refusals: readonly Record<string, string>[] = [
    {},
    current,
    { fichier: 'pdf' },
    { fichier: 'csv', ...current },
    { fichier: 'json', motDePasseActuel: 'Faux.Lune8' },
  ];
  for (const fields of refusals) {
    const refused = await visitor.post(paths.accountCopy, fields);
    assert.equal(refused.status, 422, JSON.stringify(fields));
    await visitor.get(paths.accountCopy);
  }
  const told = async () => (await site.mails()).filter(({ kind }) => kind === 'data-exported').length;
  assert.equal(await told(), 0);

  const machine = await postForFile(site, visitor, paths.accountCopy, { fichier: 'json', ...current });
  assert.equal(machine.type, 'application/json; charset=utf-8');
  const data = dataIn(machine.file);
  const own = (name: Section) => data[name] ?? [];
  assert.deepEqual([own('register')[0]?.nir, own('account')[0]?.email], [line.nir, address]);
  assert.equal(own('payments').length, 2, 'a line and what was kept back');
  assert.deepEqual(
    own('documents').map(({ title }) => title),
    ['Mon relevé'],
  );
  assert.equal(own('messages')[0]?.text, 'Où en est ma carte ?');
  assert.ok(own('sessions').some(({ kind }) => kind === 'account'));
  assert.ok(own('consents').length >= 5 && own('consents').every(({ text }) => String(text).length > 10));
  assert.ok(own('terms').length === 1 && own('trail').length > 5 && own('notices').length > 0);
  const text = machine.file.toString('utf8');
  assert.equal(/Octave|Caché|argon2|\$m=|token|hash"/i.test(text), false, 'no other adult, no secret');
  const { secret } = await services.db.selectFrom('credential').select('secret').executeTakeFirstOrThrow();
  const { token_hash } = await services.db
    .selectFrom('session')
    .select('token_hash')
    .executeTakeFirstOrThrow();
  for (const one of [secret ?? '', token_hash.toString('hex'), token_hash.toString('base64')])
    assert.equal(text.includes(one), false);

  await visitor.get(paths.accountCopy);
  const paper = await postForFile(site, visitor, paths.accountCopy, { fichier: 'pdf', ...current });
  assert.deepEqual([paper.status, paper.type], [200, 'application/pdf']);
  assert.match(paper.file.toString('latin1'), /^%PDF-1\.7[\s\S]*\/MarkInfo[\s\S]*\/StructTreeRoot/);
  assert.equal(await told(), 2);

  const found = await foundBy(site, line.nir);
  const saved: number[] = [];
  const save = async ({ json, pdf }: { json: Buffer; pdf: Buffer }) => {
    assert.equal(dataIn(json).account?.length, 1);
    saved.push(json.length, pdf.length);
  };
  const rehearsal = { ...order, isRehearsal: true };
  const would = await exportPerson(services, found, rehearsal, clock.now(), save);
  assert.equal(would.told, address);
  for (const voice of ['fr', 'en'] as const) {
    const reading = { voice, caisses: services.caisses.caisses, sender: [], now: clock.now() };
    assertReadable(paperCopy(would.data, reading));
  }
  assert.deepEqual([saved.length, await told()], [0, 2]);
  await exportPerson(services, found, order, clock.now(), save);
  assert.deepEqual([saved.length, await told()], [2, 3]);
  const failing = async () => {
    throw new Error('the disk is full');
  };
  await assert.rejects(exportPerson(services, found, order, clock.now(), failing), /disk is full/);
  assert.equal(await told(), 3, 'nothing is told of what nobody has');

  const shown = await showPerson(services, found, order, 'masked', clock.now());
  assert.equal(shown.account?.status, 'active');
  assert.equal(/Venturi|venturi@|2690549/i.test(JSON.stringify(shown)), false, JSON.stringify(shown.who));
  const open = await showPerson(services, found, order, 'unmasked', clock.now());
  assert.ok(open.who.some(([, value]) => value === address));
  assert.deepEqual((await showPerson(services, found, order, 'found', clock.now())).who, []);
  const events = await services.db
    .selectFrom('audit_event')
    .select(['kind', 'details'])
    .where('actor', '=', 'agent')
    .orderBy('seq')
    .execute();
  assert.deepEqual(
    events.map(({ kind, details }) => [kind, details.sight ?? details.file]),
    [
      ['data-exported', 'both'],
      ['person-shown', 'masked'],
      ['person-shown', 'unmasked'],
      ['person-shown', 'found'],
    ],
  );

  for (let copies = 3; copies <= 5; copies += 1) {
    await visitor.get(paths.accountCopy);
    await postForFile(site, visitor, paths.accountCopy, { fichier: 'json', ...current });
  }
  await visitor.get(paths.accountCopy);
  const sixth = await visitor.post(paths.accountCopy, { fichier: 'json', ...current });
  assert.equal(sixth.status, 429, 'five a day');

  // What was asked for before the account was disputed, and is done after.
  clock.advance(24 * 3_600_000);
  const now = clock.now();
  const session = await sessionBehind(services, (await signedInVisitor(site, ange)).cookies.get('session'));
  const { account } = session;
  assert.ok(account);
  const addressee = await addresseeOfNew(services, { session, account });
  assert.ok(addressee);
  const send = async (text: string, whose = account) => {
    const id = newMessageId(services.keyring, line.nir, services.random);
    const written = { id, subject: 'Question', text, files: 0 };
    return (await sendMessage(services, { session, account: whose }, addressee, written, now)).kind;
  };
  const before = { ...account, emailKey: Buffer.alloc(32) };
  assert.equal(await send('À temps', before), 'sent', 'another address says nothing about a message');
  assert.equal(await freezeAccount(services, account.personKey, order, now), true);
  const copies = await told();
  const late = await saveCopy(services, { account }, 'json', { voice: 'fr', serviceName: 'ameli', now });
  assert.deepEqual([late.kind, await told()], ['gone', copies]);
  assert.equal(await send('Trop tard'), 'gone');
});
