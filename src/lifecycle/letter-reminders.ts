import { sql } from 'kysely';
import { numberKey } from '#src/codes/holds.ts';
import { knownChannels } from '#src/codes/rules.ts';
import { emailKey } from '#src/crypto/keyring.ts';
import { insuredOf } from '#src/letters/insured-of.ts';
import { enqueueDeliveries, noticeLanguage, noticeRow } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';

const atOnce = 200;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'policy' | 'jobs' | 'channels'>;

interface Due {
  readonly person_key: Buffer;
  readonly id: string;
  readonly language: string;
  readonly until: Date;
}

/**
 * Tells people whose letter was posted so many days ago (`codes.letter.reminderDays`) that its code was not used, by
 * the mobile or else the mailbox that the register knows. Once for each letter, also when there is nobody to tell;
 * several processes at once take different letters. Answers how many were told.
 */
export async function remindUnusedLetters(needs: Needs, now: Date): Promise<number> {
  const { db, keyring, policy, jobs } = needs;
  const before = new Date(now.getTime() - policy.codes.letter.reminderDays * 86_400_000);
  return db.transaction().execute(async (trx) => {
    const { rows: due } = await sql<Due>`
      with due as (
        select l.person_key, l.id, n.language, c.dead_at as until
        from letter l
        join notice n on n.person_key = l.person_key and n.id = l.id
        join provisional_code c on c.person_key = l.person_key and c.notice_id = l.id
        where l.reminded_at is null and l.state <> 'returned' and l.requested_at < ${before}
          and coalesce(l.posted_at, n.handed_over_at) < ${before}
          and c.used_at is null and c.superseded_at is null and c.dead_at > ${now}
        order by l.requested_at limit ${atOnce}
        for update of l skip locked
      )
      update letter set reminded_at = ${now} from due
      where letter.person_key = due.person_key and letter.id = due.id
      returning due.person_key, due.id, due.language, due.until`.execute(trx);
    const people = await insuredOf(
      trx,
      keyring,
      due.map(({ person_key }) => person_key),
    );
    const notices = due.flatMap((letter) => {
      const insured = people.get(letter.person_key.toString('hex'));
      return insured ? noticeOf(needs, insured, letter, now) : [];
    });
    if (notices.length === 0) return 0;
    await trx.insertInto('notice').values(notices).execute();
    await enqueueDeliveries(trx, jobs, notices);
    return notices.length;
  });
}

function noticeOf(
  { keyring, random, channels }: Needs,
  insured: Parameters<typeof knownChannels>[0],
  { person_key: personKey, language, until }: Due,
  at: Date,
) {
  const [channel] = knownChannels(insured, { sms: channels.sms, letters: false });
  const common = { keyring, personKey, id: random.uuid(), language: noticeLanguage(language), at };
  const end = until.toISOString();
  switch (channel?.channel) {
    case 'sms':
      return [
        noticeRow({
          ...common,
          kind: 'letter-unused-sms',
          content: { number: channel.to, until: end },
          recipientKey: numberKey(keyring, channel.counted),
        }),
      ];
    case 'courriel':
      return [
        noticeRow({
          ...common,
          kind: 'letter-unused',
          content: { address: channel.to, until: end },
          recipientKey: emailKey(keyring, channel.counted),
        }),
      ];
    default:
      return [];
  }
}
