import type { Kysely } from 'kysely';
import type { Actor } from '#src/audit/actor.ts';
import type { AuditDetails, AuditKind } from '#src/audit/kind.ts';
import type { Database } from '#src/database/tables.ts';

/** Whose case an event is about, who acted, and the details that its kind asks for. */
export type AuditSubject<Details extends AuditDetails> = {
  readonly person: Buffer;
  readonly actor: Actor;
} & (Record<never, never> extends Details ? { readonly details?: Details } : { readonly details: Details });

export type AuditEvent<Details extends AuditDetails> = AuditSubject<Details> & { readonly at: Date };

/** The chain of events that are about nobody: the trail itself, the register as a whole. */
export const systemChain = Buffer.alloc(32);

/** Adds an event to the trail, together with the change that it records. The database numbers and chains it. */
export function recording<Details extends AuditDetails>(
  db: Kysely<Database>,
  kind: AuditKind<string, Details>,
  event: AuditEvent<NoInfer<Details>>,
) {
  return recordingAll(db, kind, [event]);
}

/** Adds several events of a kind: of many people in the order of their keys, each of whose chains it locks. */
export function recordingAll<Details extends AuditDetails>(
  db: Kysely<Database>,
  kind: AuditKind<string, Details>,
  events: readonly AuditEvent<NoInfer<Details>>[],
) {
  return db.insertInto('audit_event').values(
    events.map((event) => {
      const { person, actor, at } = event;
      const { details = {} }: { readonly details?: AuditDetails } = event;
      return {
        person_key: person,
        at,
        actor: actor.kind,
        actor_id: 'id' in actor ? actor.id : null,
        kind: kind.name,
        details: JSON.stringify(details),
      };
    }),
  );
}

/** Runs `recording`, in the transaction of the change. */
export async function record<Details extends AuditDetails>(
  trx: Kysely<Database>,
  kind: AuditKind<string, Details>,
  event: AuditEvent<NoInfer<Details>>,
): Promise<void> {
  await recording(trx, kind, event).execute();
}
