import type { ClockMove } from '#src/demo/clock/clock.ts';
import { durationOf } from '#src/demo/clock/units.ts';
import { type ClassEvent, faults } from '#src/exercise/class-event.ts';
import { canGoWrong } from '#src/exercise/scenario.ts';
import { steps } from '#src/exercise/steps.ts';
import type { Done } from '#src/texts/done-texts.ts';
import type { Typed } from '#src/web/page.ts';
import type { ClassProblem } from '#src/workshop/classes/class-problem.ts';
import { NotWritten } from '#src/workshop/classes/journal.ts';
import type { AtWork, OwnClasses } from '#src/workshop/classes/owned.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import type { Placing, PlacingOutcome } from '#src/workshop/placing/placing.ts';

/** What became of something that a trainer asked for. */
export type Acted =
  | { readonly kind: 'done'; readonly done: Done }
  | { readonly kind: 'erased' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'clock-refused'; readonly reason: ClockRefusal };
export type Refusal =
  | 'ended'
  | 'not-ended'
  | 'code-taken'
  | 'site-full'
  | 'no-seat'
  | 'unknown'
  | 'not-raised'
  | 'no-step'
  | 'not-erased'
  | 'template-already'
  | 'template-full'
  | `disk-${ClassProblem}`
  | NotPlaced;
type NotPlaced = Exclude<PlacingOutcome['kind'], 'done' | 'class-ended'>;
export type ClockRefusal = Extract<ClockMove, { kind: 'refused' }>['reason'];

/**
 * Does what a form of the board asks for with its `action`, and says what was done or why not. Where the disk does not
 * take it, nothing has happened.
 */
export async function act(
  who: Pick<AtWork, 'own' | 'templates'>,
  running: RunningClass,
  typed: Typed,
  now: Date,
): Promise<Acted> {
  try {
    return await acting(who, running, typed, now);
  } catch (error) {
    if (error instanceof NotWritten) return { kind: 'refused', reason: `disk-${error.problem}` };
    throw error;
  }
}

async function acting(
  { own, templates }: Pick<AtWork, 'own' | 'templates'>,
  running: RunningClass,
  typed: Typed,
  now: Date,
): Promise<Acted> {
  const { journal, classroom, id } = running;
  const at = now.toISOString();
  const enter = async (done: Done, event: ClassEvent): Promise<Acted> => {
    const entered = await journal.decide(({ phase }) => (phase === 'ended' ? null : event));
    return entered ? { kind: 'done', done } : { kind: 'refused', reason: 'ended' };
  };
  const action = typed.text('action');
  if (action === 'effacer') {
    const isErased = await own.erase(id).then(
      () => true,
      () => false,
    );
    return isErased ? { kind: 'erased' } : { kind: 'refused', reason: 'not-erased' };
  }
  if (action === 'garder') {
    const kept = templates.keep(journal.state().plan, running.scenario);
    if (kept !== 'kept') return { kind: 'refused', reason: `template-${kept}` };
    return { kind: 'done', done: 'class-template-kept' };
  }
  if (action === 'rouvrir') return reopen(own, running, at);
  if (journal.state().phase === 'ended') return { kind: 'refused', reason: 'ended' };
  switch (action) {
    case 'facteur':
      await classroom.passPost();
      return enter('class-post-passed', { kind: 'post-passed', at });
    case 'horloge': {
      const asked = { avancerDe: typed.text('duree'), nombre: typed.text('nombre') };
      const duration = durationOf({ ...asked, unite: typed.text('unite') });
      const move = await classroom.moveClock(duration);
      if (move.kind === 'refused') return { kind: 'clock-refused', reason: move.reason };
      return enter('class-clock-moved', { kind: 'clock-moved', at, by: duration.slice(0, 20) });
    }
    case 'pause':
      return enter('class-paused', { kind: 'paused', at });
    case 'reprendre':
      return enter('class-resumed', { kind: 'resumed', at });
    case 'terminer':
      return enter('class-ended', { kind: 'ended', at });
    case 'replacer': {
      const step = steps.find((one) => one === typed.text('etape'));
      if (!step) return { kind: 'refused', reason: 'no-step' };
      return moveSeat(running, typed.text('place'), 'seat-put', (placing, seat) =>
        placing.putSeat(seat, step),
      );
    }
    case 'annuler':
      return moveSeat(running, typed.text('place'), 'seat-put-undone', (placing, seat) => placing.undo(seat));
    case 'deplacer': {
      const seat = seatNumber(typed.text('place'));
      const device = seat === null ? undefined : journal.state().seats.get(seat)?.device;
      if (seat === null || device === undefined) return { kind: 'refused', reason: 'no-seat' };
      if (device === null) return { kind: 'refused', reason: 'nobody' };
      running.moveCodes.give(seat);
      return { kind: 'done', done: 'seat-move-code' };
    }
    case 'personne':
      return moveSeat(running, typed.text('place'), 'seat-person-given', (placing, seat) =>
        placing.giveAnotherPerson(seat),
      );
    case 'montrer': {
      const step = steps.find((one) => one === typed.text('etape')) ?? null;
      return enter(step ? 'class-step-shown' : 'class-code-shown', { kind: 'shown', at, step });
    }
    case 'incident': {
      const fault = faults.find((one) => one === typed.text('incident'));
      const seat = typed.text('place') === '' ? null : seatNumber(typed.text('place'));
      if (!fault || !canGoWrong(running.scenario, fault)) return { kind: 'refused', reason: 'unknown' };
      const isThere =
        seat === null
          ? typed.text('place') === ''
          : (journal.state().seats.get(seat)?.device ?? null) !== null;
      if (!isThere) return { kind: 'refused', reason: 'no-seat' };
      await classroom.throwIn(seat, fault);
      return { kind: 'done', done: 'class-incident' };
    }
    case 'main':
      return lowerHand(running, typed.text('place'), at);
    default:
      return { kind: 'refused', reason: 'unknown' };
  }
}

/** Another class may have the code, or the place, of one that was over. */
async function reopen(
  { isTaken, isFull }: Pick<OwnClasses, 'isTaken' | 'isFull'>,
  { journal }: RunningClass,
  at: string,
): Promise<Acted> {
  const { phase, plan } = journal.state();
  if (phase !== 'ended') return { kind: 'refused', reason: 'not-ended' };
  if (isTaken(plan.code)) return { kind: 'refused', reason: 'code-taken' };
  if (isFull()) return { kind: 'refused', reason: 'site-full' };
  const reopened = await journal.decide((state) =>
    state.phase === 'ended' ? ({ kind: 'reopened', at } as const) : null,
  );
  return reopened ? { kind: 'done', done: 'class-reopened' } : { kind: 'refused', reason: 'not-ended' };
}

async function moveSeat(
  { journal, classroom }: RunningClass,
  place: string,
  done: Done,
  move: (placing: Placing, seat: number) => Promise<PlacingOutcome>,
): Promise<Acted> {
  const seat = seatNumber(place);
  if (seat === null || !journal.state().seats.has(seat)) return { kind: 'refused', reason: 'no-seat' };
  const { kind } = await move(await classroom.placing, seat);
  if (kind === 'done') return { kind: 'done', done };
  return { kind: 'refused', reason: kind === 'class-ended' ? 'ended' : kind };
}

async function lowerHand({ journal }: RunningClass, place: string, at: string): Promise<Acted> {
  const seat = seatNumber(place);
  if (seat === null || !journal.state().seats.has(seat)) return { kind: 'refused', reason: 'no-seat' };
  const lowered = await journal.decide(({ seats }) => {
    const raised = seats.get(seat)?.handSince ?? null;
    return raised === null ? null : ({ kind: 'hand', at, seat, raised: false } as const);
  });
  return lowered ? { kind: 'done', done: 'class-hand-lowered' } : { kind: 'refused', reason: 'not-raised' };
}

/** The number of a seat as it is sent; null for anything else. */
export function seatNumber(place: string): number | null {
  return /^[1-9]\d?$/.test(place) ? Number(place) : null;
}
