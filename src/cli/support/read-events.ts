import type { Kysely } from 'kysely';
import { auditTexts } from '#src/cli/support/audit-kinds.ts';
import type { AuditEventTable, Database } from '#src/database/tables.ts';

/** What happened to a person’s case or account, and who did it. */
export interface CaseEvent {
  readonly at: Date;
  readonly text: string;
  readonly actor: string;
}

const shown = 10;
const actors: Readonly<Record<AuditEventTable['actor'], string>> = {
  person: 'the person',
  program: 'a program of the person',
  agent: 'agent',
  trainer: 'trainer',
  system: 'the service',
};
const texts: ReadonlyMap<string, string> = new Map(Object.entries(auditTexts));

/** The latest events of a person in the audit trail, the newest first. */
export async function readEvents(db: Kysely<Database>, personKey: Buffer): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select(['at', 'kind', 'actor', 'actor_id'])
    .where('person_key', '=', personKey)
    .orderBy('seq', 'desc')
    .limit(shown)
    .execute();
  return rows.map(({ at, kind, actor, actor_id }) => ({
    at,
    text: texts.get(kind) ?? kind,
    actor: actor_id === null ? actors[actor] : `${actors[actor]} ${actor_id}`,
  }));
}
