import { type SeatState, undoable } from '#src/exercise/class-state.ts';
import type { Step } from '#src/exercise/steps.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import { placingTexts } from '#src/workshop/placing/texts.ts';

export interface MovesOptions {
  /** The address of the board, which acts. */
  readonly board: string;
  readonly seat: SeatState;
  /** The steps of the exercise, each with its name. */
  readonly steps: readonly { readonly step: Step; readonly name: string }[];
  /** How many people the seat may still play. */
  readonly peopleLeft: number;
  readonly now: Date;
}

/** What a trainer may do about where a seat is: another step, what was before, another person. */
export function movesView(visit: Visit, { board, seat, steps, peopleLeft, now }: MovesOptions): Html {
  const t = placingTexts[visit.voice];
  const place = html`<input type="hidden" name="place" value="${seat.number}">`;
  const action = (value: string, text: string) => button({ text, name: 'action', value, style: 'secondary' });
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
${undoable(seat, now) && form(visit, { action: board, body: html`${place}${action('annuler', t.undo)}` })}
${form(visit, {
  action: board,
  body: html`${place}${radios(visit, {
    name: 'etape',
    label: t.step,
    hint: t.hint,
    items: steps.map(({ step, name }) => ({ value: step, text: name })),
  })}
${action('replacer', t.submit)}`,
})}
<h2 class="govuk-heading-m">${t.personTitle}</h2>
${
  peopleLeft === 0
    ? html`<p class="govuk-body">${t.noneLeft}</p>`
    : html`<p class="govuk-body">${t.personLead} ${t.left(peopleLeft)}</p>
${form(visit, { action: board, body: html`${place}${action('personne', t.person)}` })}`
}`;
}
