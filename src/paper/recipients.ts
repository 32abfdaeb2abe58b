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
import { isOfAge, ownMember, shownRanks } from '#src/rights/rights.ts';
import { findRightsOfMany } from '#src/rights/store.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

/** Whom a document is for. */
export interface Recipient {
  /** The account that it stands in, when that is open. */
  readonly account: Account | null;
  readonly correspondence: Correspondence;
  /** It concerns an adult insured with the person, or nobody who is known: the person never sees it. */
  readonly toAnotherAdult: boolean;
  /** The lines of the envelope, or why no letter can go. */
  readonly letter:
    | { readonly kind: 'envelope'; readonly envelope: string }
    | { readonly kind: 'held'; readonly because: HeldBecause };
}

type Needs = Pick<Services, 'db' | 'keyring'>;
type Insured = Awaited<ReturnType<typeof insuredOf>> extends ReadonlyMap<string, infer Row> ? Row : never;

/**
 * The recipients of some documents, by the id of the document, in a few queries however many there are. A letter about an adult
 * insured with the person goes to that adult, at their own address in the register; without one it goes to nobody.
 */
export async function recipientsOf(
  { db, keyring }: Needs,
  documents: readonly KeptDocument[],
  now: Date,
): Promise<ReadonlyMap<string, Recipient>> {
  const people = [...new Map(documents.map((one) => [hex(one.personKey), one.personKey])).values()];
  const insured = await insuredOf(db, keyring, people);
  const keysOf = (personKey: Buffer): readonly Buffer[] => {
    const nir = insured.get(hex(personKey))?.nir;
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
    keysOf(personKey).flatMap((key) => byKey.get(hex(key)) ?? [])[0] ?? null;
  const today = parisDate(now);
  const isTheirs = ({ personKey, member }: KeptDocument): boolean =>
    shownRanks(first(personKey, rights), today).has(member);
  /** The number of an adult whom a document concerns, insured with the person now or before; null: unknown, or a child. */
  const nirOfAdult = ({ personKey, member }: KeptDocument): string | null => {
    const kept = first(personKey, rights);
    const one = [...(kept?.beneficiaries ?? []), ...(kept?.former ?? [])].find((is) => is.member === member);
    return one && isOfAge(one, today) ? one.nir : null;
  };
  const adults = documents.flatMap((one) => (isTheirs(one) ? [] : (nirOfAdult(one) ?? [])));
  const insuredAdults = await insuredOf(
    db,
    keyring,
    adults.flatMap((nir) => personKeys(keyring, nir)),
  );
  const adultOf = (document: KeptDocument): Insured | undefined => {
    const nir = nirOfAdult(document);
    return nir === null
      ? undefined
      : personKeys(keyring, nir).flatMap((key) => insuredAdults.get(hex(key)) ?? [])[0];
  };
  return new Map(
    documents.map((document) => {
      const { id, personKey } = document;
      const toAnotherAdult = !isTheirs(document);
      const person = toAnotherAdult ? adultOf(document) : insured.get(hex(personKey));
      const cameBack = returned.get(hex(personKey)) ?? [];
      const letter = letterTo(keyring, person, { toAnotherAdult, cameBack });
      return [
        id,
        {
          account: first(personKey, accounts),
          correspondence: first(personKey, correspondence) ?? usualCorrespondence,
          toAnotherAdult,
          letter,
        },
      ];
    }),
  );
}

function letterTo(
  keyring: Needs['keyring'],
  person: Insured | undefined,
  { toAnotherAdult, cameBack }: { readonly toAnotherAdult: boolean; readonly cameBack: readonly Buffer[] },
): Recipient['letter'] {
  if (person?.deceased) return { kind: 'held', because: 'deceased' };
  const envelope = person ? (envelopeOf(person)?.to ?? null) : null;
  const canGo =
    envelope !== null &&
    addressLines(envelope) !== null &&
    !isReturned(keyring, cameBack, envelope, { toAnotherAdult });
  return canGo
    ? { kind: 'envelope', envelope }
    : { kind: 'held', because: toAnotherAdult ? 'other-adult' : 'no-address' };
}

function hex(key: Buffer): string {
  return key.toString('hex');
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
  return new Map(rows.map((row) => [hex(row.person_key), openAccount(keyring, row)]));
}
