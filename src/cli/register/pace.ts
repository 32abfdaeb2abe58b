/** How far the reading of a file is. */
export interface Read {
  readonly lines: number;
  /** Of these, how many an earlier run had read. */
  readonly before: number;
  /** Of the file, from 0 to 1; null when its end is not known. */
  readonly share: number | null;
  readonly seconds: number;
}

/** Lines, how many in a second, and how long the rest takes. */
export function paceText({ lines, before, share, seconds }: Read): string {
  const perSecond = Math.round((lines - before) / Math.max(seconds, 0.001));
  const pace = perSecond > 0 && seconds >= 1 ? `, ${perSecond} a second` : '';
  // What was read before took no time, and is in the share.
  const readNow = share === null ? 0 : share * (1 - before / Math.max(lines, 1));
  const left = share === null || readNow <= 0 ? null : ((1 - share) / readNow) * seconds;
  const time = left === null || seconds < 1 ? '' : `, ${duration(left)} left`;
  return `${lines} lines${pace}${time}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
