import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type LogLevel, openLog } from '#src/log/log.ts';
import { type Events, openEvents, personRef } from '#src/operations/events.ts';
import { openMetrics } from '#src/operations/metrics.ts';

const person = Buffer.from('0123456789abcdef'.repeat(4), 'hex');

const request = { requestId: 'req-1-1', route: '/connexion', person };
/** An id of digits only, which looks like a NIR. */
const notice = {
  id: '28505780-0608-4912-8505-780060849112',
  person,
  kind: 'activation',
  channel: 'email',
  tries: 2,
};

function open(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const clock = { now: () => new Date('2026-11-21T13:00:00Z') };
  const metrics = openMetrics();
  const log = openLog({ level, clock, write: (line) => lines.push(line) });
  return { lines, metrics, events: openEvents({ log, metrics }) };
}

const cases: [name: string, report: (events: Events) => void, log: RegExp, count: string][] = [
  [
    'a request shed',
    (e) => e.shed('passwords', request),
    /"event":"shed","requestId":"req-1-1","route":"\/connexion","personRef":"01234567","reason":"passwords"/,
    'event="shed",outcome="passwords"',
  ],
  [
    'a request that the database did not answer',
    (e) => e.shed('database', { ...request, person: null }, Object.assign(new Error(), { code: '57014' })),
    /"event":"shed","requestId":"req-1-1","route":"\/connexion","reason":"database","error":\{"name":"Error","code":"57014"/,
    'event="shed",outcome="database"',
  ],
  [
    'a request that failed',
    (e) =>
      e.requestFailed(request, Object.assign(new Error(), { code: '23505', constraint: 'email_claim_pkey' })),
    /"level":"error","event":"requestFailed","requestId":"req-1-1".*"personRef":"01234567","error":\{"name":"Error","code":"23505","constraint":"email_claim_pkey"/,
    'event="requestFailed",outcome="broken"',
  ],
  [
    'an unreadable request',
    (e) => e.unreadable('headers'),
    /"event":"unreadable","reason":"headers"/,
    'event="unreadable",outcome="headers"',
  ],
  [
    'a mail refused',
    (e) => e.noticeSettled({ state: 'refused', reason: 'smtp-550', detail: '5.1.1' }, notice),
    /"level":"warn","event":"noticeSettled","personRef":"01234567","reason":"smtp-550","detail":"5.1.1","noticeId":"28505780-0608-4912-8505-780060849112","kind":"activation","channel":"email","state":"refused","tries":2/,
    'event="noticeSettled",outcome="refused"',
  ],
  [
    'a mail given up after its last try',
    (e) =>
      e.noticeSettled({ state: 'refused', reason: 'gave-up-connection', detail: 'ECONNREFUSED' }, notice),
    /"level":"error".*"reason":"gave-up-connection","detail":"ECONNREFUSED"/,
    'event="noticeSettled",outcome="refused"',
  ],
  [
    'a mail that arrived',
    (e) => e.noticeSettled({ state: 'delivered' }, notice),
    /"level":"info".*"state":"delivered"/,
    'event="noticeSettled",outcome="delivered"',
  ],
  [
    'a provider that fails',
    (e) => e.providerFailed('unreachable', Object.assign(new Error(), { code: 'ENOTFOUND' })),
    /"level":"warn","event":"providerFailed","reason":"unreachable","error":\{"name":"Error","code":"ENOTFOUND"/,
    'event="providerFailed",outcome="unreachable"',
  ],
  [
    'a connection that is cut',
    (e) => e.connectionLost(Object.assign(new Error(), { code: '57P01' })),
    /"level":"warn","event":"connectionLost","error":\{"name":"Error","code":"57P01"/,
    'event="connectionLost",outcome="database"',
  ],
  [
    'a duty that fails',
    (e) => e.failed('dutyFailed', { job: 'reminders' }, new Error()),
    /"level":"error","event":"dutyFailed","job":"reminders","error":\{"name":"Error"/,
    'event="dutyFailed",outcome="reminders"',
  ],
  [
    'failures about one person from many clients',
    (e) => e.attemptsSpread('sign-in', 'many-clients', person),
    /"level":"warn","event":"attemptsSpread".*"reason":"many-clients"/,
    'compte_attempts_spread_total{kind="sign-in",spread="many-clients"} 1',
  ],
  [
    'a request without the address of its client',
    (e) => e.clientUnnamed(true),
    /"level":"error","event":"clientUnnamed"/,
    'compte_requests_unnamed_total 1',
  ],
  [
    'deposits that a sender is refused',
    (e) =>
      e.depositsJudged({
        requestId: 'req-1',
        sender: 'caisse-631',
        kind: 'payment',
        outcome: 'refused',
        reason: 'line-sum',
        count: 2,
      }),
    /"level":"info","event":"depositsJudged".*"sender":"caisse-631","reason":"line-sum","kind":"payment","state":"refused","count":2/,
    'compte_deposits_total{sender="caisse-631",kind="payment",outcome="refused"} 2',
  ],
  [
    'a step',
    (e) => e.stepAnswered('/creer-mon-compte/conditions', 'passed', person, 'req-1-2'),
    /"level":"info","event":"stepAnswered","requestId":"req-1-2".*"personRef":"01234567"/,
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
        person,
      }),
    /"route":"\/validation-email\/:token","status":200,"ms":3,"personRef":"01234567"/,
    'method="GET",route="/validation-email/:token",status="200"',
  ],
];

describe('each event is one line and one count', () => {
  for (const [name, report, line, count] of cases) {
    test(name, async () => {
      const { lines, metrics, events } = open();
      report(events);
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

test('a failing log or metric never throws to the caller', () => {
  const broken = () => {
    throw new Error('full');
  };
  const log = openLog({ level: 'debug', clock: { now: () => new Date() }, write: broken });
  const metrics = {
    countEvent: broken,
    countStep: broken,
    countSpread: broken,
    countDeposits: broken,
    countUnnamed: broken,
    observeRequest: broken,
  };
  const events = openEvents({ log, metrics });
  for (const [, report] of cases) assert.doesNotThrow(() => report(events));
});

test('the log identifies a person by 8 digits of the person key, no more', () => {
  assert.equal(personRef(person), '01234567');
});
