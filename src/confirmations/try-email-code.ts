import { type Kysely, sql } from 'kysely';
import type { Actor } from '#src/audit/actor.ts';
import { auditKind } from '#src/audit/kind.ts';
import { codeMatches } from '#src/confirmations/secret.ts';
import type { ConfirmationPurpose } from '#src/confirmations/store.ts';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database, EmailConfirmationTable } from '#src/database/tables.ts';
import { ofClient } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { type CountNeeds, recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import type { Policy } from '#src/policy/schema.ts';

type Needs = CountNeeds & {
  readonly keyring: Keyring;
  readonly policy: Pick<Policy, 'confirmation'>;
  readonly limits: Pick<LimitRules, 'client'>;
};

export interface EmailCodeTry {
  readonly personKey: Buffer;
  readonly purpose: Exclude<ConfirmationPurpose, 'password-reset'>;
  readonly code: string;
  /** From the session that waits for it; clients that know only the NIR have tries of their own. */
  readonly own: boolean;
  readonly client: Client;
  readonly actor: Actor;
  readonly now: Date;
}

export type EmailCodeTrial =
  | { readonly kind: 'right'; readonly confirmation: Pick<EmailConfirmationTable, 'id' | 'address'> }
  /**
   * Wrong, or no try is left: the link is still valid then, and a new mail brings a new code. `left`: how many tries the
   * code has left, said only to the session that waits for it.
   */
  | { readonly kind: 'wrong'; readonly left: number | null }
  | { readonly kind: 'blocked'; readonly until: Date };

interface OpenConfirmation extends Pick<EmailConfirmationTable, 'id' | 'address' | 'code_hash'> {
  readonly code_tries: number;
}

export const confirmationRefused = auditKind('confirmation-refused');

/** Compared where no code is open, so that the work is the same. */
const noConfirmation: OpenConfirmation = {
  id: '00000000-0000-0000-0000-000000000000',
  address: null,
  code_hash: null,
  code_tries: 0,
};
const noHash = Buffer.alloc(32);

/**
 * Tries the code of a mail, and counts the try against the open confirmation and against the client; while the client is
 * suspended, the code loses no try. For a person without an open confirmation the same statements run.
 */
export async function tryEmailCode(needs: Needs, attempt: EmailCodeTry): Promise<EmailCodeTrial> {
  const { db, events, keyring, policy, limits } = needs;
  const { personKey, code, client, actor, now } = attempt;
  const counters = ofClient(limits.client.confirmation, client, personKey);
  const suspended = await suspendedUntil(db, counters, now);
  const tries = suspended ? 0 : policy.confirmation.codeTries;
  const open = await countTry(db, attempt, tries);
  const { id, code_hash } = open ?? noConfirmation;
  const agrees = codeMatches(keyring, personKey, id, code, code_hash ?? noHash);
  const right = open !== null && agrees;
  const refused = refusal(confirmationRefused, { person: personKey, actor });
  const counted = await recordAttempt({ db, events }, now, right, counters, refused);
  if (counted.kind === 'blocked') return counted;
  if (right) return { kind: 'right', confirmation: open };
  return { kind: 'wrong', left: attempt.own ? (open ? tries - open.code_tries : 0) : null };
}

/** Uses up one of the tries of the open code; null when none is left, or no code is open. */
async function countTry(
  db: Kysely<Database>,
  { personKey, purpose, own, now }: EmailCodeTry,
  mostTries: number,
): Promise<OpenConfirmation | null> {
  const tries = own ? 'code_tries' : 'outside_tries';
  const open = await db
    .updateTable('email_confirmation')
    .set({ [tries]: sql`${sql.ref(tries)} + 1` })
    .where('person_key', '=', personKey)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .where(tries, '<', mostTries)
    .returning(['id', 'code_hash', 'address', 'code_tries'])
    .executeTakeFirst();
  return open ?? null;
}

/** As long as a form that was sent twice is recognised. */
const justNowMs = 60_000;

/** Whether the address of this code was confirmed a moment ago: its form was sent twice. It opens nothing. */
export async function isJustConfirmed(
  { db, keyring }: Pick<Needs, 'db' | 'keyring'>,
  { personKey, purpose, code, now }: Pick<EmailCodeTry, 'personKey' | 'purpose' | 'code' | 'now'>,
): Promise<boolean> {
  const used = await db
    .selectFrom('email_confirmation')
    .select(['id', 'code_hash'])
    .where('person_key', '=', personKey)
    .where('purpose', '=', purpose)
    .where('used_at', '>', new Date(now.getTime() - justNowMs))
    .execute();
  return used.some(({ id, code_hash }) => codeMatches(keyring, personKey, id, code, code_hash ?? noHash));
}
