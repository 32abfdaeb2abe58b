/** Where a run of text stands in a document. */
export interface Surroundings {
  /** In an element that is not English or French prose: code, drawings, scripts, what a field holds, the title. */
  readonly untouchable: boolean;
  /** The nearest `lang`; null: that of the caller’s fragment. */
  readonly language: string | null;
  /** In an element that screen readers skip. */
  readonly unread: boolean;
}

const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const untouchable = new Set('title script style textarea option code pre kbd svg'.split(' '));

const outermost: Surroundings = { untouchable: false, language: null, unread: false };
const lang = /(?:^|\s)lang="(\w+)/;
const tagName = /[\w-]*/y;

/**
 * Replaces each run of text of an HTML document by what `change` makes of it, which may be markup; tags and attributes
 * stay as they are. For documents of our own templates, whose elements are all closed, and whose attributes hold no `>`.
 */
export function changeText(document: string, change: (text: string, at: Surroundings) => string): string {
  const open: { readonly name: string; readonly at: Surroundings }[] = [];
  let at = outermost;
  let changed = '';
  let next = 0;
  while (next < document.length) {
    const start = indexOr(document, '<', next);
    if (start > next) changed += change(document.slice(next, start), at);
    const end = document.startsWith('<!--', start) ? '-->' : '>';
    next = Math.min(indexOr(document, end, start) + end.length, document.length);
    const tag = document.slice(start, next);
    changed += tag;
    const isEnd = tag[1] === '/';
    tagName.lastIndex = isEnd ? 2 : 1;
    const name = tagName.exec(tag)?.[0].toLowerCase() ?? '';
    if (name === '' || empty.has(name) || tag.endsWith('/>')) continue;
    if (!isEnd) {
      open.push({ name, at });
      at = within(at, name, tag);
      continue;
    }
    const opened = open.findLastIndex((one) => one.name === name);
    if (opened >= 0) at = open.splice(opened)[0]?.at ?? at;
  }
  return changed;
}

function indexOr(document: string, wanted: string, from: number): number {
  const index = document.indexOf(wanted, from);
  return index < 0 ? document.length : index;
}

/** The surroundings inside an element: the same object where it changes nothing. */
function within(at: Surroundings, name: string, tag: string): Surroundings {
  const isUntouchable = untouchable.has(name);
  const language = tag.includes('lang="') ? lang.exec(tag)?.[1] : undefined;
  const isUnread = tag.includes('aria-hidden="true"');
  if (!isUntouchable && language === undefined && !isUnread) return at;
  return {
    untouchable: at.untouchable || isUntouchable,
    language: language ?? at.language,
    unread: at.unread || isUnread,
  };
}
