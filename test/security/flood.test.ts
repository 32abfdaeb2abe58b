import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { registerSmsReports, smsReportPath } from '#src/delivery/sms/report-route.ts';
import { unsubscribeUrl } from '#src/notices/reminders/unsubscribe-token.ts';
import { openHealth } from '#src/operations/health.ts';
import { serveHealth } from '#src/operations/requests.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { testApp } from '../setting/application.ts';
import { Visitor } from '../visitor.ts';

const policy = loadPolicy('ameli-2025');
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };

/** A site where a client may ask for `max` pages in five minutes. */
async function siteWith(t: Parameters<typeof testApp>[0], max: number) {
  const requestsPerAddress = { max, perSeconds: 300 };
  const site = await testApp(t, undefined, {
    policy: { ...policy, limits: { ...policy.limits, requestsPerAddress } },
  });
  serveHealth(site.app, openHealth([]));
  await registerSmsReports(site.app, site.services, 'x'.repeat(32));
  const addresses = Array.from({ length: 200 }, (_, index) => `198.51.100.${index}`);
  return {
    ...site,
    /** Somebody who has asked for nothing yet. */
    client: () => ({ 'x-forwarded-for': addresses.pop() ?? '' }),
  };
}

async function filesOf({ app }: Pick<Awaited<ReturnType<typeof testApp>>, 'app'>): Promise<string[]> {
  const { body } = await app.inject({ url: '/', headers: { host: 'localhost' } });
  const named = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
  return [
    ...new Set([
      ...named,
      ...['/favicon.ico', '/apple-touch-icon.png', '/manifest.webmanifest', '/service-worker.js'],
    ]),
  ];
}

test('every request counts: pages, forms, unknown paths, undecodable paths, programs, foreign hosts', async (t) => {
  const site = await siteWith(t, 3);
  const { app, services, client } = site;
  const oneClick = unsubscribeUrl(services.keyring, '', Buffer.alloc(32, 3));
  const requests: readonly InjectOptions[] = [
    { method: 'GET', url: '/' },
    { method: 'HEAD', url: '/connexion' },
    { method: 'POST', url: paths.signIn, headers: urlencoded, payload: 'nir=1' },
    { method: 'GET', url: '/nulle-part' },
    { method: 'PUT', url: '/' },
    { method: 'GET', url: '/assets/rien.css' },
    { method: 'GET', url: '/assets/../connexion' },
    { method: 'GET', url: '/favicon.icone' },
    { method: 'GET', url: '/healthzz' },
    { method: 'POST', url: '/healthz' },
    { method: 'GET', url: '/%' },
    { method: 'GET', url: '/validation-email/%E0%A4%A' },
    { method: 'GET', url: '/api/v1/dossier' },
    { method: 'GET', url: '/api/v1/nulle-part' },
    { method: 'POST', url: '/api/v1/dossiers', headers: { 'content-type': 'text/plain' }, payload: 'x' },
    { method: 'POST', url: oneClick, headers: urlencoded, payload: 'List-Unsubscribe=One-Click' },
    { method: 'GET', url: '/', headers: { host: 'ailleurs.example' } },
  ];
  for (const { headers = {}, ...request } of requests) {
    const from = client();
    const name = `${request.method} ${request.url}`;
    const ask = () => app.inject({ ...request, headers: { host: 'localhost', ...from, ...headers } });
    for (let i = 0; i < 3; i++) assert.notEqual((await ask()).statusCode, 429, name);
    const home = () => app.inject({ url: '/', headers: { host: 'localhost', ...from } });
    assert.equal((await home()).statusCode, 429, `${name} counted`);
    assert.equal((await home()).statusCode, 429);
  }
});

test('a file counts as a fifth of a page, and is refused over the limit', async (t) => {
  const site = await siteWith(t, 3);
  const { app, client } = site;
  for (const url of [...(await filesOf(site)), smsReportPath]) {
    const headers = { host: 'localhost', ...client() };
    const method = url === smsReportPath ? 'POST' : 'GET';
    const ask = () =>
      app.inject({ method, url, headers: { ...headers, 'content-type': 'application/json' } });
    for (let i = 0; i < 15; i++) assert.notEqual((await ask()).statusCode, 429, url);
    assert.equal((await ask()).statusCode, 429, url);
    assert.equal((await app.inject({ url: '/', headers })).statusCode, 429, url);
  }
});

test('probes of a load balancer are counted, and never refused: they may share the address of all visitors', async (t) => {
  const { app, client } = await siteWith(t, 3);
  const headers = { host: 'localhost', ...client() };
  for (let i = 0; i < 20; i++) assert.equal((await app.inject({ url: '/healthz', headers })).statusCode, 200);
  assert.equal((await app.inject({ url: '/', headers })).statusCode, 429);
  assert.equal((await app.inject({ url: '/readyz', headers })).statusCode, 200);
});

test('the health route answers an address, localhost or no host name, and our own host; no other name', async (t) => {
  const { app } = await siteWith(t, 300);
  const asked = async (host: string | undefined) =>
    (await app.inject({ url: '/healthz', headers: host === undefined ? {} : { host } })).statusCode;
  for (const host of ['localhost:3000', '10.0.0.5:3000', '[::1]:3000', '[2001:db8::1]', '127.0.0.1'])
    assert.equal(await asked(host), 200, host);
  for (const host of ['ailleurs.example', 'ailleurs.example:3000', '127.0.0.1.ailleurs.example', '[::1'])
    assert.equal(await asked(host), 421, host);
  const files = await app.inject({ url: '/favicon.ico', headers: { host: 'ailleurs.example' } });
  assert.equal(files.statusCode, 421, 'a file is for our host too');
});

test('the refusal is one page per language, sets no cookie, and is built once', async (t) => {
  const { app, client } = await siteWith(t, 1);
  const first = { host: 'localhost', ...client() };
  const second = { host: 'localhost', ...client(), cookie: 'caisse=595; session=quelconque' };
  const refusedPage = async (headers: Record<string, string>, url = '/') => {
    await app.inject({ url: '/', headers });
    const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip', ...headers } });
    assert.equal(answer.statusCode, 429);
    assert.ok(Number(answer.headers['retry-after']) > 0);
    assert.equal(answer.headers['set-cookie'], undefined);
    return gunzipSync(answer.rawPayload).toString();
  };
  const page = await refusedPage(first);
  assert.match(page, /<h1/);
  assert.doesNotMatch(page, /_csrf/);
  assert.equal(await refusedPage(second, '/connexion?x=1'), page);
  assert.match(await refusedPage({ ...first, 'accept-language': 'en' }), /lang="en"/);
});

test('a classroom behind one address opens its accounts at once: every file, and sixteen requests each', async (t) => {
  const site = await testApp(t);
  const files = await filesOf(site);
  const room = { 'x-forwarded-for': '203.0.113.9' };
  for (let pupil = 0; pupil < 30; pupil++) {
    const visitor = new Visitor(site.app, room);
    for (const file of files) assert.equal((await visitor.get(file)).status, 200);
    for (const page of Array.from({ length: 8 }, () => [paths.home, paths.identity]).flat())
      assert.equal((await visitor.get(page)).status, 200);
  }
});
