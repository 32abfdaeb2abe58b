import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { openLettersTray } from '#src/demo/trays/letters-tray.ts';
import { openMailTray } from '#src/demo/trays/mail-tray.ts';
import { openSmsTray } from '#src/demo/trays/sms-tray.ts';
import { openBoxMarks } from '#src/workshop/classroom/box-marks.ts';
import { openInbox, smsMark } from '#src/workshop/classroom/inbox.ts';
import { inventRoster } from '#src/workshop/classroom/roster.ts';

const roster = inventRoster(7, 2, { people: 'carte-photo', begins: 'without-account' });
const [lucie] = roster.get(1) ?? [];
const [nora] = roster.get(2) ?? [];
assert.ok(lucie && nora);

async function opened(t: TestContext, folder: string, now = () => new Date()) {
  const mails = await openMailTray(join(folder, 'courriels'));
  const sms = openSmsTray(join(folder, 'sms'));
  const letters = openLettersTray(join(folder, 'courriers'), '/courriers');
  const marks = await openBoxMarks(folder);
  const inbox = await openInbox({ mails, sms, letters }, marks, now);
  const close = async () => {
    await mails.close();
    await marks.close();
  };
  t.after(() => close().catch(() => {}));
  const transport = createTransport({ url: mails.smtpUrl });
  const send = (to: string, subject: string) =>
    transport.sendMail({ from: 'Le service <service@example.org>', to, subject, text: 'Bonjour' });
  return { inbox, sms, send, close };
}

test('a mail is counted at once, for its seat alone, and what was opened stays so after a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'boites-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const first = await opened(t, folder);
  await first.send(lucie.email, 'un');
  assert.equal(first.inbox.unread(lucie).email, 1);
  await first.send(lucie.email.toUpperCase(), 'deux');
  assert.equal(first.inbox.unread(lucie).email, 2);
  assert.equal(first.inbox.unread(nora).email, 0);
  const [latest, older] = first.inbox.mails(lucie, 'inbox');
  assert.deepEqual([latest?.sujet, older?.sujet], ['deux', 'un']);
  assert.ok(latest && older);
  assert.equal(first.inbox.mail(nora, latest.id), null);
  const sms = await first.sms.keep({ to: lucie.mobile, text: 'Bonjour', reference: 'a' }, new Date(0));
  assert.equal(first.inbox.unread(lucie).sms, 1);
  first.inbox.opened(latest.id, smsMark(sms));
  await first.close();

  appendFileSync(join(folder, 'boites.ndjson'), '{"kind":"opened","i');
  const second = await opened(t, folder);
  assert.deepEqual(second.inbox.unread(lucie), { email: 1, sms: 0, letter: 0 });
  assert.deepEqual([second.inbox.isNew(latest.id), second.inbox.isNew(older.id)], [false, true]);
  second.inbox.opened(older.id);
  await second.close();
  const third = await opened(t, folder);
  assert.equal(third.inbox.unread(lucie).email, 0);
});

test('a mail goes to the spam folder, the next one where none is new, and comes back', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'boites-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { inbox, send } = await opened(t, folder);
  const subjects = (of: 'inbox' | 'spam') => inbox.mails(lucie, of).map(({ sujet }) => sujet);
  await send(lucie.email, 'un');
  inbox.moveToSpam(lucie);
  assert.deepEqual([subjects('inbox'), subjects('spam')], [[], ['un']]);
  assert.equal(inbox.unread(lucie).email, 0);
  inbox.moveToSpam(lucie);
  await send(nora.email, 'à Nora');
  await send(lucie.email, 'deux');
  await send(lucie.email, 'trois');
  assert.deepEqual([subjects('inbox'), subjects('spam')], [['trois'], ['deux', 'un']]);
  assert.equal(inbox.mails(nora, 'inbox').length, 1);
  const [two] = inbox.mails(lucie, 'spam');
  inbox.notSpam(nora, two?.id ?? '');
  assert.equal(subjects('spam').length, 2);
  inbox.notSpam(lucie, two?.id ?? '');
  assert.deepEqual([subjects('inbox'), subjects('spam')], [['trois', 'deux'], ['un']]);
});

test('a mail that is late comes by the clock of the class, with those that were asked for meanwhile', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'boites-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  let minutes = 0;
  const now = () => new Date(Date.UTC(2026, 10, 24, 9, minutes));
  const first = await opened(t, folder, now);
  const subjects = ({ inbox }: typeof first, of = lucie) =>
    inbox.mails(of, 'inbox').map(({ sujet }) => sujet);
  first.inbox.delay(lucie);
  await first.send(lucie.email, 'un');
  await first.send(nora.email, 'à Nora');
  minutes = 12;
  await first.send(lucie.email, 'deux');
  assert.deepEqual([subjects(first), subjects(first, nora)], [[], ['à Nora']]);
  assert.equal(first.inbox.unread(lucie).email, 0);
  await first.close();
  const second = await opened(t, folder, now);
  assert.deepEqual(subjects(second), []);
  minutes = 20;
  assert.deepEqual(subjects(second), ['deux', 'un']);
  assert.equal(second.inbox.unread(lucie).email, 2);
  assert.ok(second.inbox.mails(lucie, 'inbox').every(({ id }) => second.inbox.cameLate(id)));
  await second.send(lucie.email, 'trois');
  const [three] = second.inbox.mails(lucie, 'inbox');
  assert.deepEqual([three?.sujet, second.inbox.cameLate(three?.id ?? '')], ['trois', false]);
});
