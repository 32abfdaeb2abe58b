export interface LaneOptions {
  readonly lanes: number;
  /** After so long in a lane, another one may begin in it; null: only when the one before has ended. */
  readonly letsOnAfterMs: number | null;
}

/** Runs something once a lane is free, in the order of the calls. */
export type InLane = <T>(run: () => Promise<T>) => Promise<T>;

export function openLanes({ lanes, letsOnAfterMs }: LaneOptions): InLane {
  const waiting: (() => void)[] = [];
  let free = lanes;
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (run) => {
    await enter();
    let isIn = true;
    const leaveOnce = () => {
      if (isIn) leave();
      isIn = false;
    };
    const timer = letsOnAfterMs === null ? undefined : setTimeout(leaveOnce, letsOnAfterMs).unref();
    try {
      return await run();
    } finally {
      clearTimeout(timer);
      leaveOnce();
    }
  };
}
