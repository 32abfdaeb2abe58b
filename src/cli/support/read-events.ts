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
/** Among which they are found: a sender may deposit much at once. */
const read = 300;
const actors: Readonly<Record<AuditEventTable['actor'], string>> = {
  person: 'the person',
  program: 'a program of the person',
  agent: 'agent',
  trainer: 'trainer',
  system: 'the service',
};
const texts: ReadonlyMap<string, string> = new Map(Object.entries(auditTexts));

/** The latest events of a person in the audit trail, the newest first; what repeats itself is one of them. */
export async function readEvents(db: Kysely<Database>, personKey: Buffer): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('audit_event')
    .select(['at', 'kind', 'actor', 'actor_id'])
    .where('person_key', '=', personKey)
    .orderBy('seq', 'desc')
    .limit(read)
    .execute();
  const runs: { last: (typeof rows)[number]; count: number }[] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run?.last.kind === row.kind && run.last.actor === row.actor && run.last.actor_id === row.actor_id)
      run.count += 1;
    else if (runs.length < shown) runs.push({ last: row, count: 1 });
    else break;
  }
  return runs.map(({ last: { at, kind, actor, actor_id }, count }) => ({
    at,
    text: `${texts.get(kind) ?? kind}${count > 1 ? `, ${count} times in a row` : ''}`,
    actor: actor_id === null ? actors[actor] : `${actors[actor]} ${actor_id}`,
  }));
}
