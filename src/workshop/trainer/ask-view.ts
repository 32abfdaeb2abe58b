import { type ClockUnit, unitNames } from '#src/demo/clock/units.ts';
import type { Keeping } from '#src/exercise/keeping.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';
import { warningText } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { boardTexts } from '#src/workshop/trainer/board-texts.ts';

type OfClass = PageRequest<{ readonly running: RunningClass }>;

const usualUnit: ClockUnit = 'jours';

/** What the clock of the class shows, and how far it is to move. */
export function clockView(request: OfClass, shown: Shown): PageAnswer {
  const { visit, running } = request;
  const t = boardTexts[visit.voice].clockPage;
  const board = boardOf(request);
  const now = running.classroom.now();
  const move = html`<input type="hidden" name="action" value="horloge">`;
  const usual = [
    ['P1D', t.day],
    ['P7D', t.week],
    ['P21D', t.weeks],
  ] as const;
  return formPage(request, shown, {
    title: t.title,
    back: board,
    body: html`<p class="govuk-body">${t.now(formatDate(now, visit.voice), formatHour(now, visit.voice))}</p>
<p class="govuk-body">${t.why}</p>
${form(visit, {
  action: board,
  body: html`${move}${buttonGroup(...usual.map(([value, text]) => button({ name: 'duree', value, text, style: 'secondary' })))}`,
})}
<h2 class="govuk-heading-m">${t.other}</h2>
${form(visit, {
  action: board,
  legend: true,
  autocomplete: 'off',
  body: html`${move}${input(visit, { name: 'nombre', label: t.number, width: 5, inputmode: 'numeric', value: shown.typed.text('nombre'), error: problemOf(shown.problems, 'nombre') })}
${radios(visit, {
  name: 'unite',
  label: t.unit,
  inline: true,
  value: shown.typed.text('unite') || usualUnit,
  items: unitNames.map((value) => ({ value, text: t.units[value] })),
})}
${button({ text: t.submit })}`,
})}`,
  });
}

/** Asks before the class ends. */
export function endView(request: OfClass, { hours }: Keeping): PageAnswer {
  const t = boardTexts[request.visit.voice].endPage;
  return askView(request.visit, t, {
    board: boardOf(request),
    action: 'terminer',
    about: html`<p class="govuk-body">${t.kept(hours)}</p>`,
  });
}

/** Asks before everything of the class is erased. */
export function eraseView(request: OfClass): PageAnswer {
  const t = boardTexts[request.visit.voice].erasePage;
  return askView(request.visit, t, {
    board: boardOf(request),
    action: 'effacer',
    about: html`<p class="govuk-body">${t.report}</p>${warningText(request.visit, t.forGood)}`,
  });
}

function boardOf({ running }: OfClass): string {
  return `${workshopPaths.classes}/${running.id}`;
}

/** Asks before a form is sent to the board; `fields`: what else it says. */
export function askView(
  visit: Visit,
  t: Readonly<Record<'title' | 'lead' | 'yes' | 'no', string>>,
  {
    board,
    action,
    about,
    fields = null,
  }: {
    readonly board: string;
    readonly action: 'terminer' | 'effacer' | 'incident';
    readonly about: Html;
    readonly fields?: Html | null;
  },
): PageAnswer {
  return {
    kind: 'page',
    title: t.title,
    back: board,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.lead}</p>
${about}
${form(visit, {
  action: board,
  body: html`${fields}${buttonGroup(
    button({ text: t.yes, name: 'action', value: action }),
    button({ text: t.no, href: board, style: 'secondary' }),
  )}`,
})}`,
  };
}
