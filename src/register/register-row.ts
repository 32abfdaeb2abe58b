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
import { isObject, type Parse, type Read, RowReader } from '#src/register/row-reader.ts';
import { clean, cleanCode } from '#src/texts/clean.ts';

/** What a row is read against. */
export interface RowRules {
  /** `yyyy-mm-dd`, Europe/Paris. */
  readonly today: string;
  /** The codes of the funds; empty: none is known yet, any will do. */
  readonly caisses: ReadonlySet<string>;
  readonly cards: CardRules;
}

/** A person, or why the row is rejected: the field and a code, never the value; and what else is wrong with it. */
export type RowReading =
  | { readonly ok: true; readonly line: RegisterLine }
  | { readonly ok: false; readonly reason: string; readonly others?: readonly string[] };

const longestAddressLine = 60;

/** A parser of which only one part is kept. */
function taking<Part extends string>(
  part: Part,
  parse: (
    typed: string,
  ) =>
    | ({ readonly ok: true } & Readonly<Record<Part, string>>)
    | { readonly ok: false; readonly reason: string },
): Parse {
  return (typed) => {
    const reading = parse(typed);
    return reading.ok ? { ok: true, value: reading[part] } : reading;
  };
}

const nir = taking('nir', parseNir);
const name = taking('name', parseName);
const postalCode = taking('postalCode', parsePostalCode);
const addressLine = (typed: string): Read => {
  const written = clean(typed).replaceAll("'", '’');
  return written.length > longestAddressLine
    ? { ok: false, reason: 'too-long' }
    : { ok: true, value: written };
};
const regime = (typed: string): Read => {
  const code = regimeOf(cleanCode(typed));
  return code ? { ok: true, value: code } : { ok: false, reason: 'unknown' };
};
const iban = taking('iban', parseIban);
const email = taking('address', parseEmail);
const mobile = taking('e164', (typed) => parseTelephone(typed, 'portable'));

const rowFields: ReadonlySet<string> = new Set(Object.keys(registerLine.shape));
const cardFields: ReadonlySet<string> = new Set(Object.keys(registerLine.shape.card.unwrap().shape));

function takeCard(fields: RowReader): NonNullable<RegisterLine['card']> {
  fields.only(cardFields);
  return {
    type: fields.oneOf('type', ['photo', 'sans-photo']),
    serial: fields.text('serial'),
    state: fields.oneOf('state', ['active', 'lost', 'expired']),
    transfer: fields.oneOf('transfer', ['finished', 'unfinished']),
  };
}

/** Each value by the parser of its field; what depends on several fields, or on the day, is left as it is written. */
function takeLine(fields: RowReader): RegisterLine {
  fields.only(rowFields);
  return {
    nir: fields.parsed('nir', nir),
    certified: fields.flag('certified'),
    birthName: fields.parsed('birthName', name),
    usageName: fields.optional('usageName', name),
    givenNames: fields.list('givenNames', { fewest: 1, most: 20 }, name),
    birthDate: fields.text('birthDate'),
    birthPlace: fields.text('birthPlace'),
    birthCountry: fields.text('birthCountry'),
    deceased: fields.flag('deceased'),
    address: fields.list('address', { most: 7 }, addressLine).filter((line) => line !== ''),
    postalCode: fields.parsed('postalCode', postalCode),
    formerPostalCodes: [...new Set(fields.list('formerPostalCodes', { most: 20 }, postalCode))],
    regime: fields.parsed('regime', regime),
    caisse: fields.text('caisse'),
    entitlement: fields.oneOf('entitlement', ['ouvreur-de-droits', 'ayant-droit']),
    iban: fields.optional('iban', iban),
    card: fields.within('card', takeCard),
    knownEmail: fields.optional('knownEmail', email),
    knownMobile: fields.optional('knownMobile', mobile),
  };
}

/**
 * Reads one row of the register by the parsers of the forms that must match it, each value into the one form that is
 * kept, compared and sent; what no form could give back is refused. An empty text is none where a value may be missing.
 */
export function parseRow(row: unknown, { today, caisses, cards }: RowRules): RowReading {
  if (!isObject(row)) return { ok: false, reason: 'line: invalid_type' };
  const fields = new RowReader(row);
  const line = takeLine(fields);
  const born = readIsoDate(line.birthDate, today);
  if (!born.ok) fields.note('birthDate', born.reason);
  const place = readBirthPlace(line.birthPlace, line.birthCountry);
  if (place.birthCountry === '') fields.note('birthCountry', 'format');
  if (!isPlaceCode(line.birthPlace)) fields.note('birthPlace', 'format');
  const caisse = cleanCode(line.caisse);
  if (caisses.size > 0 && !caisses.has(caisse)) fields.note('caisse', 'unknown');
  if (!/^[0-9A-Z]{3,5}$/.test(caisse)) fields.note('caisse', 'format');
  const { card } = line;
  const isJudged = card !== null && fields.isRight('card') && fields.isRight('card.type');
  const serial = isJudged ? parseCardSerial(card.serial, card.type, cards, line.nir) : null;
  if (serial && !serial.ok) fields.note('card.serial', serial.reason);
  const [reason, ...others] = fields.problems;
  if (reason !== undefined || !born.ok || serial?.ok === false)
    return { ok: false, reason: reason ?? 'line: invalid', ...(others.length > 0 ? { others } : {}) };
  line.birthDate = born.value;
  line.birthPlace = place.birthPlace;
  line.birthCountry = place.birthCountry;
  line.caisse = caisse;
  if (card && serial) card.serial = serial.serial;
  return { ok: true, line };
}

function readIsoDate(typed: string, today: string): Read {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(clean(typed)) ?? [];
  if (year === '') return { ok: false, reason: 'format' };
  const reading = parseBirthDate({ day, month, year }, today);
  if (reading.ok) return { ok: true, value: reading.birthDate };
  return { ok: false, reason: reading.problems[0]?.reason ?? 'format' };
}
