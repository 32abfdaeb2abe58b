import type { ClockMove } from '#src/demo/clock/clock.ts';
import { unitNames } from '#src/demo/clock/units.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { demoTexts } from '#src/demo/texts.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { errorSummary } from '#src/web/components/error-summary.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { radios } from '#src/web/components/radios.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** Why the clock did not move. */
export type ClockRefusal = Extract<ClockMove, { kind: 'refused' }>['reason'];

/** The time of the demo's clock, and a form to move it; after a refusal, with the input and the reason. */
export function clockPage(
  visit: Visit,
  now: Date,
  refused: ({ readonly reason: ClockRefusal } & Record<'nombre' | 'unite', string>) | null = null,
): PageAnswer {
  const t = demoTexts[visit.voice].clock;
  const error = refused && t.refusals[refused.reason];
  const buttons = [
    ['PT1H', t.hour],
    ['P1D', t.day],
    ['P7D', t.week],
    ['P21D', t.weeks],
  ] as const;
  return {
    kind: 'page',
    title: t.title,
    status: refused === null ? 200 : 400,
    back: demoPaths.index,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
${errorSummary(visit, error ? [{ href: '#nombre', text: error }] : [])}
<p class="govuk-body">${t.now(formatDate(now, visit.voice), formatHour(now, visit.voice))}</p>
<p class="govuk-body">${t.intro}</p>
<h2 class="govuk-heading-m">${t.forward}</h2>
${form(visit, {
  action: demoPaths.clock,
  body: buttonGroup(
    ...buttons.map(([value, text]) => button({ name: 'avancerDe', value, text, style: 'secondary' })),
  ),
})}
<h2 class="govuk-heading-m">${t.other}</h2>
${form(visit, {
  action: demoPaths.clock,
  legend: true,
  body: html`${input(visit, { name: 'nombre', label: t.number, width: 5, error, value: refused?.nombre, autocomplete: 'off', inputmode: 'numeric' })}
${radios(visit, {
  name: 'unite',
  label: t.unit,
  inline: true,
  value: refused?.unite || 'jours',
  items: unitNames.map((value) => ({ value, text: t.units[value] })),
})}
${button({ text: t.otherButton })}`,
})}`,
  };
}
