import type { SeatState } from '#src/exercise/class-state.ts';
import type { Voice } from '#src/texts/language.ts';
import { tag } from '#src/web/components/asides.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import { papersTexts } from '#src/workshop/papers/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { boardTexts, fieldWords, numbered } from '#src/workshop/trainer/board-texts.ts';
import type { Rows } from '#src/workshop/trainer/live.ts';
import type { Mark, SeatStanding, Standing } from '#src/workshop/trainer/standing.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

const marks: readonly Mark[] = ['done', 'here', 'todo'];

/** Drawn by the stylesheet: not every machine has a letter for it. Its word is for those who do not see it. */
function sign(mark: Mark): Html {
  return html`<span class="board-sign board-sign--${mark}" aria-hidden="true"></span>`;
}

/** How many sit, have finished and ask for help, in one sentence each: read aloud when it changes. */
export function summary(voice: Voice, { taken, free, done }: Standing): Html {
  const t = boardTexts[voice];
  const hands = taken.map(({ seat }) => seat).filter(({ handSince }) => handSince !== null);
  return html`<p class="govuk-body">${t.sat(taken.length, taken.length + free.length)} ${t.done(done)} ${hands.length > 0 && html`<strong>${t.hands(hands)}</strong>`}</p>`;
}

/** The seats of a class by the steps of its exercise; nothing of what anybody typed. */
export function grid(voice: Voice, id: string, { steps, taken, free }: Standing): Html {
  const t = boardTexts[voice];
  const papers = papersTexts[voice];
  const names = trainerTexts[voice].steps;
  const head = steps.map(
    (step, index) =>
      html`<th scope="col"><span aria-hidden="true">${index + 1}</span><span class="govuk-visually-hidden">${names[step]}</span></th>`,
  );
  const key = marks.map((mark) => html`<span class="unbroken">${sign(mark)} ${t.mark[mark]}</span> `);
  const table = html`<table class="board"><caption>${t.seats} <span class="board-key" aria-hidden="true">${key}</span></caption><thead><tr><th scope="col">${t.seat}</th><th scope="col">${t.where}</th>${head}<th scope="col">${t.refusal}</th></tr></thead><tbody>${taken.map((one) => row(voice, id, steps, one))}</tbody></table>`;
  return html`${taken.length > 0 ? table : html`<p class="govuk-body">${t.notYet}</p><p class="govuk-body">${papers.first} <a class="govuk-link" href="${workshopPaths.classes}/${id}/papiers">${papers.link}</a></p>`}${free.length > 0 && html`<p class="govuk-body">${t.free(ranges(free))}</p>`}`;
}

/** The same, of which a browser is sent what has changed. */
export function gridRows(voice: Voice, id: string, standing: Standing): Rows {
  const { steps, taken, free } = standing;
  return {
    whole: () => grid(voice, id, standing).toString(),
    rows: Object.fromEntries(taken.map((one) => [rowId(one.seat), cells(voice, id, steps, one).toString()])),
    frame: JSON.stringify([taken.map(({ seat }) => [seat.number, seat.handSince !== null]), free]),
  };
}

function rowId({ number }: Pick<SeatState, 'number'>): string {
  return `rang-${number}`;
}

function row(voice: Voice, id: string, steps: Standing['steps'], one: SeatStanding): Html {
  const { seat } = one;
  return html`<tr id="${rowId(seat)}"${seat.handSince !== null && html` class="board-hand"`}>${cells(voice, id, steps, one)}</tr>`;
}

function cells(voice: Voice, id: string, steps: Standing['steps'], one: SeatStanding): Html {
  const t = boardTexts[voice];
  const { seat, marks, isDone, minutes } = one;
  const { number, firstName, handSince, refusal } = seat;
  const name: Child = firstName === null ? null : html` ${firstName}`;
  const present = numbered(t, trainerTexts[voice].steps, steps, seat.step);
  return html`<th scope="row"><a class="govuk-link" id="place-${number}" href="${workshopPaths.classes}/${id}/places/${number}"><span class="board-number">${number}</span>${name}</a>${handSince !== null && html` ${tag(t.hand, 'red')}`}</th><td><strong>${present}</strong> <span class="unbroken">${t.since(minutes)}</span>${isDone && html` ${tag(t.finished, 'green')}`}</td>${marks.map(
    (mark) =>
      html`<td class="board-mark board-mark--${mark}">${sign(mark)}<span class="govuk-visually-hidden">${t.mark[mark]}</span></td>`,
  )}<td>${refusal ? html`<span class="board-label">${t.refusalLabel} </span>${t.refused(fieldWords(t, refusal.fields), refusal.times)}` : html`<span class="govuk-visually-hidden">${t.noRefusal}</span>`}</td>`;
}

/** «1, 4 – 8». */
function ranges(numbers: readonly number[]): string {
  const groups: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = groups.at(-1);
    if (last?.to === number - 1) last.to = number;
    else groups.push({ from: number, to: number });
  }
  return groups.map(({ from, to }) => (from === to ? `${from}` : `${from}\u00a0–\u00a0${to}`)).join(', ');
}
