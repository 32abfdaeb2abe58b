import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { sharedChromium } from './shared.ts';

const day = 86_400;
const keep = (id: string, seconds = day) => ({ 'offline-copies': `keep ${id} ${seconds}` });
const html = { 'content-type': 'text/html; charset=utf-8' };
const page = '<!DOCTYPE html><html lang="fr"><title>Une page</title><p>à moi</p></html>';

type Answered = (answer: ServerResponse, isCopy: boolean) => unknown;

/** What a server could answer, by mistake or because somebody else stands in its place. */
const answers: Readonly<Record<string, Answered>> = {
  '/mon-compte/a': (answer) => answer.writeHead(200, { ...html, ...keep('a1') }).end(page),
  '/mon-compte/b': (answer) => answer.writeHead(200, { ...html, ...keep('b2') }).end(page),
  '/mon-compte/vary': (answer) => answer.writeHead(200, { ...html, ...keep('a1'), vary: '*' }).end(page),
  '/mon-compte/silent': (answer) => answer.writeHead(200, html).end(page),
  '/mon-compte/none': (answer) => answer.writeHead(200, { ...html, 'offline-copies': 'none' }).end(page),
  '/mon-compte/403': (answer, isCopy) =>
    answer.writeHead(isCopy ? 403 : 200, { ...html, ...keep('a1') }).end(page),
  '/mon-compte/302': (answer, isCopy) =>
    isCopy
      ? answer.writeHead(302, { location: '/mon-compte/a' }).end()
      : answer.writeHead(200, { ...html, ...keep('a1') }).end(page),
  '/mon-compte/206': (answer, isCopy) =>
    answer.writeHead(isCopy ? 206 : 200, { ...html, ...keep('a1') }).end(page),
  '/mon-compte/cut': (answer, isCopy) => {
    answer.writeHead(200, { ...html, ...keep('a1'), ...(isCopy ? { 'content-length': 9_999 } : {}) });
    if (isCopy) answer.write(page, () => answer.destroy());
    else answer.end(page);
  },
  '/mon-compte/other': (answer, isCopy) =>
    answer.writeHead(200, { ...html, ...keep(isCopy ? 'b2' : 'a1') }).end(page),
  '/mon-compte/unmarked': (answer, isCopy) =>
    answer.writeHead(200, { ...html, ...(isCopy ? {} : keep('a1')) }).end(page),
  '/mon-compte/json': (answer, isCopy) =>
    answer
      .writeHead(200, { ...keep('a1'), 'content-type': isCopy ? 'application/json' : 'text/html' })
      .end(page),
};

test('the worker keeps whole pages that are marked, and nothing else that a server may send', {
  timeout: 100_000,
}, async (t) => {
  const { app } = await testApp(t);
  /** The paths of which a copy was asked for and answered. */
  const copied = new Set<string>();
  let script = (await app.inject({ url: '/service-worker.js', headers: { host: 'localhost' } })).body;
  const server = createServer(async ({ url = '/', headers, method }, answer) => {
    const [path = ''] = url.split('?');
    if (path === '/service-worker.js')
      return answer
        .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' })
        .end(script);
    if (method === 'POST') return answers['/mon-compte/a']?.(answer, false);
    const one = answers[path];
    if (headers['offline-copy'] === 'yes') answer.once('close', () => copied.add(path));
    if (one) return one(answer, headers['offline-copy'] === 'yes');
    const own = await app.inject({ url, headers: { host: 'localhost' } });
    const type = String(own.headers['content-type']);
    answer.writeHead(own.statusCode, { 'content-type': type }).end(own.rawPayload);
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const context = await (await sharedChromium()).newContext();
  t.after(async () => {
    await context.close();
    server.close();
  });
  const site = `http://localhost:${z.object({ port: z.number() }).parse(server.address()).port}`;
  const tab = await context.newPage();
  const open = (path: string) => tab.goto(`${site}${path}`);
  const until = (expression: string) =>
    tab.evaluate(
      `(async () => { while (!(await (${expression}))) await new Promise((over) => setTimeout(over, 20)); })()`,
    );
  const kept = async () =>
    z.array(z.string()).parse(
      await tab.evaluate(
        `caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('copies ')).map(async (name) =>
          (await (await caches.open(name)).keys()).map(({ url }) => name + ' ' + new URL(url).pathname)))).then((all) => all.flat())`,
      ),
    );
  const pagesKept = async () => (await kept()).filter((one) => one.includes(' /mon-compte')).sort();
  // In an empty cache the worker writes the page first and the room last: only then does it write nothing more.
  const keeps = (path: string) =>
    until(
      `Promise.all(['${path}', '/copies/room'].map((one) => caches.match(one))).then((all) => !all.includes(undefined))`,
    );
  await open(paths.offline);
  await until('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)');

  await t.test('a page that varies by everything, a form that answers with a page', async () => {
    await open('/mon-compte/vary');
    await keeps('/mon-compte/vary');
    await tab.evaluate(`document.body.innerHTML = '<form method="post" action="/mon-compte/silent"></form>'`);
    await Promise.all([tab.waitForURL('**/silent'), tab.evaluate('document.forms[0].submit()')]);
    await open('/mon-compte/a');
    await keeps('/mon-compte/a');
    assert.deepEqual(await pagesKept(), ['copies a1 /mon-compte/a', 'copies a1 /mon-compte/vary']);
  });

  await t.test(
    'refusals, redirections, parts, copies of somebody else, pages without a mark: none is kept',
    async () => {
      const hostile = Object.keys(answers).filter((path) => !/(a|b|vary|none)$/.test(path));
      for (const path of hostile) await open(path);
      while (hostile.some((path) => path !== '/mon-compte/silent' && !copied.has(path))) await wait(20);
      // What was answered before has been judged once a page that is asked for later is kept again.
      await tab.evaluate(`caches.open('copies a1').then((cache) => cache.delete('/mon-compte/a'))`);
      await open('/mon-compte/a');
      await keeps('/mon-compte/a');
      assert.deepEqual(await pagesKept(), ['copies a1 /mon-compte/a', 'copies a1 /mon-compte/vary']);
      await context.setOffline(true);
      for (const path of hostile) {
        await open(path);
        assert.match(await tab.title(), /Cette page n’est pas gardée/, path);
      }
      await open('/mon-compte/vary');
      assert.equal(await tab.title(), 'Une page');
      await context.setOffline(false);
    },
  );

  await t.test('a new version of the site drops its old files, and leaves copies with theirs', async () => {
    const before = z.array(z.string()).parse(await tab.evaluate('caches.keys()'));
    script = script.replace(/const version = "\w+"/, 'const version = "new"');
    await tab.evaluate('navigator.serviceWorker.getRegistration().then((one) => one.update())');
    await until(`caches.keys().then((names) => names.includes('new') && names.length === 2)`);
    const names = z.array(z.string()).parse(await tab.evaluate('caches.keys()'));
    assert.deepEqual(names.sort(), ['copies a1', 'new']);
    assert.equal(before.length, 2);
  });

  await t.test('a page of another choice erases the first; «none» erases all', async () => {
    await open('/mon-compte/b');
    await keeps('/mon-compte/b');
    assert.deepEqual(await pagesKept(), ['copies b2 /mon-compte/b']);
    await open('/mon-compte/none');
    await until(`caches.keys().then((names) => names.every((name) => !name.startsWith('copies ')))`);
  });

  await t.test('leaving erases before it is sent, and what was on its way is dropped', async () => {
    await open('/mon-compte/a');
    await keeps('/mon-compte/a');
    await tab.evaluate(`document.body.innerHTML = '<form method="post" action="${paths.signOut}"></form>'`);
    await Promise.all([tab.waitForURL(`**${paths.signOut}`), tab.evaluate('document.forms[0].submit()')]);
    await until(`caches.keys().then((names) => names.every((name) => !name.startsWith('copies ')))`);
  });

  await t.test('after its seconds a copy is no longer shown', async () => {
    answers['/mon-compte/a'] && (await open('/mon-compte/a'));
    await keeps('/mon-compte/a');
    await tab.evaluate(
      `caches.open('copies a1').then((cache) => cache.put('/copies', Response.json({ until: Date.now() })))`,
    );
    await context.setOffline(true);
    await open('/mon-compte/a');
    assert.match(await tab.title(), /Vous n’avez plus de réseau/);
    await context.setOffline(false);
  });
});
