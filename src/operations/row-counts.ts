/** No kind of notice is counted beyond this: enough to act on. */
export const highestCount = 10_000;

/** The rows that operators watch, as they were at `countedAt`. Nothing in it is about a person. */
export interface RowCounts {
  readonly countedAt: Date;
  readonly notices: {
    readonly waiting: readonly (NoticeCount & { /** ISO 8601. */ readonly since: string })[];
    /** Settled without success within a day. */
    readonly failed: readonly NoticeCount[];
    /** Given up, but with their content: an operator can queue them again. */
    readonly deadLetters: number;
  };
  /** When the oldest batch of letters was exported that the printer has not answered for (ISO 8601), if any. */
  readonly unansweredBatchSince: string | null;
}

interface NoticeCount {
  readonly state: string;
  readonly channel: string;
  readonly count: number;
}
