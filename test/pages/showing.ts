import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { BrowserContext, Page } from 'playwright-core';
import type { State } from './world.ts';

const site = 'http://localhost';

/** A context in which each state can be shown as it was answered: no page is asked for twice. */
export interface Showing {
  readonly page: Page;
  show(state: Pick<State, 'seen'>): Promise<void>;
}

export async function openShowing(context: BrowserContext, app: FastifyInstance): Promise<Showing> {
  let current: State['seen'] | null = null;
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== site) return route.abort();
    // Each page is looked at as it was answered: nothing stands between.
    if (url.pathname === '/service-worker.js')
      return route.fulfill({ contentType: 'text/javascript', body: '' });
    if (/^\/(assets|demo\/copier\.)/.test(url.pathname)) {
      const asset = await app.inject({ url: url.pathname, headers: { host: 'localhost' } });
      return route.fulfill({
        status: asset.statusCode,
        headers: textOnly(asset.headers),
        body: asset.rawPayload,
      });
    }
    return current
      ? route.fulfill({ status: current.status, headers: textOnly(current.headers), body: current.html })
      : route.abort();
  });
  const page = await context.newPage();
  return {
    page,
    async show({ seen }) {
      current = seen;
      await page.goto(new URL(seen.url, site).href);
    },
  };
}

function textOnly(headers: object): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(set-cookie|content-length|connection)$/.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

const screens = join(import.meta.dirname, '../../.cache/screens');

/** With `SCREENS=1`, keeps pictures of the page for people to look at, as on a telephone and on a computer. */
export async function keepScreens(page: Page, name: string): Promise<void> {
  if (process.env.SCREENS !== '1') return;
  const file = name.replaceAll(/[^\p{L}\d]+/gu, '-');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: join(screens, String(width), `${file}.png`), fullPage: true });
  }
}
