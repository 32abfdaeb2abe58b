import { type Compilable, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import type { CorrespondenceTable } from '#src/database/tables/deposits.ts';
import type { Database } from '#src/database/tables.ts';

/** How often a mail tells what was deposited (avis de dépôt). */
export type Frequency = Exclude<CorrespondenceTable['frequency'], 'never'>;

/** How a person wants to be written to. */
export interface Correspondence {
  /** On paper too. */
  readonly paper: boolean;
  /** Documents deposited from then on go on paper; null without paper. */
  readonly paperSince: Date | null;
  /** `never`: they unsubscribed by the link of such a mail, and get paper instead. */
  readonly frequency: Frequency | 'never';
  /** The words by which the person tells our mails from others («phrase repère»); null: none chosen. */
  readonly phrase: string | null;
  /** When it was chosen; null: never. */
  readonly changedAt: Date | null;
}

export const usualFrequency: Frequency = 'at-once';

/** What holds after the opening of an account, whose terms give up paper. */
export const usualCorrespondence: Correspondence = {
  paper: false,
  paperSince: null,
  frequency: usualFrequency,
  phrase: null,
  changedAt: null,
};

const storedColumns = ['person_key', 'paper', 'frequency', 'sealed', 'paper_since', 'changed_at'] as const;

function place(personKey: Buffer): Place {
  return { table: 'correspondence', column: 'sealed', row: [personKey] };
}

/** `personKey`: of the account. */
export async function findCorrespondence(
  db: Kysely<Database>,
  keyring: Keyring,
  personKey: Buffer,
): Promise<Correspondence> {
  const row = await db
    .selectFrom('correspondence')
    .select(storedColumns)
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return row ? openCorrespondence(keyring, row) : usualCorrespondence;
}

/** That of several people who have an account, by the hexadecimal form of its key; no entry: as after the opening. */
export async function correspondenceOfMany(
  db: Kysely<Database>,
  keyring: Keyring,
  keys: readonly Buffer[],
): Promise<ReadonlyMap<string, Correspondence>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('correspondence')
    .select(storedColumns)
    .where('person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .execute();
  return new Map(rows.map((row) => [row.person_key.toString('hex'), openCorrespondence(keyring, row)]));
}

function openCorrespondence(
  keyring: Keyring,
  row: Pick<CorrespondenceTable, (typeof storedColumns)[number]>,
): Correspondence {
  const {
    person_key: personKey,
    paper,
    frequency,
    sealed,
    paper_since: paperSince,
    changed_at: changedAt,
  } = row;
  return {
    paper,
    paperSince,
    frequency,
    phrase: sealed === null ? null : z.string().parse(unseal(keyring, place(personKey), sealed)),
    changedAt,
  };
}

/** What a person chooses. */
export type Choice = Omit<Correspondence, 'paperSince' | 'changedAt'>;

/**
 * Stores the choice of a person who has an account, in place of the one that was read (`changedAt`): no row changes when
 * another one has replaced that. Paper that was chosen before goes on since then.
 */
export function savingCorrespondence(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, changedAt }: Pick<Correspondence, 'changedAt'> & { readonly personKey: Buffer },
  { paper, frequency, phrase }: Choice,
  now: Date,
): Compilable {
  const sealed = phrase === null ? null : seal(keyring, place(personKey), phrase);
  const row = { paper, frequency, sealed, changed_at: now };
  return db
    .insertInto('correspondence')
    .values({ person_key: personKey, ...row, paper_since: paper ? now : null })
    .onConflict((conflict) =>
      conflict
        .column('person_key')
        .doUpdateSet({
          ...row,
          paper_since: paper
            ? sql`coalesce(correspondence.paper_since, excluded.paper_since)`
            : sql`excluded.paper_since`,
        })
        .where(sql<boolean>`correspondence.changed_at = ${changedAt}::timestamptz`),
    );
}

/**
 * No mail tells this person of deposits any more, and everything that is deposited from now on goes on paper: they
 * unsubscribed. Changes no row when they did before.
 */
export function stoppingAvis(db: Kysely<Database>, personKey: Buffer, now: Date): Compilable {
  const row = { paper: true, frequency: 'never', changed_at: now } as const;
  return db
    .insertInto('correspondence')
    .values({ person_key: personKey, ...row, paper_since: now, sealed: null })
    .onConflict((conflict) =>
      conflict
        .column('person_key')
        .doUpdateSet({ ...row, paper_since: sql`coalesce(correspondence.paper_since, excluded.paper_since)` })
        .where('correspondence.frequency', '<>', 'never'),
    );
}
