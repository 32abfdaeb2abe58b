import type { Kysely } from 'kysely';
import type { OpenDossier } from '#src/access/who.ts';
import type { Actor } from '#src/audit/actor.ts';
import { inTransaction } from '#src/database/in-transaction.ts';
import type { Database } from '#src/database/tables.ts';
import { saveAnswers } from '#src/dossiers/dossier.ts';
import type { Answers } from '#src/journey/answers.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';

/** The outcome of storing answers; `overtaken`: nothing was stored, a concurrent form of the dossier was faster. */
export interface Kept {
  readonly kind: 'kept' | 'overtaken';
  readonly answers: Answers;
}

/** The person, actor and instant of an audit event. */
interface Circumstances {
  readonly person: Buffer;
  readonly actor: Actor;
  readonly at: Date;
}

/** Stores the changed answers of a dossier, and records the audit event of the change. */
export async function keepAnswers(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { session, dossier }: OpenDossier,
  answers: Answers,
  recordEvent: (trx: Kysely<Database>, circumstances: Circumstances) => Promise<void>,
  now: Date,
): Promise<Kept> {
  return inTransaction(db, async (trx) => {
    if (!(await saveAnswers(trx, keyring, dossier, answers, now))) return { kind: 'overtaken', answers };
    await recordEvent(trx, { person: dossier.personKey, actor: actorOf(session), at: now });
    return { kind: 'kept', answers };
  });
}
