import { type KnownChannel, knownChannels } from '#src/codes/rules.ts';
import { isStopped } from '#src/enrolment/journey.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/web/session.ts';

/** A code that was asked for during this visit and can still be used. */
export interface LatestCode {
  readonly to: KnownChannel;
  readonly postalCode: string;
  readonly askedAt: Date;
  readonly deadAt: Date;
}

/**
 * The code that this visit asked for. One of an earlier visit is not told of: it may be on its way to somebody else’s
 * letter box, and whoever knows an identity can come this far.
 */
export async function latestCode(
  { db, keyring, channels }: Pick<Services, 'db' | 'keyring' | 'channels'>,
  session: Session | null,
  now: Date,
): Promise<LatestCode | null> {
  if (session?.kind !== 'enrolment' || !session.dossier || isStopped(session.dossier.answers)) return null;
  const row = await db
    .selectFrom('provisional_code')
    .select(['channel', 'created_at', 'dead_at'])
    .where('person_key', '=', session.personKey)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .where('dead_at', '>', now)
    .where('created_at', '>=', session.createdAt)
    .executeTakeFirst();
  const found = row && (await findInsured(db, keyring, session.dossier.answers.identity.nir));
  const to = found && knownChannels(found.insured, channels).find(({ channel }) => channel === row.channel);
  if (!to) return null;
  return { to, postalCode: found.insured.postalCode, askedAt: row.created_at, deadAt: row.dead_at };
}
