import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/** Where a batch stands, for operators. */
export interface BatchStatus {
  readonly number: number;
  readonly createdAt: Date;
  readonly exportedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly letters: number;
  readonly printed: number;
  readonly posted: number;
  readonly returned: number;
}

export interface LettersStatus {
  /** Queued, in no batch yet, and since when the oldest waits. */
  readonly waiting: number;
  readonly oldest: Date | null;
  /** Newest first. */
  readonly batches: readonly BatchStatus[];
}

/** The latest batches, and what waits for the next. */
export async function lettersStatus(db: Kysely<Database>, atMost = 20): Promise<LettersStatus> {
  const { count, oldest } = await db
    .selectFrom('notice as n')
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min('n.created_at').as('oldest')])
    .where('n.channel', '=', 'letter')
    .where('n.state', '=', 'queued')
    .where(sql<boolean>`not exists (select from letter l where l.person_key = n.person_key and l.id = n.id)`)
    .executeTakeFirstOrThrow();
  const counted = (state: string) =>
    sql<string>`(select count(*) from letter l where l.batch_id = b.id and l.${sql.ref(`${state}_at`)} is not null)`;
  const rows = await db
    .selectFrom('letter_batch as b')
    .select([
      'b.number',
      'b.created_at',
      'b.exported_at',
      'b.acknowledged_at',
      'b.letters',
      counted('printed').as('printed'),
      counted('posted').as('posted'),
      counted('returned').as('returned'),
    ])
    .orderBy('b.number', 'desc')
    .limit(atMost)
    .execute();
  return {
    waiting: Number(count),
    oldest,
    batches: rows.map((row) => ({
      number: row.number,
      createdAt: row.created_at,
      exportedAt: row.exported_at,
      acknowledgedAt: row.acknowledged_at,
      letters: row.letters,
      printed: Number(row.printed),
      posted: Number(row.posted),
      returned: Number(row.returned),
    })),
  };
}
