import type { Kysely } from 'kysely';
import { lockAccount } from '#src/accounts/lock-account.ts';
import { recording } from '#src/audit/record.ts';
import { also, type Write } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { newDeviceNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import { signedInFromNewDevice } from '#src/sign-in/events.ts';
import type { DeviceKind } from '#src/texts/device-texts.ts';
import type { Language } from '#src/texts/language.ts';

/** For a browser that keeps no cookie each sign-in is the first: beyond these in a day, only the audit trail tells. */
const mailsADay = 5;

/**
 * Records a sign-in from a browser that the account did not know, and notifies its owner by mail; to be written with it,
 * in a transaction that makes sign-ins of one account take turns, so that all mails of the day count.
 */
export async function tellingNewDevice(
  trx: Kysely<Database>,
  services: Pick<Services, 'keyring' | 'random' | 'jobs'>,
  owner: { readonly personKey: Buffer; readonly address: string; readonly language: Language },
  kind: DeviceKind,
  now: Date,
): Promise<readonly Write[]> {
  const { personKey: person } = owner;
  await lockAccount(trx, services.keyring, person, now);
  const { sent } = await trx
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll<string>().as('sent'))
    .where('person_key', '=', person)
    .where('kind', '=', 'new-device')
    .where('created_at', '>', new Date(now.getTime() - 86_400_000))
    .executeTakeFirstOrThrow();
  const mailed = Number(sent) < mailsADay;
  const mails = mailed ? [newDeviceNotice(services, owner, kind, now)] : [];
  const event = { person, actor: { kind: 'person' }, at: now, details: { ...kind, mailed } } as const;
  return [
    ...(await queueingNotices(trx, services.jobs, mails)),
    also(recording(trx, signedInFromNewDevice, event)),
  ];
}
