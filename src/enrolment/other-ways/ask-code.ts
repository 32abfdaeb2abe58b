import { type Insertable, type Kysely, sql } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import { auditColumns, auditValues } from '#src/audit/event.ts';
import { type Asking, countedBy, findHolds, type HoldReason } from '#src/codes/holds.ts';
import { type KnownChannel, lastInstant } from '#src/codes/rules.ts';
import { codeHash } from '#src/codes/secret.ts';
import { newCode } from '#src/codes/shape.ts';
import { personKey } from '#src/crypto/keyring.ts';
import type { Database, NoticeTable, ProvisionalCodeTable } from '#src/database/tables.ts';
import { recordAttempt } from '#src/limits/attempts.ts';
import type { Client } from '#src/limits/client-address.ts';
import { enqueueDeliveries, noticeColumns, noticeValues } from '#src/notices/notice.ts';
import { noticeTo } from '#src/notices/notice-to.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

export type AskNeeds = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'limits' | 'jobs' | 'events'>;

export interface CodeDemand {
  /** As the register stores it. */
  readonly personKey: Buffer;
  readonly nir: string;
  readonly to: KnownChannel;
  /** The person’s account, when one is open: its owner is written to instead. */
  readonly openAccount: Account | null;
  /** `personKey` and `to` are nobody’s: the same work, and nothing leaves. */
  readonly decoy?: true;
  /** Asked for by whoever has said who they are: their tries count, not those of who only knows the number. */
  readonly own: boolean;
  readonly client: Client;
  readonly language: Language;
  /** When the page of the button was shown, if it says so: whoever saw it after a code left asks for another one. */
  readonly shownAt?: Date | null;
  readonly at: Date;
}

export type CodeDemandResult =
  | { readonly ok: true }
  /** By this channel, a code can be asked for again at this instant. */
  | { readonly ok: false; readonly until: Date };

const sameDemandMs = 30_000;

/**
 * Sends a new provisional code by a channel of the register: the older one of this channel dies, the new one, its notice with its
 * job and the audit event are stored, in one transaction. Nothing changes when a limit is reached. Codes by other channels stay alive: whoever knows an
 * identity can ask, and a letter that travels for days must not die of an SMS.
 *
 * Of several demands at once, or within half a minute from one page, one is answered by a code. Somebody who has an
 * open account already is counted and answered alike: nobody knows the code that is stored then, and the account’s
 * owner gets a mail.
 */
export async function askCode(needs: AskNeeds, demand: CodeDemand): Promise<CodeDemandResult> {
  const { db, keyring, random, policy, jobs } = needs;
  const { personKey, to, at } = demand;
  const asking = askingOf(needs, demand);
  const { deadAt } = asking;
  const id = random.uuid();
  const code = newCode(random, policy, to.channel);
  const notice = noticeOf(needs, demand, code, deadAt);
  const trx = await db.startTransaction().execute();
  try {
    if (answersAlready(await endAlive(trx, demand), demand)) {
      await trx.rollback().execute();
      return { ok: true };
    }
    const holds = await findHolds(trx, needs, [asking]);
    const held = holds.get(to.channel) ?? (await count(trx, needs, demand, asking));
    if (held) {
      await trx.rollback().execute();
      if (answersAlready(await findAlive(db, demand), demand)) return { ok: true };
      await tellWithheld(db, demand, held.reason);
      return { ok: false, until: held.until };
    }
    const { rows } = await sql`
      with stored as (
        insert into provisional_code (person_key, id, channel, code_hash, created_at, dead_at, notice_id)
        values (${personKey}, ${id}, ${to.channel}, ${codeHash(keyring, personKey, id, code)}, ${at}, ${deadAt},
          ${notice.id})
        on conflict do nothing
        returning 1
      )
      insert into notice (${noticeColumns})
      select ${noticeValues(demand.decoy ? withheldDecoy(notice, at) : notice)} from stored
      returning id`.execute(trx);
    if (rows.length === 0) {
      // Another demand of this moment was faster: its code is on the way.
      await trx.rollback().execute();
      return { ok: true };
    }
    await enqueueDeliveries(trx, jobs, [notice]);
    await trx.commit().execute();
    return { ok: true };
  } catch (error) {
    if (!trx.isCommitted && !trx.isRolledBack) await trx.rollback().execute();
    throw error;
  }
}

/** What a demand is judged by. A decoy counts for itself, never for the number that was typed. */
export function askingOf(
  { keyring, policy }: Pick<AskNeeds, 'keyring' | 'policy'>,
  demand: Pick<CodeDemand, 'nir' | 'to' | 'own' | 'client' | 'at'> &
    Partial<Pick<CodeDemand, 'personKey' | 'decoy'>>,
): Asking {
  const { nir, to, own, client, at } = demand;
  const deadAt = lastInstant(policy, to, at);
  const decoy = demand.decoy ? demand.personKey : undefined;
  return decoy
    ? { subject: decoy, to, own, client, at, deadAt, decoy: true }
    : { subject: personKey(keyring, nir), to, own, client, at, deadAt };
}

/** What a decoy leaves behind; its job, like those of a real one, finds nothing to deliver. */
function withheldDecoy<Row extends Insertable<NoticeTable>>(notice: Row, at: Date) {
  return { ...notice, state: 'withheld', reason: 'decoy', settled_at: at } as const;
}

type AliveCode = Pick<ProvisionalCodeTable, 'created_at'> & {
  readonly tries: number;
  readonly dossier_tries: number;
};

/** A button pressed twice: the code of the first press is on its way. */
function answersAlready(alive: AliveCode | undefined, { shownAt, at }: CodeDemand): boolean {
  if (!alive || alive.tries + alive.dossier_tries > 0) return false;
  return alive.created_at.getTime() >= Math.max(at.getTime() - sameDemandMs + 1, shownAt?.getTime() ?? 0);
}

async function findAlive(
  db: Kysely<Database>,
  { personKey, to }: CodeDemand,
): Promise<AliveCode | undefined> {
  return db
    .selectFrom('provisional_code')
    .select(['created_at', 'tries', 'dossier_tries'])
    .where('person_key', '=', personKey)
    .where('channel', '=', to.channel)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .executeTakeFirst();
}

/** Taken first: whoever tries the older code waits, or has been told already. Answers the code that it ends. */
async function endAlive(
  trx: Kysely<Database>,
  { personKey, to, at }: CodeDemand,
): Promise<AliveCode | undefined> {
  return trx
    .updateTable('provisional_code')
    .set({ superseded_at: at })
    .where('person_key', '=', personKey)
    .where('channel', '=', to.channel)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .returning(['created_at', 'tries', 'dossier_tries'])
    .executeTakeFirst();
}

/** Counts the demand; the limit that it met, when others were faster since `findHold`. */
async function count(
  trx: Kysely<Database>,
  needs: AskNeeds,
  { personKey, to, at }: CodeDemand,
  asking: Asking,
): Promise<{ readonly reason: HoldReason; readonly until: Date } | null> {
  const counted = await recordAttempt({ ...needs, db: trx }, at, false, countedBy(needs, asking), {
    personKey,
    kind: 'code-requested',
    details: { channel: to.channel },
  });
  if (!counted.blocked) return null;
  const reason = ({ letter: 'letters', email: 'mailbox', sms: 'sms-number' } as const)[to.channel];
  return { reason, until: counted.nextAt ?? at };
}

async function tellWithheld(
  db: Kysely<Database>,
  { personKey, to, at }: CodeDemand,
  reason: HoldReason,
): Promise<void> {
  await sql`
    insert into audit_event (${auditColumns})
    values (${auditValues(personKey, at, 'code-withheld', { channel: to.channel, reason })})`.execute(db);
}

function noticeOf(
  needs: AskNeeds,
  { personKey, to, openAccount, language, at }: CodeDemand,
  code: string,
  deadAt: Date,
): Insertable<NoticeTable> & { readonly id: string } {
  const { keyring, random } = needs;
  if (openAccount)
    return ownerNotice(needs, openAccount, 'account-exists', { address: openAccount.contact.email }, at);
  const common = { keyring, personKey, id: random.uuid(), language, at };
  return noticeTo(common, to, 'provisional-code', { code, until: deadAt.toISOString() });
}
