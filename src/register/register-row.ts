import { z } from 'zod';
import { parseBirthDate } from '#src/civil-status/birth-date.ts';
import { parseName } from '#src/civil-status/names.ts';
import { parseNir } from '#src/civil-status/nir.ts';
import { isPlaceCode, readBirthPlace } from '#src/civil-status/place.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import { parseTelephone } from '#src/contact/telephone.ts';
import { regimeOf } from '#src/policy/regimes.ts';
import { type CardRules, parseCardSerial } from '#src/proofs/card-serial.ts';
import { parseIban } from '#src/proofs/iban.ts';
import { type RegisterLine, registerLine } from '#src/register/insured.ts';
import { clean, cleanCode } from '#src/texts/clean.ts';

/** What a row is read against. */
export interface RowRules {
  /** `yyyy-mm-dd`, Europe/Paris. */
  readonly today: string;
  /** The codes of the funds; empty: none is known yet, any will do. */
  readonly caisses: ReadonlySet<string>;
  readonly cards: CardRules;
}

/** A person, or why the row is rejected: the field and a code, never the value. */
export type RowReading =
  | { readonly ok: true; readonly line: RegisterLine }
  | { readonly ok: false; readonly reason: string };

type Read = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };

const text = z.string().max(500);

/** A text that a parser makes a value of. */
function value(read: (text: string) => Read) {
  return text.transform((typed, context) => {
    const reading = read(typed);
    if (reading.ok) return reading.value;
    context.addIssue({ code: 'custom', message: reading.reason });
    return z.NEVER;
  });
}

/** The same where there may be none: null, or an empty text. */
function optional(read: (text: string) => Read) {
  return z
    .string()
    .nullable()
    .transform((typed) => (typed === null || clean(typed) === '' ? null : typed))
    .pipe(value(read).nullable());
}

const longestAddressLine = 60;

const name = (typed: string): Read => {
  const reading = parseName(typed);
  return reading.ok ? { ok: true, value: reading.name } : reading;
};
const postalCode = value((typed) => {
  const reading = parsePostalCode(typed);
  return reading.ok ? { ok: true, value: reading.postalCode } : reading;
});
const addressLine = value((typed) => {
  const written = clean(typed).replaceAll("'", '’');
  return written.length > longestAddressLine
    ? { ok: false, reason: 'too-long' }
    : { ok: true, value: written };
});

const rowSchema = registerLine.extend({
  nir: value((typed) => {
    const reading = parseNir(typed);
    return reading.ok ? { ok: true, value: reading.nir } : reading;
  }),
  birthName: value(name),
  usageName: optional(name),
  givenNames: z.array(value(name)).min(1).max(20),
  birthDate: text,
  birthPlace: text,
  birthCountry: text,
  address: z
    .array(addressLine)
    .max(7)
    .transform((lines) => lines.filter((line) => line !== '')),
  postalCode,
  formerPostalCodes: z
    .array(postalCode)
    .max(20)
    .transform((codes) => [...new Set(codes)]),
  regime: value((typed) => {
    const regime = regimeOf(cleanCode(typed));
    return regime ? { ok: true, value: regime } : { ok: false, reason: 'unknown' };
  }),
  caisse: text,
  iban: optional((typed) => {
    const reading = parseIban(typed);
    return reading.ok ? { ok: true, value: reading.iban } : reading;
  }),
  card: registerLine.shape.card.unwrap().extend({ serial: text }).nullable(),
  knownEmail: optional((typed) => {
    const reading = parseEmail(typed);
    return reading.ok ? { ok: true, value: reading.address } : reading;
  }),
  knownMobile: optional((typed) => {
    const reading = parseTelephone(typed, 'portable');
    return reading.ok ? { ok: true, value: reading.e164 } : reading;
  }),
});

/**
 * Reads one row of the register by the parsers of the forms that must match it, each value into the one form that is
 * kept, compared and sent; what no form could give back is refused. An empty text is none where a value may be missing.
 */
export function parseRow(row: unknown, { today, caisses, cards }: RowRules): RowReading {
  const reading = rowSchema.safeParse(row);
  if (!reading.success) {
    return refused(firstProblem(reading.error.issues, row));
  }
  const line = reading.data;
  const born = readIsoDate(line.birthDate, today);
  if (!born.ok) return refused(`birthDate: ${born.reason}`);
  const place = readBirthPlace(line.birthPlace, line.birthCountry);
  if (place.birthCountry === '') return refused('birthCountry: format');
  if (!isPlaceCode(line.birthPlace)) return refused('birthPlace: format');
  const caisse = cleanCode(line.caisse);
  if (caisses.size > 0 && !caisses.has(caisse)) return refused('caisse: unknown');
  if (!/^[0-9A-Z]{3,5}$/.test(caisse)) return refused('caisse: format');
  const { card, nir } = line;
  const serial = card && parseCardSerial(card.serial, card.type, cards, nir);
  if (serial && !serial.ok) return refused(`card.serial: ${serial.reason}`);
  const checkedCard = card && serial ? { ...card, serial: serial.serial } : null;
  return { ok: true, line: { ...line, ...place, birthDate: born.value, caisse, card: checkedCard } };
}

/** A field that is unknown is named: misspelt, it would be lost. */
function firstProblem(issues: readonly z.core.$ZodIssue[], row: unknown): string {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  const issue = unknown ?? issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys.find((name) => /^[a-z]\w{0,30}$/i.test(name));
    return key ? `${[...issue.path, key].join('.')}: unknown-field` : 'line: unknown-field';
  }
  const path = issue?.path ?? [];
  const absent = path.length > 0 && path.reduce(valueAt, row) === undefined;
  const code = issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid');
  return `${path.join('.') || 'line'}: ${absent ? 'missing' : code}`;
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function refused(reason: string): RowReading {
  return { ok: false, reason };
}

function readIsoDate(typed: string, today: string): Read {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(clean(typed)) ?? [];
  if (year === '') return { ok: false, reason: 'format' };
  const reading = parseBirthDate({ day, month, year }, today);
  if (reading.ok) return { ok: true, value: reading.birthDate };
  return { ok: false, reason: reading.problems[0]?.reason ?? 'format' };
}
