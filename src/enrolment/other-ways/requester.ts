import { type InferResult, sql } from 'kysely';
import { codesWithLetters, type LetterProgress, progressOf } from '#src/codes/letter-progress.ts';
import { type KnownChannel, knownChannels } from '#src/codes/rules.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { prepared } from '#src/database/prepared.ts';
import { isStopped } from '#src/journey/journey.ts';
import { type FoundInsured, foundColumns, openInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';

/** A code that was requested during this visit and is still valid. */
export interface LatestCode {
  readonly to: KnownChannel;
  readonly postalCode: string;
  readonly requestedAt: Date;
  readonly deadAt: Date;
}

/** A person who may request codes, with their letters and codes. */
export interface Requester {
  readonly found: FoundInsured;
  /** The addresses from which letters to the person were returned (`addressKeys`). */
  readonly returnedFrom: readonly Buffer[];
  /** The progress of their latest letter. */
  readonly letter: LetterProgress | null;
  /** Their open codes, expired or not: at most one for each channel, the newest first. */
  readonly openCodes: readonly Row[];
}

/** More than the letters that limits allow within 30 days, and one code for each other channel. */
const mostRows = 8;

type Row = Parameters<typeof progressOf>[0];

/**
 * The person of a dossier, with their codes; null for those who are stopped, to whom nothing is disclosed, and for those
 * who are no longer in the register. One query.
 */
export async function findRequester(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  session: Session | null,
  now: Date,
): Promise<Requester | null> {
  const answers = session?.dossier?.answers;
  if (!answers || isStopped(answers)) return null;
  const keys = personKeys(keyring, answers.identity.nir);
  const latest = codesWithLetters(db)
    .where('c.person_key', '=', sql<Buffer>`insured.person_key`)
    .where('c.person_key', 'in', keys)
    .where((eb) =>
      eb.or([
        eb('c.channel', '=', 'letter'),
        eb.and([eb('c.used_at', 'is', null), eb('c.superseded_at', 'is', null)]),
      ]),
    )
    .limit(mostRows)
    .as('code');
  const query = db
    .selectFrom('insured')
    .leftJoinLateral(latest, (join) => join.onTrue())
    .select(foundColumns)
    .select(
      sql<Buffer[]>`array(
        select address_key from letter where letter.person_key = insured.person_key
          and letter.person_key = any(${keys}::bytea[]) and letter.state = 'returned'
      )`.as('came_back'),
    )
    .selectAll('code')
    .where('insured.person_key', 'in', keys)
    .orderBy('insured.key_version', 'desc')
    .orderBy('code.created_at', 'desc');
  const { sql: text, parameters } = query.compile();
  const { rows } = await db.executeQuery(prepared<InferResult<typeof query>[number]>(text, parameters));
  const [row] = rows;
  if (!row) return null;
  const codes = rows
    .filter(({ person_key }) => person_key.equals(row.person_key))
    .flatMap(({ channel, created_at, dead_at, id, tries, dossier_tries, ...rest }): Row[] =>
      channel && created_at && dead_at && id !== null && tries !== null && dossier_tries !== null
        ? [{ channel, created_at, dead_at, id, tries, dossier_tries, ...rest }]
        : [],
    );
  const letter = codes.find(({ channel }) => channel === 'letter');
  return {
    found: openInsured(keyring, row),
    returnedFrom: row.came_back,
    letter: letter ? progressOf(letter, now) : null,
    openCodes: codes.filter((code) => code.used_at === null && code.superseded_at === null),
  };
}

/**
 * The code that this visit requested. One of an earlier visit is not shown: it may be for another person, since anyone
 * who knows an identity reaches this page.
 */
export function latestCode(
  { channels }: Pick<Services, 'channels'>,
  { found: { insured }, openCodes }: Requester,
  session: Session | null,
  now: Date,
): LatestCode | null {
  if (session?.kind !== 'enrolment') return null;
  const code = openCodes.find(({ created_at, dead_at }) => dead_at > now && created_at >= session.createdAt);
  const to = code && knownChannels(insured, channels).find(({ channel }) => channel === code.channel);
  if (!to) return null;
  return { to, postalCode: insured.postalCode, requestedAt: code.created_at, deadAt: code.dead_at };
}
