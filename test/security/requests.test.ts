import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { allStates } from '../pages/all-states.ts';
import { fewRequests, openWorld } from '../pages/world.ts';
import { latestMail } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { choosePassword, contactOf, identityOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');

test('every answer has the security headers: pages, refusals, errors, redirections, files, data', async (t) => {
  const world = await openWorld(t, 'fr', fewRequests());
  const answers = (await allStates(world)).map(({ name, seen }) => ({ name, headers: seen.headers }));
  const refusedRequests = [
    { method: 'GET', url: '/demo/personnes.json' },
    { method: 'GET', url: '/demo/courriels/00000001-aaaa/html' },
    { method: 'GET', url: '/mon-compte' },
    { method: 'POST', url: '/mon-compte' },
    { method: 'PUT', url: '/' },
    { method: 'OPTIONS', url: '/' },
    { method: 'TRACE', url: '/' },
    { method: 'GET', url: '/assets/rien.css' },
    { method: 'GET', url: '/favicon.ico' },
    { method: 'GET', url: '/%' },
    { method: 'GET', url: `/${'a'.repeat(5_000)}` },
    { method: 'GET', url: '/', headers: { host: 'ailleurs.example' } },
  ] as const;
  for (const request of refusedRequests) {
    const { headers, statusCode } = await world.app.inject({ headers: { host: 'localhost' }, ...request });
    assert.ok(statusCode < 500, `${request.method} ${request.url}: ${statusCode}`);
    answers.push({ name: `${request.method} ${request.url.slice(0, 50)}`, headers });
  }
  for (const { name, headers } of answers) {
    assert.match(String(headers['content-security-policy']), /default-src 'none'/, name);
    if (!name.endsWith('/html'))
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/, name);
    assert.doesNotMatch(String(headers['content-security-policy']), /script-src[^;]*unsafe/, name);
    assert.equal(headers['x-content-type-options'], 'nosniff', name);
    assert.equal(headers['x-frame-options'], 'DENY', name);
    assert.match(String(headers['referrer-policy']), /^(same-origin|no-referrer)$/, name);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', name);
    assert.ok(headers['permissions-policy'], name);
    if (!name.includes('favicon')) assert.equal(headers['cache-control'], 'no-store', name);
    assert.equal(headers.server, undefined, name);
    assert.equal(headers['x-powered-by'], undefined, name);
    for (const cookie of [headers['set-cookie'] ?? []].flat())
      assert.match(cookie, /HttpOnly.*SameSite=Lax/, `${name}: ${cookie}`);
  }
});

test('oversized input is refused: a long body, many fields, a long field, a field sent twice', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  await visitor.get(paths.identity);
  assert.equal((await visitor.post(paths.identity, { nom: 'a'.repeat(65_536) })).status, 413);
  const long = await visitor.post(paths.identity, { nom: 'a'.repeat(60_000) });
  assert.equal(long.status, 422);
  assert.ok(long.html.length < 30_000, 'a long field is not sent back whole');
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`f${index}`, 'x']));
  assert.ok((await visitor.post(paths.identity, many)).status < 500);

  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const token = /name="_csrf" value="([^"]+)"/.exec((await visitor.get(paths.identity)).html)?.[1] ?? '';
  const fields = new URLSearchParams({ ...identityOf(venturi), _csrf: token });
  const send = (payload: string) =>
    app.inject({
      method: 'POST',
      url: paths.identity,
      payload,
      headers: { host: 'localhost', cookie, 'content-type': 'application/x-www-form-urlencoded' },
    });
  const twice = await send(`${fields}&nir=2690549588157`);
  assert.equal(twice.statusCode, 422, 'neither of two values counts');
  assert.match(twice.body, /Écrivez votre numéro de sécurité sociale/);
  const foreign = new URLSearchParams({
    __proto__: 'x',
    'answers[proof]': 'x',
    mayEnrol: 'true',
    status: 'active',
  });
  const assigned = await send(`${fields}&${foreign}&__proto__[admin]=1&constructor[prototype][admin]=1`);
  assert.equal(assigned.headers.location, paths.proof, 'what is no field of the form is ignored');
  assert.equal(Reflect.get({}, 'admin'), undefined);
});

test('links in mails have our own address, whatever the Host header', async (t) => {
  const site = await testApp(t);
  for (const headers of [
    { 'x-forwarded-host': 'ailleurs.example' },
    { forwarded: 'host=ailleurs.example;proto=https' },
    { 'x-original-host': 'ailleurs.example', 'x-host': 'ailleurs.example' },
  ]) {
    const visitor = new Visitor(site.app, headers);
    const seen = await visitor.get(paths.home);
    assert.equal(seen.status, 200);
    assert.ok(!seen.html.includes('ailleurs'));
  }
  for (const host of ['ailleurs.example', 'ailleurs.example, localhost'])
    for (const url of ['/', '/connexion', '/nulle-part', 'http://ailleurs.example/connexion']) {
      const { statusCode, body } = await site.app.inject({ url, headers: { host } });
      assert.ok(statusCode === 421 || statusCode === 400, `${host} ${url}: ${statusCode}`);
      assert.ok(!body.includes('ailleurs'));
    }
  const visitor = new Visitor(site.app, { 'x-forwarded-host': 'ailleurs.example' });
  await choosePassword(visitor, venturi);
  await visitor.get(paths.contact);
  await visitor.post(paths.contact, contactOf('venturi@exemple.fr'));
  assert.doesNotMatch(
    JSON.stringify(await latestMail(site, 'activation')),
    /ailleurs/,
    'it holds a secret, no host',
  );
});

test('invalid HTTP gets a 4xx from a real port, and the next visitor is served', async (t) => {
  const { app } = await testApp(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const [address] = app.addresses();
  assert.ok(typeof address === 'object');
  const say = async (lines: string) => {
    const socket = connect(address.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.end(lines);
    return (await text(socket)).split('\r\n')[0];
  };
  const statuses = await Promise.all([
    say('GET / HTTP/1.1\r\nHost: ailleurs.example\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
    say('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'),
    say('GET http://ailleurs.example/ HTTP/1.1\r\nHost: ailleurs.example\r\nConnection: close\r\n\r\n'),
    say(
      'POST /connexion HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ),
    say(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`),
    say('BONJOUR\r\n\r\n'),
  ]);
  for (const [index, status] of statuses.entries())
    assert.match(status ?? '', /^HTTP\/1.1 4\d\d/, `${index}`);
  assert.match((await say('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')) ?? '', / 200 /);
});
