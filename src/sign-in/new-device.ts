import { recording } from '#src/audit/record.ts';
import { atOnce, type Write } from '#src/database/at-once.ts';
import { counting } from '#src/limits/record-attempt.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { newDeviceNotice } from '#src/ownership/change-notice.ts';
import type { Services } from '#src/services.ts';
import type { Entrant } from '#src/sign-in/entrant.ts';
import { signedInFromNewDevice } from '#src/sign-in/events.ts';
import type { DeviceKind } from '#src/texts/device-texts.ts';

/**
 * Runs the writes of a sign-in from a browser that the account did not know (`atOnce`), records that it was not, and
 * notifies the owner by mail. Beyond five mails a day only the audit trail has it.
 */
export async function writeAndNotify(
  services: Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'limits'>,
  { personKey: person, language, address }: Entrant,
  kind: DeviceKind,
  writes: readonly Write[],
  now: Date,
): Promise<boolean> {
  const { db, jobs, limits } = services;
  const owner = { personKey: person, language, address: address() };
  const mails = [{ rule: limits.newDeviceMail, subject: person }];
  const event = (mailed: boolean) =>
    recording(db, signedInFromNewDevice, {
      person,
      actor: { kind: 'person' },
      at: now,
      details: { ...kind, mailed },
    });
  const notice = await queueingNotices(db, jobs, [newDeviceNotice(services, owner, kind, now)]);
  if (await atOnce(db, [counting(db, mails, now), ...writes, ...notice, event(true)])) return true;
  const wereAllSent = (await suspendedUntil(db, mails, now)) !== null;
  return wereAllSent && (await atOnce(db, [...writes, event(false)]));
}
