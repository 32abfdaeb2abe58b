import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Extends a pending account until an instant: its link works until then, and the account and its claim of the address
 * last at least as long. Does nothing for an account that is not pending.
 */
export async function extendPending(trx: Kysely<Database>, personKey: Buffer, until: Date): Promise<void> {
  const account = await trx
    .updateTable('account')
    .set({ link_dead_at: until, pending_until: sql`greatest(pending_until, ${until})` })
    .where('person_key', '=', personKey)
    .where('status', '=', 'pending')
    .returning(['email_key', 'pending_until'])
    .executeTakeFirst();
  if (!account) return;
  await trx
    .updateTable('email_claim')
    .set({ expires_at: account.pending_until })
    .where('email_key', '=', account.email_key)
    .where('person_key', '=', personKey)
    .where('expires_at', '<', account.pending_until)
    .execute();
}

/** Reschedules the next reminder of a pending account; false when another process has done it. */
export async function moveReminder(
  db: Kysely<Database>,
  personKey: Buffer,
  { from, to }: { readonly from: Date; readonly to: Date | null },
): Promise<boolean> {
  const moved = await db
    .updateTable('account')
    .set({ next_reminder_at: to })
    .where('person_key', '=', personKey)
    .where('next_reminder_at', '=', from)
    .returning('person_key')
    .executeTakeFirst();
  return moved !== undefined;
}
