import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { letteringDocument } from '#src/archive/on-paper.ts';
import {
  findDocument,
  listDocuments,
  openingDocument,
  readContent,
  storingDocument,
} from '#src/archive/store.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { testDatabase } from '#test/setting/database.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));
const ange = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);
const now = new Date('2026-11-21T09:00:00Z');
const later = new Date('2026-11-22T09:00:00Z');

async function whole(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const part of parts) read.push(part);
  return Buffer.concat(read);
}

test('a document comes back as it was, to its person alone, is opened and goes on paper once', async (t) => {
  const { db } = await testDatabase(t);
  const id = '11111111-1111-4111-8111-111111111111';
  const content = randomBytes(500_000);
  const about = { title: 'Relevé de novembre', type: 'application/pdf', member: 1, sha256: 'ab' } as const;
  const made = { personKey: ange, id, origin: 'sender', sender: 'caisse-631', messageId: null } as const;
  const document = { ...made, about, matters: true, content };
  await db.transaction().execute(async (trx) => {
    for (const write of storingDocument(trx, keyring, systemRandom, document, now))
      await trx.executeQuery(write.compile());
  });

  assert.deepEqual(await listDocuments(db, keyring, [other]), []);
  const [kept] = await listDocuments(db, keyring, [other, ange]);
  assert.ok(kept);
  assert.deepEqual(
    [kept.title, kept.bytes, kept.matters, kept.openedAt, kept.lettered],
    ['Relevé de novembre', 500_000, true, null, null],
  );
  assert.ok((await whole(readContent(db, keyring, kept))).equals(content));

  const changes = async (write: { compile(): Parameters<typeof db.executeQuery>[0] }) =>
    Number((await db.executeQuery(write.compile())).numAffectedRows);
  assert.equal(await changes(openingDocument(db, kept, now)), 1);
  assert.equal(await changes(openingDocument(db, kept, later)), 0);
  const letter = { id: '22222222-2222-4222-8222-222222222222', why: 'choice' } as const;
  assert.equal(
    await changes(letteringDocument(db, kept, { ...letter, why: 'unread' }, now)),
    0,
    'it was read',
  );
  assert.equal(await changes(letteringDocument(db, kept, letter, now)), 1);
  assert.equal(await changes(letteringDocument(db, kept, { ...letter, why: 'bounced' }, later)), 0);
  const found = await findDocument(db, keyring, [ange], id);
  assert.deepEqual([found?.openedAt, found?.lettered], [now, { at: now, why: 'choice' }]);
  assert.equal(await findDocument(db, keyring, [other], id), null);
});
