import type { Step } from '#src/exercise/steps.ts';
import type { Voice } from '#src/texts/language.ts';
import { capitalised } from '#src/texts/typography.ts';
import { type Html, html, trusted } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';
import { inLanguage, type Visit } from '#src/web/visit.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { qrImage } from '#src/workshop/projector/qr.ts';
import { boardTexts, numbered } from '#src/workshop/trainer/board-texts.ts';
import { followed, refreshSeconds } from '#src/workshop/trainer/board-view.ts';
import type { Parts } from '#src/workshop/trainer/live.ts';
import type { Standing } from '#src/workshop/trainer/standing.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** The part of the projector that changes: counts, nobody’s name. */
export function projectorParts(visit: Visit, running: RunningClass, standing: Standing): Parts {
  return { 'ecran-comptes': counts(forTheRoom(visit, running).voice, standing).toString() };
}

/** The room reads the language of the class, whatever its trainer reads. */
function forTheRoom(visit: Visit, { journal }: RunningClass): Visit {
  return inLanguage(visit, journal.state().plan.language);
}

function counts(voice: Voice, { taken, free, done }: Standing): Html {
  const t = boardTexts[voice].screen;
  const seats = taken.length + free.length;
  return html`<p class="screen-counts">${t.sat(taken.length, seats)}. ${t.done(done, seats)}.</p>`;
}

/** A step’s page for the whole room; its content is that of our own service. */
export interface ShownPage {
  readonly step: Step;
  /** Null: nobody can be there in this exercise. */
  readonly content: string | null;
}

function shownView(
  visit: Visit,
  running: RunningClass,
  standing: Standing,
  { step, content }: ShownPage,
): PageAnswer {
  const t = boardTexts[visit.voice];
  const title = capitalised(numbered(t, trainerTexts[visit.voice].steps, standing.steps, step));
  const isPaused = running.journal.state().phase === 'paused';
  const page = html`<div class="screen-page" inert>${trusted(content ?? '')}</div>`;
  return {
    kind: 'page',
    title: t.show.screen,
    language: visit.language,
    wide: true,
    body: followed(
      visit,
      running,
      'ecran',
      html`<h1 class="govuk-heading-l">${title}</h1>
${isPaused && html`<p class="screen-rest">${t.screen.paused}</p>`}
<div id="ecran-comptes" role="status">${counts(visit.voice, standing)}</div>
${content === null ? html`<p class="govuk-body">${t.show.notPossible}</p>` : page}`,
    ),
  };
}

/** What everybody in the room reads: how to come in, what there is to do, how many have done it. */
export function projectorView(
  { visit: trainers, running }: PageRequest<{ readonly running: RunningClass }>,
  standing: Standing,
  address: string,
  page: ShownPage | null,
): PageAnswer {
  const visit = forTheRoom(trainers, running);
  if (page) return shownView(visit, running, standing, page);
  const t = boardTexts[visit.voice].screen;
  const { plan, phase } = running.journal.state();
  const names = trainerTexts[visit.voice].steps;
  const title = phase === 'open' ? t.title : t.titles[phase];
  const join = html`<div class="screen-join"><div><p>${t.go}</p><p class="screen-address">${address}</p><p>${t.code}</p><p class="screen-code">${plan.code}</p></div>${qrImage(address)}</div>`;
  return {
    kind: 'page',
    title,
    language: visit.language,
    wide: true,
    refreshSeconds,
    body: followed(
      visit,
      running,
      'ecran',
      html`<div class="screen"><h1 class="govuk-heading-xl">${title}</h1>
${phase !== 'ended' && join}
<div id="ecran-comptes" role="status">${counts(visit.voice, standing)}</div>
<h2 class="govuk-heading-m">${t.steps}</h2>
<ol class="screen-steps">${standing.steps.map((step) => html`<li>${names[step]}</li>`)}</ol></div>`,
    ),
  };
}
