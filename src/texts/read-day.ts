import { clean } from '#src/texts/clean.ts';

/** A day as people type it in one field or in three, as `yyyy-mm-dd`; null for what is no day of the calendar. */
export interface TypedDay {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const frenchMonths =
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ');
const englishMonths =
  'january february march april may june july august september october november december'.split(' ');

/**
 * Reads a day typed in one field: `aaaa-mm-jj`, as browsers send it; figures, `3/9/2026`, `03.09.26`, `03092026`; words,
 * «1er septembre 2026», «lundi 3 sept. 2026», “3 September 2026”, as the pages write a day.
 */
export function readDay(typed: string): string | null {
  const text = plainLetters(typed).replace(/^[a-z]{2,9}[.,]? (?=\d)/, '');
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (year && month && day) return readDayParts({ day, month, year });
  const [, ...parts] =
    /^(\d{1,2})(?:er)?[/. -]+(\d{1,2}|[a-z]{3,9})\.?[/. -]+(\d{4}|\d{2})$/.exec(text) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(text) ??
    [];
  const [ownDay, ownMonth, ownYear] = parts;
  return ownDay && ownMonth && ownYear ? readDayParts({ day: ownDay, month: ownMonth, year: ownYear }) : null;
}

/** The same for three fields; the month may be a word, and the year of this century have two digits. */
export function readDayParts(typed: TypedDay): string | null {
  const [day, month, year] = [typed.day, typed.month, typed.year].map(plainLetters);
  const inYear = /^\d{2}$/.test(year ?? '') ? `20${year}` : year;
  const number = /^\d{1,2}$/.test(month ?? '') ? Number(month) : monthNamed(month ?? '');
  if (!/^\d{1,2}$/.test(day ?? '') || number === null || !/^\d{4}$/.test(inYear ?? '')) return null;
  try {
    const parts = { day: Number(day), month: number, year: Number(inYear) };
    return Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/**
 * The three fields of a date. A whole date in the field of the day, `3/9/2026`, is spread over them, where the others are
 * empty or say the same: people type it there, and browsers paste it.
 */
export function inThreeFields({ day, month, year }: TypedDay): TypedDay {
  const whole = /^(\d{1,2})[/. -]+(\d{1,2})[/. -]+(\d{4}|\d{2})$/.exec(clean(day));
  const [, ownDay = '', ownMonth = '', ownYear = ''] = whole ?? [];
  const isOne = month === '' || Number(month) === Number(ownMonth);
  const isSame = isOne && (year === '' || year.endsWith(ownYear));
  return whole && isSame ? { day: ownDay, month: ownMonth, year: year || ownYear } : { day, month, year };
}

/** The month whose name begins so, in French or English; null for none, and for «jui». */
function monthNamed(typed: string): number | null {
  const beginning = typed.replace(/\.$/, '');
  if (beginning.length < 3) return null;
  const found = new Set(
    [frenchMonths, englishMonths].flatMap((names) =>
      names.flatMap((name, index) => (name.startsWith(beginning) ? [index + 1] : [])),
    ),
  );
  const [month = null] = found;
  return found.size === 1 ? month : null;
}

/** Without accents and capitals. */
function plainLetters(typed: string): string {
  return clean(typed.slice(0, 100)).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
