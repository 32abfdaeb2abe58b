import { openAddress } from '#src/account/email/new-address.ts';
import { ownerName } from '#src/account/owner-name.ts';
import type { Account } from '#src/accounts/account.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import type { Services } from '#src/services.ts';

/** What «Mes informations» shows besides the account itself. */
export interface Overview {
  /** Of the owner, as the register has it today: the name of the account where it no longer has the person. */
  readonly name: string;
  /** Still to be confirmed: whole, so that a mistake in it is seen. */
  readonly newAddress: string | null;
  /** The latest answer to each purpose. */
  readonly consents: ReadonlyMap<string, boolean>;
  /** Newest first. */
  readonly signIns: readonly { readonly accepted: boolean; readonly at: Date }[];
  readonly linkedToFranceConnect: boolean;
  /** When the password was chosen. */
  readonly passwordChangedAt: Date | null;
}

interface Row {
  consents: Record<string, boolean>;
  sign_ins: { kind: string; at: string }[];
  linked: boolean;
  password_changed_at: Date | null;
  new_id: string | null;
  new_address: Buffer | null;
  insured_key: Buffer | null;
  sealed: Buffer | null;
}

const overviewQuery = `
  select
    (select coalesce(json_object_agg(purpose, answer), '{}') from (
      select distinct on (purpose) purpose, answer from consent
      where person_key = $1 order by purpose, at desc
    ) as latest) as consents,
    (select coalesce(json_agg(json_build_object('kind', kind, 'at', at) order by seq desc), '[]') from (
      select seq, kind, at from audit_event
      where person_key = $1 and kind in ('signed-in', 'sign-in-refused') order by seq desc limit 5
    ) as events) as sign_ins,
    exists (select 1 from franceconnect_link where person_key = $1) as linked,
    (select changed_at from credential where person_key = $1 and kind = 'password') as password_changed_at,
    asked.id as new_id, asked.address as new_address,
    owner.person_key as insured_key, owner.sealed
  from (values (true)) as one
  left join lateral (
    select id, address from email_confirmation
    where person_key = $1 and purpose = 'new-address' and used_at is null and superseded_at is null and dead_at > $2
    limit 1
  ) as asked on true
  left join lateral (
    select person_key, sealed from insured where person_key = any($3::bytea[]) order by key_version desc limit 1
  ) as owner on true`;

/** One query, the 5 latest sign-ins at most. */
export async function findOverview(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { personKey, contact }: Account,
  now: Date,
): Promise<Overview> {
  const bound = [personKey, now, personKeys(keyring, contact.nir)];
  const { rows } = await db.executeQuery(prepared<Row>(overviewQuery, bound));
  const [row] = rows;
  if (!row) throw new Error('A query without conditions has a row');
  const { new_id: id, new_address: address } = row;
  return {
    name: ownerName(keyring, contact, row),
    newAddress: id && address && openAddress(keyring, personKey, id, address),
    consents: new Map(Object.entries(row.consents)),
    signIns: row.sign_ins.map(({ kind, at }) => ({ accepted: kind === 'signed-in', at: new Date(at) })),
    linkedToFranceConnect: row.linked,
    passwordChangedAt: row.password_changed_at,
  };
}
