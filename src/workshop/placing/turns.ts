export interface Turns {
  /** Runs `task` once what was asked of the same seat before has ended. */
  <Result>(seat: number, task: () => Promise<Result>): Promise<Result>;
  /** Resolved once nothing is under way for a seat. */
  settled(seat: number): Promise<void>;
}

/** One thing after the other for each seat. */
export function turns(): Turns {
  const latest = new Map<number, Promise<void>>();
  const settled = (seat: number): Promise<void> => latest.get(seat) ?? Promise.resolve();
  const run = <Result>(seat: number, task: () => Promise<Result>): Promise<Result> => {
    const result = settled(seat).then(task);
    const ended = result.then(
      () => {},
      () => {},
    );
    latest.set(seat, ended);
    return result;
  };
  return Object.assign(run, { settled });
}
