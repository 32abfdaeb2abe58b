import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Which people a merge writes. */
export interface Merge {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly died: number;
  /** The key of the verifiers that were staged. */
  readonly proofVersion: number;
  readonly batch: string;
  readonly now: Date;
}

/**
 * Writes the people that are staged and new, changed, or back, into the register; nobody else is touched. New people in the
 * order of their keys, so that the largest index grows at its end.
 */
export async function mergeStaged(trx: Kysely<Database>, merge: Merge): Promise<void> {
  const { added, updated, unchanged, died, proofVersion, batch, now } = merge;
  if (updated > 0)
    await sql`
      update insured set
        sealed = s.sealed, iban_verifier = s.iban_verifier, serial_verifier = s.serial_verifier,
        identity_key = s.identity_key, row_fingerprint = s.row_fingerprint, line_fingerprint = s.line_fingerprint,
        proof_version = ${proofVersion}, left_since = null, batch = ${batch}, updated_at = ${now}
      from register_staged s
      where s.person_key = insured.person_key and s.kind = 'person'
        and (insured.row_fingerprint is distinct from s.row_fingerprint or insured.left_since is not null)`.execute(
      trx,
    );
  // Who is the same by another line is not written, but found by that line the next time.
  if (unchanged > 0)
    await sql`
      update insured set line_fingerprint = s.line_fingerprint
      from register_staged s
      where s.person_key = insured.person_key and s.kind = 'person'
        and insured.line_fingerprint is distinct from s.line_fingerprint`.execute(trx);
  // Of whom a delta says only that they died, the rest stays as it is, verifiers and their key included.
  if (died > 0)
    await sql`
      update insured set
        sealed = s.sealed, row_fingerprint = s.row_fingerprint, line_fingerprint = null, batch = ${batch}, updated_at = ${now}
      from register_staged s
      where s.person_key = insured.person_key and s.kind = 'died' and s.sealed is not null
        and insured.row_fingerprint is distinct from s.row_fingerprint`.execute(trx);
  if (added > 0)
    await sql`
      insert into insured
        (person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, row_fingerprint, line_fingerprint,
          proof_version, batch, updated_at)
      select person_key, key_version, sealed, iban_verifier, serial_verifier, identity_key, row_fingerprint,
        line_fingerprint, ${proofVersion}::integer, ${batch}::uuid, ${now}::timestamptz
      from register_staged s
      where s.kind = 'person' and not exists (select 1 from insured i where i.person_key = s.person_key)
      order by person_key`.execute(trx);
}

/** Notes who leaves the register, and since when. Who comes back is merged as a changed person is. */
export async function mergeLeft(trx: Kysely<Database>, since: Date): Promise<void> {
  await sql`
    update insured set left_since = ${since} from register_moved m
    where m.person_key = insured.person_key and m.what = 'left'`.execute(trx);
}
