import { type Kysely, sql } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { rowOfDied } from '#src/register/stored-row.ts';
import type { FileKind } from '#src/register-import/order.ts';

/**
 * Notes who would leave the register and who is in it again: of a full file those whom it does not name, also not by a line
 * that is set aside; of a delta those of whom it says so. `holds`: nobody leaves by this file.
 */
export async function noteMoved(
  session: Kysely<Database>,
  { kind }: Pick<FileKind, 'kind'>,
  { holds }: { readonly holds: boolean },
): Promise<void> {
  await sql`truncate register_moved`.execute(session);
  await sql`
    insert into register_moved (person_key, what)
    select i.person_key, 'returned' from insured i join register_staged s using (person_key)
    where s.kind = 'person' and i.left_since is not null`.execute(session);
  if (kind === 'delta')
    await sql`
      insert into register_moved (person_key, what)
      select i.person_key, 'left' from insured i join register_staged s using (person_key)
      where s.kind = 'left' and i.left_since is null`.execute(session);
  else if (!holds)
    await sql`
      insert into register_moved (person_key, what)
      select i.person_key, 'left' from insured i
      where i.left_since is null
        and not exists (select 1 from register_staged s where s.person_key = i.person_key)`.execute(session);
}

/** Keeps, of the lines that are set aside, one for each person whom no other line names. */
export async function keepOneOfSetAside(session: Kysely<Database>): Promise<void> {
  await sql`
    delete from register_staged k using register_staged s
    where k.kind = 'kept' and s.person_key = k.person_key
      and (s.kind <> 'kept' or s.line < k.line)`.execute(session);
}

const peopleAtOnce = 500;

/** Completes the lines that only say of somebody that they died by what the register has of them, 500 at a time. */
export async function fillDied(session: Kysely<Database>, keyring: Keyring): Promise<void> {
  for (;;) {
    const rows = await session
      .selectFrom('register_staged as s')
      .innerJoin('insured as i', 'i.person_key', 's.person_key')
      .select(['i.person_key', 'i.sealed', 'i.iban_verifier', 'i.serial_verifier', 'i.identity_key'])
      .where('s.kind', '=', 'died')
      .where('s.sealed', 'is', null)
      .limit(peopleAtOnce)
      .execute();
    if (rows.length === 0) return;
    const died = rows.map((row) => {
      const { person_key: personKey, sealed, iban_verifier: iban, serial_verifier: serial } = row;
      const identity = row.identity_key ?? Buffer.alloc(0);
      return { personKey, row: rowOfDied(keyring, personKey, { sealed, iban, serial, identity }) };
    });
    const people = died.map(({ personKey }) => personKey);
    const place = sql`array_position(${people}::bytea[], person_key)`;
    await sql`
      update register_staged set
        sealed = (${died.map(({ row }) => row.sealed)}::bytea[])[${place}],
        row_fingerprint = (${died.map(({ row }) => row.fingerprint)}::bytea[])[${place}]
      where person_key = any(${people}::bytea[]) and kind = 'died'`.execute(session);
  }
}
