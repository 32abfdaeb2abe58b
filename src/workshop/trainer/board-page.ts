import type { PdfPress } from '#src/documents/pdf/press.ts';
import { faults } from '#src/exercise/class-event.ts';
import { canGoWrong } from '#src/exercise/scenario.ts';
import type { Step } from '#src/exercise/steps.ts';
import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, nothingTyped, type PageRequest, redirect, redirectDone } from '#src/web/page.ts';
import { refusalText } from '#src/workshop/after/after-view.ts';
import type { AtWork, TrainerAccess } from '#src/workshop/classes/owned.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { papersPages } from '#src/workshop/papers/papers-page.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { projectorParts, projectorView, type ShownPage } from '#src/workshop/projector/projector-view.ts';
import { reportPages } from '#src/workshop/report/report-pages.ts';
import { act, seatNumber } from '#src/workshop/trainer/act.ts';
import { clockView, endView, eraseView } from '#src/workshop/trainer/ask-view.ts';
import { boardTexts } from '#src/workshop/trainer/board-texts.ts';
import { type BoardShown, boardParts, boardView } from '#src/workshop/trainer/board-view.ts';
import { classData } from '#src/workshop/trainer/class-data.ts';
import { incidentView } from '#src/workshop/trainer/incidents.ts';
import type { LiveOptions } from '#src/workshop/trainer/live.ts';
import { seatView } from '#src/workshop/trainer/seat-view.ts';
import { type Standing, standingOf } from '#src/workshop/trainer/standing.ts';

export interface BoardOptions {
  readonly press: PdfPress;
  readonly publicUrl: () => string;
}

interface OfClass extends AtWork {
  readonly running: RunningClass;
}

type Standings = (running: RunningClass, now: Date) => Standing;

const standing: Standings = ({ journal, scenario }, now) => standingOf(journal.state(), [scenario], now);

/** What keeps the board and the projector up to date. */
export function liveViews(): Pick<LiveOptions, 'views' | 'data'> {
  return {
    views: {
      tableau: (visit, running, now) => boardParts(visit, running, standing(running, now)),
      ecran: (visit, running, now) => projectorParts(visit, running, standing(running, now)),
    },
    data: (running, now) => classData(running, standing(running, now)),
  };
}

/** The board of a class with its seats, what asks before it acts, and what its projector shows. */
export function boardPages(
  trainer: TrainerAccess,
  { press, publicUrl }: BoardOptions,
): readonly Page<null>[] {
  const address = () => `${publicUrl()}${workshopPaths.join}`;
  const ofClass: Access<null, OfClass> = {
    ...trainer,
    judge: (visitor) => {
      const admission = trainer.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const running = admission.who.own.find(visitor.parameter('id'));
      return running ? admitted({ ...admission.who, running }) : elsewhere(workshopPaths.classes);
    },
  };
  const ofSeat: Access<null, OfClass & { readonly number: number }> = {
    ...ofClass,
    judge: (visitor) => {
      const admission = ofClass.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const { running } = admission.who;
      const number = seatNumber(visitor.parameter('place'));
      const isSeat = number !== null && running.journal.state().seats.has(number);
      return isSeat
        ? admitted({ ...admission.who, number })
        : elsewhere(`${workshopPaths.classes}/${running.id}`);
    },
  };
  const about = (shows: string, form: string | null = null) => ({ part: 'Workshop', shows, form });
  return [
    definePage({
      path: workshopPaths.board,
      about: about('the seats of a class, step by step', 'acts on the class'),
      access: ofClass,
      show: (request, shown) => boardView(request, shown, boardOf(request, address())),
      submit: (request) => acted(request, address()),
    }),
    definePage({
      path: workshopPaths.boardSeat,
      about: about('one seat of a class, and what the trainer may do for it'),
      access: ofSeat,
      show: (request, shown) =>
        seatView(request, shown, standing(request.running, request.now), {
          number: request.number,
          address: address(),
        }),
    }),
    definePage({
      path: workshopPaths.boardClock,
      about: about('the clock of a class, and how far it is to move'),
      access: ofClass,
      show: clockView,
    }),
    definePage({
      path: workshopPaths.boardEnd,
      about: about('asks whether the class is to end'),
      access: ofClass,
      show: (request) => endView(request, request.own.keeping),
    }),
    definePage({
      path: workshopPaths.boardIncident,
      about: about('asks whether something is to go wrong for everybody'),
      access: ofClass,
      show: ({ visit, running, parameter, now }) => {
        const board = `${workshopPaths.classes}/${running.id}`;
        const fault = faults.find((one) => one === parameter('incident'));
        if (!fault || !canGoWrong(running.scenario, fault)) return redirect(board);
        return incidentView(visit, { board, fault, seats: standing(running, now).taken.length });
      },
    }),
    definePage({
      path: workshopPaths.boardErase,
      about: about('asks whether everything of the class is to be erased'),
      access: ofClass,
      show: eraseView,
    }),
    ...reportPages(ofClass),
    definePage({
      path: workshopPaths.projector,
      about: about('the code of a class and its steps, for a projector'),
      access: ofClass,
      show: async (request) => {
        const { running, now } = request;
        const { shown, phase } = running.journal.state();
        const page = shown && phase !== 'ended' ? await shownPage(running, shown) : null;
        return projectorView(request, standing(running, now), address(), page);
      },
    }),
    ...papersPages(ofClass, press),
  ];
}

/** The page of a step as the projector shows it. */
async function shownPage({ classroom, journal }: RunningClass, step: Step): Promise<ShownPage> {
  const placing = await classroom.placing;
  return { step, content: await placing.present(step, journal.state().plan.language) };
}

/** Acts, then shows the page that asked: what was done, or why not next to its button. */
function boardOf({ running, own, now }: PageRequest<OfClass>, address: string): BoardShown {
  return { standing: standing(running, now), address, erasedAt: own.erasedAt(running) };
}

async function acted(request: PageRequest<OfClass>, address: string): Promise<Answer> {
  const { running, typed, now, visit } = request;
  const t = boardTexts[visit.voice];
  const board = `${workshopPaths.classes}/${running.id}`;
  const result = await act(request, running, typed, now);
  const number = seatNumber(typed.text('place'));
  const seat = number !== null && running.journal.state().seats.has(number) ? number : null;
  switch (result.kind) {
    case 'erased':
      return redirectDone('class-erased', workshopPaths.classes);
    case 'done':
      return redirectDone(result.done, seat === null ? board : `${board}/places/${seat}`);
    case 'clock-refused':
      return clockView(
        request,
        refused(typed, { field: 'nombre', text: t.clockPage.refusals[result.reason] }),
      );
    case 'refused': {
      const shown = refused(nothingTyped, {
        field: null,
        text: refusalText(visit.voice, result.reason),
        ours: true,
      });
      return seat === null
        ? boardView(request, shown, boardOf(request, address))
        : seatView(request, shown, standing(running, now), { number: seat, address });
    }
  }
}
