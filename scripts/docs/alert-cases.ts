import { alerts } from './alerts.ts';
import { generated } from './markdown.ts';

/**
 * For each alert, samples by which it fires, as `promtool test rules` reads them: one sample a minute, from minute 0.
 * `deploy/prometheus-rules-test.yml` is made of them; `npm run alerts` runs it.
 */
interface Case {
  readonly series: Readonly<Record<string, string>>;
  readonly minute: number;
  /** The labels with which it fires, besides its severity. */
  readonly labels: Readonly<Record<string, string>>;
  /** `$value` of the summary. */
  readonly value?: string;
}

const web = 'job="compte-assure",instance="web"';
const [job, instance] = ['compte-assure', 'web'];
const always = (value: number) => `${value}x20`;
/** A counter that grows each minute. */
const growing = (by: number) => `0+${by}x20`;

export const alertCases: Readonly<Record<string, Case>> = {
  CompteProcessDown: { series: { [`up{${web}}`]: always(0) }, minute: 3, labels: { job, instance } },
  CompteNoWorker: { series: { [`compte_build_info{${web},role="web"}`]: always(1) }, minute: 6, labels: {} },
  CompteNotReady: { series: { [`compte_ready{${web}}`]: always(0) }, minute: 3, labels: { job, instance } },
  CompteDatabaseAway: {
    series: { [`compte_check_ok{${web},check="database"}`]: always(0) },
    minute: 2,
    labels: { job, instance, check: 'database' },
  },
  CompteClockWrong: {
    series: { [`compte_clock_skew_seconds{${web}}`]: '-40x20' },
    minute: 2,
    labels: { job, instance },
    value: '40',
  },
  CompteClockSkewed: {
    series: { [`compte_clock_skew_seconds{${web}}`]: always(6) },
    minute: 11,
    labels: { job, instance },
  },
  CompteLogLost: {
    series: { [`compte_log_lines_lost_total{${web}}`]: growing(1) },
    minute: 10,
    labels: { job, instance },
  },
  CompteRequestsFail: {
    series: { [`compte_events_total{${web},event="requestFailed",outcome="broken"}`]: growing(1) },
    minute: 10,
    labels: {},
  },
  CompteRequestsShed: {
    series: { [`compte_events_total{${web},event="shed",outcome="passwords"}`]: growing(10) },
    minute: 15,
    labels: { outcome: 'passwords' },
  },
  CompteFlood: {
    series: { [`compte_events_total{${web},event="shed",outcome="flood"}`]: growing(200) },
    minute: 15,
    labels: {},
  },
  CompteSlow: {
    series: {
      [`compte_http_request_duration_seconds_bucket{${web},le="1"}`]: growing(10),
      [`compte_http_request_duration_seconds_bucket{${web},le="2.5"}`]: growing(100),
      [`compte_http_request_duration_seconds_bucket{${web},le="+Inf"}`]: growing(100),
    },
    minute: 15,
    labels: {},
  },
  ComptePasswordsRefused: {
    series: { [`compte_password_lane_refused_total{${web}}`]: growing(5) },
    minute: 10,
    labels: { job, instance },
  },
  CompteManyBlocked: {
    series: {
      [`compte_enrolment_steps_total{${web},step="/connexion",outcome="blocked"}`]: growing(10),
    },
    minute: 15,
    labels: { step: '/connexion' },
  },
  CompteAttemptsSpread: {
    series: { [`compte_attempts_spread_total{${web},kind="sign-in",spread="many-people"}`]: '0x5 1x15' },
    minute: 8,
    labels: { kind: 'sign-in', spread: 'many-people' },
  },
  CompteClientsUnnamed: {
    series: { [`compte_requests_unnamed_total{${web}}`]: growing(1) },
    minute: 5,
    labels: {},
  },
  CompteMailServerAway: {
    series: { [`compte_check_ok{${web},check="mail"}`]: always(0) },
    minute: 11,
    labels: { job, instance, check: 'mail' },
  },
  CompteSmsGatewayAway: {
    series: { [`compte_check_ok{${web},check="sms"}`]: always(0) },
    minute: 11,
    labels: { job, instance, check: 'sms' },
  },
  CompteFranceConnectAway: {
    series: { [`compte_check_ok{${web},check="franceconnect"}`]: always(0) },
    minute: 11,
    labels: { job, instance, check: 'franceconnect' },
  },
  CompteNoticesLate: {
    series: { [`compte_notices_oldest_waiting_seconds{${web},state="queued",channel="email"}`]: always(601) },
    minute: 6,
    labels: { channel: 'email' },
  },
  CompteNoticesDeferred: {
    series: { [`compte_notices_waiting{${web},state="deferred",channel="sms"}`]: always(101) },
    minute: 16,
    labels: { channel: 'sms' },
  },
  CompteLettersWait: {
    series: {
      [`compte_notices_oldest_waiting_seconds{${web},state="queued",channel="letter"}`]: '345601x70',
    },
    minute: 61,
    labels: {},
  },
  ComptePrinterSilent: {
    series: { [`compte_letters_oldest_unanswered_batch_seconds{${web}}`]: '432001x70' },
    minute: 61,
    labels: {},
  },
  CompteAvisLate: {
    series: { [`compte_avis_oldest_overdue_seconds{${web}}`]: always(3601) },
    minute: 16,
    labels: {},
  },
  CompteDocumentsHeld: {
    series: { [`compte_documents_held{${web},because="no-address"}`]: '1x70' },
    minute: 61,
    labels: { because: 'no-address' },
  },
  CompteDeadLetters: {
    series: { [`compte_notices_dead_letters{${web}}`]: always(1) },
    minute: 6,
    labels: {},
  },
  CompteNoticesFail: {
    series: {
      [`compte_notices_failed_last_day{${web},state="bounced",channel="email"}`]: always(21),
      [`compte_events_total{${web},event="noticeSettled",outcome="handed-over"}`]: growing(1),
    },
    minute: 17,
    labels: {},
  },
  CompteSmsReportsRefused: {
    series: {
      [`compte_http_request_duration_seconds_count{${web},route="/notifications/sms",status="401"}`]:
        growing(2),
    },
    minute: 10,
    labels: {},
  },
  CompteRowCountsOld: {
    series: { [`compte_row_counts_age_seconds{${web}}`]: always(601) },
    minute: 6,
    labels: {},
  },
  CompteJobFailing: {
    series: { [`compte_job_ok{${web},duty="links"}`]: always(0) },
    minute: 16,
    labels: { duty: 'links' },
  },
  CompteBackgroundFails: {
    series: { [`compte_events_total{${web},event="jobFailed",outcome="queues"}`]: growing(1) },
    minute: 10,
    labels: { event: 'jobFailed', outcome: 'queues' },
  },
  CompteFilesUsedUp: {
    series: {
      [`compte_process_open_fds{${web}}`]: always(900),
      [`compte_process_max_fds{${web}}`]: always(1_024),
    },
    minute: 6,
    labels: { job, instance },
  },
  CompteVersionsDiffer: {
    series: {
      [`compte_build_info{${web},version="0.1.0"}`]: '1x70',
      'compte_build_info{job="compte-assure",instance="worker",version="0.2.0"}': '1x70',
    },
    minute: 61,
    labels: {},
  },
};

/** What `promtool test rules` runs: each alert fires by its samples, and is silent at the beginning. */
export function rulesTestFile(): string {
  const text = JSON.stringify;
  const tests = alerts.flatMap(({ name, severity, summary, means, act }) => {
    const { series, minute, labels, value = '' } = alertCases[name] ?? { series: {}, minute: 0, labels: {} };
    const said = summary.replaceAll(/\{\{ \$(?:labels\.(\w+)|value) \}\}/g, (_all, label?: string) =>
      label === undefined ? value : (labels[label] ?? ''),
    );
    return [
      '  - interval: 1m',
      '    input_series:',
      ...Object.entries(series).flatMap(([selector, values]) => [
        `      - series: ${text(selector)}`,
        `        values: ${text(values)}`,
      ]),
      '    alert_rule_test:',
      `      - alertname: ${name}`,
      '        eval_time: 0m',
      `      - alertname: ${name}`,
      `        eval_time: ${minute}m`,
      '        exp_alerts:',
      `          - exp_labels: ${text({ severity, ...labels })}`,
      '            exp_annotations:',
      `              summary: ${text(said)}`,
      `              description: ${text(`${means} ${act}`)}`,
    ];
  });
  const head = `# ${generated.replace(/^<!-- | -->$/g, '')}`;
  return `${[head, 'rule_files: [prometheus-rules.yml]', 'tests:', ...tests].join('\n')}\n`;
}
