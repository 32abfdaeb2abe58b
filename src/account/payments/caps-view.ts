import { nameOf } from '#src/account/payments/names.ts';
import type { SeenList } from '#src/account/payments/seen.ts';
import { listTexts } from '#src/account/payments/texts.ts';
import { type CapUse, capsUsed } from '#src/reimbursement/totals.ts';
import { formatEuros } from '#src/texts/money.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Beside } from '#src/web/page.ts';
import type { Localised } from '#src/web/visit.ts';

/** How much of the yearly caps is used: of the insured, and of the others of whom something was kept back. */
export function capsBeside(
  visit: Localised,
  { people, year, ofYear }: Pick<SeenList, 'people' | 'year' | 'ofYear'>,
): Beside {
  const t = listTexts[visit.voice];
  const uses = capsUsed(
    ofYear,
    year,
    people.map(({ rank }) => rank),
  );
  const shown = people.filter(
    ({ rank }) => rank === 1 || uses.some((use) => use.rank === rank && use.used > 0),
  );
  return {
    label: t.caps(year),
    content: html`<h2 class="govuk-heading-m">${t.caps(year)}</h2>
      <p class="govuk-body">${t.capsWhat}</p>
      ${shown.map(
        (
          person,
        ) => html`${shown.length > 1 && html`<h3 class="govuk-heading-s">${nameOf(people, person.rank, visit.voice)}</h3>`}
      ${uses.filter((use) => use.rank === person.rank).map((use) => bar(visit, use))}`,
      )}`,
  };
}

/** The figure in words; the bar repeats it for the eye. */
function bar({ voice }: Localised, { kind, used, cap }: CapUse): Html {
  const t = listTexts[voice];
  const full = used >= cap;
  const width = cap > 0 ? Math.min(100, Math.round((used / cap) * 100)) : 0;
  return html`<p class="govuk-body">${t.capUsed(t.capKinds[kind], formatEuros(used, voice), formatEuros(cap, voice))}.${full && html` ${t.capFull}`}<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="${width}" height="8"/></svg></p>`;
}
