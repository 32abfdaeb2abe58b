import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { noticeLanguage, noticeRow, openNotice } from '#src/notices/notice.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const content = {
  address: 'camille@example.fr',
  token: 'jeton-secret',
  code: '12345678',
  until: '2026-12-12T22:59:59.999Z',
  sentAt: '2026-11-21T13:05:00.000Z',
  accountUntil: '',
};

function row() {
  return noticeRow({
    keyring,
    personKey: Buffer.alloc(32, 1),
    id: randomUUID(),
    kind: 'activation',
    language: 'fr',
    content,
    recipientKey: Buffer.alloc(32, 2),
    now: new Date('2026-11-21T13:05:00Z'),
  });
}

test('a row holds nothing in clear and opens to what was put in it', () => {
  const sealed = row();
  assert.equal(
    JSON.stringify({ ...sealed, content: sealed.content.toString('latin1') }).includes('camille'),
    false,
  );
  assert.deepEqual(openNotice(keyring, sealed), { kind: 'activation', content });
});

test('the kind of the row decides: the same content tells the owner of the address', () => {
  assert.equal(openNotice(keyring, { ...row(), kind: 'address-taken' }).kind, 'address-taken');
});

test('a row moved to another person, or of an unknown kind, does not open', () => {
  assert.throws(() => openNotice(keyring, { ...row(), person_key: Buffer.alloc(32, 9) }));
  assert.throws(() => openNotice(keyring, { ...row(), kind: 'lottery-won' }), /does not fit its kind/);
});

test('the error about content that does not fit does not contain it', () => {
  assert.throws(
    () => openNotice(keyring, { ...row(), kind: 'lottery-won' }),
    (error) => error instanceof Error && !error.message.includes('camille'),
  );
});

test('a language that is no longer spoken is French', () => {
  assert.equal(noticeLanguage('en'), 'en');
  assert.equal(noticeLanguage('de'), 'fr');
});
