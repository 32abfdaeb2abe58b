/** What nobody measured: a number that an operator knows better, and why it is what it is here. */
export interface Assumption {
  readonly value: number;
  readonly unit: string;
  readonly because: string;
}

/** In the order in which the document names them. Change one, run `npm run docs`, and every table is reckoned again. */
export const assumptions = {
  enrolmentsPerMinute: {
    value: 1_000,
    unit: 'enrolments a minute',
    because: 'The rate of a campaign; everything has to bear it, however many people are insured',
  },
  enrolmentHours: {
    value: 8,
    unit: 'hours',
    because: 'How long a day of such a campaign lasts, for the write-ahead log of a day',
  },
  accountShare: { value: 0.6, unit: 'of the people', because: 'Have an account' },
  visits: { value: 12, unit: 'a year and account', because: 'Once a month' },
  visitPages: { value: 8, unit: 'requests', because: 'Of a visit, the form of the password among them' },
  peakShare: {
    value: 0.0005,
    unit: 'of the visits of a year',
    because: 'In the busiest hour: 4.4 times the average hour',
  },
  payments: {
    value: 25,
    unit: 'a year and person',
    because:
      'As the fictitious people have: 56 in 27 months. They are deposited for people without an account, too',
  },
  depositHours: {
    value: 6,
    unit: 'hours',
    because: 'In which the payments of a day are deposited, at night',
  },
  paymentMonths: {
    value: 28,
    unit: 'months',
    because: 'The window of 27 and the month that is leaving (Retention in operations.md)',
  },
  depositMonths: { value: 41, unit: 'months', because: 'Ids of deposits: 13 months after that window' },
  auditYears: {
    value: 5,
    unit: 'years',
    because: 'Audit events of an account are kept as long as it is: how far ahead the disk is reckoned',
  },
  visitEvents: { value: 2, unit: 'audit events', because: 'Of a visit: signed in, signed out' },
  documents: { value: 2, unit: 'a year and account', because: 'Documents deposited' },
  documentBytes: { value: 60_000, unit: 'bytes', because: 'A PDF of a page or two, sealed' },
  documentYears: { value: 5, unit: 'years', because: '`retention.documentMonths`: 60' },
  headroom: {
    value: 0.5,
    unit: 'of what there is',
    because: 'Is used at the busiest moment; the rest is for what nobody foresaw',
  },
  nodeCores: {
    value: 4,
    unit: 'cores',
    because: 'Of a node for pages; one web process each core, as it was measured',
  },
  memoryMargin: {
    value: 2,
    unit: 'times',
    because: 'The most that one web process took, for the system and the file cache',
  },
  hotShare: {
    value: 0.033,
    unit: 'of what is stored, documents aside',
    because: 'Is read in a day, when one account in thirty comes, and best stays in memory',
  },
  connectionMb: { value: 10, unit: 'MB', because: 'Of PostgreSQL for each connection' },
  poolSize: { value: 10, unit: 'connections', because: '`DATABASE_POOL_SIZE` of each process; its default' },
  workers: { value: 2, unit: 'worker processes', because: 'At least: one may be restarted' },
  reserved: { value: 20, unit: 'connections', because: 'Commands, backups, replication, a person' },
  bloat: {
    value: 1.3,
    unit: 'times',
    because: 'Free room in tables and indexes that change, beside what was measured',
  },
  copyMb: {
    value: 200,
    unit: 'MB a second',
    because: 'A base backup and its restore over a network of 10 Gbit/s',
  },
  replayMb: { value: 50, unit: 'MB a second', because: 'The write-ahead log is replayed by one process' },
  backupDays: {
    value: 7,
    unit: 'days',
    because: 'Between two base backups: so much log is replayed at most',
  },
} as const satisfies Readonly<Record<string, Assumption>>;
