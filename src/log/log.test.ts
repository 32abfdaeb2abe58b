import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Fastify from 'fastify';
import { type LogLevel, openLog } from '#src/log/log.ts';
import { loggedFields } from '#src/log/log-fields.ts';

function capture(level: LogLevel = 'info', format: 'json' | 'text' = 'json') {
  const lines: string[] = [];
  const clock = { now: () => new Date('2026-11-21T13:00:00Z') };
  return { lines, log: openLog({ level, clock, format, write: (line) => lines.push(line) }) };
}

const secrets = {
  nir: '2 85 05 78 006 084 91',
  compactNir: '285057800608491',
  iban: 'FR7630006000011234567890189',
  email: 'josette.durand@exemple.fr',
  token: 'q7HfX0bRk3uZt9Yw1LmN5pVc8sDa2eGj4iKoTxBvUyQ',
};

function assertClean(lines: readonly string[]): void {
  for (const line of lines) {
    for (const [name, value] of Object.entries(secrets))
      assert.ok(!line.includes(value), `${name} in ${line}`);
  }
}

describe('a line', () => {
  test('is one object of JSON with time, level and the allowed fields', () => {
    const { lines, log } = capture();
    log.info({
      event: 'requestServed',
      method: 'GET',
      route: '/mon-compte',
      status: 200,
      ms: 1.23456,
      body: 'x',
    });
    assert.equal(
      lines.join(''),
      '{"time":"2026-11-21T13:00:00.000Z","level":"info","event":"requestServed","method":"GET","route":"/mon-compte","status":200,"ms":1.235}\n',
    );
  });

  test('is a sentence when a person reads it, and still holds nothing else', () => {
    const { lines, log } = capture('info', 'text');
    log.warn({ event: 'policyWarning', reason: 'password.minimum', text: '8 "characters"\n\u001b[2J' });
    log.info({ event: 'requestServed', route: '/mon-compte', status: 200, body: 'x' });
    assert.equal(
      lines.join(''),
      'warn: 8 "characters"\\n\\u001b[2J (policyWarning, reason password.minimum)\ninfo: requestServed, route /mon-compte, status 200\n',
    );
  });

  test('is not written below the level, nor when nothing of it is allowed', () => {
    const { lines, log } = capture('warn');
    log.info({ event: 'seen' });
    log.error('free text');
    log.error({ body: 'typed' }, 'free text');
    log.warn(null);
    assert.deepEqual(lines, []);
  });

  test('carries the bindings of its child logger', () => {
    const { lines, log } = capture();
    log.child({ reqId: 'req-7', secret: 'x' }).warn({ event: 'seen' });
    assert.match(lines.join(), /"requestId":"req-7","event":"seen"/);
    assert.doesNotMatch(lines.join(), /secret/);
  });

  test('never throws', () => {
    const log = openLog({
      level: 'info',
      clock: { now: () => new Date(Number.NaN) },
      write: () => assert.fail('unreachable'),
    });
    log.error({ event: 'seen' });
    assert.equal(log.lost(), 1);
  });

  test('that cannot be written is counted, and those after it are written', () => {
    const lines: string[] = [];
    let full = true;
    const log = openLog({
      level: 'info',
      clock: { now: () => new Date() },
      write: (line, failed) => (full ? failed() : lines.push(line)),
    });
    log.warn({ event: 'seen' });
    log.child({ reqId: 'req-7' }).warn({ event: 'seen' });
    full = false;
    log.warn({ event: 'seen' });
    assert.equal(log.lost(), 2);
    assert.equal(lines.length, 1);
  });
});

describe('an error', () => {
  test('shows name, code, constraint, place and cause, never a message', () => {
    const { lines, log } = capture();
    const cause = Object.assign(new TypeError(`Key (email)=(${secrets.email}) already exists`), {
      code: '23505x',
      constraint: 'email_claim_pkey',
    });
    Object.assign(cause, { code: 'ERR_EXISTS', detail: secrets.iban });
    log.error({ err: new Error(`No account for ${secrets.nir}`, { cause }) }, secrets.email);
    const line = lines.join();
    assertClean(lines);
    assert.match(line, /"name":"Error"/);
    assert.match(line, /"cause":\{"name":"TypeError","code":"ERR_EXISTS","constraint":"email_claim_pkey"/);
    assert.match(line, /src\/log\/log\.test\.ts:\d+/);
    assert.doesNotMatch(line, /No account|already exists/);
  });
});

describe('no personal data is logged', () => {
  for (const [name, value] of Object.entries(secrets)) {
    test(`${name} in any field, message, error or binding`, () => {
      const { lines, log } = capture();
      const fields = [...loggedFields, 'err', 'reqId', 'msg', 'url', 'req', 'body', 'detail'];
      for (const field of fields) {
        log.info({ event: 'probe', [field]: value });
        log.info({ event: 'probe', [field]: `/before/${value}` });
        log.info({ event: 'probe', [field]: { nested: value } });
        log.child({ [field]: value }).info({ event: 'probe' });
      }
      log.info({ event: 'probe', count: Number(secrets.compactNir) });
      log.info(value);
      log.info({ event: 'probe' }, value, value);
      log.error(new Error(value));
      assert.ok(lines.length > fields.length);
      assertClean(lines);
    });
  }

  test('in what Fastify itself logs: unknown routes, failures, addresses', async () => {
    const { lines, log } = capture('debug');
    const app = Fastify({ childLoggerFactory: (_logger, bindings) => log.child(bindings) });
    app.get('/fails/:token', () => {
      throw new Error(`Broken for ${secrets.email}`);
    });
    await app.inject(`/fails/${secrets.token}?nir=${secrets.compactNir}`);
    await app.inject(`/unknown/${secrets.token}`);
    await app.close();
    assert.ok(lines.some((line) => line.includes('"requestId"')));
    assertClean(lines);
  });
});

test('a line of the log is one line to every reader: NEL, U+2028 and the like are escaped, and read back', () => {
  const lines: string[] = [];
  const log = openLog({
    level: 'info',
    clock: { now: () => new Date(0) },
    write: (line) => lines.push(line),
  });
  const text = 'a\u2028b\u2029c\u0085d\u000be\u000cf\ng';
  log.info({ event: 'started', text });
  const [line = ''] = lines;
  assert.match(line, /^[\x20-\x7e]+\n$/);
  assert.equal(JSON.parse(line).text, text);
});
