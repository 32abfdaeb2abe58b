import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** What the page of an account shows besides the account itself. */
export interface Overview {
  /** The latest answer to each purpose. */
  readonly consents: ReadonlyMap<string, boolean>;
  /** Newest first. */
  readonly signIns: readonly { readonly accepted: boolean; readonly at: Date }[];
  readonly linkedToFranceConnect: boolean;
  /** When the password was chosen. */
  readonly passwordChangedAt: Date | null;
}

interface Row {
  consents: Record<string, boolean>;
  sign_ins: { kind: string; at: string }[];
  linked: boolean;
  password_changed_at: Date | null;
}

/** One query, the 5 latest sign-ins at most. */
export async function findOverview(db: Kysely<Database>, personKey: Buffer): Promise<Overview> {
  const { rows } = await sql<Row>`
    select
      (select coalesce(json_object_agg(purpose, answer), '{}') from (
        select distinct on (purpose) purpose, answer from consent
        where person_key = ${personKey} order by purpose, at desc
      ) as latest) as consents,
      (select coalesce(json_agg(json_build_object('kind', kind, 'at', at) order by seq desc), '[]') from (
        select seq, kind, at from audit_event
        where person_key = ${personKey} and kind in ('signed-in', 'sign-in-refused') order by seq desc limit 5
      ) as events) as sign_ins,
      exists (select from franceconnect_link where person_key = ${personKey}) as linked,
      (select changed_at from credential where person_key = ${personKey} and kind = 'password') as password_changed_at`.execute(
    db,
  );
  const [row] = rows;
  return {
    consents: new Map(Object.entries(row?.consents ?? {})),
    signIns: (row?.sign_ins ?? []).map(({ kind, at }) => ({
      accepted: kind === 'signed-in',
      at: new Date(at),
    })),
    linkedToFranceConnect: row?.linked ?? false,
    passwordChangedAt: row?.password_changed_at ?? null,
  };
}
