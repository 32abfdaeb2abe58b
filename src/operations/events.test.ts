import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Events, openEvents, personRef } from '#src/operations/events.ts';
import { type LogLevel, openLog } from '#src/operations/log.ts';
import { openMetrics } from '#src/operations/metrics.ts';

const person = Buffer.from('0123456789abcdef'.repeat(4), 'hex');

function open(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const clock = { now: () => new Date('2026-11-21T13:00:00Z') };
  const metrics = openMetrics();
  const log = openLog({ level, clock, write: (line) => lines.push(line) });
  return { lines, metrics, events: openEvents({ log, metrics }) };
}

const told: [name: string, tell: (events: Events) => void, log: RegExp, count: string][] = [
  [
    'a request shed',
    (e) => e.shed('passwords'),
    /"event":"shed","reason":"passwords"/,
    'event="shed",outcome="passwords"',
  ],
  [
    'a mail refused',
    (e) => e.noticeSettled({ state: 'refused', reason: 'smtp-550' }),
    /"level":"warn".*"state":"refused"/,
    'event="noticeSettled",outcome="refused"',
  ],
  [
    'a step',
    (e) => e.stepAnswered('/creer-mon-compte/conditions', 'passed', person),
    /"event":"stepAnswered".*"personRef":"01234567"/,
    'step="/creer-mon-compte/conditions",outcome="passed"',
  ],
  [
    'a request',
    (e) =>
      e.requestServed({
        requestId: 'req-1',
        method: 'GET',
        route: '/validation-email/:token',
        status: 200,
        ms: 3,
      }),
    /"route":"\/validation-email\/:token","status":200,"ms":3/,
    'method="GET",route="/validation-email/:token",status="200"',
  ],
];

describe('each event is one line and one count', () => {
  for (const [name, tell, line, count] of told) {
    test(name, async () => {
      const { lines, metrics, events } = open();
      tell(events);
      assert.equal(lines.length, 1);
      assert.match(lines.join(), line);
      assert.ok((await metrics.text()).includes(count));
    });
  }
});

test('a failed request is an error', () => {
  const { lines, events } = open('error');
  events.requestServed({ requestId: 'req-1', method: 'GET', route: '/', status: 500, ms: 1 });
  events.requestServed({ requestId: 'req-2', method: 'GET', route: '/', status: 422, ms: 1 });
  assert.equal(lines.length, 1);
});

test('a sink that breaks breaks nothing', () => {
  const broken = () => {
    throw new Error('full');
  };
  const log = openLog({ level: 'debug', clock: { now: () => new Date() }, write: broken });
  const metrics = { countEvent: broken, countStep: broken, observeRequest: broken };
  const events = openEvents({ log, metrics });
  for (const [, tell] of told) assert.doesNotThrow(() => tell(events));
});

test('a person is told apart in the log by 8 digits of the key, no more', () => {
  assert.equal(personRef(person), '01234567');
});
