import type { Compilable, Insertable, Kysely } from 'kysely';
import { z } from 'zod';
import { type Keyring, type Place, seal, unseal } from '#src/crypto/keyring.ts';
import { also, atOnce, type Write } from '#src/database/at-once.ts';
import type { Database, NoticeTable } from '#src/database/tables.ts';
import { addJobs } from '#src/jobs/add-jobs.ts';
import type { Jobs } from '#src/jobs/jobs.ts';
import { puttingSignposts } from '#src/signposts/signpost.ts';
import { browsers, systems } from '#src/texts/device-texts.ts';
import { type Language, languages } from '#src/texts/language.ts';

const plain = z.object({ address: z.string() });
/** A link and a code that confirm an address; they expire at `until`. */
const confirmation = plain.extend({
  token: z.string(),
  code: z.string(),
  until: z.iso.datetime(),
});
/**
 * `accountUntil`: the last day on which the account can be confirmed, with another link once this one has expired; empty
 * in notices that were queued before it was told.
 */
const activation = confirmation.extend({
  sentAt: z.iso.datetime(),
  accountUntil: z.union([z.iso.datetime(), z.literal('')]).default(''),
});

/** A provisional code, sent to a channel that the register knows. */
const provisional = z.object({ code: z.string(), until: z.iso.datetime() });
const bySms = z.object({ number: z.string() });
/** The lines in the window of the envelope, the name first. */
const byLetter = z.object({ envelope: z.string() });

/** «Ce n’est pas moi»: the token of a link, or a code to type, with which the recipient can freeze the account. */
const disputable = z.object({ dispute: z.string(), disputeUntil: z.iso.datetime() });
const change = plain.extend(disputable.shape);
const departure = z.object({ leftAt: z.iso.datetime(), until: z.iso.datetime() });

const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('activation'), content: activation }),
  /** To the owner of an address that somebody typed for another account: same content, token and code unused. */
  z.object({ kind: z.literal('address-taken'), content: activation }),
  z.object({ kind: z.literal('activation-reminder'), content: activation }),
  z.object({ kind: z.literal('account-active'), content: change }),
  /** Somebody proved the identity of a person who already has an account. */
  z.object({ kind: z.literal('account-exists'), content: plain }),
  z.object({ kind: z.literal('sign-in-locked'), content: plain.extend({ until: z.iso.datetime() }) }),
  z.object({ kind: z.literal('password-disabled'), content: plain }),
  z.object({
    kind: z.literal('password-reset'),
    content: plain.extend({ token: z.string(), until: z.iso.datetime() }),
  }),
  z.object({ kind: z.literal('password-changed'), content: change }),
  /** To the new address, to confirm it. */
  z.object({ kind: z.literal('new-address'), content: confirmation }),
  /** To the old address, before and after. */
  z.object({ kind: z.literal('address-change-requested'), content: change }),
  z.object({ kind: z.literal('address-changed'), content: change }),
  z.object({ kind: z.literal('telephone-changed'), content: change }),
  /** Somebody signed in from a browser that the account did not know. */
  z.object({
    kind: z.literal('new-device'),
    content: change.extend({ browser: z.enum(browsers), system: z.enum(systems) }),
  }),
  /** A European card was ordered: it goes to the address of the register, so that nobody else gains by it. */
  z.object({ kind: z.literal('european-card-ordered'), content: plain }),
  z.object({ kind: z.literal('franceconnect-linked'), content: change }),
  z.object({ kind: z.literal('franceconnect-unlinked'), content: change }),
  /** Nobody signed in for a long time: the account is deleted after `until`. */
  z.object({ kind: z.literal('account-unused'), content: plain.extend({ until: z.iso.datetime() }) }),
  /** The register says that the person left it (`leftAt`): the account is closed after `until`. */
  z.object({ kind: z.literal('departure'), content: plain.extend(departure.shape) }),
  z.object({ kind: z.literal('departure-letter'), content: byLetter.extend(departure.shape) }),
  /** The person is in the register again: the account stays, or is open again. */
  z.object({ kind: z.literal('departure-undone'), content: plain }),
  z.object({ kind: z.literal('provisional-code'), content: provisional.extend(plain.shape) }),
  z.object({ kind: z.literal('provisional-code-sms'), content: provisional.extend(bySms.shape) }),
  z.object({ kind: z.literal('provisional-code-letter'), content: provisional.extend(byLetter.shape) }),
  /** A letter with a code was posted some days ago, and the code is still unused. */
  z.object({ kind: z.literal('letter-unused'), content: plain.extend({ until: z.iso.datetime() }) }),
  z.object({ kind: z.literal('letter-unused-sms'), content: bySms.extend({ until: z.iso.datetime() }) }),
  /** An account was opened: sent to a channel that the register knows, so that an impersonated person is warned. */
  z.object({ kind: z.literal('account-created'), content: change }),
  z.object({ kind: z.literal('account-created-sms'), content: bySms.extend(disputable.shape) }),
  z.object({ kind: z.literal('account-created-letter'), content: byLetter.extend(disputable.shape) }),
  /** An account was frozen by «ce n’est pas moi»: sent to a channel that the register knows. */
  z.object({ kind: z.literal('account-frozen'), content: plain }),
  z.object({ kind: z.literal('account-frozen-sms'), content: bySms }),
  z.object({ kind: z.literal('account-frozen-letter'), content: byLetter }),
  /** Something was deposited (avis de dépôt). `phrase`: the person’s sign by which they know our mails; empty: none. */
  z.object({
    kind: z.literal('new-deposits'),
    content: plain.extend({ deposits: z.int().positive(), phrase: z.string() }),
  }),
  /** Documents that matter are still unread. `paperAfter`: the last day before they go on paper; empty: they do not. */
  z.object({
    kind: z.literal('document-unread'),
    content: plain.extend({
      phrase: z.string(),
      /** How many such documents there are. */
      documents: z.int().positive(),
      /** Of the oldest one. */
      depositedAt: z.iso.datetime(),
      paperAfter: z.union([z.iso.datetime(), z.literal('')]),
    }),
  }),
  z.object({ kind: z.literal('correspondence-changed'), content: change }),
  /**
   * The cover of documents that go on paper: those that name it (`document.letter_id`). `toAnotherAdult`: the envelope is that
   * of an adult insured with the person, whom they concern.
   */
  z.object({
    kind: z.literal('document-letter'),
    content: byLetter.extend({ toAnotherAdult: z.boolean() }),
  }),
  /** To the address of a frozen account that somebody took back: it may be a thief’s, and gets no «ce n’est pas moi». */
  z.object({ kind: z.literal('account-reclaimed'), content: plain }),
  /** What an agent did: closed the doors of the account, opened them again, ended the wait after failures, erased it. */
  z.object({ kind: z.literal('account-disabled'), content: plain }),
  z.object({ kind: z.literal('account-enabled'), content: plain }),
  z.object({ kind: z.literal('account-unlocked'), content: plain }),
  z.object({ kind: z.literal('account-erased'), content: plain }),
  /** A copy of everything that is kept about the person was made, in their account or by an agent. */
  z.object({ kind: z.literal('data-exported'), content: change }),
]);

/** A message to a person; its content includes the recipient: a mail address, a number, or the lines of the envelope. */
export type Notice = z.infer<typeof noticeSchema>;
export type NoticeKind = Notice['kind'];
export type NoticeContent = { [N in Notice as N['kind']]: N['content'] };

export type MailNotice = Extract<Notice, { content: { address: string } }>;
export type SmsNotice = Extract<Notice, { content: { number: string } }>;
export type LetterNotice = Extract<Notice, { content: { envelope: string } }>;
export type MailKind = MailNotice['kind'];
/** Mails that report a new account, or a change to one. */
export type DisputableMailKind = Extract<MailNotice, { content: { dispute: string } }>['kind'];

/** Identifies a notice, whose row is stored with its person. */
export interface NoticeKey {
  readonly personKey: Buffer;
  readonly id: string;
}

/** The channel of a notice follows from its content. */
function channelOf({ content }: Pick<Notice, 'content'>): 'email' | 'sms' | 'letter' {
  if ('number' in content) return 'sms';
  return 'envelope' in content ? 'letter' : 'email';
}

export function isMail(notice: Notice): notice is MailNotice {
  return channelOf(notice) === 'email';
}

export function isSms(notice: Notice): notice is SmsNotice {
  return channelOf(notice) === 'sms';
}

/** The same notice with another expiry. */
export function withUntil({ kind, content }: Notice, until: Date): Notice {
  return parseNotice(kind, { ...content, until: until.toISOString() });
}

/** Builds a notice from its kind and its content; throws when the content does not fit the kind. */
export function parseNotice(kind: string, content: unknown): Notice {
  return noticeSchema.parse({ kind, content });
}

/**
 * Kinds that a person other than the owner of the address can cause: counted per address, all accounts together, in two
 * groups. Mails caused by anyone who knows a number or an identity must not block those that a person who has proved
 * their identity asks for: without the link, no account becomes active.
 */
const countedMails = {
  outsiders: ['account-exists', 'password-reset', 'provisional-code'],
  proven: ['activation', 'address-taken', 'activation-reminder', 'new-address'],
} as const satisfies Record<string, readonly NoticeKind[]>;
export type MailPart = keyof typeof countedMails;

/** The kinds that count together for one mailbox. */
export function kindsCounted(part: MailPart): readonly NoticeKind[] {
  return countedMails[part];
}

/** The kinds that count together with a kind; null for a kind that only the owner can cause. */
export function kindsCountedWith(kind: NoticeKind): readonly NoticeKind[] | null {
  return Object.values<readonly NoticeKind[]>(countedMails).find((kinds) => kinds.includes(kind)) ?? null;
}

export interface NewNotice<Kind extends NoticeKind> {
  readonly keyring: Keyring;
  readonly personKey: Buffer;
  readonly id: string;
  readonly kind: Kind;
  readonly language: Language;
  readonly content: NoticeContent[Kind];
  /** Key of the canonical address (`emailKey`); null where no limit counts by recipient. */
  readonly recipientKey: Buffer | null;
  /** What the row stores about the «ce n’est pas moi» in the content. */
  readonly dispute?: { readonly key: Buffer; readonly bound: Buffer };
  readonly now: Date;
}

/** The row of a notice to send, its content sealed, to be queued together with the change that causes it. */
export function noticeRow<Kind extends NoticeKind>(notice: NewNotice<Kind>) {
  const { keyring, personKey, id, kind, language, content, recipientKey, dispute, now } = notice;
  return {
    person_key: personKey,
    id,
    kind,
    channel: channelOf({ content }),
    language,
    content: seal(keyring, contentPlace(personKey, id), content),
    recipient_key: recipientKey,
    state: 'queued',
    created_at: now,
    dispute_key: dispute?.key ?? null,
    dispute_bound: dispute?.bound ?? null,
  } as const satisfies Insertable<NoticeTable>;
}

/** Stores notices with the jobs that deliver them, together with the change that causes them; letters wait for their batch. */
export async function queueingNotices(
  db: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  rows: readonly Insertable<NoticeTable>[],
): Promise<readonly Write[]> {
  if (rows.length === 0) return [];
  const deliveries = deliveriesOf(rows);
  const added = deliveries.length > 0 ? [also(await jobs.adding('deliver-notice', deliveries))] : [];
  return [
    also(db.insertInto('notice').values(rows)),
    ...countingMails(db, rows),
    ...signpostsOf(db, rows),
    ...added,
  ];
}

/** Counts the mails that others than their recipient can cause to the mailboxes that get them. */
function countingMails(db: Kysely<Database>, rows: readonly Insertable<NoticeTable>[]): readonly Write[] {
  const counted = rows.flatMap(({ recipient_key, by_owner, id, kind, state, created_at }) =>
    recipient_key && !by_owner && state !== 'withheld' && isCounted(kind)
      ? [{ recipient_key, id, kind, created_at }]
      : [],
  );
  return counted.length > 0 ? [also(db.insertInto('mailbox_mail').values(counted))] : [];
}

/** Whether mails of a kind count with others to their mailbox. */
function isCounted(kind: string): boolean {
  return Object.values<readonly string[]>(countedMails).some((kinds) => kinds.includes(kind));
}

/** A mail that is withheld was never sent to its mailbox. */
export function uncountingMail(
  db: Kysely<Database>,
  { recipient_key, id }: Pick<NoticeTable, 'recipient_key' | 'id'>,
): Compilable {
  return db.deleteFrom('mailbox_mail').where('recipient_key', '=', recipient_key).where('id', '=', id);
}

/** How long the page of a code to type says that it is over. */
const codeSignDays = 400;

/** A link carries whom it is about; a code to type is too short for that. */
function signpostsOf(db: Kysely<Database>, rows: readonly Insertable<NoticeTable>[]): readonly Write[] {
  const signposts = rows.flatMap(({ dispute_key: name, channel, person_key: personKey, created_at: at }) =>
    name && channel !== 'email' && at instanceof Date
      ? [
          {
            kind: 'dispute-code',
            name,
            personKey,
            until: new Date(at.getTime() + codeSignDays * 86_400_000),
          } as const,
        ]
      : [],
  );
  return signposts.length > 0 ? [also(puttingSignposts(db, signposts))] : [];
}

/** Runs `queueingNotices` for one notice, in the transaction of the change. */
export async function queueNotice(
  trx: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  row: Insertable<NoticeTable>,
): Promise<void> {
  await atOnce(trx, await queueingNotices(trx, jobs, [row]));
}

type Deliverable = Pick<NoticeTable, 'person_key' | 'id'> & Partial<Pick<NoticeTable, 'channel'>>;

function deliveriesOf(notices: readonly Deliverable[]) {
  return notices
    .filter(({ channel }) => channel !== 'letter')
    .map(({ person_key, id }) => ({ personKey: person_key.toString('hex'), id }));
}

/** Adds, in one statement, the jobs that deliver notices of the caller's transaction; letters wait for their batch. */
export async function enqueueDeliveries(
  trx: Kysely<Database>,
  jobs: Pick<Jobs, 'adding'>,
  notices: readonly Deliverable[],
): Promise<void> {
  await addJobs(trx, jobs, 'deliver-notice', deliveriesOf(notices));
}

/** Opens the content of a row, read by its column `kind`. Throws when the two do not fit. */
export function openNotice(
  keyring: Keyring,
  row: { person_key: Buffer; id: string; kind: string; content: Buffer },
): Notice {
  const content = unseal(keyring, contentPlace(row.person_key, row.id), row.content);
  const read = noticeSchema.safeParse({ kind: row.kind, content });
  if (!read.success) throw new Error(`The content of notice ${row.id} does not fit its kind`);
  return read.data;
}

/** The language of a row, French where that language is no longer offered. */
export function noticeLanguage(text: string): Language {
  return languages.find((language) => language === text) ?? 'fr';
}

function contentPlace(personKey: Buffer, id: string): Place {
  return { table: 'notice', column: 'content', row: [personKey, id] };
}
