import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '#src/config/decide.ts';
import { readEnvironment } from '#src/config/environment.ts';
import type { HandOver, Mail } from '#src/delivery/transport.ts';
import { tracedBy } from '#src/serve/traced.ts';
import { openTraces } from '#src/traces/open-traces.ts';
import { statementName } from '#src/traces/statement-name.ts';
import { readTraceParent } from '#src/traces/trace-parent.ts';
import { openTraceReceiver } from './trace-receiver.ts';

test('a parent is read as the standard writes it, and nothing else is', () => {
  const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
  assert.deepEqual(readTraceParent(`00-${trace}-${span}-01`), { traceId: trace, spanId: span, flags: 1 });
  assert.deepEqual(readTraceParent(`cc-${trace}-${span}-00-later`)?.flags, 0);
  const others = [
    undefined,
    '',
    ['00'],
    `00-${trace}-${span}`,
    `00-${trace}-${span}-01-more`,
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-01${' '.repeat(600)}`,
  ];
  for (const other of others) assert.equal(readTraceParent(other), null, String(other));
});

test('a statement is named by its verb and its tables, never by a value', () => {
  const names: Readonly<Record<string, string>> = {
    'select "a" from "session" where "token_hash" = $1': 'select session',
    'insert into "account" ("person_key") values ($1)': 'insert account',
    'with "gone" as (delete from dossier returning id) insert into audit_event select * from gone, x':
      'with dossier, audit_event',
    'select 1': 'select',
    begin: 'begin',
    'select record_attempts($1)': 'select',
    '': 'other',
  };
  for (const [text, name] of Object.entries(names)) assert.equal(statementName(text), name, text);
});

test('what is reported: parts below what causes them, codes of failures, and no word of them', async (t) => {
  const receiver = await openTraceReceiver(t);
  const failures: unknown[] = [];
  const traces = openTraces({
    url: receiver.url,
    headers: { authorization: 'Bearer essai' },
    percent: 100,
    version: '0.1.0',
    role: 'worker',
    onFailure: (error) => failures.push(error),
  });
  const traced = tracedBy(traces);
  traced.statement('select outside from session', 1, null);
  const { transport } = traced.transports({
    transport: { send: async (_mail: Mail): Promise<HandOver> => ({ state: 'refused', reason: 'smtp-550' }) },
    secondTransport: null,
    sms: null,
  });
  await traced.duty('reminders', async () => {
    traced.statement('update notice set x = $1', 2, null);
    await transport.send({
      ...{ id: 'x', ticket: 'x', to: 'josette.durand@exemple.fr', subject: '', text: '', html: '' },
      ...{ language: 'fr', sentAt: new Date(0), unsubscribe: null },
    });
  });
  const secret = Object.assign(new Error('josette.durand@exemple.fr'), { code: '23505' });
  await assert.rejects(
    traced.duty('links', () => Promise.reject(secret)),
    /josette/,
  );
  await traces.close();
  const named = new Map(receiver.spans.map((span) => [span.name, span]));
  assert.deepEqual([...named.keys()].sort(), ['duty links', 'duty reminders', 'mail', 'update notice']);
  const duty = named.get('duty reminders');
  for (const name of ['mail', 'update notice']) {
    assert.equal(named.get(name)?.parentSpanId, duty?.spanId, name);
    assert.equal(named.get(name)?.traceId, duty?.traceId, name);
  }
  assert.equal(named.get('mail')?.attributes.get('error.type'), 'smtp-550');
  assert.equal(named.get('duty links')?.attributes.get('error.type'), '23505');
  assert.equal(named.get('duty links')?.status.code, 2);
  assert.doesNotMatch(receiver.raw.join('\n'), /josette|exemple\.fr/);
  assert.match(receiver.raw[0] ?? '', /Bearer essai/);
  assert.deepEqual(failures, []);
});

test('a receiver that refuses spans is reported, and stops nothing', async (t) => {
  const failures: unknown[] = [];
  const { url } = await openTraceReceiver(t, 400);
  const settings = { url, headers: {}, percent: 100, version: '', role: 'web' };
  const traces = openTraces({ ...settings, onFailure: (error) => failures.push(error) });
  await tracedBy(traces).duty('links', async () => {});
  await traces.close();
  assert.equal(failures.length, 1);
});

test('traces go to this machine or by https, with headers that can be sent', () => {
  const base = { METRICS_PORT: 'off' };
  const problemsOf = (env: Record<string, string>) => {
    const decision = decide(readEnvironment({ ...base, ...env }), null);
    return decision.ok ? [] : decision.problems.filter((line) => line.startsWith('TRACES_'));
  };
  const url = 'https://otel.exemple.fr/v1/traces';
  assert.deepEqual(problemsOf({ TRACES_URL: url }), []);
  assert.deepEqual(problemsOf({ TRACES_URL: 'http://127.0.0.1:4318/v1/traces' }), []);
  for (const TRACES_URL of [
    'http://otel.exemple.fr/v1/traces',
    'https://a:b@exemple.fr/',
    'ftp://exemple.fr',
  ])
    assert.equal(problemsOf({ TRACES_URL }).length, 1, TRACES_URL);
  assert.match(problemsOf({ TRACES_HEADERS: 'x-key=1' }).join(), /^TRACES_URL: is missing/);
  for (const TRACES_HEADERS of ['x-key', 'x key=1', 'x-key=a\nb', '=1'])
    assert.ok(
      problemsOf({ TRACES_URL: url, TRACES_HEADERS }).some((line) => /must be name=value/.test(line)),
    );
});
