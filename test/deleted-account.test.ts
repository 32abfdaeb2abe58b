import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { linkingSubject, takingSubject } from '#src/accounts/franceconnect-link.ts';
import { announcingDeposits } from '#src/correspondence/avis.ts';
import { savingCorrespondence, usualCorrespondence } from '#src/correspondence/correspondence.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { noteConcerned } from '#src/register-import/record.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';
import { openAccountOf, signedInVisitor } from './setting/account.ts';
import { type TestApp, testApp } from './setting/application.ts';

/** What outlives the account of a person, and why. */
const kept: Readonly<Record<string, string>> = {
  audit_event: 'the trail says that the account was deleted',
  audit_head: 'the end of that trail',
  signpost: 'where the report of a server leads for 60 days, and a code that was sent by SMS or letter',
  dossier: 'kept for 30 days with or without an account: what an agent reads by its code',
  insured: 'the register is the caisses’: an import takes people out of it',
  letter: 'the printer’s answer names it; purged with its notice',
  notice: 'what was sent, without its content soon; purged by its own duty',
  provisional_code: 'sent to somebody without an account too; purged by its own duty',
  api_idempotency: 'an answer to a program, for a day',
  deposit: 'what a sender has deposited, so that it is not taken twice; purged by its age',
  payment: 'deposited for the person, who may open another account; purged by month',
  rights: 'the caisse’s, with or without an account; the next deposit replaces them',
  document: 'deposited for the person; goes by post where there is no account',
  document_part: 'the bytes of a document',
  message: 'deposited for the person, or written to the caisse',
  attestation: 'a holder of the paper may still check it; purged at its end',
  attestation_code: 'the code on that paper',
  register_staged: 'a file of the register that is being loaded; emptied when it is',
  register_moved: 'who would leave or come back by that file',
  tombstone: 'left by an erasure alone, so that a restored backup erases again',
};

/** In how many rows each table names a person. */
async function rowsOf({ services: { db } }: TestApp, personKey: Buffer): Promise<Map<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'person_key' order by 1`.execute(db);
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from ${sql.table(name)} where person_key = ${personKey}`.execute(db);
    counts.set(name, rows[0]?.n ?? 0);
  }
  return counts;
}

test('nothing in any table names a person whose account was deleted, but what is kept on purpose', async (t) => {
  const site = await testApp(t);
  const { db, clock, keyring, random } = site.services;
  await openAccountOf(site, personNamed('venturi'), 'venturi@exemple.fr');
  await signedInVisitor(site, personNamed('venturi'));
  const { person_key: personKey } = await db
    .selectFrom('account')
    .select('person_key')
    .executeTakeFirstOrThrow();
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const subject = Buffer.alloc(32, 1);
    const written = savingCorrespondence(
      trx,
      keyring,
      { personKey, changedAt: null },
      usualCorrespondence,
      now,
    );
    await atOnce(trx, [
      required(takingSubject(trx, personKey, subject)),
      required(linkingSubject(trx, personKey, subject, now)),
      also(written),
      also(announcingDeposits(trx, [{ personKey, dueAt: now, members: [1] }])),
    ]);
    await noteConcerned(trx, random.uuid(), { closed: [personKey], reopened: [] });
  });

  const before = await rowsOf(site, personKey);
  const without = [...before].filter(([name, count]) => count === 0 && !kept[name]).map(([name]) => name);
  assert.deepEqual(without, [], 'the account has something in every table that goes with it');

  await db.transaction().execute(async (trx) => {
    assert.equal(await deleteAccount(trx, personKey), true);
    await endSessionsOf(trx, personKey);
  });
  const left = [...(await rowsOf(site, personKey))].filter(([, count]) => count > 0).map(([name]) => name);
  assert.deepEqual(
    left.filter((name) => !kept[name]),
    [],
  );
  assert.ok(left.includes('audit_event') && left.includes('insured'));
  assert.deepEqual(
    Object.keys(kept).filter((name) => !before.has(name)),
    [],
    'a table that is gone',
  );
});

test('whatever belongs to an account goes with its row', async (t) => {
  const { services } = await testApp(t);
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid = 'account'::regclass and confdeltype = 'c' order by 1`.execute(
    services.db,
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    [
      'avis',
      'consent',
      'correspondence',
      'credential',
      'email_confirmation',
      'franceconnect_link',
      'known_device',
      'register_concerned',
      'terms_acceptance',
    ],
  );
});
