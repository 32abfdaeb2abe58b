import type { ClassState } from '#src/exercise/class-state.ts';
import { formatDate, formatHour } from '#src/texts/typography.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import { assetIntegrity, assetUrl } from '#src/web/http/assets.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { afterTexts } from '#src/workshop/after/after-texts.ts';
import { afterPart, diskTrouble } from '#src/workshop/after/after-view.ts';
import { policyName } from '#src/workshop/classes/policy-names.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { papersTexts } from '#src/workshop/papers/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { boardTexts } from '#src/workshop/trainer/board-texts.ts';
import { grid, gridRows, summary } from '#src/workshop/trainer/grid-view.ts';
import { incidents } from '#src/workshop/trainer/incidents.ts';
import { type Parts, phaseShown } from '#src/workshop/trainer/live.ts';
import type { Standing } from '#src/workshop/trainer/standing.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** How often a browser without scripts asks for the page again. */
export const refreshSeconds = 20;

/** The parts of the board that change with the class. */
export function boardParts(visit: Visit, running: RunningClass, standing: Standing): Parts {
  return {
    'tableau-resume': state(visit, running, standing).toString(),
    'tableau-places': gridRows(visit.voice, running.id, standing),
  };
}

function state(visit: Visit, { journal }: RunningClass, standing: Standing): Html {
  return html`${diskTrouble(visit.voice, journal)}${summary(visit.voice, standing)}`;
}

/** What a page needs to be kept up to date by the server; its parts stand in elements with their ids. */
export function followed(
  visit: Visit,
  { id, journal }: RunningClass,
  vue: 'tableau' | 'ecran',
  content: Html,
): Html {
  const t = boardTexts[visit.voice];
  const address = `${workshopPaths.classes}/${id}/suite?vue=${vue}&etat=${phaseShown(journal.state())}`;
  return html`<link rel="stylesheet" href="${assetUrl('board.css')}" integrity="${assetIntegrity('board.css')}">
<script type="module" src="${assetUrl('board.js')}" integrity="${assetIntegrity('board.js')}"></script>
<div data-live="${address}">
<p class="board-lost" role="status" data-live-lost="${t.lost}"></p>
${content}
</div>`;
}

export interface BoardShown {
  readonly standing: Standing;
  /** Where the class is joined, as people type it. */
  readonly address: string;
  /** When it is erased by itself. */
  readonly erasedAt: Date;
}

/** The board of a class: its seats first, then what it does for all of them. */
export function boardView(
  request: PageRequest<{ readonly running: RunningClass }>,
  shown: Shown,
  { standing, address, erasedAt }: BoardShown,
): PageAnswer {
  const { visit, running, query } = request;
  const t = boardTexts[visit.voice];
  const { id, journal, classroom, scenario } = running;
  const { plan, phase } = journal.state();
  const classNow = classroom.now();
  const own = `${workshopPaths.classes}/${id}`;
  const isStill = query.get('fixe') === 'oui';
  const answer = formPage(request, shown, {
    title: t.title(plan.name),
    body: followed(
      visit,
      running,
      'tableau',
      html`<p class="govuk-body">${t.phase[phase]}${phase !== 'ended' && html` ${t.code} <strong class="board-code">${plan.code}</strong>`}</p>
${phase !== 'ended' && html`<p class="govuk-body">${t.address(address)}</p><p class="govuk-body"><a class="govuk-link" href="${own}/ecran" target="_blank">${t.openScreen}</a></p>`}
<div id="tableau-resume" role="status">${state(visit, running, standing)}</div>
<div id="tableau-places">${grid(visit.voice, id, standing)}</div>
<noscript><p class="govuk-body">${isStill ? t.still : t.refreshes} <a class="govuk-link" href="${own}${!isStill && '?fixe=oui'}">${isStill ? t.start : t.stop}</a>, <a class="govuk-link" href="${own}${isStill && '?fixe=oui'}">${t.refresh}</a></p></noscript>
${phase === 'ended' && afterPart(visit, running, erasedAt)}
<h2 class="govuk-heading-m">${t.actions}</h2>
${summaryList([
  {
    key: t.exercise,
    value: `${scenario.title[visit.language]} (${trainerTexts[visit.voice].classes.levels[plan.level].toLowerCase()})`,
  },
  { key: trainerTexts[visit.voice].classes.policy, value: policyName(visit, plan.policy) },
  { key: t.clock, value: t.at(formatDate(classNow, visit.voice), formatHour(classNow, visit.voice)) },
])}
<p class="govuk-body"><a class="govuk-link" href="${own}/papiers">${papersTexts[visit.voice].link}</a> – ${papersTexts[visit.voice].board}</p>
${phase !== 'ended' && html`<p class="govuk-body">${t.actionsHint}</p>`}
${actions(visit, own, phase)}
${phase !== 'ended' && incidents(visit, { scenario, board: own, seat: null })}
${phase !== 'ended' && afterPart(visit, running, erasedAt)}
<h2 class="govuk-heading-m">${t.steps}</h2>
${stepList(visit, running, standing)}`,
    ),
  });
  return {
    ...answer,
    wide: true,
    back: { href: workshopPaths.classes, text: t.back },
    ...(isStill || shown.problems.length > 0 ? {} : { refreshSeconds }),
  };
}

/** The steps; while the class is open, each may be shown to the whole room. */
function stepList(visit: Visit, { id, journal }: RunningClass, { steps }: Standing): Html {
  const t = boardTexts[visit.voice];
  const names = trainerTexts[visit.voice].steps;
  const { phase, shown } = journal.state();
  const list = html`<ol class="govuk-list govuk-list--number">${steps.map((step) => html`<li>${names[step]}</li>`)}</ol>`;
  if (phase === 'ended') return list;
  const show = (step: string, text: string) =>
    button({ text, name: 'etape', value: step, style: 'secondary' });
  return html`${list}<h2 class="govuk-heading-m">${t.show.title}</h2><p class="govuk-body">${shown === null ? t.show.why : t.show.now(names[shown])}</p>${form(
    visit,
    {
      action: `${workshopPaths.classes}/${id}`,
      body: html`<input type="hidden" name="action" value="montrer">${shown !== null && html`<p>${show('', t.show.back)}</p>`}${buttonGroup(...steps.filter((step) => step !== shown).map((step) => show(step, names[step])))}`,
    },
  )}`;
}

function actions(visit: Visit, own: string, phase: ClassState['phase']): Html {
  const t = boardTexts[visit.voice];
  const action = (value: string, text: string) => button({ text, name: 'action', value, style: 'secondary' });
  const link = (path: string, text: string) => button({ text, href: `${own}/${path}`, style: 'secondary' });
  const erase = link('effacer', t.erase);
  if (phase === 'ended')
    return form(visit, {
      action: own,
      body: buttonGroup(action('rouvrir', afterTexts[visit.voice].reopen), erase),
    });
  return form(visit, {
    action: own,
    body: buttonGroup(
      action('facteur', t.post),
      link('horloge', t.moveClock),
      phase === 'paused' ? action('reprendre', t.resume) : action('pause', t.pause),
      link('terminer', t.end),
      erase,
    ),
  });
}
