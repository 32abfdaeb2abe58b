import { type Kysely, type RawBuilder, sql } from 'kysely';
import { sessionCookie } from '#src/access/session-cookie.ts';
import { type Account, accountColumns, endsEnrolment, isLive, openAccount } from '#src/accounts/account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { RightCode } from '#src/codes/try.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import type { Database } from '#src/database/tables.ts';
import { type Dossier, saved } from '#src/dossiers/dossier.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import { toExistingAccount } from '#src/enrolment/existing-account.ts';
import type { Answers } from '#src/journey/answers.ts';
import { answer, currentPath } from '#src/journey/journey.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { tellFrozenMet } from '#src/ownership/reclaim.ts';
import { mayReclaim } from '#src/ownership/rules.ts';
import { paths } from '#src/paths.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { continueSession } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Answer, redirect } from '#src/web/page.ts';

export interface CodeUse {
  readonly nir: string;
  readonly code: RightCode;
  /** What the browser came with. */
  readonly session: Session | null;
  /** `PageRequest.once`: the code is used up by it, so that it opens one session only. */
  readonly once: Buffer;
  readonly at: Date;
}

/**
 * Uses a right code, once: together with giving its proof to the dossier of this browser, or with opening a new one in
 * any browser. Leads on to the terms, or to the account that is open already. Null: it was used, or replaced by a
 * newer one, since it was tried.
 *
 * A dossier that was changed since its form was shown keeps its answers: the code opens a new one then.
 */
export async function useCode(services: Services, use: CodeUse): Promise<Answer | null> {
  const { db, keyring } = services;
  const { nir, code, session, once, at } = use;
  const own = ownEnrolment(session, code.personKey);
  const account = own ? live(own.session.account, at) : await findAccount(services, code.personKey, at);
  if (account && endsEnrolment(account)) return endAtAccount(services, use, account);
  const proof: Proof = { route: 'code-provisoire', at: at.toISOString(), channel: code.channel };
  if (account?.status === 'frozen' && !mayReclaim(proof)) return endAtFrozen(services, use);
  const proved = own && (await proveDossier(services, own, code, proof));
  if (proved) return proved;
  const found = await findInsured(db, keyring, nir);
  if (!found) return null;
  return db
    .transaction()
    .execute(async (trx) =>
      (await consume(trx, code, at))
        ? beginDossier({ ...services, db: trx }, { form: null, found, proof, older: session, once, at })
        : null,
    );
}

type Proof = NonNullable<Answers['proof']> & { readonly route: 'code-provisoire' };

interface OwnEnrolment {
  readonly session: Session;
  readonly dossier: Dossier;
}

/** The dossier of this browser, when it is the person’s and only lacks the proof. */
function ownEnrolment(session: Session | null, personKey: Buffer): OwnEnrolment | null {
  const dossier = session?.kind === 'enrolment' ? session.dossier : null;
  if (!session || !dossier?.personKey.equals(personKey)) return null;
  return dossier.answers.proof === null && dossier.answers.identity.mayEnrol ? { session, dossier } : null;
}

async function findAccount(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  personKey: Buffer,
  at: Date,
): Promise<Account | null> {
  const row = await db
    .selectFrom('account')
    .select(accountColumns)
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return live(row && openAccount(keyring, row), at);
}

function live(account: Account | null | undefined, at: Date): Account | null {
  return account && isLive(account, at) ? account : null;
}

/** Uses the code and gives its proof to the dossier and its session; null: one of them is no longer as it was. */
async function proveDossier(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { session, dossier }: OwnEnrolment,
  code: RightCode,
  proof: Proof,
): Promise<Answer | null> {
  const { personKey, id, version } = dossier;
  const at = new Date(proof.at);
  const answers = answer(dossier.answers, { proof });
  const { route, channel } = proof;
  const statement = sql`
    with held as (
      select from dossier where person_key = ${personKey} and id = ${id} and version = ${version} and closed_at is null
      for update
    ), ${used(code, sql`exists (select from held)`, at)}, ${saved(keyring, dossier, answers, sql`exists (select from used)`, at)}
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'code-accepted', { channel })} from used
    union all
    select ${auditValues(personKey, at, 'proof-accepted', { route, channel })} from saved
    returning seq`;
  return allOrNothing(db, async (trx) => {
    const issued = await continueSession(trx, { keyring }, { session }, at);
    const { rows } = issued ? await statement.execute(trx) : { rows: [] };
    return issued && rows.length > 0 ? redirect(currentPath(answers), sessionCookie(issued)) : null;
  });
}

/**
 * Part `used` of a statement: marks the code used where a condition holds; no row when it cannot be used any more. Codes
 * by other channels end with it.
 */
function used({ personKey, id }: RightCode, condition: RawBuilder<boolean>, at: Date): RawBuilder<unknown> {
  return sql`used as (
      update provisional_code set used_at = ${at}
      where person_key = ${personKey} and id = ${id} and used_at is null and superseded_at is null
        and ${condition}
      returning 1
    ), replaced as (
      update provisional_code set superseded_at = ${at} from used
      where person_key = ${personKey} and id <> ${id} and used_at is null and superseded_at is null
    )`;
}

/** Marks the code used, with its audit event; false when it cannot be used any more. */
async function consume(trx: Kysely<Database>, code: RightCode, at: Date): Promise<boolean> {
  const { rows } = await sql`
    with ${used(code, sql`true`, at)}
    insert into audit_event (${auditColumns})
    select ${auditValues(code.personKey, at, 'code-accepted', { channel: code.channel })} from used
    returning seq`.execute(trx);
  return rows.length > 0;
}

/** An account was opened by another way meanwhile: its owner is written to, as after any proof. */
async function endAtAccount(services: Services, use: CodeUse, account: Account): Promise<Answer | null> {
  const { db, jobs } = services;
  const { code, session, at } = use;
  const own = ownEnrolment(session, code.personKey);
  const notice = ownerNotice(services, account, 'account-exists', { address: account.contact.email }, at);
  const used = await db.transaction().execute(async (trx) => {
    const consumed = await consume(trx, code, at);
    if (consumed && !own) await queueNotice(trx, jobs, notice);
    return consumed;
  });
  if (!used) return null;
  return own ? toExistingAccount(services, own.session, account, at) : redirect(paths.alreadyOpen);
}

/** The account is frozen, and a code that came by this channel is not enough to take it back: it is used up. */
async function endAtFrozen({ db }: Services, { code, at }: CodeUse): Promise<Answer | null> {
  const used = await db.transaction().execute(async (trx) => {
    const consumed = await consume(trx, code, at);
    if (consumed)
      await tellFrozenMet(trx, code.personKey, { route: 'code-provisoire', channel: code.channel }, at);
    return consumed;
  });
  return used ? redirect(paths.frozen) : null;
}
