import { type Kysely, sql } from 'kysely';
import { unlinkSubject } from '#src/accounts/franceconnect-link.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { numberKey } from '#src/codes/holds.ts';
import type { KnownChannel } from '#src/codes/rules.ts';
import { supersedeCodes } from '#src/codes/use-code.ts';
import { confirmationPurposes, supersedeConfirmations } from '#src/confirmations/store.ts';
import { forgetDevices } from '#src/credentials/known-devices.ts';
import { disablePassword } from '#src/credentials/password.ts';
import { emailKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { closeDossiers } from '#src/dossiers/dossier.ts';
import { noticeRow, queueNotice } from '#src/notices/notice.ts';
import { contactToTell } from '#src/ownership/creation-notice.ts';
import type { FoundDispute } from '#src/ownership/find-dispute.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { endSessionsOf } from '#src/sessions/change-session.ts';
import type { Language } from '#src/texts/language.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'channels'>;

/** Why an account is frozen, for the audit: the notice that somebody answered «ce n’est pas moi», or an agent. */
export type FreezeReason = Pick<FoundDispute, 'channel' | 'noticeKind' | 'at'> | 'agent';

/**
 * Freezes an account of which somebody says that it is not theirs, in one transaction. Nothing that whoever holds it
 * has opens it any more: password, sessions, known browsers, links and codes of mails, provisional codes, links with
 * FranceConnect, dossiers under way. What still waits to be sent to its address does not leave, and nothing tells that
 * address. The caisse’s own contacts are told that it was done, and the trail says by what.
 *
 * False, and nothing changed, when the account is not open (any more), or was made after the notice.
 */
export async function freezeAccount(
  { db, keyring, random, jobs, channels }: Needs,
  personKey: Buffer,
  why: FreezeReason,
  at: Date,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const account = await lockAccount(trx, keyring, personKey, at);
    if (!account || (why !== 'agent' && account.createdAt > why.at)) return false;
    await trx
      .updateTable('account')
      .set({ status: 'frozen', frozen_at: at, next_reminder_at: null })
      .where('person_key', '=', personKey)
      .execute();
    await endEverything(trx, personKey, at);
    const details =
      why === 'agent'
        ? { by: 'agent', was: account.status }
        : { by: why.channel, notice: why.noticeKind, was: account.status };
    await sql`
      insert into audit_event (${auditColumns}) select ${auditValues(personKey, at, 'account-frozen', details)}`.execute(
      trx,
    );
    const found = await findInsured(trx, keyring, account.contact.nir);
    const to = contactToTell(channels, found?.insured ?? null, account.contact.email);
    if (to) {
      const { language } = account;
      const notice = frozenNotice({ keyring, random }, { personKey, to, language }, at);
      await queueNotice(trx, jobs, notice);
    }
    return true;
  });
}

/** Everything that could open the account, or go on with one, and what waits to be sent to its address. */
async function endEverything(trx: Kysely<Database>, personKey: Buffer, at: Date): Promise<void> {
  await endSessionsOf(trx, personKey);
  await disablePassword(trx, personKey, at);
  await forgetDevices(trx, personKey);
  await supersedeConfirmations(trx, personKey, confirmationPurposes, at);
  await supersedeCodes(trx, personKey, at);
  await unlinkSubject(trx, personKey);
  await closeDossiers(trx, personKey, at);
  // Letters go to the caisse’s own address, and those with a code that is dead do not leave.
  await trx
    .updateTable('notice')
    .set({ state: 'withheld', reason: 'account-frozen', settled_at: at })
    .where('person_key', '=', personKey)
    .where('state', 'in', ['queued', 'deferred'])
    .where('channel', '<>', 'letter')
    .execute();
}

interface Told {
  readonly personKey: Buffer;
  readonly to: KnownChannel;
  readonly language: Language;
}

function frozenNotice(
  { keyring, random }: Pick<Services, 'keyring' | 'random'>,
  { personKey, to, language }: Told,
  at: Date,
) {
  const common = { keyring, personKey, id: random.uuid(), language, at };
  switch (to.channel) {
    case 'sms':
      return noticeRow({
        ...common,
        kind: 'account-frozen-sms',
        content: { number: to.to },
        recipientKey: numberKey(keyring, to.counted),
      });
    case 'courriel':
      return noticeRow({
        ...common,
        kind: 'account-frozen',
        content: { address: to.to },
        recipientKey: emailKey(keyring, to.counted),
      });
    case 'courrier':
      return noticeRow({
        ...common,
        kind: 'account-frozen-letter',
        content: { envelope: to.to },
        recipientKey: null,
      });
  }
}
