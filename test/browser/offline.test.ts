import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { depositDocument } from '../papers/setting.ts';
import { change, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { depositLife } from '../setting/invented-life.ts';
import { goodPassword } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { sharedChromium } from './shared.ts';

const gerald = personNamed('adresse-titulaire');
const other = personNamed('isere');

const newPassword = { motDePasse: 'Autre.Lune.9', confirmation: 'Autre.Lune.9' };

async function signedInWith({ app }: TestApp, password: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await signIn(visitor, gerald.line.nir, password);
  return visitor;
}

/** A telephone, and what it does with the site. */
class Phone {
  readonly site: string;
  readonly context: BrowserContext;
  readonly page: Page;
  private constructor(site: string, context: BrowserContext, page: Page) {
    this.site = site;
    this.context = context;
    this.page = page;
  }

  static async of(t: { after(close: () => unknown): void }, { app }: TestApp): Promise<Phone> {
    const address = z.object({ port: z.number() }).parse(app.server.address());
    const context = await (await sharedChromium()).newContext({ viewport: { width: 360, height: 740 } });
    t.after(() => context.close());
    context.setDefaultTimeout(10_000);
    const phone = new Phone(`http://localhost:${address.port}`, context, await context.newPage());
    await phone.goto(paths.app);
    await phone.isReady();
    return phone;
  }

  /** Opens a page; returns what it says, spaces alike. */
  async goto(path: string): Promise<string> {
    await this.page.goto(`${this.site}${path}`);
    return this.says();
  }

  async says(): Promise<string> {
    return (await this.page.innerText('main')).replaceAll(/\s+/g, ' ');
  }

  /** The worker of the site answers for its pages. */
  async isReady(): Promise<void> {
    await this.until('navigator.serviceWorker.controller !== null');
  }

  /** Waits until an expression of the page is true, or a promise of that. */
  async until(expression: string): Promise<void> {
    await this.page.evaluate(`(async () => {
      while (!(await (${expression}))) await new Promise((over) => setTimeout(over, 20));
    })()`);
  }

  async signIn(nir: string): Promise<void> {
    await this.goto(paths.signIn);
    await this.page.fill('[name=nir]', nir);
    await this.page.fill('[name=motDePasse]', goodPassword);
    await this.page.click('main button[type=submit]:not([tabindex="-1"])');
    await this.page.waitForURL(`**${paths.account}`);
    await this.isReady();
  }

  async choose(): Promise<void> {
    await this.goto(paths.accountOffline);
    await this.page.getByRole('button', { name: 'C’est mon appareil' }).click();
    await this.page.waitForURL(`**${paths.account}`);
    await this.keeps(paths.account);
  }

  /** Waits until a page is kept, with all that the worker writes with it: the last of it says that there is room. */
  async keeps(path: string): Promise<void> {
    await this.until(
      `Promise.all([${JSON.stringify(path)}, '/copies', '/copies/room'].map((one) => caches.match(one)))
        .then((all) => !all.includes(undefined))`,
    );
  }

  /** The paths of all that is kept in the browser, but for what is everybody’s. */
  async kept(): Promise<string[]> {
    const all = z.array(z.string()).parse(
      await this.page.evaluate(
        `caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
            .then((lists) => lists.flat().map(({ url }) => new URL(url).pathname + new URL(url).search))`,
      ),
    );
    return all.filter((path) => !path.startsWith('/assets/') && path !== paths.offline).sort();
  }

  /** Waits until nothing about anybody is left. */
  async isEmpty(): Promise<void> {
    await this.until(`caches.keys().then((names) => names.every((name) => !name.startsWith('copies ')))`);
    assert.deepEqual(await this.kept(), []);
  }

  async offline(): Promise<void> {
    await this.context.setOffline(true);
  }

  async online(): Promise<void> {
    await this.context.setOffline(false);
  }
}

async function opened(t: { after(close: () => void): void }): Promise<TestApp> {
  const site = await testApp(t);
  await openAccountOf(site, gerald, 'gerald@exemple.fr');
  await openAccountOf(site, other, 'autre@exemple.fr');
  await site.app.listen({ host: '127.0.0.1', port: 0 });
  return site;
}

test('what was seen is read without a network where its person has chosen so, and nowhere else', async (t) => {
  const site = await opened(t);
  await depositLife(site, gerald, '2025-10-01');
  const document = await depositDocument(site, gerald, { reference: 'D', title: 'Décision du test' });
  const phone = await Phone.of(t, site);
  const { page } = phone;
  await phone.signIn(gerald.line.nir);
  await phone.goto(paths.accountPayments);
  const list = await page.content();
  const [payment = '', unseen = ''] = [...list.matchAll(/\/mon-compte\/paiements\/[\da-f-]{36}/g)].map(
    ([path]) => path,
  );

  await t.test('without the choice nothing is kept', async () => {
    await phone.goto(payment);
    await phone.goto(paths.accountOffline);
    assert.match(await phone.goto(paths.accountOffline), /Rien n’est gardé tant que/);
    assert.deepEqual(await phone.kept(), []);
    await phone.offline();
    await phone.goto(payment);
    assert.match(await page.title(), /Vous n’avez plus de réseau/);
    await phone.online();
  });

  await t.test('with it, what is opened from then on is kept, without forms', async () => {
    await phone.choose();
    assert.match(await phone.says(), /Cet appareil garde maintenant les pages/);
    for (const path of [
      payment,
      paths.accountPayments,
      `/mon-compte/documents/${document}`,
      paths.messages,
    ]) {
      await phone.goto(path);
      await phone.keeps(path);
    }
    for (const path of [paths.accountInformation, paths.accountPassword, paths.accountPaper])
      await phone.goto(path);
    await phone.goto(`${paths.accountPayments}?du=hier`);
    await phone.goto('/mon-compte/paiements/00000000-0000-4000-8000-000000000000');
    assert.deepEqual(
      await phone.kept(),
      [
        paths.account,
        paths.accountPayments,
        payment,
        `/mon-compte/documents/${document}`,
        paths.messages,
        paths.notKept,
        '/copies',
        '/copies/room',
      ].sort(),
    );
    const texts = z.array(z.string()).parse(
      await page.evaluate(
        `caches.keys().then((names) => caches.open(names.find((name) => name.startsWith('copies '))))
            .then(async (cache) => Promise.all((await cache.keys()).filter(({ url }) => !url.includes('/assets/')).map(async (key) => (await cache.match(key)).text())))`,
      ),
    );
    for (const text of texts) assert.doesNotMatch(text, /_csrf|<form|data-session|set-cookie/i);
  });

  await t.test('it is read without a network, says so, and what was not seen is not there', async () => {
    await phone.offline();
    const kept = await phone.goto(payment);
    assert.match(kept, /Page vue le 2 mars 2026 à 10 h 00 \(heure de Paris\), gardée sur cet appareil/);
    assert.match(kept, /Montant versé|Versé/);
    const response = await page.reload();
    const headers = response?.headers() ?? {};
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none'/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(response?.fromServiceWorker(), true);
    assert.equal(await page.evaluate('document.styleSheets.length'), 1);
    assert.match(
      await phone.goto(`/mon-compte/documents/${document}`),
      /Décision du test[\s\S]*Pour cela, il faut Internet/,
    );
    for (const path of [unseen, paths.accountInformation, paths.app, `${paths.accountPayments}?page=2`]) {
      await phone.goto(path);
      assert.match(await page.title(), /Cette page n’est pas gardée/, path);
    }
    await page.getByRole('link', { name: 'Mes paiements' }).click();
    await page.waitForURL(`**${paths.accountPayments}`);
    assert.match(await page.title(), /paiements/);
    await phone.online();
    assert.doesNotMatch(await phone.goto(payment), /Page vue/);
  });

  await t.test('the devices of the account name it; the page counts what is kept', async () => {
    assert.match(
      await phone.goto(paths.accountDevices),
      /Garde les pages ouvertes, à lire sans réseau, jusqu’au 1er avril 2026/,
    );
    await phone.goto(paths.accountOffline);
    await page.getByText('Pages gardées : 5').waitFor();
    const devtools = await phone.context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.site, quotaSize: 1 });
    await phone.goto(unseen);
    await phone.until(`caches.match('/copies/room').then((room) => room === undefined)`);
    await phone.goto(paths.accountOffline);
    await page.getByText(/Cet appareil est plein/).waitFor();
    assert.ok(!(await phone.kept()).includes(unseen));
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.site });
    await phone.goto(unseen);
    await phone.keeps(unseen);
    await phone.goto(paths.accountOffline);
    await page.getByText('Pages gardées : 6').waitFor();
    await page.getByText(/Cet appareil est plein/).waitFor({ state: 'hidden' });
  });

  await t.test('the session that lapses leaves it, to be read by anyone who has the device', async () => {
    site.clock.advance(60 * 60_000);
    await phone.goto(paths.account);
    assert.equal(new URL(page.url()).pathname, paths.signIn);
    await phone.offline();
    assert.match(await phone.goto(payment), /Page vue/);
    await phone.online();
  });

  await t.test('signing out erases it, without a network as well', async () => {
    await phone.signIn(gerald.line.nir);
    await phone.goto(payment);
    await phone.keeps(payment);
    await phone.offline();
    const failed = assert.rejects(page.waitForURL(`${phone.site}/`), /DISCONNECTED/);
    await page.evaluate(`document.querySelector('form[action="/deconnexion"]').submit()`);
    await failed;
    await page.waitForURL(/^chrome-error:/);
    await phone.goto(payment);
    assert.match(await page.title(), /Vous n’avez plus de réseau/);
    await phone.online();
    await phone.goto(paths.account);
    await phone.keeps(paths.account);
    await page.evaluate(`document.querySelector('form[action="/deconnexion"]').submit()`);
    await page.waitForURL(`${phone.site}/`);
    await phone.isEmpty();
    const cookies = await phone.context.cookies();
    assert.deepEqual(
      cookies.filter(({ name }) => name === 'sans-reseau'),
      [],
    );
    const { db } = site.services;
    assert.deepEqual(
      await db
        .selectFrom('known_device')
        .select('offline_until')
        .where('offline_until', 'is not', null)
        .execute(),
      [],
    );
  });
});

test('it is erased when its time, its device or its person is over', async (t) => {
  const site = await opened(t);
  const phone = await Phone.of(t, site);
  const { page } = phone;
  /** Later, when no session is left. */
  const choosing = async () => {
    site.clock.advance(60 * 60_000);
    await phone.signIn(gerald.line.nir);
    await phone.choose();
  };

  await t.test('by its button', async () => {
    await choosing();
    await phone.goto(paths.accountOffline);
    await page.getByRole('button', { name: 'Tout effacer' }).click();
    await page.getByText('Tout ce qui était gardé sur cet appareil est effacé.').waitFor();
    await phone.isEmpty();
    assert.match(await phone.goto(paths.accountDevices), /cet appareil/);
    assert.doesNotMatch(await phone.says(), /Garde les pages/);
  });

  await t.test('when somebody else signs in on the same device, who finds nothing of the first', async () => {
    await choosing();
    site.clock.advance(60 * 60_000);
    await phone.signIn(other.line.nir);
    await phone.isEmpty();
    await phone.isReady();
    await phone.choose();
    await phone.offline();
    assert.doesNotMatch(await phone.goto(paths.account), /Gérald/);
    await phone.online();
    site.clock.advance(60 * 60_000);
    await phone.signIn(gerald.line.nir);
    await phone.isEmpty();
  });

  for (const [reason, elsewhere] of [
    [
      'the password is changed',
      async (visitor: Visitor) => change(visitor, paths.accountPassword, newPassword),
    ],
    ['the device is forgotten', async (visitor: Visitor) => change(visitor, paths.accountDevices, {})],
  ] as const)
    await t.test(`when ${reason} elsewhere, at the next contact`, async () => {
      await choosing();
      await elsewhere(await signedInVisitor(site, gerald));
      await phone.goto(paths.account);
      await phone.isEmpty();
      if (reason.startsWith('the password'))
        await change(await signedInWith(site, newPassword.motDePasse), paths.accountPassword, {
          motDePasseActuel: newPassword.motDePasse,
          motDePasse: goodPassword,
          confirmation: goodPassword,
        });
    });

  await t.test(
    'after the days of the policy: by the clock of the server, and by that of the device',
    async () => {
      await choosing();
      site.clock.advance(31 * 86_400_000);
      await phone.goto(paths.account);
      await phone.isEmpty();
      await choosing();
      await page.evaluate(`caches.keys().then((names) => caches.open(names.find((name) => name.startsWith('copies '))))
      .then((cache) => cache.put('/copies', Response.json({ until: Date.now() - 1 })))`);
      await phone.offline();
      await phone.goto(paths.account);
      assert.match(await page.title(), /Vous n’avez plus de réseau/);
      await phone.online();
      await phone.isEmpty();
    },
  );
});
