import type { ClassState } from '#src/exercise/class-state.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatTime } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import { afterTexts } from '#src/workshop/after/after-texts.ts';
import type { Journal } from '#src/workshop/classes/journal.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { templateTexts } from '#src/workshop/templates/texts.ts';
import type { Refusal } from '#src/workshop/trainer/act.ts';
import { boardTexts } from '#src/workshop/trainer/board-texts.ts';

/** What remains of a class: its report, a template of it, and when it is erased by itself. */
export function afterPart(visit: Visit, { id, journal }: RunningClass, erasedAt: Date): Html {
  const t = afterTexts[visit.voice];
  const { phase } = journal.state();
  const own = `${workshopPaths.classes}/${id}`;
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
<p class="govuk-body"><a class="govuk-link" href="${own}/rapport">${t.report}</a></p>
<p class="govuk-body">${whenErased(visit.voice, phase, erasedAt)}</p>
${form(visit, { action: own, body: button({ text: templateTexts[visit.voice].keep, name: 'action', value: 'garder', style: 'secondary' }) })}`;
}

/** When a class is erased by itself, in a sentence. */
function whenErased(voice: Voice, phase: ClassState['phase'], erasedAt: Date): string {
  const t = afterTexts[voice];
  return (phase === 'ended' ? t.erasedAt : t.unlessUsed)(formatTime(erasedAt, voice));
}

/** That the disk takes nothing of the class any more; nothing while it does. */
export function diskTrouble(voice: Voice, journal: Pick<Journal, 'trouble'>): Html | null {
  const t = afterTexts[voice].trouble;
  const problem = journal.trouble();
  if (problem === null) return null;
  return html`<p class="govuk-error-message">${problem === 'full' || problem === 'forbidden' ? t[problem] : t.other}</p>`;
}

/** Why an action of the board was refused. */
export function refusalText(voice: Voice, reason: Refusal): string {
  const ours: Readonly<Partial<Record<Refusal, string>>> = afterTexts[voice].refusals;
  const board: Readonly<Partial<Record<Refusal, string>>> = boardTexts[voice].refusals;
  return ours[reason] ?? board[reason] ?? boardTexts[voice].refusals.unknown;
}
