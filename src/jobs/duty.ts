import type { Services } from '#src/services.ts';

/** What a run did, in numbers: never whom it was about. */
export type Counts = Readonly<Record<string, number>>;

/** Something done now and then, by one node at a time; each run is recorded under its name. */
export interface Duty {
  readonly name: string;
  readonly everyMinutes: number;
  readonly run: (services: Services, now: Date) => Promise<Counts>;
}
