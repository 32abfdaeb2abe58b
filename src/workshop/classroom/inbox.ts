import { normalizeName } from '#src/civil-status/names.ts';
import type { LettersTray, PrintedFile, TrayLetter } from '#src/demo/trays/letters-tray.ts';
import type { TrayMail } from '#src/demo/trays/mail-reading.ts';
import type { MailTray } from '#src/demo/trays/mail-tray.ts';
import type { SmsTray, TraySms } from '#src/demo/trays/sms-tray.ts';
import type { BoxMarks } from '#src/workshop/classroom/box-marks.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';

/** The two folders of a mailbox. */
export type MailFolder = 'inbox' | 'spam';

/** What has come for the people of a class, person by person: nobody opens the box of somebody else. */
export interface Inbox {
  /** Newest first. */
  mails(of: SeatPerson, folder: MailFolder): readonly TrayMail[];
  mail(of: SeatPerson, id: string): TrayMail | null;
  sms(of: SeatPerson): readonly TraySms[];
  letters(of: SeatPerson): readonly TrayLetter[];
  /** A letter by its id, or a document that came with one by the name of its file. */
  letter(of: SeatPerson, name: string): Promise<PrintedFile | null>;
  /** How many of each nobody has opened yet; nobody is told of what lies in the spam folder. */
  unread(of: SeatPerson): Readonly<Record<'email' | 'sms' | 'letter', number>>;
  isNew(id: string): boolean;
  isSpam(id: string): boolean;
  opened(...ids: readonly string[]): void;
  /** The latest mail that nobody has opened goes to the spam folder; without one, the next that comes. */
  moveToSpam(of: SeatPerson): void;
  /** The same for a mail that is on its way for a while longer, by the clock of the class. */
  delay(of: SeatPerson): void;
  /** Whether a mail was on its way for a while longer. */
  cameLate(id: string): boolean;
  /** What was opened counts as new once more. */
  newAgain(id: string): void;
  /** Puts a mail where it should have come. */
  notSpam(of: SeatPerson, id: string): void;
}

export interface Trays {
  readonly mails: Pick<MailTray, 'list' | 'listen'>;
  readonly sms: Pick<SmsTray, 'list'>;
  readonly letters: Pick<LettersTray, 'list' | 'file'>;
}

/** How long a mail that comes late is on its way. */
const lateMinutes = 20;

/** The name of an SMS among the marks: SMS are numbered on their own. */
export function smsMark(id: string): string {
  return `sms-${id}`;
}

/** The same for the forged letter of a person, which is no letter of the service. */
export function forgedMark({ email }: SeatPerson): string {
  return `recu-${email}`;
}

/** What nobody at a seat has opened yet, the forged letter included: as its desk, its boxes and each page count it. */
export function unreadOf(
  inbox: Pick<Inbox, 'unread' | 'isNew'>,
  { seat, plays }: Seated,
): ReturnType<Inbox['unread']> {
  const unread = inbox.unread(plays);
  const isForgedNew = seat.faults.includes('forged-letter') && inbox.isNew(forgedMark(plays));
  return { ...unread, letter: unread.letter + Number(isForgedNew) };
}

/** Sorts the trays of a class by their people. Mails are read as they come, so that each page counts them at once. */
export async function openInbox(
  { mails, sms, letters }: Trays,
  marks: BoxMarks,
  now: () => Date,
): Promise<Inbox> {
  const byAddress = new Map<string, TrayMail[]>();
  /** Until when a mail that has not come yet is on its way. */
  const heldUntil = (id: string): Date | null => {
    const until = marks.heldUntil(id);
    return until && until > now() ? until : null;
  };
  const afterDelay = () => new Date(now().getTime() + lateMinutes * 60_000);
  const take = (mail: TrayMail): void => {
    const own = byAddress.get(mail.a.toLowerCase()) ?? [];
    // Concurrent mails may come in another order than their ids.
    own.splice(own.findLastIndex(({ id }) => id > mail.id) + 1, 0, mail);
    byAddress.set(mail.a.toLowerCase(), own);
  };
  mails.listen((mail) => {
    take(mail);
    const address = mail.a.toLowerCase();
    // Who asks again meanwhile gets nothing sooner.
    const held = (byAddress.get(address) ?? []).map(({ id }) => heldUntil(id)).find((one) => one !== null);
    if (held) marks.add({ kind: 'late', id: mail.id, address, until: held.toISOString() });
    else if (marks.awaitsDelay(address))
      marks.add({ kind: 'late', id: mail.id, address, until: afterDelay().toISOString() });
    if (!marks.awaitsSpam(address)) return;
    marks.add({ kind: 'spam-came', address });
    marks.add({ kind: 'spam', id: mail.id });
  });
  for (const mail of await mails.list()) take(mail);
  const mailsOf = ({ email }: SeatPerson, folder: MailFolder) =>
    (byAddress.get(email) ?? []).filter(
      ({ id }) => marks.isSpam(id) === (folder === 'spam') && heldUntil(id) === null,
    );
  const mailOf = ({ email }: SeatPerson, wanted: string) =>
    byAddress.get(email)?.find(({ id }) => id === wanted && heldUntil(id) === null) ?? null;
  const smsOf = ({ mobile }: SeatPerson) => sms.list().filter(({ a }) => a === mobile);
  const lettersOf = ({ person: { line } }: SeatPerson) => {
    const name = normalizeName(`${line.givenNames[0] ?? ''} ${line.usageName ?? line.birthName}`);
    return letters.list().filter(({ destinataire }) => normalizeName(nameIn(destinataire)) === name);
  };
  const isNew = (id: string): boolean => !marks.isOpened(id);
  return {
    mails: mailsOf,
    mail: mailOf,
    sms: smsOf,
    letters: lettersOf,
    letter: async (of, name) => {
      const file = await letters.file(name.includes('.') ? name : `${name}.pdf`);
      return file && lettersOf(of).some(({ id }) => id === file.id) ? file : null;
    },
    unread: (of) => ({
      email: mailsOf(of, 'inbox').filter(({ id }) => isNew(id)).length,
      sms: smsOf(of).filter(({ id }) => isNew(smsMark(id))).length,
      letter: lettersOf(of).filter(({ id }) => isNew(id)).length,
    }),
    isNew,
    isSpam: marks.isSpam,
    opened: (...ids) => {
      for (const id of ids) if (isNew(id)) marks.add({ kind: 'opened', id });
    },
    moveToSpam(of) {
      const latest = mailsOf(of, 'inbox').find(({ id }) => isNew(id));
      marks.add(latest ? { kind: 'spam', id: latest.id } : { kind: 'next-is-spam', address: of.email });
    },
    delay(of) {
      const latest = mailsOf(of, 'inbox').find(({ id }) => isNew(id));
      const address = of.email;
      if (latest) marks.add({ kind: 'late', id: latest.id, address, until: afterDelay().toISOString() });
      else marks.add({ kind: 'next-is-late', address });
    },
    cameLate: (id) => marks.heldUntil(id) !== null,
    newAgain: (id) => marks.add({ kind: 'new-again', id }),
    notSpam(of, id) {
      if (mailOf(of, id) && marks.isSpam(id)) marks.add({ kind: 'not-spam', id });
    },
  };
}

/** The first line of an address. */
function nameIn(destinataire: string): string {
  return destinataire.split(', ', 1)[0] ?? '';
}
