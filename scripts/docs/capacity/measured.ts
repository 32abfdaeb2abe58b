/** A cell of a table of `docs/performance.md`, named by the words that stand beside it. */
interface Place {
  /** The heading of its section; null before the first. */
  readonly section: string | null;
  /** The first cell of its row, or the start of it where the rest changes from run to run. */
  readonly row: string;
  /** The head of its column. */
  readonly column: string;
  /** What comes before the number inside the cell. */
  readonly after?: string;
}

const storage = 'What a person takes on disk';
const journey = 'With the carte Vitale';
const payments = 'The list of payments';

type Name = keyof typeof places;

const places = {
  journeysPerSecond: { section: journey, row: 'Complete journeys per second, 8 clients', column: 'Figure' },
  journeyMs: { section: journey, row: 'CPU of a journey with hashing, 8 clients', column: 'Figure' },
  hashingMs: {
    section: journey,
    row: 'CPU of a journey with hashing, 8 clients',
    column: 'Figure',
    after: 'hashing ',
  },
  requestMs: { section: journey, row: 'CPU of one request besides hashing, 8 clients', column: 'Figure' },
  peakMb: {
    section: null,
    row: 'Peak memory of the web process, one lane of 64 MiB',
    column: 'Figure',
  },
  paymentBytes: { section: payments, row: '100.0 M', column: 'A payment' },
  depositMs: { section: payments, row: '100.0 M', column: 'CPU ms each' },
  enrolmentWal: { section: storage, row: 'An enrolment', column: 'WAL, bytes' },
  enrolmentRecords: { section: storage, row: 'An enrolment', column: 'WAL, records' },
  enrolmentPostgresMs: { section: storage, row: 'An enrolment', column: 'CPU of PostgreSQL, ms' },
  enrolmentWorkerMs: { section: storage, row: 'An enrolment', column: 'CPU of the worker, ms' },
  depositRecords: { section: storage, row: 'A deposit of a payment', column: 'WAL, records' },
  depositWal: { section: storage, row: 'A deposit of a payment', column: 'WAL, bytes' },
  depositPostgresMs: { section: storage, row: 'A deposit of a payment', column: 'CPU of PostgreSQL, ms' },
} as const satisfies Readonly<Record<string, Place>>;

/** The names of the figures that are read. */
export function figureNames(): readonly Name[] {
  return Object.keys(places).filter((name): name is Name => name in places);
}

/** What the benchmark measured and capacity is reckoned from. */
export interface Measured {
  readonly figure: (name: Name) => number;
  /** Rows of a table, and bytes of one with its indexes. */
  readonly stored: (table: string) => { readonly rows: number; readonly bytes: number };
  /** Where a figure stands, in words. */
  readonly source: (name: Name) => string;
  /** How many the log and CPU of one were divided out of. */
  readonly enrolments: number;
  /** The commit whose rows were weighed. */
  readonly commit: string;
}

/** Reads the figures out of `docs/performance.md`. One that is not there fails with its name. */
export function measuredIn(performance: string): Measured {
  const numberAt = (place: Place) => {
    const cell = cellAt(performance, place);
    const text = place.after ? (cell.split(place.after)[1] ?? '') : cell;
    const value = Number.parseFloat(text);
    if (!Number.isFinite(value)) throw missing(place);
    return value;
  };
  return {
    figure: (name) => numberAt(places[name]),
    stored: (table) => {
      const row = `\`${table}\``;
      return {
        rows: numberAt({ section: storage, row, column: 'Rows' }),
        bytes: numberAt({ section: storage, row, column: 'Bytes a row' }),
      };
    },
    source: (name) => {
      const { section, row, column } = places[name];
      return `${section ?? 'Measured performance'}: ${row}${column === 'Figure' ? '' : `, ${column}`}`;
    },
    enrolments: numberAt({ section: storage, row: 'An enrolment', column: 'Count' }),
    commit:
      /, commit (\S+)/.exec(sectionOf(performance, storage))?.[1] ??
      fail({ section: storage, row: 'commit', column: '' }),
  };
}

function cellAt(performance: string, place: Place): string {
  let head: readonly string[] = [];
  for (const line of sectionOf(performance, place.section).split('\n')) {
    if (!line.startsWith('| ')) {
      head = [];
      continue;
    }
    const cells = line.replace(/^\| | \|$/g, '').split(' | ');
    if (head.length === 0) head = cells;
    const column = head.indexOf(place.column);
    if (cells[0] === place.row && column > 0) return cells[column] ?? fail(place);
  }
  return fail(place);
}

function sectionOf(performance: string, section: string | null): string {
  const [first = '', ...sections] = performance.split('\n## ');
  if (section === null) return first;
  return (
    sections.find((text) => text.startsWith(`${section}\n`)) ?? fail({ section, row: 'any row', column: '' })
  );
}

function missing({ section, row, column }: Place): Error {
  return new Error(
    `docs/performance.md, ${section ?? 'before its first section'}: no «${row}» ${column ? `under «${column}»` : ''}; npm run bench measures it`,
  );
}

function fail(place: Place): never {
  throw missing(place);
}
