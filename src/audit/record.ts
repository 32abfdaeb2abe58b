import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Actor } from '#src/audit/actor.ts';
import type { AuditDetails, AuditKind } from '#src/audit/kind.ts';
import { alsoSelect, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';

/** Whose case an event is about, who acted, and the details that its kind asks for. */
export type AuditSubject<Details extends AuditDetails> = {
  readonly person: Buffer;
  readonly actor: Actor;
} & (Record<never, never> extends Details ? { readonly details?: Details } : { readonly details: Details });

export type AuditEvent<Details extends AuditDetails> = AuditSubject<Details> & { readonly at: Date };

/** The chain of events that are about nobody: the trail itself, the register as a whole. */
export const systemChain = Buffer.alloc(32);

/** Adds an event to the trail, at once with the change that it records. The database numbers and chains it. */
export function recording<Details extends AuditDetails>(
  db: Kysely<Database>,
  kind: AuditKind<string, Details>,
  event: AuditEvent<NoInfer<Details>>,
): Write {
  return writing(db, appending(kind, event));
}

/** Adds several events of a kind: of many people in the order of their keys, each of whose chains it locks. */
export function recordingAll<Details extends AuditDetails>(
  db: Kysely<Database>,
  kind: AuditKind<string, Details>,
  events: readonly AuditEvent<NoInfer<Details>>[],
): Write {
  return writing(db, appendingAll(kind, events));
}

function writing(db: Kysely<Database>, query: RawBuilder<unknown>): Write {
  return alsoSelect({ compile: () => query.compile(db) });
}

/** What `recording` runs: to be part of another statement about nothing but counters. */
export function appending<Details extends AuditDetails>(
  { name }: AuditKind<string, Details>,
  event: AuditEvent<NoInfer<Details>>,
): RawBuilder<unknown> {
  const { person, actor, at } = event;
  const { details = {} }: { readonly details?: AuditDetails } = event;
  return sql`select audit_append(${person}::bytea, ${at}::timestamptz, ${actor.kind}::text,
    ${'id' in actor ? actor.id : null}::text, ${name}::text, ${JSON.stringify(details)}::jsonb)`;
}

function appendingAll<Details extends AuditDetails>(
  { name }: AuditKind<string, Details>,
  events: readonly AuditEvent<NoInfer<Details>>[],
): RawBuilder<unknown> {
  const details = events.map(({ details = {} }: { readonly details?: AuditDetails }) =>
    JSON.stringify(details),
  );
  return sql`select audit_append(person, at, actor, actor_id, ${name}::text, details::jsonb)
    from unnest(${events.map(({ person }) => person)}::bytea[], ${events.map(({ at }) => at)}::timestamptz[],
      ${events.map(({ actor }) => actor.kind)}::text[],
      ${events.map(({ actor }) => ('id' in actor ? actor.id : null))}::text[], ${details}::text[])
      as event (person, at, actor, actor_id, details)`;
}

/** Runs `recording`, in the transaction of the change. */
export async function record<Details extends AuditDetails>(
  trx: Kysely<Database>,
  kind: AuditKind<string, Details>,
  event: AuditEvent<NoInfer<Details>>,
): Promise<void> {
  await appending(kind, event).execute(trx);
}

/** Runs `recordingAll`, in the transaction of the changes. */
export async function recordAll<Details extends AuditDetails>(
  trx: Kysely<Database>,
  kind: AuditKind<string, Details>,
  events: readonly AuditEvent<NoInfer<Details>>[],
): Promise<void> {
  await appendingAll(kind, events).execute(trx);
}
