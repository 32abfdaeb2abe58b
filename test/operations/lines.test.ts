import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { sql } from 'kysely';
import { personKey } from '#src/crypto/keyring.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { personRef } from '#src/operations/events.ts';
import { paths } from '#src/paths.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { goodPassword, identify } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');

/** The lines of one event, oldest first. */
function linesOf(site: Pick<TestApp, 'log'>, event: string): Record<string, unknown>[] {
  return site.log
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter((line) => line.event === event);
}

function lastOf(site: Pick<TestApp, 'log'>, event: string): Record<string, unknown> {
  return linesOf(site, event).at(-1) ?? assert.fail(`nothing says ${event}`);
}

/** The line about the last request, once it is written: the answer is there a moment before. */
async function served(site: TestApp, method: string, route: string): Promise<Record<string, unknown>> {
  for (;;) {
    const last = linesOf(site, 'requestServed').at(-1);
    if (last?.method === method && last.route === route) return last;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function counts(site: TestApp, sample: string): Promise<boolean> {
  return (await site.metrics.text()).includes(sample);
}

/** From now on, every submitted password runs this statement. */
function breakPasswords(site: TestApp, statement: ReturnType<typeof sql>): void {
  const { services } = site;
  const verify = async (): Promise<never> => {
    await statement.execute(services.db);
    throw new Error('The statement was to fail');
  };
  Object.assign(services, { passwords: { ...services.passwords, verify } });
}

const telephones = { portable: '06 39 98 12 34', fixe: '', motDePasseActuel: goodPassword };

test('log lines about requests carry the reference of the person signed in, eight digits, and of nobody else', async (t) => {
  const site = await testApp(t);
  const ref = personRef(personKey(site.services.keyring, venturi.line.nir));
  await new Visitor(site.app).get(paths.home);
  assert.equal((await served(site, 'GET', paths.home)).personRef, undefined);
  const newcomer = new Visitor(site.app);
  await newcomer.get(paths.identity);
  await identify(newcomer, venturi);
  assert.equal(lastOf(site, 'stepAnswered').personRef, ref, 'from the answer that opens the session');
  assert.equal((await served(site, 'POST', paths.identity)).personRef, ref);
  await newcomer.get(paths.proof);
  assert.equal((await served(site, 'GET', paths.proof)).personRef, ref);
  await newcomer.post(paths.proof, { numeroSerie: '0', iban7: '0' });
  const { requestId, ...step } = lastOf(site, 'stepAnswered');
  assert.equal(step.personRef, ref);
  assert.equal(step.state, 'refused');
  assert.equal(requestId, (await served(site, 'POST', paths.proof)).requestId);
  const stranger = new Visitor(site.app);
  await stranger.get(paths.signIn);
  await stranger.post(paths.signIn, { nir: venturi.line.nir, motDePasse: goodPassword });
  const why = 'a number that was typed says who was meant, not who is there';
  assert.equal((await served(site, 'POST', paths.signIn)).personRef, undefined, why);
  assert.equal(lastOf(site, 'stepAnswered').personRef, undefined, why);
});

test('a statement that the database refuses: code and place in the schema, route, request and person', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'jacques.venturi@exemple.fr');
  const visitor = await signedInVisitor(site, venturi);
  breakPasswords(
    site,
    sql`insert into caisse (code, name, departements, telephone, address)
      select '75', ${venturi.line.nir}, '{}', '', '{}' from generate_series(1, 2)`,
  );
  await visitor.get(paths.accountTelephones);
  const seen = await visitor.post(paths.accountTelephones, telephones);
  assert.equal(seen.status, 500);
  const { requestId, route, personRef: ref, level, error } = lastOf(site, 'requestFailed');
  assert.equal(level, 'error');
  assert.equal(route, paths.accountTelephones);
  assert.equal(ref, personRef(personKey(site.services.keyring, venturi.line.nir)));
  assert.ok(seen.html.includes(String(requestId)), 'the page names the request as the log does');
  assert.match(
    JSON.stringify(error),
    /^\{"name":"error","code":"23505","table":"caisse","constraint":"caisse_pkey","at":\[/,
  );
  assert.ok(await counts(site, 'compte_events_total{event="requestFailed",outcome="broken"} 1'));
});

for (const code of ['57014', '57P01', '53300', '40001', '25006', '55P03'])
  test(`a database that cannot answer now says why: ${code}`, async (t) => {
    const site = await testApp(t);
    await openAccountOf(site, venturi, 'jacques.venturi@exemple.fr');
    const visitor = await signedInVisitor(site, venturi);
    breakPasswords(site, sql.raw(`do $$ begin raise exception 'no' using errcode = '${code}'; end $$`));
    await visitor.get(paths.accountTelephones);
    assert.equal((await visitor.post(paths.accountTelephones, telephones)).status, 503);
    const { reason, route, error } = lastOf(site, 'shed');
    assert.deepEqual([reason, route], ['database', paths.accountTelephones]);
    assert.ok(error instanceof Object && 'code' in error && error.code === code, JSON.stringify(error));
    assert.ok(await counts(site, 'compte_events_total{event="shed",outcome="database"} 1'));
  });

test('requests to unknown pages are logged and counted like any other', async (t) => {
  const site = await testApp(t);
  const { app } = site;
  const headers = { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' };
  const post = { method: 'POST', url: paths.signIn } as const;
  await app.inject({ url: '/nulle-part', headers });
  await app.inject({ url: paths.home, headers: { host: 'elsewhere.example' } });
  await app.inject({ ...post, headers, payload: 'x'.repeat(70_000) });
  await app.inject({ ...post, headers: { ...headers, 'content-type': 'text/csv' }, payload: 'x' });
  await app.inject({ url: '/%', headers });
  while (linesOf(site, 'requestServed').length < 5) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    linesOf(site, 'requestServed').map(({ status }) => status),
    [404, 421, 413, 415, 400],
  );
  for (const { requestId } of linesOf(site, 'requestServed')) assert.match(`${requestId}`, /^req-\w{7}-\w+$/);
  assert.ok(await counts(site, 'method="GET",route="/*",status="404"} 1'));
  assert.match(await site.metrics.text(), /_count\{method="GET",route="[^"]+",status="400"\} 1\n/);
});

test('while the process closes, a form on an open connection gets a page that returns its content', async (t) => {
  const site = await testApp(t);
  const { app } = site;
  const underWay = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  app.get('/essai-lent', async () => {
    begun.resolve();
    await underWay.promise;
    return 'done';
  });
  const { body: page, cookies } = await app.inject({ url: paths.identity, headers: { host: 'localhost' } });
  const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const socket = connect({ host: '127.0.0.1', port: address instanceof Object ? address.port : 0 });
  await once(socket, 'connect');
  socket.write('GET /essai-lent HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await begun.promise;
  const closed = app.close();
  while (app.server.listening) await new Promise((resolve) => setImmediate(resolve));
  const form = new URLSearchParams({ nom: 'Venturi', _csrf: token }).toString();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  socket.write(
    `POST ${paths.identity} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
  );
  while (linesOf(site, 'shed').length === 0) await new Promise((resolve) => setImmediate(resolve));
  underWay.resolve();
  const [, answer = ''] = (await text(socket)).split('HTTP/1.1 503 ');
  await closed;
  assert.match(answer, /^content-security-policy: /im);
  assert.match(answer, /^retry-after: [3-8]\r$/im);
  assert.match(answer, /^connection: close\r$/im);
  assert.match(answer, /^content-type: text\/html/im);
  assert.match(answer, /<h1/);
  assert.match(answer, /name="nom" value="Venturi"/);
  const { reason, route } = lastOf(site, 'shed');
  assert.deepEqual([reason, route], ['stopping', paths.identity]);
  assert.ok(await counts(site, 'compte_events_total{event="shed",outcome="stopping"} 1'));
  assert.ok(await counts(site, `method="POST",route="${paths.identity}",status="503"} 1`));
});
