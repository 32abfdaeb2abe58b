import { generated, table } from '../markdown.ts';
import { assumptions } from './assumptions.ts';
import { figureNames, measuredIn } from './measured.ts';
import { accountBytes, backups, needs, storedBytes } from './needs.ts';

const sizes = [1e6, 10e6, 70e6];

/** `docs/capacity.md`, reckoned from the figures of `docs/performance.md`. */
export function capacityDocument(performance: string): string {
  const measured = measuredIn(performance);
  const all = sizes.map((people) => ({
    needs: needs(measured, people),
    stored: storedBytes(measured, people),
    backups: backups(measured, people),
  }));
  type One = (typeof all)[number];
  const heads = ['', ...sizes.map((people) => `${people / 1e6} million`)];
  const row = (name: string, cell: (one: One) => string) => [name, ...all.map(cell)];
  return `${generated}

# Capacity

How many cores, nodes, connections and disks an installation needs for so many insured people, while ${count(assumptions.enrolmentsPerMinute.value)} a
minute open their account. **Measured** is what [performance.md](performance.md) holds, on two cores of one machine and small
tables; rows were weighed at commit ${measured.commit}. Everything else is **reckoned**: no installation of 10 or 70 million people
was tried. To put in other numbers, change \`scripts/docs/capacity/assumptions.ts\` and run \`npm run docs\`. After
\`npm run bench -- --write\`, \`npm run docs\` reads the new figures.

## What is needed

${table(heads, [
  row('Accounts', ({ needs: { accounts } }) => `${amount(accounts / 1e6)} M`),
  row('Enrolments a second', ({ needs: one }) => amount(one.enrolmentsPerSecond)),
  row('Visits a second, busiest hour', ({ needs: one }) => amount(one.visitsPerSecond)),
  row('Payments deposited a second', ({ needs: one }) => amount(one.depositsPerSecond)),
  row('Cores for pages, a web process each', ({ needs: one }) => count(one.webCores)),
  row(`Nodes of ${assumptions.nodeCores.value} cores for them, one spare`, ({ needs: one }) =>
    count(one.nodes),
  ),
  row('Memory of a node', ({ needs: one }) => bytes(one.nodeBytes)),
  row('Worker processes', ({ needs: one }) => count(one.workerCores)),
  row('Processes that take deposits (`DEPOT_PORT`, `compte deposit`)', ({ needs: one }) =>
    count(one.depositCores),
  ),
  row('Cores of PostgreSQL', ({ needs: one }) => count(one.postgresCores)),
  row('Memory of PostgreSQL', ({ needs: one }) => bytes(one.postgresBytes)),
  row('Connections, `max_connections`', ({ needs: one }) => count(one.connections)),
])}

* Cores for pages: (enrolments a second × a journey + visits a second × a visit) ÷ the share that is used. A journey takes its
  CPU, or a second divided by the journeys of a core, whichever is more; a visit one of the two hashes of a journey and the
  requests besides. The hash is the default one, 64 MiB and 3 passes: it is most of both, and \`HASH_MEMORY_KIB\` and
  \`HASH_PASSES\` change it in proportion.
* Nodes: those cores by the cores of a node, rounded up, and one that may be away; two at least.
* Memory of a node: the most that a web process took × its cores × the margin. Each further lane of \`HASH_LANES\` takes 64 MiB.
  Workers were not weighed: reckon as much for each as for a web process.
* Workers: enrolments a second × CPU of the worker ÷ the share that is used; two at least.
* Processes for deposits: deposits a second × CPU of one, as \`compte deposit\` takes them; the API was not measured.
* Cores of PostgreSQL: enrolments, visits and deposits × their CPU there ÷ the share that is used; a visit by its requests, as
  those of a journey. Measured over ${count(measured.enrolments)} enrolments, in
  small tables that were in memory: a disk that is waited for is not in this figure.
* Memory of PostgreSQL: the share that is read in a day, and so much for each connection.
* Connections: (cores of all nodes + workers + processes for deposits) × \`DATABASE_POOL_SIZE\` + what is reserved. Above some 500
  lower the pool, or put PgBouncer between ([operations.md](operations.md)).

## Disk

${table(heads, [
  row('Register', ({ stored }) => bytes(stored.register)),
  row('Accounts', ({ stored }) => bytes(stored.accounts)),
  row('Audit events of visits', ({ stored }) => bytes(stored.visits)),
  row('Payments', ({ stored }) => bytes(stored.payments)),
  row('Ids of deposits', ({ stored }) => bytes(stored.deposits)),
  row('Audit events of deposits', ({ stored }) => bytes(stored.depositEvents)),
  row('Documents', ({ stored }) => bytes(stored.documents)),
  row('**Together**', ({ stored }) => `**${bytes(stored.total)}**`),
  row('Disk to buy', ({ stored }) => bytes(stored.total / assumptions.headroom.value)),
])}

* Register and accounts: rows × bytes of a row with its indexes × the free room. What an enrolment and the first sign-in leave:
  ${count(accountBytes(measured))} bytes, weighed right afterwards: some rows go again after days ([Retention](operations.md#retention)), so this is rather too much,
  and so few rows weigh more each than many do.
* Payments: people × payments a month × months × the bytes of one among 100 million lines. Ids of deposits in the same way.
* Audit events: people × events a year × years × bytes of one. Each deposit has one, and they are kept as long as the account.
* Documents: accounts × documents a year × years × bytes of one. None was weighed, and they are most of the disk: put in your own
  number first. Loading a register takes its size once more for a while.
* Disk to buy: together ÷ the share that is used. The write-ahead log that is not archived yet comes on top.

## Write-ahead log and backups

${table(heads, [
  row('Log a second, busiest moment', ({ backups: one }) => bytes(one.walPerSecond)),
  row('… if each record carried its page', ({ backups: one }) => bytes(one.walPerSecondAtMost)),
  row('Archive, a day', ({ backups: one }) => bytes(one.walPerDay)),
  row(`Archive, between two base backups (${assumptions.backupDays.value} days)`, ({ backups: one }) =>
    bytes(one.walKept),
  ),
  row('Base backup, size', ({ stored }) => bytes(stored.total)),
  row('Base backup, time', ({ backups: one }) => time(one.baseSeconds)),
  row('Restore and replay, at most', ({ backups: one }) => time(one.restoreSeconds)),
])}

* The log of an enrolment and of a deposit was measured in small tables, with few whole pages in it. After a checkpoint the first
  change of a page writes the whole page; in large tables nearly every change is the first one. The second line is about
  the limit of that, 8 KiB for each record of enrolments and deposits: the truth is between. \`wal_compression\` and a longer \`checkpoint_timeout\` bring it down.
* Archive, a day: that of the hours of a campaign, of the deposits and of the visits of a day, as the first line reckons.
* Base backup: what is stored ÷ the rate of copying. Restore: the same, and the log of all days between ÷ the rate of replay.
  **Both rates are assumed**: no restore of this size was timed. R-16 in [faults.md](faults.md) is the drill of the written steps on two
  thousand people, and says whether it held; time one on your own hardware, and put its rates in. Where a restore takes too long, a standby takes over
  (R-03), and base backups are incremental or snapshots.

## When to add what

${table(
  ['Watch', 'When', 'Add'],
  [
    [
      '`compte_password_lane_average_seconds`, `compte_password_lane_waiting`',
      'passwords wait in most scrapes of the busiest hour',
      'a node, or `HASH_LANES` where cores are idle',
    ],
    [
      '`compte_password_lane_refused_total`, `compte_events_total{event="shed"}`',
      'any in an ordinary week',
      'a node',
    ],
    [
      '`compte_nodejs_eventloop_lag_p99_seconds`',
      `above 1.1 s, or the CPU of processes (\`compte_process_cpu_seconds_total\`) above ${assumptions.headroom.value * 100} % of their cores in the busiest hour`,
      'a node',
    ],
    [
      '`compte_http_request_duration_seconds`',
      'p95 of pages without a password above 0.2 s while the nodes are idle',
      'cores, memory or faster disks of PostgreSQL',
    ],
    [
      '`compte_notices_oldest_waiting_seconds{state="queued"}`',
      'above a minute',
      'a worker, or a mail server that takes more',
    ],
    [
      '`compte_job_last_success_age_seconds`',
      'a duty takes longer than its interval',
      'a worker; memory of PostgreSQL',
    ],
    [
      '`compte_check_ok{check="database"}`, log code `53300`',
      'ever 0, ever seen',
      'connections: a smaller pool, PgBouncer',
    ],
    [
      '`pg_stat_archiver`, the disk (of PostgreSQL, not exported here)',
      `more than ${assumptions.headroom.value * 100} % full, or \`failed_count\` grows`,
      'disk; a faster archive',
    ],
    [
      '`pg_stat_user_tables.n_dead_tup`, `age(datfrozenxid)` (of PostgreSQL)',
      'a fifth of a table is dead; above 500 million',
      'autovacuum workers and cost limit',
    ],
  ],
)}

## When one PostgreSQL is no longer enough

Reading is not what ends it: people are found by their key, and the list of payments costs the same among 100 million lines as
among ten thousand. What ends it is

* writing: the log of one server, when its disk or its standby cannot follow the second line above;
* vacuum: a table that takes longer to vacuum than to fill with dead rows; \`audit_event\` and \`deposit\` are not partitioned;
* connections: one process of PostgreSQL for each;
* backups: a restore that takes longer than you may be away.

By the tables above CPU and connections of one server with a standby are enough for each of these sizes; with 10 million people
the disk and the restore already are what decides, and with 70 million they hardly fit: documents, payments, deposits and their
audit events are what to look at first: fewer years of them, or more servers.

\`compte migrate --distribute citus\` then spreads the tables by person over the nodes of a Citus cluster
([Several servers for the tables](operations.md#several-servers-for-the-tables)): all processes stopped,
room for a table twice while its rows move, and connections from the coordinator to every node. The coordinator keeps
jobs and counters, and every connection. **This version was not run on Citus** ([ADR 47](adr/0047-tables-that-can-be-spread.md)):
play the whole journey on a copy first. \`compte keys retire\` refuses a distributed database.

## What was measured

${table(
  ['Figure', 'Where it stands in performance.md'],
  figureNames().map((name) => [amount(measured.figure(name)), measured.source(name)]),
)}

Bytes a row: the table of «What a person takes on disk» there.

## What is assumed

${table(
  ['Assumption', 'Value', 'Because'],
  Object.entries(assumptions).map(([name, { value, unit, because }]) => [
    `\`${name}\``,
    `${value} ${unit}`,
    because,
  ]),
)}
`;
}

function count(value: number): string {
  return Math.ceil(value).toLocaleString('en');
}

function amount(value: number): string {
  return value >= 100 ? count(value) : String(Number(value.toPrecision(2)));
}

function bytes(value: number): string {
  const [unit = 'kB', size = 1e3] =
    [['TB', 1e12] as const, ['GB', 1e9] as const, ['MB', 1e6] as const].find(([, least]) => value >= least) ??
    [];
  return `${amount(value / size)} ${unit}`;
}

function time(seconds: number): string {
  return seconds >= 5_400 ? `${amount(seconds / 3_600)} h` : `${amount(seconds / 60)} min`;
}
