import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { narrow } from './showing.ts';

/**
 * What axe finds, with all of its rules, and where. It is loaded unless the window has it already; style sheets are not
 * fetched again for its one rule that reads them, which is an experiment and not among these.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  const options = `{ resultTypes: ['violations'], preload: { assets: ['media'] } }`;
  return page.evaluate<string[]>(`axe.run(${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
}

/**
 * What axe does not see: a placeholder is no label, a link of the error summary leads to a field, nothing is
 * wider than a small screen.
 */
export async function formFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(formFaultsHere);
}

/** The same, how wide the page is on the screen that is set, and what its scripts have made of it, at once. */
export async function lookAt(page: Page): Promise<{ faults: string[]; width: number; html: string }> {
  return page.evaluate(
    `({ faults: ${formFaultsHere}, width: ${widthHere}, html: document.documentElement.outerHTML })`,
  );
}

const formFaultsHere = `(() => {
    const faults = [];
    for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      const named = [...field.labels].some((label) => label.textContent.trim() !== '') ||
        field.getAttribute('aria-label') || field.getAttribute('aria-labelledby');
      if (!named) faults.push('no label: ' + field.outerHTML);
    }
    for (const link of document.querySelectorAll('.govuk-error-summary a')) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target || !target.matches('input, select, textarea')) faults.push('leads nowhere: ' + link.outerHTML);
      else if (target.getAttribute('aria-invalid') !== 'true' && !target.closest('[aria-invalid=true]'))
        faults.push('not marked as wrong: ' + target.outerHTML);
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('twice: #' + id);
    for (const holder of document.querySelectorAll('[aria-describedby]'))
      for (const id of holder.getAttribute('aria-describedby').split(' '))
        if (!document.getElementById(id)) faults.push('described by nothing: #' + id);
    return faults;
  })()`;

const widthHere = 'document.documentElement.scrollWidth';

/** WCAG 1.4.10: at 320 px wide, one scrolls down only. */
export async function widthAt320(page: Page): Promise<number> {
  await page.setViewportSize(narrow);
  return page.evaluate<number>(widthHere);
}

/** Adjusted by a reader of their own: WCAG 1.4.12 and 1.4.4, each in the smallest window it must fit. */
export const adjustments = [
  {
    name: 'text spacing',
    size: narrow,
    css: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
  },
  {
    name: 'text at 200 %',
    size: { width: 360, height: 640 },
    css: 'html{font-size:200%!important}',
  },
] as const;

/** How wide the page is on the screen that is set, when its reader adjusts it. */
export async function adjustedWidth(page: Page, css: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(css)});
    document.adoptedStyleSheets = [sheet];
    const width = document.documentElement.scrollWidth;
    document.adoptedStyleSheets = [];
    return width;
  })()`);
}

/** Names of what the Tab key reaches, in order, each with whether one sees that it has the focus. */
export async function tabOrder(page: Page): Promise<{ name: string; visible: boolean }[]> {
  const reached: { name: string; visible: boolean }[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<{ name: string; visible: boolean } | null>(`(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const ring = getComputedStyle(element.type === 'radio' ? element.nextElementSibling : element, element.type === 'radio' ? '::before' : null);
      return {
        name: (element.name || element.textContent || '').trim(),
        visible: (ring.outlineStyle !== 'none' && ring.outlineWidth !== '0px') || ring.boxShadow !== 'none',
      };
    })()`);
    if (stop === null) return reached;
    reached.push(stop);
  }
  return reached;
}
