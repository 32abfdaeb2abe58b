import { toleratedSkewSeconds, worryingSkewSeconds } from '#src/time/clock.ts';
import { generated, table } from './markdown.ts';

/** One alert of Prometheus, and what is told to somebody who is called by it. */
export interface Alert {
  readonly name: string;
  /** `critical`: somebody is called now, people are turned away; `warning`: on the next working day. */
  readonly severity: 'critical' | 'warning';
  readonly expr: string;
  /** How long it must have been so. */
  readonly for: string;
  readonly summary: string;
  readonly means: string;
  readonly act: string;
}

/** The job under which `deploy/prometheus.yml` has every process scraped. */
export const scrapeJob = 'compte-assure';

/**
 * Every alert that is shipped. Counts of rows come from each worker alike: `max` or `min` over them, never a sum.
 * A test holds each metric, label and value that stands here against the registry.
 */
export const alerts: readonly Alert[] = [
  {
    name: 'CompteProcessDown',
    severity: 'critical',
    expr: `up{job="${scrapeJob}"} == 0`,
    for: '2m',
    summary: '{{ $labels.instance }} does not answer',
    means: 'A process does not answer on its operations port: it has ended, or hangs.',
    act: 'Its last log lines: `startFailed`, `crashed`. Start it; the others go on meanwhile.',
  },
  {
    name: 'CompteNoWorker',
    severity: 'critical',
    expr: 'absent(compte_build_info{role=~"worker|start"})',
    for: '5m',
    summary: 'No worker runs',
    means: 'No process delivers mails and SMS, nor keeps deadlines.',
    act: 'Start a worker: nothing is lost, what waits leaves in order of age.',
  },
  {
    name: 'CompteNotReady',
    severity: 'critical',
    expr: 'compte_ready == 0',
    for: '2m',
    summary: '{{ $labels.instance }} takes no visitors',
    means: 'A check fails without which the process cannot serve: the proxy routes no visitors to it.',
    act: '`/readyz` names the check, the line `checkChanged` says why. `migrations`: `compte migrate`; `data`: still starting.',
  },
  {
    name: 'CompteDatabaseAway',
    severity: 'critical',
    expr: 'compte_check_ok{check="database"} == 0',
    for: '1m',
    summary: '{{ $labels.instance }} does not reach the database',
    means:
      'No answer within a second: PostgreSQL is away, full, or the network is cut. Pages that need it say to come back.',
    act: '`checkChanged` and `shed` hold the code: `ECONNREFUSED` (away), `53300` (no connection left), `57014` (statements too long: locks, a slow disk), `28P01` (password).',
  },
  {
    name: 'CompteClockWrong',
    severity: 'critical',
    expr: `abs(compte_clock_skew_seconds) > ${toleratedSkewSeconds}`,
    for: '1m',
    summary: 'The clock of {{ $labels.instance }} is {{ $value }} s off',
    means: `Its clock and the database’s differ by more than ${toleratedSkewSeconds} s, what FranceConnect tolerates: the process is not ready.`,
    act: 'Where all nodes say so, the database’s machine is wrong. Mend its time service (chrony, NTP); no restart is needed.',
  },
  {
    name: 'CompteClockSkewed',
    severity: 'warning',
    expr: `abs(compte_clock_skew_seconds) > ${worryingSkewSeconds}`,
    for: '10m',
    summary: 'The clock of {{ $labels.instance }} drifts',
    means: 'Clocks drift apart: nothing is wrong yet.',
    act: 'Look at the time service of the machine.',
  },
  {
    name: 'CompteRequestsFail',
    severity: 'critical',
    expr: 'sum(increase(compte_events_total{event="requestFailed"}[15m])) > 3',
    for: '0m',
    summary: 'Pages break',
    means: 'Answers are 500: a defect, or a database that is not as it should be.',
    act: 'The lines `requestFailed`: route, code of the database, place in the program. People read its `requestId` on the page.',
  },
  {
    name: 'CompteRequestsShed',
    severity: 'critical',
    expr: 'sum by (outcome) (increase(compte_events_total{event="shed",outcome=~"passwords|event-loop|database"}[10m])) > 50',
    for: '0m',
    summary: 'Requests are turned away: {{ $labels.outcome }}',
    means:
      'Requests are answered 503: `passwords` wait too long, the `event-loop` is late, or the `database` does not answer.',
    act: '`passwords`: more `HASH_LANES` or nodes; `event-loop`: more nodes; `database`: as for CompteDatabaseAway.',
  },
  {
    name: 'CompteFlood',
    severity: 'warning',
    expr: 'sum(increase(compte_events_total{event="shed",outcome="flood"}[10m])) > 1000',
    for: '0m',
    summary: 'A client sends too many requests',
    means: 'Clients send more requests than the policy allows, and are answered 429.',
    act: 'Nothing, unless people complain: many behind one address need more `limits.requestsPerAddress`. Otherwise block it in the proxy.',
  },
  {
    name: 'CompteSlow',
    severity: 'warning',
    expr: 'histogram_quantile(0.95, sum by (le) (rate(compte_http_request_duration_seconds_bucket[10m]))) > 1',
    for: '10m',
    summary: 'One page in twenty takes more than a second',
    means: 'Pages are slow: the database, or too few processes.',
    act: '`compte_http_request_duration_seconds` by route; `compte_nodejs_eventloop_lag_p99_seconds`: above 0.1, the process itself.',
  },
  {
    name: 'ComptePasswordsRefused',
    severity: 'warning',
    expr: 'increase(compte_password_lane_refused_total[10m]) > 10',
    for: '0m',
    summary: '{{ $labels.instance }} refuses passwords',
    means: 'More people sign in or choose a password than can be hashed; other pages go on.',
    act: 'More `HASH_LANES` (up to the cores) or nodes. `blocked` in `compte_enrolment_steps_total` growing too: somebody guesses.',
  },
  {
    name: 'CompteManyBlocked',
    severity: 'warning',
    expr: 'sum by (step) (increase(compte_enrolment_steps_total{outcome="blocked"}[15m])) > 50',
    for: '0m',
    summary: 'Many are blocked at {{ $labels.step }}',
    means: 'Limits stop many tries of one form: somebody guesses, or a text misleads.',
    act: 'From few addresses (the proxy’s log): block them. From everywhere, with `refused` growing: read the form as people do.',
  },
  {
    name: 'CompteAttemptsSpread',
    severity: 'warning',
    expr: 'sum by (kind, spread) (increase(compte_attempts_spread_total[1h])) > 0',
    for: '0m',
    summary: 'Failures of {{ $labels.kind }} spread: {{ $labels.spread }}',
    means:
      'One client fails about many people, or many clients fail about one person: somebody guesses, with a list or from many places.',
    act: 'The lines `attemptsSpread`; `many-clients` has the `personRef`: tell the owner of the account. `many-people`: find the address in the proxy’s log, and block it.',
  },
  {
    name: 'CompteClientsUnnamed',
    severity: 'critical',
    expr: 'sum(increase(compte_requests_unnamed_total[10m])) > 0',
    for: '0m',
    summary: 'Requests do not say whom they come from',
    means:
      'A proxy sends no `X-Forwarded-For`: all visitors count as one client, and one of them who sends too much blocks all.',
    act: 'The proxy’s settings (`deploy/nginx.conf`, `deploy/haproxy.cfg`), and `TRUST_PROXY`.',
  },
  {
    name: 'CompteMailServerAway',
    severity: 'critical',
    expr: 'compte_check_ok{check=~"mail|second-mail"} == 0',
    for: '10m',
    summary: 'The mail server does not answer',
    means: 'Mails wait: nobody can confirm an address. All leave once it answers, links get their time back.',
    act: 'The line `noticeSettled`: `reason` and `detail` (`ECONNREFUSED`, `server-535`: the log-in). `compte doctor` tries it.',
  },
  {
    name: 'CompteSmsGatewayAway',
    severity: 'warning',
    expr: 'compte_check_ok{check="sms"} == 0',
    for: '10m',
    summary: 'The SMS gateway does not answer',
    means: 'SMS wait; letters and mails go on.',
    act: '`noticeSettled`: `gateway-401` (the token), `gateway-5xx` or `timeout` (the gateway).',
  },
  {
    name: 'CompteFranceConnectAway',
    severity: 'warning',
    expr: 'compte_check_ok{check="franceconnect"} == 0',
    for: '10m',
    summary: 'FranceConnect does not answer',
    means: 'The button is replaced by a sentence; everything else goes on.',
    act: 'The line `providerFailed` says why. FranceConnect’s own status page; from this machine, its issuer over https.',
  },
  {
    name: 'CompteNoticesLate',
    severity: 'critical',
    expr: 'max by (channel) (compte_notices_oldest_waiting_seconds{state="queued",channel=~"email|sms"}) > 600',
    for: '5m',
    summary: 'Nothing leaves by {{ $labels.channel }}',
    means: 'A notice has waited ten minutes for its first try: workers do not deliver.',
    act: 'Does a worker run? `jobFailed` and `deliveryFailed` in its log; `compte notices`.',
  },
  {
    name: 'CompteNoticesDeferred',
    severity: 'warning',
    expr: 'max by (channel) (compte_notices_waiting{state="deferred"}) > 100',
    for: '15m',
    summary: 'Many wait to be sent again by {{ $labels.channel }}',
    means: 'A server refuses many for now: away, a full quota, a block by one provider.',
    act: 'The reasons in `noticeSettled`: one provider (`smtp-421`, `smtp-451` with its `detail`) or all.',
  },
  {
    name: 'CompteLettersWait',
    severity: 'warning',
    expr: 'max(compte_notices_oldest_waiting_seconds{state="queued",channel="letter"}) > 345600',
    for: '1h',
    summary: 'A letter has waited for four days',
    means: 'Letters are not exported.',
    act: '`compte letters export`: does its timer run?',
  },
  {
    name: 'ComptePrinterSilent',
    severity: 'warning',
    expr: 'max(compte_letters_oldest_unanswered_batch_seconds) > 432000',
    for: '1h',
    summary: 'The printer has said nothing of a batch for five days',
    means: 'Nobody knows whether the letters of a batch were posted.',
    act: 'Ask the printer; `compte letters acknowledge` reads its answer, `compte letters export --again` gives it the files again.',
  },
  {
    name: 'CompteDeadLetters',
    severity: 'warning',
    expr: 'max(compte_notices_dead_letters) > 0',
    for: '5m',
    summary: 'Notices were given up',
    means: 'Somebody did not get a mail or SMS in 24 hours of tries, and it can still be tried again.',
    act: '`compte notices`: mend the cause, then `compte notices retry`. It ends by itself once what they said is erased.',
  },
  {
    name: 'CompteNoticesFail',
    severity: 'warning',
    expr: 'sum(max by (state, channel) (compte_notices_failed_last_day{state=~"refused|bounced"})) > 20 and sum(max by (state, channel) (compte_notices_failed_last_day{state=~"refused|bounced"})) > 0.05 * sum(increase(compte_events_total{event="noticeSettled",outcome="handed-over"}[1d]))',
    for: '15m',
    summary: 'More than one notice in twenty comes back',
    means: 'Mails are refused or come back: reputation, SPF, DKIM, DMARC, or a register of old addresses.',
    act: 'The reasons in `noticeSettled` and `compte notices`. One provider: its postmaster page; the policy’s `notices.secondSenderDomains`.',
  },
  {
    name: 'CompteSmsReportsRefused',
    severity: 'warning',
    expr: 'sum(increase(compte_http_request_duration_seconds_count{route="/notifications/sms",status="401"}[1h])) > 5',
    for: '0m',
    summary: 'Reports of the SMS gateway are not signed as agreed',
    means:
      'The gateway’s reports are refused: its secret or its clock is not ours, or somebody else sends them.',
    act: 'Compare `SMS_CALLBACK_SECRET` and clocks with the gateway’s operator.',
  },
  {
    name: 'CompteRowCountsOld',
    severity: 'warning',
    expr: 'min(compte_row_counts_age_seconds) > 600 or absent(compte_row_counts_age_seconds)',
    for: '5m',
    summary: 'Counts of rows are out of date',
    means: 'What the alerts on notices and letters look at is more than ten minutes old: they see nothing.',
    act: '`compte jobs`: the duty `row-counts`; `dutyFailed` in the logs of the workers; CompteNoWorker and CompteDatabaseAway first.',
  },
  {
    name: 'CompteJobFailing',
    severity: 'warning',
    expr: 'min by (job) (compte_job_ok) == 0',
    for: '15m',
    summary: 'The duty {{ $labels.job }} is not done',
    means:
      'It failed the last time, was killed, or has not run for three of its periods: reminders, deadlines or deletions are late.',
    act: '`compte jobs`, and the line `dutyFailed` with what the database said. It is tried again at its next period.',
  },
  {
    name: 'CompteBackgroundFails',
    severity: 'warning',
    expr: 'sum by (event, outcome) (increase(compte_events_total{event=~"jobFailed|deliveryFailed|backgroundFailed"}[15m])) > 3',
    for: '0m',
    summary: '{{ $labels.event }}: {{ $labels.outcome }}',
    means: 'What runs beside the pages fails again and again.',
    act: 'The lines of that event: code and place. `deliveryFailed` names the notice; a master key that is missing is one cause.',
  },
  {
    name: 'CompteFilesUsedUp',
    severity: 'warning',
    expr: 'compte_process_open_fds / compte_process_max_fds > 0.8',
    for: '5m',
    summary: '{{ $labels.instance }} has few files left to open',
    means: 'Connections or files are nearly used up; then nobody can connect.',
    act: '`LimitNOFILE` of the unit; connections that the proxy keeps.',
  },
  {
    name: 'CompteVersionsDiffer',
    severity: 'warning',
    expr: 'count(count by (version) (compte_build_info)) > 1',
    for: '1h',
    summary: 'Two versions run',
    means: 'A change of version was begun an hour ago and is not over.',
    act: 'Restart the processes that were left out.',
  },
];

/** What Prometheus loads (`rule_files`). */
export function rulesFile(): string {
  const text = JSON.stringify;
  const rules = alerts.flatMap(({ name, severity, expr, for: lasting, summary, means, act }) => [
    `      - alert: ${name}`,
    `        expr: ${text(expr)}`,
    `        for: ${lasting}`,
    '        labels:',
    `          severity: ${severity}`,
    '        annotations:',
    `          summary: ${text(summary)}`,
    `          description: ${text(`${means} ${act}`)}`,
  ]);
  const head = `# ${generated.replace(/^<!-- | -->$/g, '')}`;
  return `${[head, 'groups:', '  - name: compte-assure', '    rules:', ...rules].join('\n')}\n`;
}

/** The alerts as operators read them. */
export function alertsTable(): string {
  return table(
    ['Alert', 'Means', 'Do'],
    alerts.map(({ name, severity, means, act }) => [`\`${name}\` (${severity})`, means, act]),
  );
}
