import { hash } from 'node:crypto';
import { type Compilable, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#src/database/tables.ts';
import { type PublicKeys, publicKeysSchema } from '#src/senders/public-keys.ts';

/** What a sender may deposit, and whether it reads and answers the messages that people write to it. */
export const senderScopes = ['payments', 'rights', 'documents', 'messages'] as const;
export type SenderScope = (typeof senderScopes)[number];

/** Names a sender in commands, logs and tokens: `caisse-631`. */
export const senderCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);

/** A caisse or a mutuelle that deposits for people, by its programs. */
export interface Sender {
  readonly code: string;
  /** Shown to people. */
  readonly name: string;
  readonly scopes: readonly SenderScope[];
  readonly keys: PublicKeys;
  readonly disabledAt: Date | null;
}

/** Stores a new sender; changes no row when its code is taken. */
export function addingSender(
  db: Kysely<Database>,
  { code, name, scopes, keys }: Omit<Sender, 'disabledAt'>,
  now: Date,
): Compilable {
  return db
    .insertInto('sender')
    .values({ code, name, scopes: [...scopes], keys: JSON.stringify(keys), created_at: now })
    .onConflict((conflict) => conflict.doNothing());
}

export async function findSender(db: Kysely<Database>, code: string): Promise<Sender | null> {
  const row = await senders(db).where('code', '=', code).executeTakeFirst();
  return row ? openSender(row) : null;
}

/** All senders, by code. */
export async function listSenders(db: Kysely<Database>): Promise<readonly Sender[]> {
  return (await senders(db).orderBy('code').execute()).map(openSender);
}

function senders(db: Kysely<Database>) {
  return db.selectFrom('sender').select(['code', 'name', 'scopes', 'keys', 'disabled_at']);
}

interface Row {
  readonly code: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly keys: object;
  readonly disabled_at: Date | null;
}

function openSender({ code, name, scopes, keys, disabled_at: disabledAt }: Row): Sender {
  return {
    code,
    name,
    scopes: z.array(z.enum(senderScopes)).parse(scopes),
    keys: publicKeysSchema.parse(keys),
    disabledAt,
  };
}

/** Replaces the keys of a sender. */
export function replacingKeys(db: Kysely<Database>, code: string, keys: PublicKeys): Compilable {
  return db
    .updateTable('sender')
    .set({ keys: JSON.stringify(keys) })
    .where('code', '=', code);
}

/** Replaces what a sender may do. */
export function replacingScopes(
  db: Kysely<Database>,
  code: string,
  scopes: readonly SenderScope[],
): Compilable {
  return db
    .updateTable('sender')
    .set({ scopes: [...scopes] })
    .where('code', '=', code);
}

/** Lets a sender deposit no longer (an instant), or again (null). */
export function disablingSender(db: Kysely<Database>, code: string, at: Date | null): Compilable {
  return db
    .updateTable('sender')
    .set({ disabled_at: at })
    .where('code', '=', code)
    .where(sql<boolean>`(disabled_at is null) = ${at !== null}`);
}

/** Uses up a signed assertion (RFC 7523) of a sender; changes no row when it was used before. */
export function usingAssertion(
  db: Kysely<Database>,
  sender: string,
  { id, expiresAt }: { readonly id: string; readonly expiresAt: Date },
): Compilable {
  return db
    .insertInto('sender_assertion')
    .values({ sender, jti_hash: hash('sha256', id, 'buffer'), expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing());
}
