/** The only source of time, passed in so that tests and the demo can move it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/**
 * How far clocks may differ: that of this machine from the provider’s, whose tokens are dated, and from the
 * database’s, which other machines share. Beyond it, tokens are refused and deadlines wrong.
 */
export const toleratedSkewSeconds = 30;
/** Still tolerated, but the time service of the machine should be checked. */
export const worryingSkewSeconds = 5;
