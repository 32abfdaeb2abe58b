import { type Insertable, type Kysely, type RawBuilder, sql } from 'kysely';
import { type Contact, contactPlace } from '#src/accounts/account.ts';
import { linkSubject, unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { issued, type StoredConfirmation } from '#src/confirmations/issue.ts';
import { beginPassword } from '#src/credentials/password.ts';
import { type Keyring, seal } from '#src/crypto/keyring.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import type { Dossier } from '#src/dossiers/dossier.ts';
import { mailboxFullUntil } from '#src/notices/mailbox-limit.ts';
import {
  enqueueDeliveries,
  noticeColumns,
  type noticeRow,
  noticeValues,
  queueNotice,
} from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { reclaimFrozen } from '#src/ownership/reclaim.ts';
import type { Services } from '#src/services.ts';
import { continueSession, endSession, holdSession, type IssuedToken } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
import type { Language } from '#src/texts/language.ts';

export interface ConsentAnswer {
  readonly id: string;
  readonly purpose: string;
  readonly answer: boolean;
  readonly version: string;
  /** Exactly what was read. */
  readonly text: string;
}

export interface NewAccount {
  /** Goes on waiting, under a new token, for the address to be confirmed. */
  readonly session: Session;
  readonly dossier: Dossier;
  readonly contact: Contact;
  /** The address under every key version, the current one first. */
  readonly addressKeys: readonly Buffer[];
  readonly uniqueEmail: boolean;
  readonly language: Language;
  readonly caisseCode: string;
  readonly consents: readonly ConsentAnswer[];
  readonly termsId: string;
  readonly passwordId: string;
  readonly confirmation: StoredConfirmation;
  readonly notice: ReturnType<typeof noticeRow>;
  /** To where the register knows the person (`creationNotice`); null where it knows nothing. */
  readonly creation: Insertable<NoticeTable> | null;
  readonly linkDeadAt: Date;
  readonly pendingUntil: Date;
  readonly nextReminderAt: Date | null;
}

/**
 * Ends the enrolment: the account, who holds the address, the consents, the accepted terms, the confirmation to
 * be sent, its notice and job, and the audit event, in one transaction of one large statement.
 *
 * One account per person and one per address are the tables' own constraints. An address that is already held
 * changes nothing outwardly: the account is made without it, and the mail goes to its owner to explain.
 * A pending account made before this dossier's proof is replaced whole (password, address, links, sessions): it
 * may be a thief's, and whoever proves later is at least as well known.
 * A frozen account goes whole before that, where the proof is strong enough and later (`reclaimFrozen`); its address is
 * told. Proved by FranceConnect, the account opens with it from now on. A subject that was linked to somebody else’s account
 * meanwhile stays theirs: this one opens with its password only.
 * The sessions that waited with it end. Null, and nothing changed, when another form of this dossier was faster.
 */
export async function createAccount(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy'>,
  made: NewAccount,
  at: Date,
): Promise<AccountMade | null> {
  const { db, keyring, jobs } = services;
  const { session, dossier, notice, creation } = made;
  const { password } = dossier.answers;
  if (!password) throw new Error('An account is made of a complete dossier');
  return allOrNothing(db, async (trx) => {
    const full = await mailboxFullUntil(
      trx,
      { mailbox: notice.recipient_key ?? dossier.personKey, part: 'proven' },
      services.policy.limits,
      at,
    );
    if (full) return { kind: 'mailbox-full', until: full };
    if (!(await holdSession(trx, session)) || !(await closeDossier(trx, dossier, at))) return null;
    const frozen = await reclaimFrozen(trx, keyring, dossier, at);
    const { rows } = frozen === 'refused' ? { rows: [] } : await statement(keyring, made, at).execute(trx);
    if (frozen && frozen !== 'refused' && rows.length === 0)
      throw new Error('A frozen account went, and none was made in its place');
    if (frozen === 'refused' || rows.length === 0) {
      await endSession(trx, session);
      return { kind: 'other' };
    }
    await beginPassword(trx, dossier.personKey, { id: made.passwordId, hash: password.hash }, at);
    await linkProven(trx, dossier, at);
    const waiting = { session, power: { kind: 'waiting' }, others: 'waiting' } as const;
    const issued = await continueSession(trx, { keyring }, waiting, at);
    if (!issued) return null;
    await enqueueDeliveries(trx, jobs, [notice, ...(creation ? [creation] : [])]);
    if (frozen) {
      const address = { address: frozen.contact.email };
      await queueNotice(trx, jobs, ownerNotice(services, frozen, 'account-reclaimed', address, at));
    }
    return { kind: 'created', issued };
  });
}

export type AccountMade =
  | { readonly kind: 'created'; readonly issued: IssuedToken }
  /** Another dossier of this person was faster: its account is not this session’s, which ends. */
  | { readonly kind: 'other' }
  /** The mail to confirm the address would not leave: nothing is made, and nothing replaced. */
  | { readonly kind: 'mailbox-full'; readonly until: Date };

/**
 * The account opens with the subject that proved who its person is, and with no older one. A subject that opens the
 * living account of somebody else stays theirs.
 */
async function linkProven(
  trx: Kysely<Database>,
  { personKey, answers: { proof } }: Dossier,
  at: Date,
): Promise<void> {
  await unlinkSubject(trx, personKey);
  if (proof?.route !== 'franceconnect') return;
  if (!(await linkSubject(trx, personKey, Buffer.from(proof.subject, 'hex'), at))) return;
  await sql`
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'franceconnect-linked')}`.execute(trx);
}

/** Closes a dossier if nobody has changed it since it was read. */
async function closeDossier(
  trx: Kysely<Database>,
  { personKey, id, version }: Dossier,
  at: Date,
): Promise<boolean> {
  const closed = await trx
    .updateTable('dossier')
    .set({ closed_at: at, version: version + 1 })
    .where('person_key', '=', personKey)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return closed !== undefined;
}

function statement(keyring: Keyring, made: NewAccount, at: Date): RawBuilder<unknown> {
  const { dossier, contact, consents, language, creation } = made;
  const { personKey, answers } = dossier;
  const { terms, proof } = answers;
  if (!terms || !proof) throw new Error('An account is made of a complete dossier');
  const sealed = seal(keyring, contactPlace(personKey), contact);
  return sql`
    with made as (
      insert into account as known (person_key, status, contact, email_key, language, route,
        caisse_code, created_at, pending_until, link_dead_at, next_reminder_at, last_sent_at,
        last_used_at)
      select ${personKey}::bytea, 'pending', ${sealed}::bytea, ${made.addressKeys[0]}::bytea, ${language}::text,
        ${proof.route}::text, ${made.caisseCode}::text, ${at}::timestamptz, ${made.pendingUntil}::timestamptz,
        ${made.linkDeadAt}::timestamptz, ${made.nextReminderAt}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
      on conflict (person_key) do update set status = 'pending',
        contact = excluded.contact, email_key = excluded.email_key, language = excluded.language,
        route = excluded.route, caisse_code = excluded.caisse_code, created_at = excluded.created_at,
        pending_until = excluded.pending_until, link_dead_at = excluded.link_dead_at,
        next_reminder_at = excluded.next_reminder_at,
        last_sent_at = excluded.last_sent_at, resends = 0, last_used_at = excluded.last_used_at
      where known.status = 'pending' and (known.pending_until <= ${at} or known.created_at < ${proof.at})
      returning person_key
    ), ${issued({ ...made, of: 'made', personKey, deadAt: made.linkDeadAt, at })}, released as (
      delete from email_claim using made
      where email_claim.person_key = ${personKey} and email_claim.email_key <> all(${made.addressKeys}::bytea[])
    ), withdrawn as (
      update email_confirmation set superseded_at = ${at} from made
      where email_confirmation.person_key = ${personKey} and purpose <> 'activation'
        and used_at is null and superseded_at is null
    ), consented as (
      insert into consent (person_key, id, purpose, answer, version, text, language, at)
      select made.person_key, given.*, ${language}::text, ${at}::timestamptz
      from made, unnest(${consents.map((c) => c.id)}::uuid[], ${consents.map((c) => c.purpose)}::text[],
        ${consents.map((c) => c.answer)}::boolean[], ${consents.map((c) => c.version)}::text[],
        ${consents.map((c) => c.text)}::text[]) as given (id, purpose, answer, version, text)
    ), agreed as (
      insert into terms_acceptance (person_key, id, version, text_hash, language, at)
      select person_key, ${made.termsId}::uuid, ${terms.version}::text, ${Buffer.from(terms.textHash, 'hex')}::bytea,
        ${terms.language}::text, ${terms.at}::timestamptz from made
    )${creation ? sql`, told as (insert into notice (${noticeColumns}) select ${noticeValues(creation)} from made)` : sql``}
    insert into audit_event (${auditColumns})
    select ${auditValues(personKey, at, 'account-created', { route: proof.route })} from made
    returning seq`;
}
