import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type AuditDetails, type AuditKind, auditColumns, auditValues } from '#src/audit/event.ts';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type Answers, answersSchema } from '#src/journey/answers.ts';
import { currentStep } from '#src/journey/journey.ts';

/** An enrolment case under way. `version` grows with each change: two forms sent at once cannot both win. */
export interface Dossier {
  readonly personKey: Buffer;
  readonly id: string;
  readonly version: number;
  /** `XXXX-XXXX`, drawn by the database: what the person reads to an agent. */
  readonly supportCode: string;
  readonly answers: Answers;
}

export function dossierPlace(personKey: Buffer, id: string): Place {
  return { table: 'dossier', column: 'answers', row: [personKey, id] };
}

export function openAnswers(keyring: Keyring, personKey: Buffer, id: string, sealed: Buffer): Answers {
  return answersSchema.parse(unseal(keyring, dossierPlace(personKey, id), sealed));
}

/**
 * Stores a new dossier, with its audit event where it is somebody’s. The dossier that the browser had begun before, if
 * any, is forgotten. To be called in a transaction, together with the beginning of its session.
 */
export async function storeDossier(
  trx: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, answers }: Omit<Dossier, 'version' | 'supportCode'>,
  { older, isNobodys = false }: { readonly older: Dossier | null; readonly isNobodys?: boolean },
  at: Date,
): Promise<void> {
  const step = currentStep(answers);
  if (older)
    await trx
      .deleteFrom('dossier')
      .where('person_key', '=', older.personKey)
      .where('id', '=', older.id)
      .where('closed_at', 'is', null)
      .execute();
  const sealed = seal(keyring, dossierPlace(personKey, id), answers);
  await sql`
    insert into dossier (person_key, id, answers, step, version, created_at, updated_at)
    values (${personKey}, ${id}, ${sealed}, ${step}, 1, ${at}, ${at})`.execute(trx);
  if (!isNobodys)
    await sql`
      insert into audit_event (${auditColumns})
      select ${auditValues(personKey, at, 'identity-accepted', { step })}`.execute(trx);
}

/** What became of changed answers; `overtaken`: nothing was stored, another form of the same dossier was faster. */
export interface Kept {
  readonly kind: 'kept' | 'overtaken';
  readonly answers: Answers;
}

/** Part `saved` of a statement: stores changed answers where a condition holds; no row where they are overtaken. */
export function saved(
  keyring: Keyring,
  { personKey, id, version }: Dossier,
  answers: Answers,
  condition: RawBuilder<boolean>,
  at: Date,
): RawBuilder<unknown> {
  const sealed = seal(keyring, dossierPlace(personKey, id), answers);
  return sql`saved as (
      update dossier
      set answers = ${sealed}, step = ${currentStep(answers)}, version = version + 1, updated_at = ${at}
      where person_key = ${personKey} and id = ${id} and version = ${version} and closed_at is null and ${condition}
      returning 1
    )`;
}

/** Stores changed answers with their audit event, in one statement. */
export async function saveAnswers(
  db: Kysely<Database>,
  keyring: Keyring,
  dossier: Dossier,
  answers: Answers,
  event: { kind: AuditKind; details?: AuditDetails },
  at: Date,
): Promise<Kept> {
  const { rows } = await sql`
    with ${saved(keyring, dossier, answers, sql<boolean>`true`, at)}
    insert into audit_event (${auditColumns})
    select ${auditValues(dossier.personKey, at, event.kind, event.details)} from saved
    returning seq`.execute(db);
  return { kind: rows.length > 0 ? 'kept' : 'overtaken', answers };
}
