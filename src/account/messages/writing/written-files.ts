import type { SignedIn } from '#src/access/who.ts';
import { type Draft, listDrafts, removingDraft } from '#src/archive/draft.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import type { Services } from '#src/services.ts';
import { isUuid } from '#src/texts/uuid.ts';
import type { PageRequest } from '#src/web/page.ts';

/** The message that somebody is writing: the id that it will have, and the files that were added to it. */
export interface Written {
  readonly messageId: string;
  readonly drafts: readonly Draft[];
}

/**
 * The message of the form; without one, that to which files were added last, so that they are found again after another
 * page or another session. `threadId`: null for a new thread.
 */
export async function writtenFiles(
  { db, keyring, random }: Pick<Services, 'db' | 'keyring' | 'random'>,
  { typed, account, now }: PageRequest<SignedIn>,
  threadId: string | null,
): Promise<Written> {
  const drafts = await listDrafts(db, keyring, personKeys(keyring, account.contact.nir), now);
  const here = drafts.filter((draft) => draft.threadId === threadId);
  const named = typed.text('message');
  const messageId = isUuid(named) ? named : (here.at(-1)?.messageId ?? random.uuid());
  return { messageId, drafts: here.filter((draft) => draft.messageId === messageId) };
}

/** Removes a file from the message that its person writes; another person’s is not found. */
export async function removeDraft(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { account, now }: PageRequest<SignedIn>,
  id: string,
): Promise<void> {
  const drafts = await listDrafts(db, keyring, personKeys(keyring, account.contact.nir), now);
  const draft = drafts.find((one) => one.id === id);
  if (draft) await db.executeQuery(removingDraft(db, draft.personKey, draft.id).compile());
}
