import type { SignedIn } from '#src/access/who.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import { findThread } from '#src/messages/store.ts';
import { type Thread, threadOf } from '#src/messages/threads.ts';
import { findPersonKeys } from '#src/register/store.ts';
import { isReading, whoReadsMessages } from '#src/senders/of-caisse.ts';
import { findSender, type Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';

type Needed = Pick<Services, 'db' | 'keyring'>;

/** Where a message goes that a person may write. */
export interface Addressee {
  readonly sender: Sender;
  /** The thread that it continues; null for a new one. */
  readonly threadId: string | null;
}

/** Their caisse; null when nobody there reads messages. */
export async function addresseeOfNew({ db }: Needed, { account }: SignedIn): Promise<Addressee | null> {
  const sender = await whoReadsMessages(db, account.caisseCode);
  return sender && { sender, threadId: null };
}

/** Whom an answer within a thread goes to; null when nobody there reads messages any more. */
export async function addresseeOf({ db }: Needed, { id, first }: Thread): Promise<Addressee | null> {
  const sender = await findSender(db, first.sender);
  return sender && isReading(sender) ? { sender, threadId: id } : null;
}

/** A thread of the person; null for an id of nobody’s, or of somebody else’s. */
export async function threadNamed(
  { db, keyring }: Needed,
  { account }: SignedIn,
  id: string,
): Promise<Thread | null> {
  return isUuid(id)
    ? threadOf(await findThread(db, keyring, personKeys(keyring, account.contact.nir), id))
    : null;
}

/** The key under which messages of a person are stored: that of their row in the register, as for deposits. */
export async function keyOfMessages(
  { db, keyring }: Needed,
  { account: { contact, personKey } }: SignedIn,
): Promise<Buffer> {
  return (await findPersonKeys(db, keyring, [contact.nir])).get(contact.nir) ?? personKey;
}
