/** What a run did, in numbers: never about whom. */
export type Counts = Readonly<Record<string, number>>;

/**
 * A task run periodically, by one node at a time; each run is recorded under the duty's name. `Context` is what the
 * duty works with.
 */
export interface Duty<Context> {
  readonly name: string;
  readonly everyMinutes: number;
  readonly run: (context: Context, now: Date) => Promise<Counts>;
}

/** When a duty is due. */
export type DutySchedule = Pick<Duty<never>, 'name' | 'everyMinutes'>;
