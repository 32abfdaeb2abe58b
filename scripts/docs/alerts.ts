import { toleratedSkewSeconds, worryingSkewSeconds } from '#src/time/clock.ts';
import { generated, table } from './markdown.ts';

/** One Prometheus alert, and what it tells the person on call. */
export interface Alert {
  readonly name: string;
  /** `critical`: the person on call is paged, visitors are affected; `warning`: to be handled on the next working day. */
  readonly severity: 'critical' | 'warning';
  readonly expr: string;
  /** How long the expression must have been true. */
  readonly for: string;
  readonly summary: string;
  readonly means: string;
  readonly act: string;
}

/** The name of the job in `deploy/prometheus.yml` that scrapes every process. */
export const scrapeJob = 'compte-assure';

/**
 * Every alert that is shipped. Every worker exports the same counts of rows: use `max` or `min` over them, never a sum.
 * A test checks each metric, label and value against the registry.
 */
export const alerts: readonly Alert[] = [
  {
    name: 'CompteProcessDown',
    severity: 'critical',
    expr: `up{job="${scrapeJob}"} == 0`,
    for: '2m',
    summary: '{{ $labels.instance }} does not answer',
    means: 'A process does not answer on its operations port: it has ended, or hangs.',
    act: 'Read its last log lines: `startFailed`, `crashed`. Start it; the other processes continue meanwhile.',
  },
  {
    name: 'CompteNoWorker',
    severity: 'critical',
    expr: 'absent(compte_build_info{role=~"worker|start"})',
    for: '5m',
    summary: 'No worker is running',
    means: 'No process delivers mails and SMS or runs housekeeping.',
    act: 'Start a worker: nothing is lost, waiting notices are sent in order of age.',
  },
  {
    name: 'CompteNotReady',
    severity: 'critical',
    expr: 'compte_ready == 0',
    for: '2m',
    summary: '{{ $labels.instance }} is not ready',
    means: 'A check that the process needs is failing: the proxy routes no visitors to it.',
    act: '`/readyz` names the check, the log line `checkChanged` gives the reason. `migrations`: `compte migrate`; `data`: still starting.',
  },
  {
    name: 'CompteDatabaseAway',
    severity: 'critical',
    expr: 'compte_check_ok{check="database"} == 0',
    for: '1m',
    summary: '{{ $labels.instance }} cannot reach the database',
    means:
      'No answer within a second: PostgreSQL is down or full, or the network is interrupted. Pages that need it ask visitors to come back later.',
    act: 'The code is in `checkChanged` and `shed`: `ECONNREFUSED` (down), `53300` (no connection left), `57014` (statement timeout: locks, a slow disk), `28P01` (wrong password).',
  },
  {
    name: 'CompteClockWrong',
    severity: 'critical',
    expr: `abs(compte_clock_skew_seconds) > ${toleratedSkewSeconds}`,
    for: '1m',
    summary: 'The clock of {{ $labels.instance }} is {{ $value }} s off',
    means: `Its clock and the database’s differ by more than ${toleratedSkewSeconds} s, what FranceConnect tolerates: the process is not ready, housekeeping waits, and beyond five minutes mails and SMS do.`,
    act: 'If all nodes report it, the database’s machine is wrong. Repair its time service (chrony, NTP); no restart is needed.',
  },
  {
    name: 'CompteClockSkewed',
    severity: 'warning',
    expr: `abs(compte_clock_skew_seconds) > ${worryingSkewSeconds}`,
    for: '10m',
    summary: 'The clock of {{ $labels.instance }} drifts',
    means: 'The clocks drift apart; nothing is affected yet.',
    act: 'Check the time service of the machine.',
  },
  {
    name: 'CompteLogLost',
    severity: 'warning',
    expr: 'increase(compte_log_lines_lost_total[10m]) > 0',
    for: '0m',
    summary: '{{ $labels.instance }} cannot write its log',
    means:
      'Lines of the log are lost: its disk is full, or what read them has ended. Pages and mails go on; the audit trail is in the database and complete.',
    act: 'Make room where standard output goes (`journalctl --disk-usage`, the disk of the container engine). The log goes on by itself once there is room; what is lost is lost.',
  },
  {
    name: 'CompteRequestsFail',
    severity: 'critical',
    expr: 'sum(increase(compte_events_total{event="requestFailed"}[15m])) > 3',
    for: '0m',
    summary: 'Pages fail',
    means: 'Responses are 500: a defect, or a database in an unexpected state.',
    act: 'The log lines `requestFailed`: route, database code, place in the program. The page shows the `requestId` to the visitor.',
  },
  {
    name: 'CompteRequestsShed',
    severity: 'critical',
    expr: 'sum by (outcome) (increase(compte_events_total{event="shed",outcome=~"passwords|event-loop|database|documents"}[10m])) > 50',
    for: '0m',
    summary: 'Requests are refused: {{ $labels.outcome }}',
    means:
      'Requests are answered 503: `passwords` wait too long, the `event-loop` is late, the `database` does not answer, or too many `documents` are asked for at once.',
    act: '`passwords`: more `HASH_LANES` or nodes; `event-loop`: more nodes; `database`: as for CompteDatabaseAway; `documents`: more nodes.',
  },
  {
    name: 'CompteFlood',
    severity: 'warning',
    expr: 'sum(increase(compte_events_total{event="shed",outcome="flood"}[10m])) > 1000',
    for: '0m',
    summary: 'A client sends too many requests',
    means: 'Clients send more requests than the policy allows, and are answered 429.',
    act: 'Nothing, unless people complain: many people behind one address need higher `limits.requestsPerAddress`. Otherwise block the address in the proxy.',
  },
  {
    name: 'CompteSlow',
    severity: 'warning',
    expr: 'histogram_quantile(0.95, sum by (le) (rate(compte_http_request_duration_seconds_bucket[10m]))) > 1',
    for: '10m',
    summary: 'One page in twenty takes more than a second',
    means: 'Pages are slow: a slow database, or too few processes.',
    act: '`compte_http_request_duration_seconds` by route; if `compte_nodejs_eventloop_lag_p99_seconds` is above 1.1, the process itself is overloaded (it is looked at each second, and that second is part of the figure).',
  },
  {
    name: 'ComptePasswordsRefused',
    severity: 'warning',
    expr: 'increase(compte_password_lane_refused_total[10m]) > 10',
    for: '0m',
    summary: '{{ $labels.instance }} refuses passwords',
    means: 'More passwords arrive than can be hashed; other pages work.',
    act: 'More `HASH_LANES` (up to the number of cores) or nodes. If `blocked` in `compte_enrolment_steps_total` grows too, somebody is guessing.',
  },
  {
    name: 'CompteManyBlocked',
    severity: 'warning',
    expr: 'sum by (step) (increase(compte_enrolment_steps_total{outcome="blocked"}[15m])) > 50',
    for: '0m',
    summary: 'Many people are blocked at {{ $labels.step }}',
    means: 'Limits stop many tries of one form: somebody is guessing, or a text misleads.',
    act: 'From few addresses (the proxy’s log): block them. From many, with `refused` growing: review the texts of the form.',
  },
  {
    name: 'CompteAttemptsSpread',
    severity: 'warning',
    expr: 'sum by (kind, spread) (increase(compte_attempts_spread_total[1h])) > 0',
    for: '0m',
    summary: 'Failures of {{ $labels.kind }} spread: {{ $labels.spread }}',
    means:
      'One client fails for many people, or many clients fail for one person: somebody is guessing, from a list or from many clients.',
    act: 'The log lines `attemptsSpread`; `many-clients` has the `personRef`: inform the owner of the account. `many-people`: find the address in the proxy’s log, and block it.',
  },
  {
    name: 'CompteClientsUnnamed',
    severity: 'critical',
    expr: 'sum(increase(compte_requests_unnamed_total[10m])) > 0',
    for: '0m',
    summary: 'Requests have no client address',
    means:
      'A proxy sends no `X-Forwarded-For`: all visitors count as one client, and a single one who sends too many requests blocks all.',
    act: 'Check the proxy’s settings (`deploy/nginx.conf`, `deploy/haproxy.cfg`) and `TRUST_PROXY`.',
  },
  {
    name: 'CompteMailServerAway',
    severity: 'critical',
    expr: 'compte_check_ok{check=~"mail|second-mail"} == 0',
    for: '10m',
    summary: 'The mail server does not answer',
    means:
      'Mails wait: nobody can confirm an address. All are sent once the server answers, and links are extended.',
    act: 'The log line `noticeSettled`: `reason` and `detail` (`ECONNREFUSED`; `server-535`: the login). `compte doctor` tests the server.',
  },
  {
    name: 'CompteSmsGatewayAway',
    severity: 'warning',
    expr: 'compte_check_ok{check="sms"} == 0',
    for: '10m',
    summary: 'The SMS gateway does not answer',
    means: 'SMS wait; letters and mails are not affected.',
    act: '`noticeSettled`: `gateway-401` (the token), `gateway-5xx` or `timeout` (the gateway).',
  },
  {
    name: 'CompteFranceConnectAway',
    severity: 'warning',
    expr: 'compte_check_ok{check="franceconnect"} == 0',
    for: '10m',
    summary: 'FranceConnect does not answer',
    means: 'The button is replaced by a sentence; everything else works.',
    act: 'The log line `providerFailed` gives the reason. Check FranceConnect’s status page and, from this machine, its issuer over https.',
  },
  {
    name: 'CompteNoticesLate',
    severity: 'critical',
    expr: 'max by (channel) (compte_notices_oldest_waiting_seconds{state="queued",channel=~"email|sms"}) > 600',
    for: '5m',
    summary: 'Nothing is sent by {{ $labels.channel }}',
    means: 'A notice has waited ten minutes for its first try: workers do not deliver.',
    act: 'Is a worker running? `jobFailed` and `deliveryFailed` in its log; `compte notices`.',
  },
  {
    name: 'CompteNoticesDeferred',
    severity: 'warning',
    expr: 'max by (channel) (compte_notices_waiting{state="deferred"}) > 100',
    for: '15m',
    summary: 'Many notices wait to be retried by {{ $labels.channel }}',
    means: 'A server refuses many notices for now: an outage, an exhausted quota, a block by one provider.',
    act: 'The reasons in `noticeSettled`: one provider (`smtp-421`, `smtp-451` with its `detail`) or all.',
  },
  {
    name: 'CompteLettersWait',
    severity: 'warning',
    expr: 'max(compte_notices_oldest_waiting_seconds{state="queued",channel="letter"}) > 345600',
    for: '1h',
    summary: 'A letter has waited for four days',
    means: 'Letters are not exported.',
    act: 'Is the timer of `compte letters export` running?',
  },
  {
    name: 'ComptePrinterSilent',
    severity: 'warning',
    expr: 'max(compte_letters_oldest_unanswered_batch_seconds) > 432000',
    for: '1h',
    summary: 'The printer has not answered for a batch for five days',
    means: 'Nobody knows whether the letters of a batch were posted.',
    act: 'Ask the printer; `compte letters acknowledge` reads its answer, `compte letters export --again` writes the files again.',
  },
  {
    name: 'CompteAvisLate',
    severity: 'warning',
    expr: 'max(compte_avis_oldest_overdue_seconds) > 3600',
    for: '15m',
    summary: 'Nobody is told of what was deposited',
    means: 'A mail that tells of deposits has been due for an hour, and was not queued.',
    act: 'Does the duty `avis` succeed (`compte jobs`)? Nothing is lost: what waits is told together.',
  },
  {
    name: 'CompteDocumentsHeld',
    severity: 'warning',
    expr: 'max by (because) (compte_documents_held{because=~"no-address|other-adult"}) > 0',
    for: '1h',
    summary: 'Documents should go on paper and cannot: {{ $labels.because }}',
    means:
      'They stay in the account. `no-address`: the register has no address to which a letter can go, or one came back; `other-adult`: it concerns somebody insured with the person who came of age since, or was taken out of the rights, and the register has no address for them; it must not go to that person.',
    act: '`no-address`: correct the address at the caisse; the next register file brings it, and the letter leaves within a day. `other-adult`: ask the caisse for the number of that adult in the rights, and for their address in the register; or ask the sender to deposit it for the adult.',
  },
  {
    name: 'CompteDeadLetters',
    severity: 'warning',
    expr: 'max(compte_notices_dead_letters) > 0',
    for: '5m',
    summary: 'Notices were given up on',
    means: 'A mail or SMS could not be delivered within 24 hours, and can still be retried.',
    act: '`compte notices`: remove the cause, then `compte notices retry`. The alert ends by itself once their content is erased.',
  },
  {
    name: 'CompteNoticesFail',
    severity: 'warning',
    expr: 'sum(max by (state, channel) (compte_notices_failed_last_day{state=~"refused|bounced"})) > 20 and sum(max by (state, channel) (compte_notices_failed_last_day{state=~"refused|bounced"})) > 0.05 * sum(increase(compte_events_total{event="noticeSettled",outcome="handed-over"}[1d]))',
    for: '15m',
    summary: 'More than one notice in twenty is refused or bounces',
    means:
      'Mails are refused or bounce: reputation, SPF, DKIM, DMARC, or outdated addresses in the register.',
    act: 'The reasons in `noticeSettled` and `compte notices`. One provider: its postmaster page; the policy’s `notices.secondSenderDomains`.',
  },
  {
    name: 'CompteSmsReportsRefused',
    severity: 'warning',
    expr: 'sum(increase(compte_http_request_duration_seconds_count{route="/notifications/sms",status="401"}[1h])) > 5',
    for: '0m',
    summary: 'Reports of the SMS gateway have invalid signatures',
    means:
      'The gateway’s reports are refused: its secret or clock differs from ours, or somebody else sends them.',
    act: 'Compare `SMS_CALLBACK_SECRET` and clocks with the gateway’s operator.',
  },
  {
    name: 'CompteRowCountsOld',
    severity: 'warning',
    expr: 'min(compte_row_counts_age_seconds) > 600 or absent(compte_row_counts_age_seconds)',
    for: '5m',
    summary: 'Row counts are out of date',
    means: 'The data of the alerts on notices and letters is more than ten minutes old, so they cannot fire.',
    act: '`compte jobs`: the duty `row-counts`; `dutyFailed` in the logs of the workers; CompteNoWorker and CompteDatabaseAway first.',
  },
  {
    name: 'CompteJobFailing',
    severity: 'warning',
    expr: 'min by (duty) (compte_job_ok) == 0',
    for: '15m',
    summary: 'The duty {{ $labels.duty }} is failing',
    means:
      'It failed the last time, was killed, or has not run for three of its periods: reminders, deadlines or deletions are late.',
    act: '`compte jobs`, and the log line `dutyFailed` with the database’s code. The duty is retried at its next period.',
  },
  {
    name: 'CompteBackgroundFails',
    severity: 'warning',
    expr: 'sum by (event, outcome) (increase(compte_events_total{event=~"jobFailed|deliveryFailed|backgroundFailed"}[15m])) > 3',
    for: '0m',
    summary: '{{ $labels.event }}: {{ $labels.outcome }}',
    means: 'Background work fails repeatedly.',
    act: 'The log lines of that event: code and place. `deliveryFailed` names the notice; a missing master key is one cause.',
  },
  {
    name: 'CompteFilesUsedUp',
    severity: 'warning',
    expr: 'compte_process_open_fds / compte_process_max_fds > 0.8',
    for: '5m',
    summary: '{{ $labels.instance }} is running out of file descriptors',
    means: 'Connections or files are nearly used up; after that nobody can connect.',
    act: '`LimitNOFILE` of the unit; connections kept open by the proxy.',
  },
  {
    name: 'CompteVersionsDiffer',
    severity: 'warning',
    expr: 'count(count by (version) (compte_build_info)) > 1',
    for: '1h',
    summary: 'Two versions are running',
    means: 'A change of version began more than an hour ago and is not complete.',
    act: 'Restart the processes with the old version.',
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
