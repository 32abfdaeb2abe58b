import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { findSender, type Sender } from '#src/senders/sender.ts';

/** The sender that speaks for a caisse (`caisse-` and its code), for a person to write to; null when nobody there reads. */
export async function whoReadsMessages(
  db: Kysely<Database>,
  caisseCode: string | null,
): Promise<Sender | null> {
  const sender = caisseCode === null ? null : await findSender(db, `caisse-${caisseCode}`);
  return sender && isReading(sender) ? sender : null;
}

/** Whether a sender reads and answers what people write to it. */
export function isReading({ scopes, disabledAt }: Pick<Sender, 'scopes' | 'disabledAt'>): boolean {
  return disabledAt === null && scopes.includes('messages');
}
