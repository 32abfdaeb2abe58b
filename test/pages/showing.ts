import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Closing } from '../setting/database.ts';
import type { State } from './world.ts';

/** WCAG 1.4.10: the smallest screen that a page must fit. */
export const narrow = { width: 320, height: 640 } as const;

/** Where the assets of pages come from: a site in this process, or one at the end of a connection. */
export interface AssetSource {
  inject(request: {
    readonly url: string;
    readonly headers: Record<string, string>;
  }): Promise<{ readonly statusCode: number; readonly headers: object; readonly rawPayload: Buffer }>;
}

/** A small screen on which each state is shown as it was answered: no page is asked for twice. */
export interface Showing {
  readonly origin: string;
  readonly page: Page;
  show(state: Pick<State, 'seen'>): Promise<void>;
}

/** Assets come from the site, over real HTTP, so that the browser keeps them from page to page. */
export async function openShowing(t: Closing, browser: Browser, app: AssetSource): Promise<Showing> {
  let current: State['seen'] | null = null;
  const server = createServer(async ({ url = '/' }, answer) => {
    // Each page is looked at as it was answered: nothing stands between.
    if (url === '/service-worker.js') return answer.setHeader('content-type', 'text/javascript').end();
    if (/^\/(assets|demo\/copier\.)/.test(url)) {
      const asset = await app.inject({ url, headers: { host: 'localhost' } });
      return answer.writeHead(asset.statusCode, kept(asset.headers)).end(asset.rawPayload);
    }
    // A page that follows something: nothing happens.
    if (url.includes('/suite?')) return answer.setHeader('content-type', 'text/event-stream').flushHeaders();
    if (current) answer.writeHead(current.status, kept(current.headers)).end(current.html);
    else answer.writeHead(404).end();
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const origin = `http://localhost:${port}`;
  const context = await browser.newContext({ viewport: narrow });
  const page = await context.newPage();
  t.after(async () => {
    await context.close();
    server.close();
  });
  return {
    origin,
    page,
    async show({ seen }) {
      current = seen;
      await page.goto(new URL(seen.url, origin).href);
    },
  };
}

/** A page as its scripts have left it. */
export interface Shown {
  readonly url: string;
  readonly html: string;
}

/**
 * Puts the whole content of a page that was shown in the place of another of the same site, without loading anything
 * again: axe stays in the window, and is several times faster the second time.
 */
export async function putInPlace(page: Page, { url, html }: Shown): Promise<void> {
  await page.evaluate(`(() => {
    const next = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html');
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of [...next.documentElement.attributes]) root.setAttribute(name, value);
    const described = 'head > :not([rel=stylesheet], script)';
    for (const element of document.querySelectorAll(described)) element.remove();
    document.head.append(...next.querySelectorAll(described));
    document.body.replaceWith(next.body);
    history.replaceState(null, '', ${JSON.stringify(url)});
    scrollTo(0, 0);
  })()`);
}

function kept(headers: object): Record<string, string> {
  const own = Object.entries(headers).filter(
    ([name]) => !/^(set-cookie|content-length|connection)$/.test(name),
  );
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
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
  await page.setViewportSize(narrow);
}
