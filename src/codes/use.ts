import { type Kysely, sql } from 'kysely';
import { type Account, accountColumns, isLive, openAccount } from '#src/account/account.ts';
import { ownerNotice } from '#src/account/owner-notice.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import type { RightCode } from '#src/codes/try.ts';
import type { Database } from '#src/database/tables.ts';
import type { Answers } from '#src/enrolment/answers.ts';
import { beginDossier } from '#src/enrolment/begin-dossier.ts';
import { type Dossier, saveAnswers } from '#src/enrolment/dossier.ts';
import { toExistingAccount } from '#src/enrolment/existing-account.ts';
import { answer, currentPath } from '#src/enrolment/journey.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { paths } from '#src/paths.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { type Answer, redirect } from '#src/web/page.ts';
import type { Session } from '#src/web/session.ts';

export interface CodeUse {
  readonly nir: string;
  readonly code: RightCode;
  /** What the browser came with. */
  readonly session: Session | null;
  readonly at: Date;
}

/**
 * Uses a right code, once: in the transaction that gives its proof to the dossier of this browser, or opens a new one
 * in any browser. Leads on to the terms, or to the account that is open already. Null: it was used, or replaced by
 * a newer one, since it was tried.
 */
export async function useCode(services: Services, use: CodeUse): Promise<Answer | null> {
  const { db, keyring } = services;
  const { nir, code, session, at } = use;
  const found = await findInsured(db, keyring, nir);
  if (!found) return null;
  const own = ownDossier(session, code.personKey);
  const account = await findAccount(services, code.personKey, at);
  if (account && account.status !== 'pending') return endAtAccount(services, use, account);
  const proof: Proof = { route: 'code-provisoire', at: at.toISOString(), channel: code.channel };
  return db.transaction().execute(async (trx) => {
    if (!(await consume(trx, code, at))) return null;
    if (!own) {
      const older = session;
      return beginDossier({ ...services, db: trx }, { form: null, found, proof, older, at });
    }
    const answers = answer(own.answers, { proof });
    const details = { route: proof.route, channel: proof.channel };
    await saveAnswers(trx, keyring, own, answers, { kind: 'proof-accepted', details }, at);
    return redirect(currentPath(answers));
  });
}

type Proof = NonNullable<Answers['proof']> & { readonly route: 'code-provisoire' };

/** The dossier of this browser, when it is the person’s and only lacks the proof. */
function ownDossier(session: Session | null, personKey: Buffer): Dossier | null {
  const dossier = session?.kind === 'enrolment' ? session.dossier : null;
  if (!dossier?.personKey.equals(personKey)) return null;
  return dossier.answers.proof === null && dossier.answers.identity.mayEnrol ? dossier : null;
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
  const account = row ? openAccount(keyring, row) : null;
  return account && isLive(account, at) ? account : null;
}

/** Marks the code used, with its audit event; false when it cannot be used any more. */
async function consume(
  trx: Kysely<Database>,
  { personKey, id, channel }: RightCode,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    with used as (
      update provisional_code set used_at = ${at}
      where person_key = ${personKey} and id = ${id} and used_at is null and superseded_at is null
      returning 1
    )
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'code-accepted', { channel })} from used
    returning seq`.execute(trx);
  return rows.length > 0;
}

/** An account was opened by another way meanwhile: its owner is written to, as after any proof. */
async function endAtAccount(services: Services, use: CodeUse, account: Account): Promise<Answer | null> {
  const { db, jobs } = services;
  const { code, session, at } = use;
  const own = ownDossier(session, code.personKey);
  const notice = ownerNotice(services, account, 'account-exists', { address: account.contact.email }, at);
  const used = await db.transaction().execute(async (trx) => {
    const consumed = await consume(trx, code, at);
    if (consumed && !own) await queueNotice(trx, jobs, notice);
    return consumed;
  });
  if (!used) return null;
  return session && own ? toExistingAccount(services, session, account, at) : redirect(paths.alreadyOpen);
}
