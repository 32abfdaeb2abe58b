import { type Kysely, sql } from 'kysely';
import { gatherDeposited } from '#src/account/copy/gather-deposited.ts';
import { mostRows, type PersonalData, type Row } from '#src/account/copy/sections.ts';
import type { Account } from '#src/accounts/account.ts';
import { findCorrespondence } from '#src/correspondence/correspondence.ts';
import type { Database } from '#src/database/tables.ts';
import { openAnswers } from '#src/dossiers/dossier.ts';
import type { Insured } from '#src/register/insured.ts';
import type { Services } from '#src/services.ts';

/** Whose data it is: in the register, with an account, or neither. */
export interface DataSubject {
  readonly nir: string;
  /** Of all key versions. */
  readonly keys: readonly Buffer[];
  readonly account: Account | null;
  readonly insured: Insured | null;
}

export type CopyNeeds = Pick<Services, 'db' | 'keyring' | 'policy'>;

/**
 * Everything that is kept about a person, but secrets, which are kept as hashes, and what concerns other adults insured with
 * them: these get it themselves.
 */
export async function gatherData(needs: CopyNeeds, subject: DataSubject, now: Date): Promise<PersonalData> {
  const { db, keyring } = needs;
  const { keys, account, insured } = subject;
  return {
    register: insured ? [registerRow(insured)] : [],
    ...(await gatherDeposited(needs, subject, now)),
    account: account ? [await accountRow(db, account)] : [],
    ...(await gatherChoices(db, keys)),
    correspondence: account ? await correspondenceRows({ db, keyring }, account.personKey) : [],
    sessions: (await ofPerson(db, 'session', keys).orderBy('issued_at', 'desc').execute()).map((row) => ({
      kind: row.kind,
      begunAt: iso(row.created_at),
      seenAt: iso(row.seen_at),
      endsAt: iso(row.expires_at),
    })),
    devices: (await ofPerson(db, 'known_device', keys).orderBy('seen_at', 'desc').execute()).map((row) => ({
      browser: row.browser,
      system: row.system,
      firstAt: iso(row.created_at),
      lastAt: iso(row.seen_at),
      knownUntil: iso(row.expires_at),
      offlineUntil: iso(row.offline_until),
    })),
    enrolments: (await ofPerson(db, 'dossier', keys).orderBy('created_at', 'desc').execute()).map((row) => {
      const { identity, proof } = openAnswers(keyring, row.person_key, row.id, row.answers);
      return {
        supportCode: row.support_code,
        begunAt: iso(row.created_at),
        changedAt: iso(row.updated_at),
        closedAt: iso(row.closed_at),
        name: identity.name,
        birthDate: identity.birthDate,
        postalCode: identity.postalCode,
        proof: proof?.route ?? null,
      };
    }),
    codes: (await ofPerson(db, 'provisional_code', keys).orderBy('created_at', 'desc').execute()).map(
      (row) => ({
        channel: row.channel,
        askedAt: iso(row.created_at),
        worksUntil: iso(row.dead_at),
        usedAt: iso(row.used_at),
      }),
    ),
    notices: (await ofPerson(db, 'notice', keys).orderBy('created_at', 'desc').execute()).map((row) => ({
      kind: row.kind,
      channel: row.channel,
      state: row.state,
      queuedAt: iso(row.created_at),
      sentAt: iso(row.handed_over_at),
      deliveredAt: iso(row.delivered_at),
    })),
    attestations: (await ofPerson(db, 'attestation', keys).orderBy('issued_at', 'desc').execute()).map(
      (row) => ({
        kind: row.kind,
        issuedAt: iso(row.issued_at),
        validUntil: iso(row.valid_until),
        replacedAt: iso(row.replaced_at),
      }),
    ),
    trail: (await ofPerson(db, 'audit_event', keys).orderBy('at', 'desc').execute()).map((row) => ({
      at: iso(row.at),
      kind: row.kind,
      actor: row.actor,
    })),
  };
}

type PersonTable =
  | 'session'
  | 'known_device'
  | 'dossier'
  | 'provisional_code'
  | 'notice'
  | 'attestation'
  | 'audit_event';

function ofPerson<Table extends PersonTable>(db: Kysely<Database>, table: Table, keys: readonly Buffer[]) {
  return db
    .selectFrom<PersonTable>(table)
    .selectAll(table)
    .where(sql<boolean>`person_key = any(${[...keys]}::bytea[])`)
    .limit(mostRows);
}

function registerRow(insured: Insured): Row<'register'> {
  const { nir, birthName, usageName, birthDate, birthPlace, birthCountry, certified, deceased } = insured;
  const { postalCode, regime, caisse, entitlement, ibanStart, card } = insured;
  return {
    ...{ nir, birthName, usageName, givenNames: insured.givenNames.join(' '), birthDate },
    ...{ birthPlace: birthPlace || null, birthCountry, certified, deceased },
    ...{ address: insured.address.join(', '), postalCode },
    ...{ formerPostalCodes: insured.formerPostalCodes.join(' ') || null, regime, caisse, entitlement },
    ...{ ibanStart, cardType: card?.type ?? null, cardState: card?.state ?? null },
    ...{ cardTransfer: card?.transfer ?? null, email: insured.knownEmail, mobile: insured.knownMobile },
  };
}

async function accountRow(db: Kysely<Database>, account: Account): Promise<Row<'account'>> {
  const { personKey, status, contact, language, caisseCode, createdAt } = account;
  const row = await db
    .selectFrom('account as a')
    .leftJoin('credential as c', (join) =>
      join.onRef('c.person_key', '=', 'a.person_key').on('c.kind', '=', 'password'),
    )
    .leftJoin('franceconnect_link as f', 'f.person_key', 'a.person_key')
    .select(['a.route', 'a.confirmed_at', 'a.last_used_at', 'c.changed_at', 'c.state', 'c.use_count'])
    .select('f.linked_at')
    .where('a.person_key', '=', personKey)
    .executeTakeFirst();
  return {
    ...{ status, createdAt: iso(createdAt), createdBy: row?.route ?? null },
    ...{ confirmedAt: iso(row?.confirmed_at), lastUsedAt: iso(row?.last_used_at), language },
    ...{ caisse: caisseCode, nir: contact.nir, names: contact.names.join(' '), birthDate: contact.birthDate },
    ...{ email: contact.email, mobile: contact.portable, landline: contact.fixe },
    ...{ passwordChangedAt: iso(row?.changed_at), passwordState: row?.state ?? null },
    ...{ passwordUses: row?.use_count ?? null, franceConnectSince: iso(row?.linked_at) },
  };
}

async function gatherChoices(
  db: Kysely<Database>,
  keys: readonly Buffer[],
): Promise<Pick<PersonalData, 'terms' | 'consents'>> {
  const mine = sql<boolean>`person_key = any(${[...keys]}::bytea[])`;
  const terms = await db
    .selectFrom('terms_acceptance')
    .selectAll()
    .where(mine)
    .orderBy('at', 'desc')
    .limit(mostRows)
    .execute();
  const consents = await db
    .selectFrom('consent')
    .selectAll()
    .where(mine)
    .orderBy('at', 'desc')
    .limit(mostRows)
    .execute();
  return {
    terms: terms.map(({ version, at, language, text_hash: hash }) => ({
      ...{ version, acceptedAt: iso(at), language, textSha256: hash.toString('hex') },
    })),
    consents: consents.map(({ purpose, answer, at, version, language, text }) => ({
      ...{ purpose, answer, at: iso(at), version, language, text },
    })),
  };
}

async function correspondenceRows(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  personKey: Buffer,
): Promise<readonly Row<'correspondence'>[]> {
  const row = await db
    .selectFrom('correspondence')
    .select('changed_at')
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  if (!row) return [];
  const { paper, paperSince, frequency, phrase } = await findCorrespondence(db, keyring, personKey);
  return [{ paper, paperSince: iso(paperSince), frequency, phrase, changedAt: iso(row.changed_at) }];
}

/** Null for none. */
function iso(date: Date | null | undefined): string | null {
  return date?.toISOString() ?? null;
}
