import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { accountReference } from '#src/accounts/find-account.ts';
import type { RegisterConcernedTable } from '#src/database/tables/register.ts';
import type { Database } from '#src/database/tables.ts';
import type { AsOf } from '#src/register-import/as-of.ts';
import type { Origin } from '#src/register-import/record.ts';

/** One import of the register, loaded or refused. */
export interface PastImport {
  readonly id: string;
  readonly at: Date;
  readonly origin: Origin;
  readonly kind: 'full' | 'delta';
  /** Of a delta: the date of the register that it went on. */
  readonly since: AsOf | null;
  readonly asOf: AsOf | null;
  readonly sha256: Buffer | null;
  /** A reason code; null: it was loaded. */
  readonly refusedFor: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

const countsSchema = z.record(z.string(), z.number());

/** The imports, the latest first. */
export async function findImports(
  db: Kysely<Database>,
  { atMost, id = null }: { readonly atMost: number; readonly id?: string | null },
): Promise<readonly PastImport[]> {
  const rows = await db
    .selectFrom('register_import')
    .selectAll()
    .$if(id !== null, (query) => query.where('id', '=', id))
    .orderBy('at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    origin: { by: row.loaded_by, fileName: row.file_name },
    kind: row.kind,
    since: asOfOf(row.since_from, row.since_until),
    asOf: asOfOf(row.as_from, row.as_until),
    sha256: row.sha256,
    refusedFor: row.refused_for,
    counts: countsSchema.parse(row.counts),
  }));
}

function asOfOf(from: Date | null, until: Date | null): AsOf | null {
  return from && until ? { from, until } : null;
}

/** Somebody with an account whom an import concerned. */
export interface Concerned {
  readonly what: RegisterConcernedTable['what'];
  /** Of their account (`accountReference`), by which `compte person` finds them. */
  readonly reference: string;
  /** Of their latest dossier, while there is one. */
  readonly supportCode: string | null;
  readonly status: string;
}

/** Whom an import concerned, in the order of their references. */
export async function findConcerned(
  db: Kysely<Database>,
  id: string,
  atMost: number,
): Promise<readonly Concerned[]> {
  const rows = await db
    .selectFrom('register_concerned as c')
    .innerJoin('account as a', 'a.person_key', 'c.person_key')
    .select(['c.what', 'a.status', 'a.person_key'])
    .select(
      sql<string | null>`(
        select d.support_code from dossier d where d.person_key = c.person_key order by d.created_at desc limit 1
      )`.as('support_code'),
    )
    .where('c.import', '=', id)
    .orderBy('c.person_key')
    .limit(atMost)
    .execute();
  return rows.map(({ what, status, person_key, support_code: supportCode }) => ({
    what,
    reference: accountReference(person_key),
    supportCode,
    status,
  }));
}
