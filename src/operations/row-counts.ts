/** Counting stops here for each state and channel: enough to act on. */
export const highestCount = 10_000;

/** The counts of rows that operators watch, at `countedAt`. They hold no personal data. */
export interface RowCounts {
  readonly countedAt: Date;
  readonly notices: {
    readonly waiting: readonly (NoticeCount & { /** ISO 8601. */ readonly since: string })[];
    /** Settled without success within a day. */
    readonly failed: readonly NoticeCount[];
    /** Given up, but with their content: an operator can queue them again. */
    readonly deadLetters: number;
  };
  /** When the oldest batch of letters without a report of the printer was exported (ISO 8601), if any. */
  readonly unansweredBatchSince: string | null;
  /** Since when the mail of deposits that waits longest is overdue (ISO 8601), if any. */
  readonly avisOverdueSince: string | null;
  /** Documents that should go on paper and cannot, by reason, counted up to `highestCount`. */
  readonly documentsHeld: Readonly<Record<string, number>>;
}

interface NoticeCount {
  readonly state: string;
  readonly channel: string;
  readonly count: number;
}
