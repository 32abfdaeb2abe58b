import { type Kysely, sql } from 'kysely';
import { type Keyring, seal, unseal } from '#src/crypto/keyring.ts';
import { isSpread } from '#src/database/dialect.ts';
import type { Database } from '#src/database/tables.ts';

/** A column of sealed values, each bound to the row's `person_key`, and to its `id` if it has one. */
export interface SealedColumn {
  readonly table:
    | 'insured'
    | 'dossier'
    | 'account'
    | 'notice'
    | 'email_confirmation'
    | 'api_idempotency'
    | 'rights'
    | 'payment'
    | 'message'
    | 'document'
    | 'document_part'
    | 'correspondence'
    | 'attestation';
  readonly column: string;
  readonly hasId: boolean;
}

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'insured', column: 'sealed', hasId: false },
  { table: 'dossier', column: 'answers', hasId: true },
  { table: 'account', column: 'contact', hasId: false },
  { table: 'notice', column: 'content', hasId: true },
  { table: 'email_confirmation', column: 'address', hasId: true },
  { table: 'api_idempotency', column: 'response', hasId: true },
  { table: 'rights', column: 'sealed', hasId: false },
  { table: 'payment', column: 'summary', hasId: true },
  { table: 'payment', column: 'detail', hasId: true },
  { table: 'message', column: 'sealed', hasId: true },
  { table: 'document', column: 'sealed', hasId: true },
  { table: 'document_part', column: 'content', hasId: true },
  { table: 'correspondence', column: 'sealed', hasId: false },
  { table: 'attestation', column: 'sealed', hasId: true },
];

export interface ResealCount {
  readonly table: string;
  /** Values sealed by an older key: sealed again, or found by a dry run. */
  readonly resealed: number;
  /** Values that no configured key opens; they stay as they are. */
  readonly unreadable: number;
}

export interface ResealOptions {
  readonly dryRun?: boolean;
  readonly onProgress?: (table: string, done: number) => void;
}

interface Row {
  person_key: Buffer;
  id: string;
  value: Buffer;
}

const batchSize = 200;

/**
 * Seals values of older keys again under the current key. It may run while the service does, and be stopped and
 * restarted: a value that changes meanwhile is not overwritten.
 *
 * Only sealed values move. Person and address keys and proof verifiers are fingerprints and stay under the key that
 * made them; look-ups try every configured version. An older key therefore stays configured as long as rows have a
 * person key of it; after a rotation it no longer opens any sealed value.
 */
export async function resealAll(
  db: Kysely<Database>,
  keyring: Keyring,
  options: ResealOptions = {},
): Promise<ResealCount[]> {
  const counts: ResealCount[] = [];
  for (const sealed of sealedColumns) counts.push(await resealColumn(db, keyring, sealed, options));
  return counts;
}

async function resealColumn(
  db: Kysely<Database>,
  keyring: Keyring,
  sealed: SealedColumn,
  { dryRun = false, onProgress = () => {} }: ResealOptions,
): Promise<ResealCount> {
  let last: Row | undefined;
  let resealed = 0;
  let unreadable = 0;
  for (;;) {
    const rows = await outdatedRows(db, keyring, sealed, last);
    if (rows.length === 0) return { table: sealed.table, resealed, unreadable };
    const renewed = rows.flatMap((row) => {
      const value = renew(keyring, sealed, row);
      return value === null ? [] : [{ row, value }];
    });
    unreadable += rows.length - renewed.length;
    resealed += dryRun ? renewed.length : await store(db, sealed, renewed);
    onProgress(sealed.table, resealed);
    last = rows.at(-1);
  }
}

function renew(keyring: Keyring, { table, column, hasId }: SealedColumn, row: Row): Buffer | null {
  const place = { table, column, row: hasId ? [row.person_key, row.id] : [row.person_key] };
  try {
    return seal(keyring, place, unseal(keyring, place, row.value));
  } catch {
    return null;
  }
}

function idOf({ hasId }: SealedColumn) {
  return hasId ? sql`id::text` : sql`''::text`;
}

async function outdatedRows(
  db: Kysely<Database>,
  keyring: Keyring,
  sealed: SealedColumn,
  after: Row | undefined,
): Promise<Row[]> {
  const column = sql.ref(sealed.column);
  const next = after ? sql`and (person_key, ${idOf(sealed)}) > (${after.person_key}, ${after.id})` : sql``;
  const { rows } = await sql<Row>`
    select person_key, ${idOf(sealed)} as id, ${column} as value from ${sql.table(sealed.table)}
    where substring(${column} from 1 for 4) <> int4send(${keyring.current}::integer) ${next}
    order by person_key, ${idOf(sealed)} limit ${batchSize}`.execute(db);
  return rows;
}

async function store(
  db: Kysely<Database>,
  sealed: SealedColumn,
  renewed: readonly { row: Row; value: Buffer }[],
): Promise<number> {
  // On several nodes each person by themselves: every node of a statement is sent all of its values.
  const groups = isSpread(db)
    ? Map.groupBy(renewed, ({ row }) => row.person_key.toString('hex')).values()
    : [renewed];
  let stored = 0;
  for (const group of groups) if (group.length > 0) stored += await storeGroup(db, sealed, group);
  return stored;
}

/** One table and a condition, which a cluster runs, too. */
async function storeGroup(
  db: Kysely<Database>,
  sealed: SealedColumn,
  group: readonly { row: Row; value: Buffer }[],
): Promise<number> {
  const column = sql.ref(sealed.column);
  const names = group.map(({ row }) => row.person_key.toString('hex') + row.id);
  const place = sql`array_position(${names}::text[], encode(person_key, 'hex') || ${idOf(sealed)})`;
  const { numAffectedRows } = await sql`
    update ${sql.table(sealed.table)} set ${column} = (${group.map(({ value }) => value)}::bytea[])[${place}]
    where person_key = any(${[...new Set(group.map(({ row }) => row.person_key))]}::bytea[])
      and ${idOf(sealed)} = any(${group.map(({ row }) => row.id)}::text[])
      and ${column} = (${group.map(({ row }) => row.value)}::bytea[])[${place}]`.execute(db);
  return Number(numAffectedRows ?? 0);
}
