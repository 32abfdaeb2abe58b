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
  /** Puts a mail where it should have come. */
  notSpam(of: SeatPerson, id: string): void;
}

export interface Trays {
  readonly mails: Pick<MailTray, 'list' | 'listen'>;
  readonly sms: Pick<SmsTray, 'list'>;
  readonly letters: Pick<LettersTray, 'list' | 'file'>;
}

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
export async function openInbox({ mails, sms, letters }: Trays, marks: BoxMarks): Promise<Inbox> {
  const byAddress = new Map<string, TrayMail[]>();
  const take = (mail: TrayMail): void => {
    const own = byAddress.get(mail.a.toLowerCase()) ?? [];
    // Concurrent mails may come in another order than their ids.
    own.splice(own.findLastIndex(({ id }) => id > mail.id) + 1, 0, mail);
    byAddress.set(mail.a.toLowerCase(), own);
  };
  mails.listen((mail) => {
    take(mail);
    if (!marks.awaitsSpam(mail.a.toLowerCase())) return;
    marks.add({ kind: 'spam-came', address: mail.a.toLowerCase() });
    marks.add({ kind: 'spam', id: mail.id });
  });
  for (const mail of await mails.list()) take(mail);
  const mailsOf = ({ email }: SeatPerson, folder: MailFolder) =>
    (byAddress.get(email) ?? []).filter(({ id }) => marks.isSpam(id) === (folder === 'spam'));
  const mailOf = ({ email }: SeatPerson, wanted: string) =>
    byAddress.get(email)?.find(({ id }) => id === wanted) ?? null;
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
    notSpam(of, id) {
      if (mailOf(of, id) && marks.isSpam(id)) marks.add({ kind: 'not-spam', id });
    },
  };
}

/** The first line of an address. */
function nameIn(destinataire: string): string {
  return destinataire.split(', ', 1)[0] ?? '';
}
