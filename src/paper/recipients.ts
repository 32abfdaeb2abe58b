import { sql } from 'kysely';
import { type Account, accountColumns, openAccount } from '#src/accounts/account.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import type { HeldBecause } from '#src/archive/on-paper.ts';
import { envelopeOf } from '#src/codes/rules.ts';
import {
  type Correspondence,
  correspondenceOfMany,
  usualCorrespondence,
} from '#src/correspondence/correspondence.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { isReturned, returnedAddresses } from '#src/letters/address.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { ownMember, shownRanks } from '#src/rights/rights.ts';
import { findRightsOfMany } from '#src/rights/store.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

/** Whom a document is for. */
export interface Recipient {
  /** Their account, when it is open. */
  readonly account: Account | null;
  readonly correspondence: Correspondence;
  /** The lines of the envelope, or why no letter can go. */
  readonly letter:
    | { readonly kind: 'envelope'; readonly envelope: string }
    | { readonly kind: 'held'; readonly because: HeldBecause };
}

type Needs = Pick<Services, 'db' | 'keyring'>;

/** The recipients of some documents, by the id of the document, in a few queries however many there are. */
export async function recipientsOf(
  { db, keyring }: Needs,
  documents: readonly KeptDocument[],
  now: Date,
): Promise<ReadonlyMap<string, Recipient>> {
  const people = [
    ...new Map(documents.map((one) => [one.personKey.toString('hex'), one.personKey])).values(),
  ];
  const insured = await insuredOf(db, keyring, people);
  const keysOf = (personKey: Buffer): readonly Buffer[] => {
    const nir = insured.get(personKey.toString('hex'))?.nir;
    return nir === undefined ? [personKey] : personKeys(keyring, nir);
  };
  const keys = people.flatMap(keysOf);
  const aboutOthers = documents
    .filter(({ member }) => member !== ownMember)
    .flatMap((one) => keysOf(one.personKey));
  const [accounts, correspondence, rights, returned] = await Promise.all([
    activeAccounts({ db, keyring }, keys),
    correspondenceOfMany(db, keyring, keys),
    findRightsOfMany(db, keyring, aboutOthers),
    people.length > 0 ? returnedAddresses(db, people) : new Map<string, readonly Buffer[]>(),
  ]);
  const first = <T>(personKey: Buffer, byKey: ReadonlyMap<string, T>): T | null =>
    keysOf(personKey).flatMap((key) => byKey.get(key.toString('hex')) ?? [])[0] ?? null;
  const today = parisDate(now);
  return new Map(
    documents.map(({ id, personKey, member }) => {
      const person = insured.get(personKey.toString('hex'));
      const isTheirs = shownRanks(first(personKey, rights), today).has(member);
      const envelope = person ? (envelopeOf(person)?.to ?? null) : null;
      const cameBack = returned.get(personKey.toString('hex')) ?? [];
      const canGo =
        envelope !== null && addressLines(envelope) !== null && !isReturned(keyring, cameBack, envelope);
      const letter: Recipient['letter'] = !isTheirs
        ? { kind: 'held', because: 'other-adult' }
        : person?.deceased
          ? { kind: 'held', because: 'deceased' }
          : canGo
            ? { kind: 'envelope', envelope }
            : { kind: 'held', because: 'no-address' };
      const account = first(personKey, accounts);
      return [
        id,
        {
          account,
          correspondence: first(personKey, correspondence) ?? usualCorrespondence,
          letter,
        },
      ];
    }),
  );
}

async function activeAccounts(
  { db, keyring }: Needs,
  keys: readonly Buffer[],
): Promise<ReadonlyMap<string, Account>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('account.person_key', '=', sql<Buffer>`any(${[...keys]}::bytea[])`)
    .where('status', '=', 'active')
    .execute();
  return new Map(rows.map((row) => [row.person_key.toString('hex'), openAccount(keyring, row)]));
}
