/** What a run did, as counts: never personal data. */
export type Counts = Readonly<Record<string, number>>;

/**
 * A task run periodically, by one node at a time; each run is recorded under the name of the duty. `Context` is what
 * the duty needs to run.
 */
export interface Duty<Context> {
  readonly name: string;
  readonly everyMinutes: number;
  readonly run: (context: Context, now: Date) => Promise<Counts>;
}

/** When a duty is due. */
export type DutySchedule = Pick<Duty<never>, 'name' | 'everyMinutes'>;
