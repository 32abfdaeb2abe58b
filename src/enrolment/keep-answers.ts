import type { OpenDossier } from '#src/access/who.ts';
import type { Actor } from '#src/audit/actor.ts';
import { atOnce, required, type Write } from '#src/database/at-once.ts';
import { savingAnswers } from '#src/dossiers/dossier.ts';
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
  recordEvent: (circumstances: Circumstances) => Write,
  now: Date,
): Promise<Kept> {
  const event = recordEvent({ person: dossier.personKey, actor: actorOf(session), at: now });
  const kept = await atOnce(db, [required(savingAnswers(keyring, dossier, answers, now)), event]);
  return { kind: kept ? 'kept' : 'overtaken', answers };
}
