import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { composeMail } from '#src/delivery/messages/compose.ts';
import { openMailTransport } from '#src/delivery/transport.ts';
import { openMailTray } from '#src/demo/trays/mail-tray.ts';

const token = '12345678'.repeat(8);
const composed = composeMail(
  {
    kind: 'activation',
    content: {
      address: 'camille@example.fr',
      token,
      code: '04215678',
      until: '2026-12-12T22:59:59.999Z',
      sentAt: '2026-11-21T13:05:00.000Z',
      accountUntil: '',
    },
  },
  'fr',
  {
    serviceName: 'compte ameli',
    telephone: '3646',
    passwordWord: 'mot de passe',
    publicUrl: 'http://localhost:3000',
    senderName: 'Votre Assurance Maladie',
    happenedAt: new Date('2026-11-21T13:05:00Z'),
  },
);

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'courriels-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function opened(t: TestContext, folder: string) {
  const tray = await openMailTray(folder);
  const transport = openMailTransport({
    smtpUrl: tray.smtpUrl,
    from: 'ne-pas-repondre@demo.invalid',
    fromName: 'Votre Assurance Maladie',
    publicUrl: 'http://localhost:3000',
  });
  t.after(async () => {
    transport.close();
    await tray.close();
  });
  const send = (to: string, id = crypto.randomUUID()) =>
    transport.send({
      ...composed,
      id,
      ticket: '',
      unsubscribe: null,
      to,
      language: 'fr',
      sentAt: new Date('2026-11-21T13:05:00Z'),
    });
  return { tray, send };
}

test('a mail is read back as programs expect it', async (t) => {
  const { tray, send } = await opened(t, newFolder(t));
  assert.deepEqual(await tray.list(), []);
  assert.deepEqual(await send('camille@example.fr'), { state: 'handed-over' });
  const [mail] = await tray.list();
  assert.ok(mail);
  assert.deepEqual(Object.keys(mail), ['id', 'date', 'de', 'a', 'sujet', 'texte', 'html', 'liens', 'code']);
  assert.equal(mail.date, '2026-11-21T13:05:00.000Z');
  assert.equal(mail.de, 'Votre Assurance Maladie <ne-pas-repondre@demo.invalid>');
  assert.equal(mail.a, 'camille@example.fr');
  assert.equal(mail.sujet, 'Votre compte ameli - Confirmation de votre adresse mail');
  assert.deepEqual(mail.liens, [
    `http://localhost:3000/validation-email/${token}`,
    'http://localhost:3000/creer-mon-compte/validation-email',
  ]);
  assert.equal(mail.code, '04215678');
  assert.match(mail.html, /Confirmer mon email/);
  assert.deepEqual(await tray.find(mail.id), mail);
  assert.equal(await tray.find('../../etc/passwd'), null);
});

test('the newest comes first, copies included, and a restart keeps them all', async (t) => {
  const folder = newFolder(t);
  const first = await opened(t, folder);
  const copied = crypto.randomUUID();
  for (const to of ['a@example.fr', 'b@example.fr']) await first.send(to);
  for (let copy = 0; copy < 2; copy++) await first.send('c@example.fr', copied);
  const order = ['c@example.fr', 'c@example.fr', 'b@example.fr', 'a@example.fr'];
  assert.deepEqual(
    (await first.tray.list()).map(({ a }) => a),
    order,
  );

  writeFileSync(join(folder, '00000009-half.eml.tmp'), 'half written when the machine stopped');
  const second = await opened(t, folder);
  assert.deepEqual(
    (await second.tray.list()).map(({ a }) => a),
    order,
  );
  await second.send('d@example.fr');
  assert.deepEqual(
    (await second.tray.list()).map(({ a }) => a),
    ['d@example.fr', ...order],
  );
});

test('mails that arrive together are all kept', async (t) => {
  const folder = newFolder(t);
  const { tray, send } = await opened(t, folder);
  await Promise.all(Array.from({ length: 20 }, (_, index) => send(`p${index}@example.fr`)));
  const mails = await tray.list();
  assert.equal(new Set(mails.map(({ a }) => a)).size, 20);
  assert.equal(readdirSync(folder).length, 20);
  assert.deepEqual(
    mails.map(({ id }) => id),
    mails
      .map(({ id }) => id)
      .sort()
      .reverse(),
  );
});
