import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Database } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';
import { type Answers, answersSchema } from '#src/journey/answers.ts';
import { currentStep } from '#src/journey/journey.ts';

/** An enrolment under way. `version` grows with each change, so that of two concurrent forms only one is stored. */
export interface Dossier {
  readonly personKey: Buffer;
  readonly id: string;
  readonly version: number;
  /** `XXXX-XXXX`, drawn by the database; the person reads it to an agent. */
  readonly supportCode: string;
  readonly answers: Answers;
}

/** The primary key of a dossier. */
type DossierKey = Pick<Dossier, 'personKey' | 'id'>;

export function dossierPlace(personKey: Buffer, id: string): Place {
  return { table: 'dossier', column: 'answers', row: [personKey, id] };
}

export function openAnswers(keyring: Keyring, personKey: Buffer, id: string, sealed: Buffer): Answers {
  return answersSchema.parse(unseal(keyring, dossierPlace(personKey, id), sealed));
}

/** Stores a new dossier. */
export function storingDossier(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, answers }: DossierKey & Pick<Dossier, 'answers'>,
  now: Date,
): Compilable {
  return db.insertInto('dossier').values({
    person_key: personKey,
    id,
    answers: seal(keyring, dossierPlace(personKey, id), answers),
    step: currentStep(answers),
    version: 1,
    created_at: now,
    updated_at: now,
  });
}

const saving = `
  update dossier set answers = $4, step = $5, version = version + 1, updated_at = $6
  where person_key = $1 and id = $2 and version = $3 and closed_at is null`;

/** Stores changed answers, unless the dossier was changed or closed since it was read: then no row changes. */
export function savingAnswers(
  keyring: Keyring,
  { personKey, id, version }: Dossier,
  answers: Answers,
  now: Date,
): CompiledQuery {
  const sealed = seal(keyring, dossierPlace(personKey, id), answers);
  return prepared(saving, [personKey, id, version, sealed, currentStep(answers), now]);
}

/** Whether a dossier was changed since it was read. */
export async function hasChanged(
  db: Kysely<Database>,
  { personKey, id, version }: Dossier,
): Promise<boolean> {
  const row = await db
    .selectFrom('dossier')
    .select('version')
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined && row.version > version;
}

/** Closes a dossier at the end of its enrolment, unless it was changed or closed since it was read. */
export function closingDossier(
  db: Kysely<Database>,
  { personKey, id, version }: Dossier,
  now: Date,
): Compilable {
  return db
    .updateTable('dossier')
    .set({ closed_at: now, version: version + 1 })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('closed_at', 'is', null);
}

/** Closes a dossier even if it was changed meanwhile, unless it was already closed. */
export function endingDossier(db: Kysely<Database>, { personKey, id }: DossierKey, now: Date): Compilable {
  return db
    .updateTable('dossier')
    .set({ closed_at: now })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('closed_at', 'is', null);
}

/** Closes every open dossier of a person. */
export async function closeDossiers(trx: Kysely<Database>, whose: Whose, now: Date): Promise<void> {
  await trx
    .updateTable('dossier')
    .set((eb) => ({ closed_at: now, version: eb('version', '+', 1) }))
    .where(isOf(whose))
    .where('closed_at', 'is', null)
    .execute();
}

/** Deletes an abandoned dossier. A closed one stays, as the record of how it ended. */
export function discardingDossier(db: Kysely<Database>, { personKey, id }: DossierKey): Compilable {
  return db
    .deleteFrom('dossier')
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('closed_at', 'is', null);
}

/** Deletes every dossier of a person, open or closed. */
export function erasingDossiers(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('dossier').where('person_key', '=', personKey);
}
