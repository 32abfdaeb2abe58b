import { type Compilable, type Kysely, sql } from 'kysely';
import type { CodeChannel } from '#src/codes/rules.ts';
import { codeHash } from '#src/codes/secret.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import { also, required, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { isOf, type Whose } from '#src/database/whose.ts';

/** A person’s code for a channel that was neither used nor superseded, expired or not. */
export interface OpenCode {
  readonly id: string;
  readonly createdAt: Date;
  /** Whether anyone has tried it. */
  readonly wasTried: boolean;
}

export async function findOpenCode(
  db: Kysely<Database>,
  personKey: Buffer,
  channel: CodeChannel,
): Promise<OpenCode | null> {
  const row = await openCodes(db, personKey, channel).executeTakeFirst();
  return row ? openCode(row) : null;
}

function openCodes(db: Kysely<Database>, personKey: Buffer, channel: CodeChannel) {
  return db
    .selectFrom('provisional_code')
    .select(['id', 'created_at', 'tries', 'dossier_tries'])
    .where('person_key', '=', personKey)
    .where('channel', '=', channel)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null);
}

/** A row of an open code. */
export function openCode(row: {
  readonly id: string;
  readonly created_at: Date;
  readonly tries: number;
  readonly dossier_tries: number;
}): OpenCode {
  return { id: row.id, createdAt: row.created_at, wasTried: row.tries + row.dossier_tries > 0 };
}

export interface NewCode {
  readonly personKey: Buffer;
  readonly id: string;
  readonly channel: CodeChannel;
  /** As it is sent; only its hash is stored. */
  readonly code: string;
  readonly deadAt: Date;
  /** The notice that carries it. */
  readonly noticeId: string;
}

/** Stores a code, unless the person has an open one for this channel; the one with the id `older` is superseded. */
export function replacingCode(
  db: Kysely<Database>,
  keyring: Keyring,
  { personKey, id, channel, code, deadAt, noticeId }: NewCode,
  older: string | null,
  now: Date,
): readonly Write[] {
  const stored = db
    .insertInto('provisional_code')
    .values({
      person_key: personKey,
      id,
      channel,
      code_hash: codeHash(keyring, personKey, id, code),
      created_at: now,
      dead_at: deadAt,
      notice_id: noticeId,
    })
    .onConflict((conflict) => conflict.doNothing());
  return [also(superseding(db, personKey, now).where('id', '=', older)), required(stored)];
}

/** Supersedes the open codes of a person but this one. */
export function supersedingOthers(
  db: Kysely<Database>,
  personKey: Buffer,
  id: string,
  now: Date,
): Compilable {
  return superseding(db, personKey, now).where('id', '<>', id);
}

/** Supersedes every open code. */
export async function supersedeCodes(trx: Kysely<Database>, whose: Whose, now: Date): Promise<void> {
  await superseding(trx, whose, now).execute();
}

/** The statement that supersedes open codes, to be narrowed to one of them. */
function superseding(trx: Kysely<Database>, whose: Whose, now: Date) {
  return trx
    .updateTable('provisional_code')
    .set({ superseded_at: now })
    .where(isOf(whose))
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null);
}

/** Supersedes the code that a notice carries, if it is open. */
export async function supersedeCodeOf(
  trx: Kysely<Database>,
  personKey: Buffer,
  noticeId: string,
  now: Date,
): Promise<void> {
  await superseding(trx, personKey, now).where('notice_id', '=', noticeId).execute();
}

/**
 * Extends the validity of the code that a notice carries; an earlier instant changes nothing. Returns the last instant
 * that holds afterwards; null when the code was used or superseded.
 */
export async function extendCodeOf(
  db: Kysely<Database>,
  personKey: Buffer,
  noticeId: string,
  deadAt: Date,
): Promise<Date | null> {
  const code = await db
    .updateTable('provisional_code')
    .set({ dead_at: sql`greatest(dead_at, ${deadAt})` })
    .where('person_key', '=', personKey)
    .where('notice_id', '=', noticeId)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .returning('dead_at')
    .executeTakeFirst();
  return code?.dead_at ?? null;
}

/** Keeps the code that a notice carries as it is until the end of the caller’s transaction; false when it is not valid. */
export async function holdCodeOf(
  trx: Kysely<Database>,
  { personKey, id }: { readonly personKey: Buffer; readonly id: string },
  now: Date,
): Promise<boolean> {
  const code = await trx
    .selectFrom('provisional_code')
    .select('id')
    .where('person_key', '=', personKey)
    .where('notice_id', '=', id)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
  return code !== undefined;
}

/** The ids of those notices whose code is still valid. */
export async function noticesWithLiveCode(
  db: Kysely<Database>,
  notices: readonly { readonly personKey: Buffer; readonly id: string }[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('provisional_code')
    .select('notice_id')
    .where(sql<boolean>`person_key = any(${notices.map(({ personKey }) => personKey)}::bytea[])`)
    .where(sql<boolean>`notice_id = any(${notices.map(({ id }) => id)}::uuid[])`)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .execute();
  return new Set(rows.map((row) => row.notice_id));
}

/** Deletes every code of a person: those that are on their way open nothing any more. */
export function erasingCodes(db: Kysely<Database>, personKey: Buffer): Compilable {
  return db.deleteFrom('provisional_code').where('person_key', '=', personKey);
}
