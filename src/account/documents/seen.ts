import type { Account } from '#src/accounts/account.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import { findDocument, listDocuments } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import { currentBeneficiaries } from '#src/rights/current.ts';
import { beneficiaryName } from '#src/rights/names.ts';
import { type KeptRights, type Member, shownRanks } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import { senderNames } from '#src/senders/names.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

type Needed = Pick<Services, 'db' | 'keyring'>;

/** What senders deposited for a person, and whom papers can be made about. */
export interface SeenList {
  readonly documents: readonly SeenDocument[];
  readonly people: readonly Member[];
  readonly rights: KeptRights | null;
}

/** A document that the insured may see. */
export interface SeenDocument extends KeptDocument {
  /** Who sent it, as people read it; null where that is not a sender. */
  readonly from: string | null;
  /** Whom it is about, by the rank that they have now. */
  readonly rank: number;
  /** The name of whom it is about; null for the insured. */
  readonly about: string | null;
}

/**
 * What senders deposited for a person, the newest first, without what is about somebody else of age, or about nobody who is
 * known to be insured with the person. Three statements, however many documents there are.
 */
export async function listSeen(
  { db, keyring }: Needed,
  { contact }: { readonly contact: Pick<Account['contact'], 'nir'> },
  now: Date,
): Promise<SeenList> {
  const keys = personKeys(keyring, contact.nir);
  const [kept, rights] = await Promise.all([listDocuments(db, keyring, keys), findRights(db, keyring, keys)]);
  const today = parisDate(now);
  const ranks = shownRanks(rights, today);
  const shown = kept.filter(({ origin, member }) => origin === 'sender' && ranks.has(member));
  const documents = await withNames(db, shown, rights);
  return { documents, people: currentBeneficiaries(rights, today), rights };
}

/** One of them; null for anything else, by the same statements, so that nobody learns what exists. */
export async function findSeen(
  { db, keyring }: Needed,
  { contact }: Account,
  id: string,
  now: Date,
): Promise<SeenDocument | null> {
  if (!isUuid(id)) return null;
  const keys = personKeys(keyring, contact.nir);
  const [kept, rights] = await Promise.all([
    findDocument(db, keyring, keys, id),
    findRights(db, keyring, keys),
  ]);
  if (kept?.origin !== 'sender' || kept.messageId !== null) return null;
  if (!shownRanks(rights, parisDate(now)).has(kept.member)) return null;
  const [seen = null] = await withNames(db, [kept], rights);
  return seen;
}

async function withNames(
  db: Needed['db'],
  documents: readonly KeptDocument[],
  rights: KeptRights | null,
): Promise<readonly SeenDocument[]> {
  const codes = documents.flatMap(({ sender }) => (sender === null ? [] : [sender]));
  const names = await senderNames(db, codes);
  return documents.map((document) => {
    const beneficiary = rights?.beneficiaries.find(
      ({ member, rank }) => member === document.member && rank > 1,
    );
    return {
      ...document,
      rank: beneficiary?.rank ?? 1,
      from: document.sender === null ? null : (names.get(document.sender) ?? document.sender),
      about: beneficiary ? beneficiaryName(beneficiary) : null,
    };
  });
}
