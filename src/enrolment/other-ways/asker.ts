import { sql } from 'kysely';
import { codesWithLetters, type LetterProgress, progressOf } from '#src/codes/letter-progress.ts';
import { type KnownChannel, knownChannels } from '#src/codes/rules.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isStopped } from '#src/journey/journey.ts';
import { type FoundInsured, foundColumns, openInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';

/** A code that was asked for during this visit and can still be used. */
export interface LatestCode {
  readonly to: KnownChannel;
  readonly postalCode: string;
  readonly askedAt: Date;
  readonly deadAt: Date;
}

/** What is known of a person for whom codes are asked. */
export interface Asker {
  readonly found: FoundInsured;
  /** The addresses from which letters to the person came back (`addressKeys`). */
  readonly cameBack: readonly Buffer[];
  /** Where their latest letter stands. */
  readonly letter: LetterProgress | null;
  /** The codes that were not used nor replaced yet, even those that are over: one for each channel, the newest first. */
  readonly standing: readonly Pick<Row, 'channel' | 'created_at' | 'dead_at'>[];
}

/** More than the letters of a person within thirty days, and one code for each other channel. */
const mostRows = 8;

type Row = Parameters<typeof progressOf>[0];

/**
 * The person of a dossier, and their codes; null for those who are stopped, to whom nothing of what is known is told,
 * and for those who have left the register. One query.
 */
export async function findAsker(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  session: Session | null,
  now: Date,
): Promise<Asker | null> {
  const answers = session?.dossier?.answers;
  if (!answers || isStopped(answers)) return null;
  const latest = codesWithLetters(db)
    .where('c.person_key', '=', sql<Buffer>`insured.person_key`)
    .where((eb) =>
      eb.or([
        eb('c.channel', '=', 'letter'),
        eb.and([eb('c.used_at', 'is', null), eb('c.superseded_at', 'is', null)]),
      ]),
    )
    .limit(mostRows)
    .as('code');
  const rows = await db
    .selectFrom('insured')
    .leftJoinLateral(latest, (join) => join.onTrue())
    .select(foundColumns)
    .select(
      sql<Buffer[]>`array(
        select address_key from letter where letter.person_key = insured.person_key and letter.state = 'returned'
      )`.as('came_back'),
    )
    .selectAll('code')
    .where('insured.person_key', 'in', personKeys(keyring, answers.identity.nir))
    .orderBy('insured.key_version', 'desc')
    .orderBy('code.created_at', 'desc')
    .execute();
  const [row] = rows;
  if (!row) return null;
  const codes = rows
    .filter(({ person_key }) => person_key.equals(row.person_key))
    .flatMap(({ channel, created_at, dead_at, ...rest }): Row[] =>
      channel && created_at && dead_at ? [{ channel, created_at, dead_at, ...rest }] : [],
    );
  const letter = codes.find(({ channel }) => channel === 'letter');
  return {
    found: openInsured(keyring, row),
    cameBack: row.came_back,
    letter: letter ? progressOf(letter, now) : null,
    standing: codes.filter((code) => code.used_at === null && code.superseded_at === null),
  };
}

/**
 * The code that this visit asked for. One of an earlier visit is not told of: it may be on its way to somebody else’s
 * letter box, and whoever knows an identity can come this far.
 */
export function latestCode(
  { channels }: Pick<Services, 'channels'>,
  { found: { insured }, standing }: Asker,
  session: Session | null,
  now: Date,
): LatestCode | null {
  if (session?.kind !== 'enrolment') return null;
  const code = standing.find(({ created_at, dead_at }) => dead_at > now && created_at >= session.createdAt);
  const to = code && knownChannels(insured, channels).find(({ channel }) => channel === code.channel);
  if (!to) return null;
  return { to, postalCode: insured.postalCode, askedAt: code.created_at, deadAt: code.dead_at };
}
