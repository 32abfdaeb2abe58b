import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { follow } from './follow.ts';
import { sharedChromium } from './shared.ts';

test('the site can be installed, and says what to do without a network', async (t) => {
  const { app } = await testApp(t);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = z.object({ port: z.number() }).parse(app.server.address());
  const site = `http://localhost:${address.port}`;
  const context = await (await sharedChromium()).newContext();
  t.after(() => context.close());
  const page = await context.newPage();

  await t.test('nothing is missing to install it', async () => {
    await page.goto(`${site}${paths.app}`);
    const devtools = await context.newCDPSession(page);
    const { url, errors, data } = await devtools.send('Page.getAppManifest');
    assert.deepEqual([url, errors], [`${site}/manifest.webmanifest`, []]);
    const about = z
      .object({
        name: z.string(),
        start_url: z.string(),
        icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.string() })),
      })
      .parse(JSON.parse(data ?? ''));
    assert.equal(about.start_url, paths.app);
    assert.deepEqual(
      about.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`),
      ['any any', '192x192 any', '512x512 any', '512x512 maskable'],
    );
    for (const { src } of about.icons)
      assert.equal((await page.request.get(`${site}${src}`)).status(), 200, src);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A window that the test opens is private, and so cannot keep an application; nothing else may be wrong.
    assert.deepEqual(
      installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'),
      [],
    );
  });

  await t.test('without a network, the page that is kept is shown, and no other', async () => {
    await page.evaluate('navigator.serviceWorker.ready');
    await page.goto(`${site}${paths.identity}`);
    await page.waitForFunction('navigator.serviceWorker.controller !== null');
    const kept = await page.evaluate<string[]>(
      `caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
        .then((lists) => lists.flat().map(({ url }) => new URL(url).pathname))`,
    );
    assert.ok(kept.includes(paths.offline));
    assert.deepEqual(
      kept.filter((path) => path !== paths.offline && !/^\/assets\/[\w-]+\.[\w-]{8}\.\w+$/.test(path)),
      [],
    );
    await context.setOffline(true);
    await page.goto(`${site}${paths.account}`);
    assert.match(await page.title(), /Vous n’avez plus de réseau/);
    assert.notEqual(await page.evaluate('getComputedStyle(document.body).fontFamily'), '');
    assert.equal(await page.evaluate('document.styleSheets.length'), 1);
    await context.setOffline(false);
    await follow(page.getByRole('link', { name: 'Réessayer' }));
    assert.match(await page.title(), /sur mon téléphone/);
  });

  await t.test('the two ways in are those of the tutorials', async () => {
    await page.goto(`${site}${paths.app}`);
    await follow(page.getByRole('link', { name: 'Je n’ai pas de code' }));
    assert.equal(new URL(page.url()).pathname, paths.identity);
    await page.goto(`${site}${paths.app}`);
    await follow(page.getByRole('link', { name: 'J’ai un compte' }));
    assert.equal(new URL(page.url()).pathname, paths.signIn);
  });
});
