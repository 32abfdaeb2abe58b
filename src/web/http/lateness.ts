/** How late the event loop is: a request that comes now would wait about that long for each of its steps. */
export interface Lateness {
  /** In milliseconds, the mean of the last measurements. Begins another one, unless one is under way. */
  ms(): number;
}

export interface LatenessClock {
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => void;
}

/** How long a measurement waits: what it waits longer is the lateness of the loop. */
const waitMs = 10;
/** The share of one measurement in the mean: one long stop refuses nobody, a loop that stays late does after about five. */
const weight = 1 / 4;
/** A mean is worth nothing once no request has renewed it for so long. */
const worthMs = 1_000;

const systemClock: LatenessClock = {
  now: () => performance.now(),
  after: (ms, run) => {
    setTimeout(run, ms).unref();
  },
};

/** Measures only while requests come: an idle process sets no timer for it. */
export function watchLateness({ now, after }: LatenessClock = systemClock): Lateness {
  let mean = 0;
  let measuredAt = 0;
  let isMeasuring = false;
  return {
    ms() {
      const begun = now();
      if (begun - measuredAt > worthMs) mean = 0;
      if (!isMeasuring) {
        isMeasuring = true;
        after(waitMs, () => {
          isMeasuring = false;
          measuredAt = now();
          mean += (Math.max(0, measuredAt - begun - waitMs) - mean) * weight;
        });
      }
      return mean;
    },
  };
}
