import type { ClassState } from '#src/exercise/class-state.ts';
import type { Step } from '#src/exercise/steps.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import type { SeatStanding, Standing } from '#src/workshop/trainer/standing.ts';

/** A class as JSON: instants in ISO 8601, steps and fields by their names, nothing that anybody typed. */
export interface ClassData {
  readonly id: string;
  readonly nom: string;
  readonly code: string;
  readonly etat: (typeof states)[ClassState['phase']];
  readonly exercice: string;
  readonly niveau: string;
  readonly prepareeLe: string;
  readonly finieLe: string | null;
  /** What the clock of the class shows. */
  readonly horloge: string;
  readonly etapes: readonly Step[];
  readonly placesLibres: readonly number[];
  /** Those that are taken, raised hands first. */
  readonly places: readonly SeatData[];
}

interface SeatData {
  readonly place: number;
  readonly prenom: string | null;
  readonly etape: Step;
  readonly depuis: string;
  readonly etapesFaites: readonly Step[];
  readonly fini: boolean;
  readonly mainLeveeDepuis: string | null;
  /** The latest refusal on the present step. */
  readonly refus: { readonly champs: readonly string[]; readonly fois: number; readonly le: string } | null;
}

const states = { open: 'ouverte', paused: 'en-pause', ended: 'finie' } as const;

export function classData({ id, journal, classroom }: RunningClass, standing: Standing): ClassData {
  const { plan, phase, preparedAt, endedAt } = journal.state();
  return {
    id,
    nom: plan.name,
    code: plan.code,
    etat: states[phase],
    exercice: plan.scenario,
    niveau: plan.level,
    prepareeLe: preparedAt.toISOString(),
    finieLe: endedAt?.toISOString() ?? null,
    horloge: classroom.now().toISOString(),
    etapes: standing.steps,
    placesLibres: standing.free,
    places: standing.taken.map((one) => seatData(one, standing.steps)),
  };
}

function seatData({ seat, marks, isDone }: SeatStanding, steps: readonly Step[]): SeatData {
  const { number, firstName, step, since, handSince, refusal } = seat;
  return {
    place: number,
    prenom: firstName,
    etape: step,
    depuis: since.toISOString(),
    etapesFaites: steps.filter((_, index) => marks[index] === 'done'),
    fini: isDone,
    mainLeveeDepuis: handSince?.toISOString() ?? null,
    refus: refusal && { champs: refusal.fields, fois: refusal.times, le: refusal.at.toISOString() },
  };
}
