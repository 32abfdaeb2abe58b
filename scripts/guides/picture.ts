import type { Page } from 'playwright-core';
import { z } from 'zod';
import { headingOf } from '../../test/walks/open-walk.ts';
import type { Marks } from './marks.ts';

/** Part of a page as its reader sees it, with numbered call-outs. */
export interface Picture {
  /** PNG, at twice the size. */
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export interface Mark {
  /** Of `marks.ts`. */
  readonly name: string;
  readonly number: number;
  /** What the page writes on it or beside it. */
  readonly label: string;
  /** Where it is on the picture, and the group that it belongs to. */
  readonly frame: Box;
  readonly around: Box;
}

export interface PicturedPage {
  readonly heading: string;
  readonly pictures: readonly Picture[];
}

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
type Box = z.infer<typeof box>;
const measured = z.object({
  shown: box,
  end: box,
  group: box,
  written: z.boolean(),
  button: z.boolean(),
  label: z.string(),
});
type Measured = z.infer<typeof measured> & { readonly name: string };

/** In the browser: where the element is, where the group of its label and hint is, and what it is called. */
const measure = `(element) => {
  const box = ({ left, top, width, height }) => ({ x: left + scrollX, y: top + scrollY, width, height });
  const label = element.labels?.[0];
  const shown = element.type === 'radio' || element.type === 'checkbox' ? label : element;
  const rects = [...shown.getClientRects()];
  let group = element.closest('.govuk-form-group, p, .govuk-list--spaced, .message-row, .tile') ?? element;
  if (element.tagName === 'INPUT')
    for (let up = group; up; up = up.parentElement?.closest('.govuk-form-group')) group = up;
  const named = element.closest('fieldset')?.querySelector('legend');
  const text = element.classList.contains('govuk-error-summary')
    ? element.querySelector('h2, .govuk-error-summary__title')
    : element.type === 'radio' ? label : element.closest('.govuk-date-input') ? named : (label ?? element);
  return {
    shown: box(shown.getBoundingClientRect()),
    end: box(rects.at(-1)),
    group: box(group.getBoundingClientRect()),
    written: element.matches('input:not([type=radio]), .govuk-date-input'),
    button: element.matches('button, .govuk-button'),
    label: text.textContent.replace(/[\\s\\u00a0]+/g, ' ').replace(/ ?\\*$/, '').replace(/ ?:$/, '').trim(),
  };
}`;

/** In the browser: where the title of the page is. */
const titleBox = `() => {
  const box = document.querySelector('h1')?.getBoundingClientRect();
  return box ? { x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height } : null;
}`;

/** In the browser: a frame around each element and its number at the end of it, or on its corner: where nothing is written. */
function draw(marked: readonly (Measured & { readonly number: number })[], width: number): string {
  return `for (const { shown, end, written, button, number } of ${JSON.stringify(marked)}) {
    const add = (style, text) => {
      const element = document.createElement('div');
      element.className = 'guide-mark';
      element.style.cssText = 'position:absolute;z-index:99;box-sizing:border-box;' + style;
      element.textContent = text;
      document.body.append(element);
    };
    const right = end.x + end.width;
    const corner = button && right + 20 < ${width};
    const inside = written && shown.width >= 150 || right + 36 > ${width};
    const x = corner ? right + 3 : inside ? right - 19 : right + 20;
    const y = corner ? end.y : Math.min(end.y + end.height / 2, end.y + 24);
    add('border:3px solid #a3002b;border-radius:6px;left:' + (shown.x - 3) + 'px;top:' + (shown.y - 3) + 'px;width:' + (shown.width + 6) + 'px;height:' + (shown.height + 6) + 'px', '');
    add('background:#a3002b;color:#fff;font:700 19px/30px Arial,sans-serif;text-align:center;border-radius:50%;box-shadow:0 0 0 2px #fff;width:30px;height:30px;left:' + (x - 15) + 'px;top:' + (y - 15) + 'px', number);
  }`;
}

const erase = `for (const mark of document.querySelectorAll('.guide-mark')) mark.remove()`;

/** Around what is numbered, in pixels of the page: room for a number on a corner; less above the title. */
const margin = 18;
const aboveTitle = 6;
/** What fits a printed page beside its text. */
const tallest = 800;
const widest = 860;

/**
 * The page as it stands, cut to what is marked: in one picture, or in several when it is long. `first`: the number of the
 * first mark; null: none is drawn. `nearest`: with how many pixels between them two marks, or the title and a mark, are in
 * one picture.
 */
export async function picturesOf(
  page: Page,
  marks: Marks,
  first: number | null,
  nearest = tallest,
): Promise<PicturedPage> {
  const heading = await headingOf(page);
  const found: Measured[] = [];
  for (const [name, target] of marks) {
    const element = page.locator(target).first();
    if ((await element.count()) === 0 || !(await element.isVisible())) continue;
    found.push({
      ...measured.parse(
        await page.evaluate(`(${measure})(document.querySelector(${JSON.stringify(target)}))`),
      ),
      name,
    });
  }
  found.sort((a, b) => a.shown.y - b.shown.y);
  const title = box.nullable().parse(await page.evaluate(`(${titleBox})()`));
  const viewport = page.viewportSize() ?? { width: 360, height: 800 };
  const pictures: Picture[] = [];
  let number = first ?? 1;
  for (const part of parts(found, title, nearest)) {
    const numbered = part.marks.map((mark) => ({ ...mark, number: number++ }));
    if (first !== null) await page.evaluate(draw(numbered, viewport.width));
    const clip = clipOf(part.area, part.area.y === title?.y ? aboveTitle : margin, viewport.width);
    const png = await page.screenshot({ clip, fullPage: true, animations: 'disabled' });
    await page.evaluate(erase);
    const { width, height } = clip;
    pictures.push({
      png,
      width,
      height,
      marks: numbered.map(({ name, number: own, label, shown, group }) => ({
        name,
        number: own,
        label,
        frame: within(clip, shown),
        around: within(clip, union(shown, group)),
      })),
    });
  }
  return { heading, pictures };
}

/** Whole pixels from the corner of the picture, with a margin that frames are drawn on. */
function within(clip: Box, { x, y, width, height }: Box): Box {
  const [left, top] = [Math.max(0, Math.round(x - clip.x) - 3), Math.max(0, Math.round(y - clip.y) - 3)];
  return {
    x: left,
    y: top,
    width: Math.min(Math.round(width) + 6, clip.width - left),
    height: Math.min(Math.round(height) + 6, clip.height - top),
  };
}

interface Part {
  readonly area: Box;
  readonly marks: readonly Measured[];
}

/** The marks in as few pictures as are not too tall, the title of the page in the first if it is near. */
function parts(found: readonly Measured[], title: Box | null, nearest: number): Part[] {
  const all: { area: Box; marks: Measured[] }[] = [];
  for (const mark of found) {
    const around = mark.group.height <= tallest ? union(mark.group, mark.shown) : mark.shown;
    const last = all.at(-1);
    const before = last?.area ?? title;
    const isNear = before !== null && around.y - before.y - before.height <= nearest;
    const wider = before && isNear ? union(before, around) : around;
    if (wider.height <= tallest && last && isNear) {
      last.area = wider;
      last.marks.push(mark);
    } else all.push({ area: wider.height <= tallest && !last ? wider : around, marks: [mark] });
  }
  return all;
}

function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** The whole width of a telephone; on a computer, the column of the form. */
function clipOf(area: Box, above: number, width: number): Box {
  const y = Math.max(0, Math.round(area.y - above));
  const height = Math.round(area.y + area.height + margin) - y;
  if (width <= widest) return { x: 0, y, width, height };
  const x = Math.max(0, Math.round(area.x - margin));
  return {
    x,
    y,
    width: Math.min(Math.max(Math.round(area.width) + 4 * margin, 480), widest, width - x),
    height,
  };
}
