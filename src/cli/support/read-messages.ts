import type { Kysely } from 'kysely';
import { type LetterFate, messageGuide } from '#src/cli/support/guide-texts.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { shownFate } from '#src/notices/fate.ts';

/** A mail, SMS or letter to a person, without its content or address. */
export interface SentMessage {
  readonly kind: string;
  readonly channel: NoticeTable['channel'];
  readonly askedAt: Date;
  readonly fate: string;
  /** What to say to whoever waits for it. */
  readonly guide: string;
}

const shown = 5;

/** The latest messages to a person, the newest first. */
export async function readMessages(
  db: Kysely<Database>,
  personKey: Buffer,
  now: Date,
): Promise<SentMessage[]> {
  const rows = await db
    .selectFrom('notice as n')
    .leftJoin('letter as l', (join) =>
      join.onRef('l.person_key', '=', 'n.person_key').onRef('l.id', '=', 'n.id'),
    )
    .select(['n.kind', 'n.channel', 'n.state', 'n.reason', 'n.created_at', 'n.handed_over_at'])
    .select(['n.delivered_at', 'n.delayed_at', 'l.state as letter_state'])
    .where('n.person_key', '=', personKey)
    .orderBy('n.created_at', 'desc')
    .limit(shown)
    .execute();
  return rows.map((row) => {
    const { kind, channel, created_at: askedAt } = row;
    if (channel === 'letter') {
      const fate = letterFate(row.state, row.letter_state);
      return { kind, channel, askedAt, fate, guide: messageGuide.letter[fate] };
    }
    const fate = shownFate(row, now).kind;
    return { kind, channel, askedAt, fate, guide: messageGuide[channel][fate] };
  });
}

function letterFate(
  state: NoticeTable['state'],
  letter: 'requested' | 'printed' | 'posted' | 'returned' | null,
): LetterFate {
  if (letter !== null) return letter === 'requested' ? 'exported' : letter;
  return state === 'withheld' || state === 'refused' || state === 'bounced' ? 'stopped' : 'requested';
}
