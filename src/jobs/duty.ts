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

/**
 * Runs the parts of a duty one after the other: a part that fails keeps no other from running, and the duty fails at its end.
 * Returns all their counts.
 */
export async function inParts(...parts: readonly (() => Promise<Counts>)[]): Promise<Counts> {
  let counts: Counts = {};
  const errors: unknown[] = [];
  for (const part of parts) {
    try {
      counts = { ...counts, ...(await part()) };
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Some parts of a duty failed');
  return counts;
}

/** When a duty is due. */
export type DutySchedule = Pick<Duty<never>, 'name' | 'everyMinutes'>;
