import { copyTexts } from '#src/account/copy/copy-texts.ts';
import { noticeTexts } from '#src/account/copy/notice-texts.ts';
import type { Field, Section, Value } from '#src/account/copy/sections.ts';
import { trailTexts } from '#src/account/copy/trail-texts.ts';
import { valueTexts } from '#src/account/copy/value-texts.ts';
import { correspondenceTexts } from '#src/account/correspondence/texts.ts';
import { accountDetailsTexts } from '#src/account/details/texts.ts';
import { messageTexts } from '#src/account/messages/texts.ts';
import type { CaisseReference } from '#src/caisses/reference.ts';
import { formatNir } from '#src/civil-status/nir.ts';
import { france } from '#src/civil-status/place.ts';
import { formatTelephone } from '#src/contact/telephone.ts';
import { regimes } from '#src/enrolment/not-eligible/regimes.ts';
import { formatDay, formatDayInFigures } from '#src/texts/civil-days.ts';
import { deviceKind, deviceName } from '#src/texts/device-texts.ts';
import { languageOf, type Voice } from '#src/texts/language.ts';
import { formatEuros } from '#src/texts/money.ts';
import { capitalised, formatDate, formatHourInParis } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';

/** For whom values are written, and whether their dates are words or, where there is little room, figures. */
export interface Reading extends Pick<CaisseReference, 'caisses'> {
  readonly voice: Voice;
  readonly dates: 'words' | 'figures';
}

type Place = { [S in Section]: `${S}.${Field<S>}` }[Section];
type Row = Readonly<Record<string, Value>>;

/** What somebody wrote: printed as it is, even where it looks like a date. */
const written: ReadonlySet<string> = new Set(['subject', 'text', 'files', 'title', 'phrase', 'name']);
const money: ReadonlySet<string> = new Set(['paid', 'base', 'reimbursed']);
/** Where the hour matters. */
const timed: ReadonlySet<Section> = new Set(['sessions', 'trail']);

/** A value of a row in the words of the person; «–» for none. */
export function valueWords(section: Section, field: string, row: Row, reading: Reading): string {
  const { voice } = reading;
  const t = copyTexts[voice];
  const value = row[field] ?? null;
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return money.has(field) ? formatEuros(value, voice) : String(value);
  if (section === 'devices' && field === 'browser')
    return deviceName(deviceKind({ browser: value, system: String(row.system) }), voice);
  if (written.has(field)) return value;
  return codeWords(voice).get(`${section}.${field}`)?.get(value) ?? formatted(section, field, value, reading);
}

function formatted(
  section: Section,
  field: string,
  value: string,
  { voice, dates, caisses }: Reading,
): string {
  const t = valueTexts[voice];
  if (/^\d{4}-\d{2}-\d{2}$/.test(value))
    return dates === 'figures' || /-00\b/.test(value) ? formatDayInFigures(value) : formatDay(value, voice);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) {
    const instant = new Date(value);
    if (dates === 'words') return formatDate(instant, voice);
    const day = formatDayInFigures(parisDate(instant));
    if (!timed.has(section)) return day;
    return `${day} ${t.at}\u00a0${formatHourInParis(instant, voice)}`;
  }
  switch (field) {
    case 'nir':
      return formatNir(value);
    case 'mobile':
    case 'landline':
      return formatTelephone(value);
    case 'ibanStart':
      return value.match(/.{1,4}/g)?.join(' ') ?? value;
    case 'caisse':
    case 'depositedBy':
      return caisses.get(value)?.name ?? value;
    case 'regime':
      return capitalised(regimes.get(value)?.name[languageOf(voice)] ?? value);
    case 'birthPlace':
      return t.birthPlace(value.slice(0, value.startsWith('97') ? 3 : 2), value);
    case 'birthCountry':
      return value === france ? 'France' : t.abroad(value);
    default:
      return value;
  }
}

const known = new Map<Voice, ReadonlyMap<string, ReadonlyMap<string, string>>>();

/** The words of all codes, by place and code. */
function codeWords(voice: Voice): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const made = known.get(voice) ?? wordsIn(voice);
  known.set(voice, made);
  return made;
}

function wordsIn(voice: Voice): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const t = valueTexts[voice];
  const { atOnce, daily, weekly } = correspondenceTexts[voice];
  const codes: Readonly<Partial<Record<Place, Readonly<Record<string, string>>>>> = {
    'register.entitlement': t.entitlements,
    'register.cardType': t.cardTypes,
    'register.cardState': t.cardStates,
    'register.cardTransfer': t.cardTransfers,
    'account.status': t.accountStates,
    'account.createdBy': t.proofs,
    'account.language': t.languages,
    'account.passwordState': t.passwordStates,
    'terms.language': t.languages,
    'consents.language': t.languages,
    'consents.purpose': accountDetailsTexts[voice].consentNames,
    'correspondence.frequency': { 'at-once': atOnce, daily, weekly, ...t.unsubscribed },
    'sessions.kind': t.sessions,
    'enrolments.proof': t.proofs,
    'codes.channel': t.channels,
    'notices.kind': noticeTexts[voice],
    'notices.channel': t.channels,
    'notices.state': t.noticeStates,
    'messages.direction': t.directions,
    'messages.state': messageTexts[voice].states,
    'attestations.kind': t.attestations,
    'trail.kind': trailTexts[voice],
    'trail.actor': t.actors,
  };
  return new Map(Object.entries(codes).map(([place, words]) => [place, new Map(Object.entries(words))]));
}
