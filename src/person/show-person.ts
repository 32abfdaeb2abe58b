import { type Kysely, sql } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { record } from '#src/audit/record.ts';
import { maskNir, writtenNir } from '#src/civil-status/nir.ts';
import { maskEmail } from '#src/contact/email-address.ts';
import { maskTelephone } from '#src/contact/telephone.ts';
import { changeOrRehearse } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { personShown } from '#src/person/events.ts';
import type { FoundPerson } from '#src/person/find-person.ts';
import type { Order } from '#src/person/order.ts';
import type { Services } from '#src/services.ts';
import { tombstonesOf } from '#src/tombstones/tombstone.ts';

/** How much an agent sees of who it is: that there is somebody, what the person recognises, or everything. */
export type Sight = 'found' | 'masked' | 'unmasked';

/** What an agent is shown of a person, in the order in which it is read; nothing that opens anything. */
export interface ShownPerson {
  /** The first digits of their key, as in the log. */
  readonly ref: string;
  readonly isRegistered: boolean;
  readonly who: readonly (readonly [name: string, value: string])[];
  readonly account: ShownAccount | null;
  /** Support codes of their enrolments, the newest first. */
  readonly codes: readonly string[];
  readonly counts: Readonly<Record<'sessions' | 'devices' | 'failures', number>>;
  readonly erased: readonly Date[];
}

export interface ShownAccount {
  readonly status: Account['status'];
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly pendingUntil: Date | null;
  readonly disabledSince: Date | null;
  readonly frozenAt: Date | null;
  /** Why the register closed it. */
  readonly closedFor: Account['closedFor'];
  readonly password: string;
  readonly franceConnectSince: Date | null;
}

/** Reads what an agent may see, and records that they saw it and why. Nobody is told of a look. */
export async function showPerson(
  { db }: Pick<Services, 'db'>,
  found: FoundPerson,
  { agent, reason, isRehearsal }: Order,
  sight: Sight,
  now: Date,
): Promise<ShownPerson> {
  const { keys, personKey, insured } = found;
  return changeOrRehearse(db, isRehearsal, async (trx) => {
    const details = { reason, sight } as const;
    await record(trx, personShown, { person: personKey, actor: agent, at: now, details });
    const mine = sql<boolean>`person_key = any(${[...keys]}::bytea[])`;
    const dossiers = await trx
      .selectFrom('dossier')
      .select('support_code')
      .where(mine)
      .orderBy('created_at', 'desc')
      .limit(5)
      .execute();
    const buried = await tombstonesOf(trx, keys);
    return {
      ref: personKey.toString('hex', 0, 4),
      isRegistered: insured !== null,
      who: sight === 'found' ? [] : whoRows(found, sight),
      account: await readAccount(trx, found),
      codes: dossiers.map((row) => row.support_code),
      counts: await countsOf(trx, keys),
      erased: [...new Map(buried.map((one) => [one.id, one.erasedAt])).values()],
    };
  });
}

function whoRows({ nir, account, insured }: FoundPerson, sight: Exclude<Sight, 'found'>): ShownPerson['who'] {
  const masked = sight === 'masked';
  const hidden = (text: string) => (masked ? `${text.slice(0, 1)}•••••` : text);
  const email = (address: string) => (masked ? maskEmail(address) : address);
  const telephone = (e164: string) => (masked ? maskTelephone(e164) : e164);
  const rows: (readonly [string, string | null])[] = [
    ['NIR', masked ? maskNir(nir) : writtenNir(nir)],
    ['name', insured ? hidden(insured.usageName ?? insured.birthName) : null],
    ['given name', insured ? hidden(insured.givenNames[0] ?? '') : null],
    ['address', account ? email(account.contact.email) : null],
    ['mobile', account?.contact.portable ? telephone(account.contact.portable) : null],
    ['landline', account?.contact.fixe ? telephone(account.contact.fixe) : null],
    ['known address', insured?.knownEmail ? email(insured.knownEmail) : null],
    ['known mobile', insured?.knownMobile ? telephone(insured.knownMobile) : null],
    ['caisse', account?.caisseCode ?? insured?.caisse ?? null],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

async function readAccount(trx: Kysely<Database>, { account }: FoundPerson): Promise<ShownAccount | null> {
  if (!account) return null;
  const row = await trx
    .selectFrom('account as a')
    .leftJoin('credential as c', (join) =>
      join.onRef('c.person_key', '=', 'a.person_key').on('c.kind', '=', 'password'),
    )
    .leftJoin('franceconnect_link as f', 'f.person_key', 'a.person_key')
    .select(['a.status', 'a.last_used_at', 'a.disabled_since', 'a.frozen_at', 'c.state', 'f.linked_at'])
    .where('a.person_key', '=', account.personKey)
    .executeTakeFirst();
  if (!row) return null;
  return {
    status: row.status,
    createdAt: account.createdAt,
    lastUsedAt: row.last_used_at,
    pendingUntil: row.status === 'pending' ? account.pendingUntil : null,
    disabledSince: row.disabled_since,
    frozenAt: row.frozen_at,
    closedFor: account.closedFor,
    password: row.state ?? 'none',
    franceConnectSince: row.linked_at,
  };
}

async function countsOf(trx: Kysely<Database>, keys: readonly Buffer[]): Promise<ShownPerson['counts']> {
  const all = [...keys];
  const { rows } = await sql<{ sessions: number; devices: number }>`
    select (select count(*)::integer from session where person_key = any(${all}::bytea[])) as sessions,
      (select count(*)::integer from known_device where person_key = any(${all}::bytea[])) as devices`.execute(
    trx,
  );
  const failed = await sql<{ n: number }>`
    select coalesce(sum(cardinality(failures)), 0)::integer as n from attempt
    where subject = any(${all}::bytea[]) and kind in ('identity', 'proof', 'code', 'sign-in')`.execute(trx);
  const { sessions = 0, devices = 0 } = rows[0] ?? {};
  return { sessions, devices, failures: failed.rows[0]?.n ?? 0 };
}
