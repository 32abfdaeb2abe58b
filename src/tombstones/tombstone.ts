import { type Compilable, type Kysely, sql } from 'kysely';
import type { Database, TombstoneTable } from '#src/database/tables.ts';

/** That a person was erased, and when: what a restored backup is told. */
export interface Tombstone {
  readonly personKey: Buffer;
  /** Of the erasure: the same under each key of the person. */
  readonly id: string;
  readonly erasedAt: Date;
  readonly reason: TombstoneTable['reason'];
}

/** Stores a tombstone, together with the erasure. */
export function burying(db: Kysely<Database>, { personKey, id, erasedAt, reason }: Tombstone): Compilable {
  return db.insertInto('tombstone').values({ person_key: personKey, id, erased_at: erasedAt, reason });
}

/** The tombstones of a person, the newest first. */
export async function tombstonesOf(db: Kysely<Database>, keys: readonly Buffer[]): Promise<Tombstone[]> {
  const rows = await db
    .selectFrom('tombstone')
    .selectAll()
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`)
    .orderBy('erased_at', 'desc')
    .execute();
  return rows.map(tombstoneOf);
}

const rowsAtOnce = 1_000;

/** Every tombstone, some at a time. */
export async function* allTombstones(db: Kysely<Database>): AsyncGenerator<Tombstone> {
  let after: Tombstone | null = null;
  for (;;) {
    const next = sql`(person_key, id) > (${after?.personKey ?? Buffer.alloc(0)}::bytea, ${after?.id ?? nilId}::uuid)`;
    const { rows }: { rows: TombstoneTable[] } = await sql<TombstoneTable>`
      select * from tombstone where ${next} order by person_key, id limit ${rowsAtOnce}`.execute(db);
    const page: Tombstone[] = rows.map(tombstoneOf);
    yield* page;
    after = page.at(-1) ?? null;
    if (!after || page.length < rowsAtOnce) return;
  }
}

const nilId = '00000000-0000-0000-0000-000000000000';

function tombstoneOf({ person_key: personKey, id, erased_at: erasedAt, reason }: TombstoneTable): Tombstone {
  return { personKey, id, erasedAt, reason };
}
