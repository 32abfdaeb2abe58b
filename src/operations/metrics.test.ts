import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMetrics } from '#src/operations/metrics.ts';

const idle = {
  waiting: 0,
  running: 0,
  averageMs: 50,
  full: false,
  crowded: false,
  done: 0,
  refused: 0,
  abandoned: 0,
};

test('what happened can be read by Prometheus', async () => {
  const metrics = openMetrics();
  metrics.observeRequest({ method: 'GET', route: '/mon-compte', status: 200, seconds: 0.003 });
  metrics.countEvent('signInFailed', 'password');
  metrics.countStep('terms', 'passed');
  metrics.countStep('terms', 'passed');
  metrics.watchLane(() => ({ ...idle, waiting: 7, refused: 3 }));
  metrics.watchNotices(async () => ({
    byState: [{ state: 'queued', channel: 'sms', count: 12 }],
    oldestWaitingSeconds: [{ channel: 'sms', seconds: 61.5 }],
    deadLetters: 3,
  }));
  const text = await metrics.text();
  for (const line of [
    'compte_http_request_duration_seconds_bucket{le="0.005",method="GET",route="/mon-compte",status="200"} 1',
    'compte_events_total{event="signInFailed",outcome="password"} 1',
    'compte_enrolment_steps_total{step="terms",outcome="passed"} 2',
    'compte_password_lane_waiting 7',
    'compte_password_lane_refused 3',
    'compte_notices{state="queued",channel="sms"} 12',
    'compte_notices_oldest_waiting_seconds{channel="sms"} 61.5',
    'compte_notices_dead_letters 3',
  ]) {
    assert.ok(text.includes(`${line}\n`), line);
  }
  assert.match(text, /^compte_process_resident_memory_bytes \d+/m);
  assert.match(metrics.contentType, /^text\/plain/);
});

test('a state that is no longer there is no longer counted', async () => {
  const metrics = openMetrics();
  const states = ['queued', 'refused'];
  metrics.watchNotices(async () => ({
    byState: [{ state: states.shift() ?? '', channel: 'email', count: 1 }],
    oldestWaitingSeconds: [],
    deadLetters: 0,
  }));
  assert.match(await metrics.text(), /state="queued"/);
  assert.doesNotMatch(await metrics.text(), /state="queued"/);
});

test('two services in one process do not mix', async () => {
  const [one, other] = [openMetrics(), openMetrics()];
  one.countEvent('signedIn', 'ok');
  assert.doesNotMatch(await other.text(), /signedIn/);
});
