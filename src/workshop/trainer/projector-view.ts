import type { Voice } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { boardTexts } from '#src/workshop/trainer/board-texts.ts';
import { followed, refreshSeconds } from '#src/workshop/trainer/board-view.ts';
import type { Parts } from '#src/workshop/trainer/live.ts';
import { qrImage } from '#src/workshop/trainer/qr.ts';
import type { Standing } from '#src/workshop/trainer/standing.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** The part of the projector that changes: counts, nobody’s name. */
export function projectorParts(voice: Voice, standing: Standing): Parts {
  return { 'ecran-comptes': counts(voice, standing).toString() };
}

function counts(voice: Voice, { taken, free, done }: Standing): Html {
  const t = boardTexts[voice].screen;
  const seats = taken.length + free.length;
  return html`<p class="screen-counts">${t.sat(taken.length, seats)}. ${t.done(done, seats)}.</p>`;
}

/** What everybody in the room reads: how to come in, what there is to do, how many have done it. */
export function projectorView(
  { visit, running }: PageRequest<{ readonly running: RunningClass }>,
  standing: Standing,
  address: string,
): PageAnswer {
  const t = boardTexts[visit.voice].screen;
  const { plan, phase } = running.journal.state();
  const names = trainerTexts[visit.voice].steps;
  const rest = phase === 'open' ? null : html`<p class="screen-rest">${t[phase]}</p>`;
  const join = html`<div class="screen-join"><div><p>${t.go}</p><p class="screen-address">${address}</p><p>${t.code}</p><p class="screen-code">${plan.code}</p></div>${qrImage(address)}</div>`;
  return {
    kind: 'page',
    title: t.title,
    wide: true,
    refreshSeconds,
    body: followed(
      visit,
      running,
      'ecran',
      html`<div class="screen"><h1 class="govuk-heading-xl">${t.title}</h1>
${rest}${phase !== 'ended' && join}
<div id="ecran-comptes" role="status">${counts(visit.voice, standing)}</div>
<h2 class="govuk-heading-l">${t.steps}</h2>
<ol class="screen-steps">${standing.steps.map((step) => html`<li>${names[step]}</li>`)}</ol></div>`,
    ),
  };
}
