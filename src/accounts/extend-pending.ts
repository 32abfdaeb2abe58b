import { type Kysely, sql } from 'kysely';
import type { Database } from '#src/database/tables.ts';

/**
 * Gives a pending account until an instant: its link works until then, it waits at least as long, and so long it holds
 * its address. Nothing changes for an account that does not wait.
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

/** Moves the next reminder of a pending account, unless another process did. */
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
