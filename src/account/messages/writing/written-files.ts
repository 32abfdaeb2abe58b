import type { SignedIn } from '#src/access/who.ts';
import { writeTexts } from '#src/account/messages/texts.ts';
import { fileProblems } from '#src/account/messages/writing/fields-view.ts';
import type { Taken } from '#src/account/messages/writing/take-file.ts';
import { type Draft, listDrafts, removingDraft } from '#src/archive/draft.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isMessageIdOf, newMessageId } from '#src/messages/message-id.ts';
import type { Services } from '#src/services.ts';
import type { PageRequest, Problem } from '#src/web/page.ts';

/** The message that somebody is writing: the id that it will have, and the files that were added to it. */
export interface Written {
  readonly messageId: string;
  readonly drafts: readonly Draft[];
}

/**
 * The message of the form, if its id was made for this person; without one, that to which files were added last, so that
 * they are found again after another page or another session. `threadId`: null for a new thread.
 */
export async function writtenFiles(
  { db, keyring, random }: Pick<Services, 'db' | 'keyring' | 'random'>,
  { typed, account, now }: PageRequest<SignedIn>,
  threadId: string | null,
): Promise<Written> {
  const drafts = await listDrafts(db, keyring, personKeys(keyring, account.contact.nir), now);
  const here = drafts.filter((draft) => draft.threadId === threadId);
  const named = typed.text('message');
  const { nir } = account.contact;
  const messageId = isMessageIdOf(keyring, nir, named)
    ? named
    : (here.at(-1)?.messageId ?? newMessageId(keyring, nir, random));
  return { messageId, drafts: here.filter((draft) => draft.messageId === messageId) };
}

/** The same for a message that begins anew, with nothing added. */
export function unwritten(
  { keyring, random }: Pick<Services, 'keyring' | 'random'>,
  { account }: PageRequest<SignedIn>,
): Written {
  return { messageId: newMessageId(keyring, account.contact.nir, random), drafts: [] };
}

/** Removes the file whose button was pressed, if any; what is wrong with the files that came. */
export async function changeFiles(
  services: Pick<Services, 'db' | 'keyring'>,
  request: PageRequest<SignedIn> & { readonly files: readonly Taken[] },
): Promise<readonly Problem[]> {
  const { typed, visit, files } = request;
  const removed = typed.text('retirer');
  if (removed !== '') await removeDraft(services, request, removed);
  const isMissing = typed.has('ajouter') && files.length === 0;
  return [
    ...fileProblems(visit, files),
    ...(isMissing ? [{ field: 'pieces', text: writeTexts[visit.voice].noFile }] : []),
  ];
}

/** Removes a file from the message that its person writes; another person’s is not found. */
async function removeDraft(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { account, now }: PageRequest<SignedIn>,
  id: string,
): Promise<void> {
  const drafts = await listDrafts(db, keyring, personKeys(keyring, account.contact.nir), now);
  const draft = drafts.find((one) => one.id === id);
  if (draft) await db.executeQuery(removingDraft(db, draft.personKey, draft.id).compile());
}
