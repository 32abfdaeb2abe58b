import type { BrowserContext } from 'playwright-core';

/** What must never happen while somebody uses the site: one line each. */
export interface Watch {
  readonly faults: string[];
}

/**
 * Listens to everything that a context’s pages do: requests that leave the site, reports of the content security
 * policy, errors of scripts, files that are missing. An answer of 4xx to a form is no fault.
 */
export function watch(context: BrowserContext, origin: string): Watch {
  const faults: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) faults.push(`left the site: ${request.url()}`);
  });
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/assets/') && response.status() !== 200) faults.push(`missing: ${pathname}`);
    if (response.status() >= 500) faults.push(`${response.status()}: ${pathname}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${reason}`);
  });
  context.on('weberror', (error) => faults.push(`script: ${error.error().message}`));
  context.on('console', (message) => {
    if (!/^Failed to load resource: the server responded with a status of 4/.test(message.text()))
      faults.push(`console: ${message.type()}: ${message.text()}`);
  });
  return { faults };
}
