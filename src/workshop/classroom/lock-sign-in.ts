import { fingerprint, personKey } from '#src/crypto/keyring.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import { suspending } from '#src/limits/suspend.ts';
import type { Services } from '#src/services.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

const lockedMinutes = 60;

/** Locks the account of a person for an hour of the class, in their own browsers too, as after too many tries. */
export async function lockSignIn(
  { db, keyring, limits, clock }: Services,
  { person }: SeatPerson,
): Promise<void> {
  const subject = personKey(keyring, person.line.nir);
  const until = new Date(clock.now().getTime() + lockedMinutes * 60_000);
  const devices = await db
    .selectFrom('known_device')
    .select('token_hash')
    .where('person_key', '=', subject)
    .where('with_password', '=', true)
    .execute();
  const own = devices.map(({ token_hash }) => fingerprint(keyring, 'known-device', subject, token_hash));
  await atOnce(db, [
    also(suspending(db, limits.signIn.kind, subject, until)),
    ...own.map((device) => also(suspending(db, limits.signInFromDevice.kind, device, until))),
  ]);
}
