import { normalizeName } from '#src/civil-status/names.ts';
import type { LettersTray, PrintedFile, TrayLetter } from '#src/demo/trays/letters-tray.ts';
import type { TrayMail } from '#src/demo/trays/mail-reading.ts';
import type { MailTray } from '#src/demo/trays/mail-tray.ts';
import type { SmsTray, TraySms } from '#src/demo/trays/sms-tray.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What has come for the people of a class, person by person: nobody opens the box of somebody else. */
export interface Inbox {
  mails(of: SeatPerson): Promise<readonly TrayMail[]>;
  mail(of: SeatPerson, id: string): Promise<TrayMail | null>;
  sms(of: SeatPerson): readonly TraySms[];
  letters(of: SeatPerson): readonly TrayLetter[];
  /** A letter by its id, or a document that came with one by the name of its file. */
  letter(of: SeatPerson, name: string): Promise<PrintedFile | null>;
  /** How many of each nobody has opened yet. */
  unread(of: SeatPerson): Readonly<Record<'email' | 'sms' | 'letter', number>>;
  isNew(id: string): boolean;
  opened(...ids: readonly string[]): void;
}

export interface Trays {
  readonly mails: Pick<MailTray, 'list' | 'find'>;
  readonly sms: Pick<SmsTray, 'list'>;
  readonly letters: Pick<LettersTray, 'list' | 'file'>;
}

/** Sorts the trays of a class by their people. `read`: what was opened before. */
export function openInbox({ mails, sms, letters }: Trays): Inbox {
  const read = new Set<string>();
  /** By address: the number of mails is asked for on every page, and reading them all takes a while. */
  const known = new Map<string, readonly string[]>();
  const mailsOf = async ({ email }: SeatPerson): Promise<readonly TrayMail[]> => {
    const all = await mails.list();
    const own = all.filter(({ a }) => a === email);
    known.set(
      email,
      own.map(({ id }) => id),
    );
    return own;
  };
  const smsOf = ({ mobile }: SeatPerson) => sms.list().filter(({ a }) => a === mobile);
  const lettersOf = ({ person: { line } }: SeatPerson) => {
    const name = normalizeName(`${line.givenNames[0] ?? ''} ${line.usageName ?? line.birthName}`);
    return letters
      .list()
      .filter(({ destinataire }) => normalizeName(destinataire.split(', ', 1)[0] ?? '') === name);
  };
  const fresh = (ids: readonly string[]): number => ids.filter((id) => !read.has(id)).length;
  return {
    mails: mailsOf,
    mail: async (of, id) => {
      const mail = await mails.find(id);
      return mail?.a === of.email ? mail : null;
    },
    sms: smsOf,
    letters: lettersOf,
    letter: async (of, name) => {
      const file = await letters.file(name.includes('.') ? name : `${name}.pdf`);
      return file && lettersOf(of).some(({ id }) => id === file.id) ? file : null;
    },
    unread(of) {
      // Counted by the next page: this one does not wait.
      void mailsOf(of);
      return {
        email: fresh(known.get(of.email) ?? []),
        sms: fresh(smsOf(of).map(({ id }) => `sms-${id}`)),
        letter: fresh(lettersOf(of).map(({ id }) => id)),
      };
    },
    isNew: (id) => !read.has(id),
    opened: (...ids) => {
      for (const id of ids) read.add(id);
    },
  };
}
