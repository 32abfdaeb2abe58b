import type { ClassState, SeatState } from '#src/exercise/class-state.ts';
import type { Scenario } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';
import { type Access, admitted, elsewhere, type Visitor } from '#src/web/access.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type PageAnswer, type PageRequest, redirect } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { qrImage } from '#src/workshop/trainer/qr.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

export interface BoardOptions {
  readonly classes: Classes;
  readonly scenarios: readonly Scenario[];
  readonly publicUrl: () => string;
  readonly now: () => Date;
}

interface OfClass {
  readonly running: RunningClass;
}

/** The board of a class, and what its projector shows. */
export function boardPages(trainer: Access<null, object>, options: BoardOptions): readonly Page<null>[] {
  const ofClass: Access<null, OfClass> = {
    ...trainer,
    judge: (visitor: Visitor<null>) => {
      const admission = trainer.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const running = options.classes.find(visitor.parameter('id'));
      return running ? admitted({ running }) : elsewhere(workshopPaths.classes);
    },
  };
  return [
    definePage({
      path: workshopPaths.board,
      about: { part: 'Workshop', shows: 'the seats of a class, step by step', form: 'acts on the class' },
      access: ofClass,
      show: ({ visit, running, now }) => boardView(visit, running, options, now),
      submit: (request) => act(options, request),
    }),
    definePage({
      path: workshopPaths.projector,
      about: { part: 'Workshop', shows: 'the code of a class and its steps, for a projector', form: null },
      access: ofClass,
      show: ({ visit, running }) => projectorView(visit, running, options),
    }),
  ];
}

async function act({ classes }: BoardOptions, request: PageRequest<OfClass>): Promise<Answer> {
  const { running, typed, now } = request;
  const { journal, classroom, id } = running;
  const at = now.toISOString();
  const board = redirect(`${workshopPaths.classes}/${id}`);
  switch (typed.text('action')) {
    case 'facteur':
      await classroom.passPost();
      await journal.add({ kind: 'post-passed', at });
      return board;
    case 'horloge': {
      const duration = typed.text('duree') || 'P1D';
      const move = await classroom.moveClock(duration);
      if (move.kind === 'moved') await journal.add({ kind: 'clock-moved', at, by: duration });
      return board;
    }
    case 'pause':
      await journal.add({ kind: 'paused', at });
      return board;
    case 'reprendre':
      await journal.add({ kind: 'resumed', at });
      return board;
    case 'terminer':
      await journal.add({ kind: 'ended', at });
      return board;
    case 'effacer':
      await classes.erase(id);
      return redirect(workshopPaths.classes);
    default:
      return board;
  }
}

function boardView(visit: Visit, running: RunningClass, options: BoardOptions, now: Date): PageAnswer {
  const t = trainerTexts[visit.voice];
  const state = running.journal.state();
  const { plan, phase } = state;
  const action = (value: string, text: string) => button({ text, name: 'action', value, style: 'secondary' });
  return {
    kind: 'page',
    title: t.board.title(plan.name),
    wide: true,
    back: { href: workshopPaths.classes, text: t.board.back },
    body: html`<h1 class="govuk-heading-l">${t.board.title(plan.name)}</h1>
<p class="govuk-body">${t.board.phase[phase]}</p>
${summaryList([
  { key: t.board.code, value: html`<strong>${plan.code}</strong>` },
  { key: t.board.address, value: `${options.publicUrl()}${workshopPaths.join}` },
])}
<p class="govuk-body"><a class="govuk-link" href="${workshopPaths.classes}/${running.id}/ecran">${t.board.screen}</a></p>
${table({
  caption: t.board.seats,
  head: [t.board.seat, t.board.step, t.board.since, t.board.refusal, t.board.hand],
  rows: [...state.seats.values()].map((seat) => row(visit, seat, now)),
})}
${form(visit, {
  body: html`<h2 class="govuk-heading-m">${t.board.actions}</h2>${buttonGroup(
    action('facteur', t.board.post),
    action('horloge', t.board.clock),
    phase === 'paused' ? action('reprendre', t.board.resume) : action('pause', t.board.pause),
    action('terminer', t.board.end),
    action('effacer', t.board.erase),
  )}`,
})}`,
  };
}

function row(visit: Visit, seat: SeatState, now: Date) {
  const t = trainerTexts[visit.voice];
  if (seat.device === null) return [seat.number, t.board.empty, '', '', ''];
  const minutes = Math.floor((now.getTime() - seat.since.getTime()) / 60_000);
  const fields = seat.refusal?.fields.join(', ') || t.board.someField;
  return [
    seat.firstName === null ? seat.number : `${seat.number}, ${seat.firstName}`,
    t.steps[seat.step],
    t.board.minutes(minutes),
    seat.refusal ? t.board.refused(fields, seat.refusal.times) : '',
    seat.handSince ? t.board.yes : '',
  ];
}

function projectorView(visit: Visit, running: RunningClass, options: BoardOptions): PageAnswer {
  const t = trainerTexts[visit.voice];
  const state = running.journal.state();
  const steps = stepsOf(state, options.scenarios);
  const address = `${options.publicUrl()}${workshopPaths.join}`;
  const last = steps.at(-1);
  const seats = [...state.seats.values()];
  const done = seats.filter(({ reached }) => last !== undefined && reached.has(last)).length;
  const sat = seats.filter(({ device }) => device !== null).length;
  return {
    kind: 'page',
    title: t.screen.title,
    wide: true,
    body: html`<h1 class="govuk-heading-xl">${t.screen.title}</h1>
<p class="govuk-heading-m">${t.screen.go}</p>
<p class="govuk-heading-l">${address}</p>
${qrImage(address)}
<p class="govuk-heading-m">${t.screen.code}</p>
<p class="govuk-heading-xl">${state.plan.code}</p>
<p class="govuk-body">${t.screen.sat(sat, seats.length)}. ${t.screen.done(done, seats.length)}.</p>
<h2 class="govuk-heading-m">${t.screen.steps}</h2>
<ol class="govuk-list govuk-list--number">${steps.map((step) => html`<li>${t.steps[step]}</li>`)}</ol>`,
  };
}

function stepsOf({ plan }: ClassState, scenarios: readonly Scenario[]): readonly Step[] {
  return scenarios.find(({ key }) => key === plan.scenario)?.steps ?? [];
}
