import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.ts';
import { openPostgres } from '../../scripts/postgres.ts';
import { run } from '../reliability/service.ts';
import { leaks } from '../security/leaks.ts';
import { lastFirst } from '../setting/database.ts';
import { openTraceReceiver, type TraceReceiver } from './trace-receiver.ts';

const key = () => `1:${randomBytes(32).toString('base64')}`;
const promtool = spawnSync('promtool', ['--version']).status === 0;

interface Scrape {
  readonly status: number;
  readonly body: string;
}

async function get(port: string, path: string): Promise<Scrape> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return { status: answer.status, body: await answer.text() };
}

/** Asks until the answer is as wanted. */
async function until(port: string, path: string, wanted: (answer: Scrape) => boolean): Promise<Scrape> {
  for (;;) {
    const answer = await get(port, path).catch(() => null);
    if (answer && wanted(answer)) return answer;
    await wait(100);
  }
}

const sample = ({ body }: Scrape, name: string) =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1] ?? Number.NaN);

const canaries = {
  nir: '162122B010001',
  email: 'josette.durand@exemple.fr',
  token: 'canary-token-of-a-link-that-nobody-may-see-0000',
  password: 'Canari-du-mot-de-passe-1',
};
const trusted = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

/** One request as a proxy sends it: with the client’s address, unless `headers` say that there was none. */
function ask(
  port: string,
  path: string,
  headers: Record<string, string>,
  form: Record<string, string> | null,
) {
  const answered = Promise.withResolvers<{ status: number; cookies: string; html: string }>();
  const sent = request(
    {
      ...{ port, path, method: form ? 'POST' : 'GET' },
      headers: {
        host: 'compte.essai.fr',
        'user-agent': canaries.email,
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
    },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const cookies = (response.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
        const html = Buffer.concat(chunks).toString();
        answered.resolve({ status: response.statusCode ?? 0, cookies, html });
      });
    },
  );
  sent.on('error', answered.reject);
  sent.end(form ? new URLSearchParams(form).toString() : undefined);
  return answered.promise;
}

/** Requests whose parent says that they are traced are, through the proxy alone; nothing of anybody is in a span. */
async function traced(port: string, { spans, raw }: TraceReceiver): Promise<void> {
  const traceparent = `00-${trusted.trace}-${trusted.span}-01`;
  const proxied = { 'x-forwarded-for': '198.51.100.7', traceparent };
  const stranger = { traceparent: traceparent.replace('4bf9', 'aaaa') };
  await ask(port, '/aide', stranger, null);
  const page = await ask(port, '/connexion', proxied, null);
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(page.html) ?? [];
  const fields = { _csrf: token, nir: canaries.nir, motDePasse: canaries.password };
  const answer = await ask(port, '/connexion', { ...proxied, cookie: page.cookies }, fields);
  assert.equal(answer.status, 422);
  await ask(port, `/validation-email/${canaries.token}?email=${canaries.email}`, proxied, null);
  while (!spans.some(({ name }) => name === 'GET /validation-email/:token')) await wait(50);
  const form = spans.find(({ name }) => name === 'POST /connexion');
  assert.ok(form);
  assert.equal(form.traceId, trusted.trace);
  assert.equal(form.parentSpanId, trusted.span);
  assert.equal(form.attributes.get('http.response.status_code'), 422);
  assert.equal(form.role, 'web');
  const statements = spans.filter(({ parentSpanId }) => parentSpanId === form.spanId);
  assert.ok(
    statements.some(({ name }) => name.startsWith('select')),
    JSON.stringify(statements),
  );
  assert.ok(
    spans.every(({ traceId }) => traceId === trusted.trace),
    'nobody else decides what is traced',
  );
  assert.deepEqual(leaks(raw.join('\n'), canaries), []);
}

test('a web and a worker process in production: what each shows, and what both show without a database', async (t) => {
  const closing = lastFirst(t);
  const postgres = await openPostgres();
  closing.after(() => postgres.remove());
  const [port, ofWeb, ofWorker] = [await freePort(), await freePort(), await freePort()].map(String);
  assert.ok(port && ofWeb && ofWorker);
  const receiver = await openTraceReceiver(closing);
  const env = {
    MODE: 'production',
    TRACES_URL: receiver.url,
    TRACES_PERCENT: '0',
    LEGAL_BASIS: 'an invented legal basis',
    PUBLIC_URL: 'https://compte.essai.fr',
    DATABASE_URL: postgres.url,
    MASTER_KEYS: key(),
    PASSWORD_PEPPERS: key(),
    SMTP_URL: 'smtp://127.0.0.1:3',
    MAIL_FROM: 'ne-pas-repondre@compte.essai.fr',
    PORT: port,
    DRAIN_SECONDS: '0',
  };
  const migrated = run(closing, ['migrate'], env);
  assert.equal(await migrated.ended, 0, migrated.err());
  run(closing, ['worker'], { ...env, METRICS_PORT: ofWorker });
  run(closing, ['web'], { ...env, METRICS_PORT: ofWeb });
  for (const one of [ofWeb, ofWorker]) await until(one, '/readyz', ({ status }) => status === 200);

  const web = await until(ofWeb, '/metrics', ({ body }) =>
    body.includes('compte_check_ok{check="database"} 1'),
  );
  assert.equal(sample(web, 'compte_ready'), 1);
  assert.ok(Math.abs(sample(web, 'compte_clock_skew_seconds')) < 5);
  assert.doesNotMatch(web.body, /^compte_(notices|row_counts|letters|job)_/m, 'rows are for workers');
  const worker = await until(ofWorker, '/metrics', ({ body }) =>
    body.includes('compte_row_counts_age_seconds'),
  );
  assert.match(worker.body, /^compte_notices_waiting\{state="queued",channel="email"\} 0$/m);
  assert.match(worker.body, /^compte_job_ok\{duty="row-counts"\} 1$/m);
  assert.match(worker.body, /^compte_build_info\{version="[\d.]+",node_version="[\d.]+",role="worker"\} 1$/m);
  for (const { body } of promtool ? [web, worker] : []) {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: body });
    assert.equal(status, 0, `${stdout}${stderr}`);
  }

  await traced(port, receiver);

  await postgres.end('SIGQUIT');
  for (const one of [ofWeb, ofWorker]) {
    const { body } = await until(one, '/readyz', ({ status }) => status === 503);
    assert.deepEqual(JSON.parse(body), { ready: false, failing: ['database'] });
    const scrape = await get(one, '/metrics');
    assert.equal(scrape.status, 200);
    assert.match(scrape.body, /^compte_check_ok\{check="database"\} 0$/m);
    assert.equal(sample(scrape, 'compte_ready'), 0);
    assert.ok(sample(scrape, 'compte_process_resident_memory_bytes') > 0);
    assert.equal((await get(one, '/healthz')).status, 200);
  }
  const before = await get(ofWorker, '/metrics');
  await wait(50);
  const after = await get(ofWorker, '/metrics');
  const age = (scrape: Scrape) => sample(scrape, 'compte_row_counts_age_seconds');
  assert.ok(age(after) > age(before), 'what was counted last is shown, and gets older');

  const ofLate = String(await freePort());
  run(closing, ['web'], { ...env, PORT: String(await freePort()), METRICS_PORT: ofLate });
  const { body: waiting } = await until(ofLate, '/readyz', ({ status }) => status === 503);
  assert.deepEqual(JSON.parse(waiting).failing, ['database', 'migrations', 'data']);
  const started = await get(ofLate, '/metrics');
  assert.equal(started.status, 200, 'a process that waits for the database can be scraped');
  assert.equal(sample(started, 'compte_ready'), 0);

  await postgres.start();
  await until(ofLate, '/readyz', ({ status }) => status === 200);
  for (const one of [ofWeb, ofWorker]) await until(one, '/readyz', ({ status }) => status === 200);
  const lost = await get(ofWorker, '/metrics');
  assert.ok(sample(lost, 'compte_events_total\\{event="connectionLost",outcome="database"\\}') > 0);
});
