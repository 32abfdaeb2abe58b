import type { Kysely } from 'kysely';
import type { Account } from '#src/accounts/account.ts';
import {
  type DepartureStep,
  findDeparted,
  lockDeparted,
  noteDepartureTold,
} from '#src/accounts/departures/departed-account.ts';
import { record } from '#src/audit/record.ts';
import { envelopeOf } from '#src/codes/rules.ts';
import type { Database } from '#src/database/tables.ts';
import { addressLines } from '#src/documents/pdf/address-window.ts';
import { type Counts, inParts } from '#src/jobs/duty.ts';
import { isReturned, returnedAddresses } from '#src/letters/address.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { closeFor, reopenFor } from '#src/lifecycle/close-accounts.ts';
import { eachPerson } from '#src/lifecycle/each-person.ts';
import { departureTold, departureUndone } from '#src/lifecycle/events.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { noticeTo } from '#src/notices/notice-to.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import type { Services } from '#src/services.ts';

/** Of one run and one step: mails of a whole caisse that left do not go in one burst. */
const mostPeople = 2_000;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'channels'>;

type Follow = (trx: Kysely<Database>, account: Account) => Promise<void>;

/**
 * What follows when people leave the register, each in a transaction of its own: a mail tells them until when their account
 * stays open; a letter does where the mail did not arrive; then the account is closed. Who is in the register again is told
 * so, and their account is given back as it was. Returns how many of each.
 */
export function followDepartures(needs: Needs, now: Date): Promise<Counts> {
  const each = (name: string, step: DepartureStep, follow: Follow) => async (): Promise<Counts> => ({
    [name]: await eachPerson(
      needs.db,
      (atMost) => findDeparted(needs.db, step, atMost, now),
      async (trx, personKey) => {
        const account = await lockDeparted(trx, needs.keyring, personKey, step, now);
        if (!account) return false;
        await follow(trx, account);
        return true;
      },
      mostPeople,
    ),
  });
  return inParts(
    each('undone', 'undo', (trx, account) => undoDeparture(trx, needs, account, now)),
    each('told', 'tell', (trx, account) => tellDeparture(trx, needs, account, now)),
    each('lettered', 'write', (trx, account) => writeDeparture(trx, needs, account, now)),
    each('closed', 'close', (trx, { personKey }) => closeFor(trx, 'left', [personKey], now)),
  );
}

async function tellDeparture(
  trx: Kysely<Database>,
  needs: Needs,
  account: Account,
  now: Date,
): Promise<void> {
  const { personKey, contact, leaving } = account;
  if (!leaving) return;
  const until = leaving.until.toISOString();
  const content = { address: contact.email, leftAt: leaving.since.toISOString(), until };
  const notice = ownerNotice(needs, account, 'departure', content, now);
  await noteDepartureTold(trx, personKey, { at: now, notice: notice.id });
  await queueNotice(trx, needs.jobs, notice);
  const details = { by: 'email', until } as const;
  await record(trx, departureTold, { person: personKey, actor: { kind: 'system' }, at: now, details });
}

/** By letter to the last address that the register had; where that is none, nothing is left to try. */
async function writeDeparture(
  trx: Kysely<Database>,
  { keyring, random, jobs, channels }: Needs,
  { personKey, language, leaving }: Account,
  now: Date,
): Promise<void> {
  if (!leaving) return;
  const until = leaving.until.toISOString();
  const envelope = channels.letters ? await lastEnvelope(trx, keyring, personKey) : null;
  await noteDepartureTold(trx, personKey, { at: now, notice: null });
  if (envelope !== null) {
    const common = { keyring, personKey, id: random.uuid(), language, now };
    const content = { leftAt: leaving.since.toISOString(), until };
    await queueNotice(trx, jobs, noticeTo(common, { channel: 'letter', to: envelope }, 'departure', content));
  }
  const details = { by: envelope === null ? 'nothing' : 'letter', until } as const;
  await record(trx, departureTold, { person: personKey, actor: { kind: 'system' }, at: now, details });
}

async function lastEnvelope(
  trx: Kysely<Database>,
  keyring: Needs['keyring'],
  personKey: Buffer,
): Promise<string | null> {
  const name = personKey.toString('hex');
  const insured = (await insuredOf(trx, keyring, [personKey])).get(name);
  const envelope = insured ? (envelopeOf(insured)?.to ?? null) : null;
  if (envelope === null || addressLines(envelope) === null) return null;
  const cameBack = (await returnedAddresses(trx, [personKey])).get(name) ?? [];
  return isReturned(keyring, cameBack, envelope, { toAnotherAdult: false }) ? null : envelope;
}

async function undoDeparture(
  trx: Kysely<Database>,
  needs: Needs,
  account: Account,
  now: Date,
): Promise<void> {
  const { personKey, contact } = account;
  await reopenFor(trx, 'left', [personKey], now);
  await noteDepartureTold(trx, personKey, { at: null, notice: null });
  const notice = ownerNotice(needs, account, 'departure-undone', { address: contact.email }, now);
  await queueNotice(trx, needs.jobs, notice);
  await record(trx, departureUndone, { person: personKey, actor: { kind: 'system' }, at: now });
}
