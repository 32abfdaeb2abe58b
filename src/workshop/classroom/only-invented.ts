import type { RefusedField } from '#src/services.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** What the people of a seat have, as it may be typed in an exercise. */
interface Own {
  readonly nirs: readonly string[];
  readonly ibanTails: readonly string[];
  readonly ibans: readonly string[];
  readonly mobiles: readonly string[];
  readonly mailboxes: readonly string[];
}

/** A number of 13 to 15 characters that begins like a NIR, with up to two signs between any; Corsica has 2A and 2B. */
const nirLike =
  /(?<![\dA-Z])[1-478](?:[\s.\-·/]{0,2}\d){4}[\s.\-·/]{0,2}(?:\d[\s.\-·/]{0,2}\d|2[\s.\-·/]{0,2}[AB])(?:[\s.\-·/]{0,2}\d){6}(?:[\s.\-·/]{0,2}\d[\s.\-·/]{0,2}\d)?(?![\dA-Z])/gi;
/** When a form was shown, in milliseconds, which look like a NIR: the page wrote it, nobody did. */
const shownAt = 'affichee';
/** In groups of four, or without spaces. */
const ibanLike = /(?<![\dA-Z])[A-Z]{2}\d{2}(?:[\s.-]?[\dA-Z]{4}){2,7}(?:[\s.-]?[\dA-Z]{1,3})?(?![\dA-Z])/gi;
const digitsOfIban = 8;
const emailLike = /[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,253}/g;
/** Mailboxes that nobody can own: those of the exercise are among them. */
const inventedMailbox = /@([a-z\d-]+\.)*example\.(org|com|net)$|\.(example|invalid|test)$/i;

/**
 * The fields of a form that hold a social security number, a bank account, a mailbox or a telephone number of nobody who
 * is invented for this seat: they could be the learner’s own. Looks into every field, since people type things where
 * they do not belong. Codes, passwords and names are whatever they are.
 */
export function notInvented(
  typed: readonly (readonly [name: string, value: string])[],
  people: readonly SeatPerson[],
  /** The mailboxes of the whole class: a seat uses no other’s. */
  mailboxes: ReadonlySet<string>,
): readonly RefusedField[] {
  const own: Own = {
    nirs: people.map(({ person }) => person.line.nir),
    ibans: people.flatMap(({ person }) => person.line.iban ?? []),
    ibanTails: people.flatMap(({ person }) => person.line.iban?.slice(-7) ?? []),
    mobiles: people.map(({ mobile }) => mobile.slice(3)),
    mailboxes: people.map(({ email }) => email),
  };
  const isStrangeMailbox = (one: string): boolean => {
    const mailbox = one.toLowerCase();
    return !inventedMailbox.test(mailbox) || (mailboxes.has(mailbox) && !own.mailboxes.includes(mailbox));
  };
  return typed.flatMap(([field, value]): RefusedField[] => {
    if (field.startsWith('_') || field === shownAt) return [];
    const what = strangeIn(field, plain(value), own, isStrangeMailbox);
    return what ? [{ field, what }] : [];
  });
}

function strangeIn(
  field: string,
  value: string,
  own: Own,
  isStrangeMailbox: (one: string) => boolean,
): RefusedField['what'] | null {
  const joined = canonical(value);
  if (
    field === 'nir'
      ? joined !== '' && !isOwnNir(joined, own)
      : anyOf(value, nirLike, (one) => !isOwnNir(canonical(one), own))
  )
    return 'nir';
  if (
    field === 'iban7'
      ? joined.length >= 7 && !own.ibanTails.includes(joined)
      : anyOf(value, ibanLike, (one) => isStrangeIban(canonical(one), own))
  )
    return 'bank';
  if (anyOf(value, emailLike, isStrangeMailbox)) return 'email';
  if (
    (field === 'portable' || field === 'fixe') &&
    joined !== '' &&
    !own.mobiles.some((one) => joined.endsWith(one))
  )
    return 'telephone';
  return null;
}

/** As the product would read it: wide digits as usual ones, nothing invisible between them. */
function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
}

function canonical(text: string): string {
  return text.toUpperCase().replaceAll(/[\s.\-·/]/g, '');
}

/** Words that look like one have few digits; words may follow one. */
function isStrangeIban(found: string, { ibans }: Own): boolean {
  const digits = found.replaceAll(/\D/g, '').length;
  return digits >= digitsOfIban && !ibans.some((iban) => found.startsWith(iban));
}

/** With or without its key, or as far as it was typed. */
function isOwnNir(typed: string, { nirs }: Own): boolean {
  return nirs.some((nir) => (typed.length <= nir.length ? nir.startsWith(typed) : typed.startsWith(nir)));
}

function anyOf(text: string, pattern: RegExp, isStrange: (found: string) => boolean): boolean {
  return [...text.matchAll(pattern)].some(([found]) => isStrange(found));
}
