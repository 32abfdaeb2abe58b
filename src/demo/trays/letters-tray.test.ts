import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { personKey } from '#src/crypto/keyring.ts';
import { openLettersTray } from '#src/demo/trays/letters-tray.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { noticeRow, queueNotice } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';
import { testApp } from '#test/setting/application.ts';

const page = 'http://localhost:3000';
const day = 86_400_000;

async function queue({ db, keyring, clock, random, jobs }: Services): Promise<string> {
  const { line } = personNamed('venturi');
  const id = random.uuid();
  const key = personKey(keyring, line.nir);
  const at = clock.now();
  const until = new Date(at.getTime() + 21 * day);
  await db
    .insertInto('provisional_code')
    .values({
      person_key: key,
      id: random.uuid(),
      channel: 'letter',
      code_hash: Buffer.alloc(32),
      created_at: at,
      dead_at: until,
      notice_id: id,
    })
    .execute();
  await queueNotice(
    db,
    jobs,
    noticeRow({
      keyring,
      personKey: key,
      id,
      kind: 'provisional-code-letter',
      language: 'fr',
      content: {
        envelope: 'Camille Venturi\n4 rue des Inventions\n63000 CLERMONT-FERRAND',
        code: 'K7M2P9XQT4',
        until: until.toISOString(),
      },
      recipientKey: null,
      now: at,
    }),
  );
  return id;
}

test('a queued letter is printed at once, posted the next working day, and stays after a restart', async (t) => {
  // A Friday.
  const { services, clock } = await testApp(t, '2026-03-06T09:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'courriers-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'cut-short.json.tmp'), '{');
  const tray = openLettersTray(folder, '/demo/courriers');
  await tray.print(services, page);
  assert.deepEqual(tray.list(), []);
  const id = await queue(services);
  await Promise.all([tray.print(services, page), tray.print(services, page)]);
  const expected = [
    {
      id,
      date: '2026-03-06T09:00:00.000Z',
      destinataire: 'Camille Venturi, 4 rue des Inventions, 63000 CLERMONT-FERRAND',
      pdf: `/demo/courriers/${id}.pdf`,
      code: 'K7M2P9XQT4',
      documents: [],
    },
  ];
  assert.deepEqual(tray.list(), expected);
  assert.equal((await tray.file(`${id}.pdf`))?.content.subarray(0, 5).toString(), '%PDF-');
  assert.equal(await tray.file('other.pdf'), null);

  const stateOf = async () => {
    const row = await services.db.selectFrom('letter').select('state').executeTakeFirstOrThrow();
    return row.state;
  };
  assert.equal(await stateOf(), 'printed');
  clock.advance(2 * day);
  await tray.print(services, page);
  assert.equal(await stateOf(), 'printed', 'nothing is posted on a Sunday');
  clock.advance(day);
  await tray.print(services, page);
  assert.equal(await stateOf(), 'posted');
  await tray.close();
  assert.deepEqual(openLettersTray(folder, '/demo/courriers').list(), expected);
});

test('the code of «ce n’est pas moi» is listed with its letter', async (t) => {
  const { services } = await testApp(t, '2026-03-06T09:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'courriers-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { db, keyring, clock, random, jobs } = services;
  const id = random.uuid();
  const content = {
    envelope: 'Camille Venturi\n4 rue des Inventions\n63000 CLERMONT-FERRAND',
    dispute: 'K7M2P9XQT4AB',
    disputeUntil: '2026-04-05T21:59:59.999Z',
  };
  const key = personKey(keyring, personNamed('venturi').line.nir);
  const kind = 'account-created-letter';
  const about = { keyring, personKey: key, id, kind, language: 'fr', content, recipientKey: null } as const;
  await queueNotice(db, jobs, noticeRow({ ...about, now: clock.now() }));
  const tray = openLettersTray(folder, '/demo/courriers');
  await tray.print(services, page);
  assert.deepEqual(
    tray.list().map(({ code }) => code),
    [content.dispute],
  );
});
