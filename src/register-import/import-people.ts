import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import type { FileLine } from '#src/files/lines.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { instantAsOf } from '#src/register-import/as-of.ts';
import { importRegister } from '#src/register-import/import.ts';
import { exactly } from '#src/register-import/thresholds.ts';

/** Loads people of our own making, as a delta of them would be: nobody else leaves the register. Throws when one of them is not as a file must be. */
export async function importPeople(
  db: Kysely<Database>,
  keyring: Keyring,
  people: Iterable<RegisterLine>,
  { now, uuid }: { readonly now: Date; readonly uuid: string },
): Promise<void> {
  const rejects: string[] = [];
  const outcome = await importRegister(db, keyring, fileOf(people), {
    now,
    uuid,
    said: { kind: 'delta', since: instantAsOf(now) },
    sha256: null,
    maxRejected: exactly,
    onReject: ({ line, reason }) => rejects.push(`line ${line}: ${reason}`),
  });
  if (outcome.kind === 'refused')
    throw new Error([`The register was not loaded: ${outcome.refusal.reason}`, ...rejects].join('\n'));
}

function* fileOf(people: Iterable<RegisterLine>): Generator<FileLine> {
  let number = 0;
  for (const person of people) {
    number += 1;
    yield { number, text: JSON.stringify(person), ended: true };
  }
}
