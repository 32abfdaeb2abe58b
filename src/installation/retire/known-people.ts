import { type Kysely, sql } from 'kysely';
import { openContact } from '#src/accounts/account.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { fingerprintWith, type Keyring, personKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { movePeople, namesInUse } from '#src/installation/retire/move-people.ts';
import { identityKey } from '#src/register/pivot-search.ts';
import { foundColumns, openInsured } from '#src/register/store.ts';

const atOnce = 200;

/** The key to retire, and how progress is reported. */
export interface Retiring {
  readonly keyring: Keyring;
  readonly version: number;
  readonly now: Date;
  readonly onProgress: (subject: string, done: number) => void;
}

/** Moves people of the register from the retired key to the current one; returns how many. */
export async function moveInsured(db: Kysely<Database>, retiring: Retiring): Promise<number> {
  const { keyring, version, onProgress } = retiring;
  let after: Buffer = Buffer.alloc(0);
  let moved = 0;
  for (;;) {
    const rows = await db
      .selectFrom('insured')
      .select([...foundColumns, 'identity_key'])
      .where('person_key', '>', after)
      .orderBy('person_key')
      .limit(atOnce)
      .execute();
    const people = rows.map((row) => ({ row, insured: openInsured(keyring, row).insured }));
    moved += await moveNamed(
      db,
      retiring,
      people.map(({ insured }) => insured.nir),
    );
    const outdated = people.filter(({ row, insured }) =>
      row.identity_key?.equals(identityKey(keyring, version, insured)),
    );
    await sql`
      update insured set identity_key = renewed.identity_key
      from unnest(
        ${outdated.map(({ row }) => row.identity_key)}::bytea[], ${outdated.map(({ insured }) => personKey(keyring, insured.nir))}::bytea[],
        ${outdated.map(({ insured }) => identityKey(keyring, keyring.current, insured))}::bytea[]
      ) as renewed(old_key, person_key, identity_key)
      where insured.person_key = renewed.person_key and insured.identity_key = renewed.old_key`.execute(db);
    onProgress('people', moved);
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return moved;
    after = last.person_key;
  }
}

/** Moves people who have an account, whether they are still in the register or not, and their mailboxes. */
export async function moveAccounts(db: Kysely<Database>, retiring: Retiring): Promise<number> {
  const { keyring } = retiring;
  let after: Buffer = Buffer.alloc(0);
  let moved = 0;
  for (;;) {
    const rows = await db
      .selectFrom('account')
      .select(['person_key', 'contact'])
      .where('person_key', '>', after)
      .orderBy('person_key')
      .limit(atOnce)
      .execute();
    const contacts = rows.map((row) => openContact(keyring, row.person_key, row.contact));
    moved += await moveNamed(
      db,
      retiring,
      contacts.map(({ nir }) => nir),
    );
    await moveMailboxes(
      db,
      retiring,
      contacts.map(({ email }) => email),
    );
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return moved;
    after = last.person_key;
  }
}

/** Moves one page of people in one transaction, so that each person is moved completely or not at all. */
async function moveNamed(db: Kysely<Database>, retiring: Retiring, nirs: readonly string[]): Promise<number> {
  const { keyring, version, now } = retiring;
  const names = nirs.map((nir) => ({
    from: fingerprintWith(keyring, version, 'person', nir),
    to: personKey(keyring, nir),
  }));
  const used = await namesInUse(
    db,
    names.map(({ from }) => from),
  );
  const people = names.filter(({ from }) => used.has(from.toString('hex')));
  if (people.length === 0) return 0;
  await db.transaction().execute(async (trx) => {
    await movePeople(trx, keyring, people, now);
    await sql`
      update insured set key_version = ${keyring.current}, row_fingerprint = null, line_fingerprint = null
      where person_key = any(${people.map(({ to }) => to)}::bytea[])`.execute(trx);
  });
  return people.length;
}

/** Moves the keys of mailboxes: the holders of addresses, and the refusals of reminders. */
async function moveMailboxes(
  db: Kysely<Database>,
  { keyring, version }: Retiring,
  emails: readonly string[],
): Promise<void> {
  const read = emails.flatMap((email) => {
    const parsed = parseEmail(email);
    return parsed.ok ? [parsed] : [];
  });
  const pairs = (values: readonly string[]) =>
    sql`unnest(
      ${values.map((value) => fingerprintWith(keyring, version, 'email', value))}::bytea[],
      ${values.map((value) => fingerprintWith(keyring, keyring.current, 'email', value))}::bytea[]) as named(old_key, new_key)`;
  const holders = pairs(read.map(({ canonical }) => canonical));
  const mailboxes = pairs(read.map(({ limiterKey }) => limiterKey));
  await db.transaction().execute(async (trx) => {
    for (const table of ['account', 'email_claim'])
      await sql`
        update ${sql.table(table)} as held set email_key = named.new_key from ${holders}
        where held.email_key = named.old_key`.execute(trx);
    await sql`
      insert into reminder_refusal (recipient_key, at)
      select named.new_key, refused.at from reminder_refusal refused join ${mailboxes} on recipient_key = named.old_key
      on conflict do nothing`.execute(trx);
    await sql`delete from reminder_refusal using ${mailboxes} where recipient_key = named.old_key`.execute(
      trx,
    );
  });
}
