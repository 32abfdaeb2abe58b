import { departureProblem } from '#src/account/european-card/rules.ts';
import { cardTexts } from '#src/account/european-card/texts.ts';
import type { Member } from '#src/rights/rights.ts';
import type { Voice } from '#src/texts/language.ts';
import { inThreeFields, readDayParts } from '#src/texts/read-day.ts';
import type { Problem, Typed } from '#src/web/page.ts';

export type OrderForm =
  | {
      readonly kind: 'read';
      readonly departure: Temporal.PlainDate;
      readonly people: readonly Member[];
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Reads the form of an order; `people`: those whom it may be for, whether or not they have ordered already. */
export function readOrder(
  typed: Typed,
  people: readonly Member[],
  today: Temporal.PlainDate,
  voice: Voice,
): OrderForm {
  const t = cardTexts[voice];
  const problems: Problem[] = [];
  const refuse = (text: string) => problems.push({ field: 'depart', text, target: 'depart-jour' });
  const departure = readDeparture(typed);
  if (departure === null) refuse(t.departureUnread);
  else {
    const problem = departureProblem(departure, today);
    if (problem) refuse(t.departureProblems[problem]);
  }
  const asked = typed.list('beneficiaires');
  const chosen = people.filter(({ rank }) => asked.includes(String(rank)));
  if (chosen.length === 0 || chosen.length < new Set(asked).size)
    problems.push({ field: 'beneficiaires', text: t.whomMissing });
  if (departure === null || problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'read', departure, people: chosen };
}

function readDeparture(typed: Typed): Temporal.PlainDate | null {
  const [day = '', month = '', year = ''] = ['jour', 'mois', 'annee'].map((part) =>
    typed.text(`depart-${part}`),
  );
  const read = readDayParts(inThreeFields({ day, month, year }));
  return read === null ? null : Temporal.PlainDate.from(read);
}
