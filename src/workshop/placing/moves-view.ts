import { type SeatState, undoable } from '#src/exercise/class-state.ts';
import type { Step } from '#src/exercise/steps.ts';
import { details, insetText } from '#src/web/components/asides.ts';
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
}

/** What takes the latest change of step back, while it can be. */
export function undoView(
  visit: Visit,
  { board, seat, now }: Pick<MovesOptions, 'board' | 'seat'> & { readonly now: Date },
): Html | null {
  if (!undoable(seat, now)) return null;
  const t = placingTexts[visit.voice];
  return insetText(
    html`<p class="govuk-body">${t.undoFor}</p>${form(visit, {
      action: board,
      body: html`<input type="hidden" name="place" value="${seat.number}">${button({ text: t.undo, name: 'action', value: 'annuler', style: 'secondary' })}`,
    })}`,
  );
}

/** What a trainer may do about where a seat is: another step, what was before, another person. */
export function movesView(visit: Visit, { board, seat, steps, peopleLeft }: MovesOptions): Html {
  const t = placingTexts[visit.voice];
  const place = html`<input type="hidden" name="place" value="${seat.number}">`;
  const action = (value: string, text: string) => button({ text, name: 'action', value, style: 'secondary' });
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
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
${details({
  summary: t.personAsk,
  content: html`<p class="govuk-body">${t.personForGood}</p>${form(visit, { action: board, body: html`${place}${action('personne', t.person)}` })}`,
})}`
}`;
}
