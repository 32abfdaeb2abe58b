import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Metrics, openMetrics } from '#src/operations/metrics.ts';
import type { RowCounts } from '#src/operations/row-counts.ts';

const lane = {
  waiting: 0,
  running: 0,
  averageMs: 50,
  full: false,
  crowded: false,
  done: 0,
  refused: 0,
  abandoned: 0,
};
const now = new Date('2026-11-21T13:01:01.500Z');
const counts: RowCounts = {
  countedAt: new Date('2026-11-21T13:01:00Z'),
  notices: {
    waiting: [
      { state: 'queued', channel: 'sms', count: 12, since: '2026-11-21T13:00:00Z' },
      { state: 'deferred', channel: 'sms', count: 1, since: '2026-11-21T13:01:00Z' },
    ],
    failed: [{ state: 'bounced', channel: 'email', count: 4 }],
    deadLetters: 3,
  },
  unansweredBatchSince: '2026-11-20T13:01:01.500Z',
  avisOverdueSince: '2026-11-21T13:00:01.500Z',
  documentsHeld: { 'no-address': 2, deceased: 0, 'other-adult': 1 },
};

/** Every metric that a process can have, with every value known. */
function everything(): Metrics {
  const metrics = openMetrics();
  metrics.observeRequest({ method: 'GET', route: '/mon-compte', status: 200, seconds: 0.003 });
  metrics.countEvent('signInFailed', 'password');
  metrics.countStep('terms', 'passed');
  metrics.countStep('terms', 'passed');
  metrics.watchBuild({ version: '0.1.0', role: 'web' });
  metrics.watchLane(() => ({ ...lane, waiting: 7, refused: 3 }));
  const checks = new Map([
    ['database', true],
    ['mail', false],
  ]);
  metrics.watchLog(() => 2);
  metrics.watchHealth(() => ({ ready: true, checks }));
  metrics.watchClock(() => -0.25);
  metrics.watchRows(
    () => counts,
    () => now,
  );
  const duties = { ages: new Map([['reminders', 90]]), healthy: new Map([['reminders', true]]) };
  metrics.watchDuties(() => duties);
  return metrics;
}

test('metrics are in the text format of Prometheus', async () => {
  const metrics = everything();
  const text = await metrics.text();
  for (const line of [
    'compte_http_request_duration_seconds_bucket{le="0.005",method="GET",route="/mon-compte",status="200"} 1',
    'compte_events_total{event="signInFailed",outcome="password"} 1',
    'compte_events_total{event="shed",outcome="database"} 0',
    'compte_enrolment_steps_total{step="terms",outcome="passed"} 2',
    `compte_build_info{version="0.1.0",node_version="${process.versions.node}",role="web"} 1`,
    'compte_password_lane_waiting 7',
    'compte_password_lane_average_seconds 0.05',
    'compte_password_lane_refused_total 3',
    'compte_ready 1',
    'compte_check_ok{check="database"} 1',
    'compte_check_ok{check="mail"} 0',
    'compte_clock_skew_seconds -0.25',
    'compte_log_lines_lost_total 2',
    'compte_row_counts_age_seconds 1.5',
    'compte_notices_waiting{state="queued",channel="sms"} 12',
    'compte_notices_waiting{state="queued",channel="email"} 0',
    'compte_notices_oldest_waiting_seconds{state="queued",channel="sms"} 61.5',
    'compte_notices_oldest_waiting_seconds{state="queued",channel="letter"} 0',
    'compte_notices_failed_last_day{state="bounced",channel="email"} 4',
    'compte_notices_dead_letters 3',
    'compte_letters_oldest_unanswered_batch_seconds 86400',
    'compte_avis_oldest_overdue_seconds 60',
    'compte_documents_held{because="no-address"} 2',
    'compte_documents_held{because="other-adult"} 1',
    'compte_job_last_success_age_seconds{duty="reminders"} 90',
    'compte_job_ok{duty="reminders"} 1',
  ])
    assert.ok(text.includes(`${line}\n`), line);
  assert.match(text, /^compte_process_resident_memory_bytes \d+/m);
  assert.match(metrics.contentType, /^text\/plain/);
});

test('an unknown value is left out, and a failing gauge leaves the others', async () => {
  const metrics = openMetrics();
  metrics.watchRows(
    () => null,
    () => now,
  );
  metrics.watchClock(() => null);
  metrics.watchHealth(() => {
    throw new Error('broken');
  });
  const text = await metrics.text();
  assert.doesNotMatch(text, /^compte_(row_counts|notices|letters|clock|ready|check)\w* *[{\d]/m);
  assert.match(text, /^compte_process_cpu_user_seconds_total \d/m);
});

test('a check that is no longer there is no longer shown', async () => {
  const metrics = openMetrics();
  const checks = new Map([['database', true]]);
  metrics.watchHealth(() => ({ ready: true, checks }));
  assert.match(await metrics.text(), /check="database"/);
  checks.clear();
  assert.doesNotMatch(await metrics.text(), /check="database"/);
});

test('two services in one process do not mix', async () => {
  const [one, other] = [openMetrics(), openMetrics()];
  one.countEvent('signedIn', 'ok');
  assert.doesNotMatch(await other.text(), /signedIn/);
});

/** As `promtool check metrics` judges: what is wrong with a metric, empty when nothing is. */
function lint(name: string, type: string, help: string, labels: readonly string[]): string[] {
  const wrong: string[] = [];
  if (help.trim() === '') wrong.push('no help');
  if (!/^[a-z][a-z\d_]*$/.test(name)) wrong.push('not snake_case, or a colon');
  if ((type === 'counter') !== name.endsWith('_total'))
    wrong.push('_total is for counters, and for all of them');
  if (/_(bucket|count|sum)$/.test(name)) wrong.push('a suffix that histograms have');
  const words = name.split('_');
  if (words.some((word) => ['counter', 'gauge', 'histogram', 'summary', 'metric'].includes(word)))
    wrong.push('its type in its name');
  const units =
    /^(ms|sec|secs|millisec\w*|milliseconds|microseconds|nanoseconds|minutes?|hours?|days|kib|mib|gib|kb|mb|gb|kilobytes|megabytes|percent|celcius|fahrenheit)$/;
  for (const word of words) if (units.test(word)) wrong.push(`${word} is no base unit`);
  const unit = words.findIndex((word) => ['seconds', 'bytes', 'ratio', 'meters', 'grams'].includes(word));
  if (unit >= 0 && !/_(seconds|bytes|ratio)(_total)?$/.test(name) && !name.startsWith('compte_nodejs_'))
    wrong.push('a unit that is not last');
  for (const label of labels) {
    if (!/^[a-z][a-z_]*$/.test(label)) wrong.push(`label ${label}`);
    if ((label === 'le' && type !== 'histogram') || label === 'quantile') wrong.push(`label ${label}`);
  }
  return wrong;
}

describe('names and help texts pass the rules of promtool', () => {
  for (const { name, type, help, labels } of everything().describe())
    test(name, () => assert.deepEqual(lint(name, type, help, labels), []));

  test('the rules reject bad names', () => {
    for (const [name, type, help] of [
      ['compte_x_milliseconds', 'gauge', 'x'],
      ['compte_x_total', 'gauge', 'x'],
      ['compte_x', 'counter', 'x'],
      ['compte_x', 'gauge', ' '],
      ['compte:x', 'gauge', 'x'],
      ['compte_xCount', 'gauge', 'x'],
      ['compte_x_count', 'gauge', 'x'],
      ['compte_x_gauge', 'gauge', 'x'],
      ['compte_seconds_x', 'gauge', 'x'],
    ] as const)
      assert.notDeepEqual(lint(name, type, help, []), [], name);
    assert.notDeepEqual(lint('compte_x', 'gauge', 'x', ['jobName']), []);
  });
});
