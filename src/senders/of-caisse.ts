import type { Kysely } from 'kysely';
import type { Database } from '#src/database/tables.ts';
import { findSender, type Sender } from '#src/senders/sender.ts';

/** The code of the sender that speaks for a caisse. */
export function caisseSender(caisseCode: string): string {
  return `caisse-${caisseCode}`;
}

/** The sender to which a person of this caisse can write; null when nobody there reads messages. */
export async function whoReadsMessages(
  db: Kysely<Database>,
  caisseCode: string | null,
): Promise<Sender | null> {
  const sender = caisseCode === null ? null : await findSender(db, caisseSender(caisseCode));
  return sender && isReading(sender) ? sender : null;
}

/** Whether a sender reads and answers what people write to it. */
export function isReading({ scopes, disabledAt }: Pick<Sender, 'scopes' | 'disabledAt'>): boolean {
  return disabledAt === null && scopes.includes('messages');
}
