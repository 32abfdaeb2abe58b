/** Where a run of text stands in a document. */
export interface Surroundings {
  /** In an element that is not English or French prose: code, drawings, scripts, what a field holds, the title. */
  readonly untouchable: boolean;
  /** The nearest `lang`; null: that of the caller’s fragment. */
  readonly language: string | null;
  /** In an element that screen readers skip. */
  readonly unread: boolean;
}

/** Elements without content. */
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const untouchable = new Set('title script style textarea option code pre kbd svg'.split(' '));

const outermost: Surroundings = { untouchable: false, language: null, unread: false };
/** In the tag of each element with surroundings of its own: its name, or an attribute (no text holds `="` unescaped). */
const ownSurroundings = /<(?:title|script|style|textarea|option|code|pre|kbd|svg)\b| (?:lang|aria-hidden)="/g;
const tagName = /[\w-]+/;
const lang = / lang="(\w+)/;

export type Change = (text: string, at: Surroundings) => string;

/**
 * Replaces each run of text of an HTML document by what `change` makes of it, which may be markup; tags and attributes
 * stay as they are. For documents of our own templates, whose elements are all closed, and whose attributes and comments
 * hold no `>`. `sign`: what every run that may change contains; the others are passed over.
 */
export function changeText(document: string, change: Change, sign = ''): string {
  return changeWithin(document, outermost, { change, sign });
}

interface Changes {
  readonly change: Change;
  readonly sign: string;
}

/** Finds the elements with surroundings of their own; changes the runs before, between and after them, then those inside. */
function changeWithin(content: string, at: Surroundings, changes: Changes): string {
  if (!content.includes(changes.sign)) return content;
  let changed = '';
  let next = 0;
  for (;;) {
    ownSurroundings.lastIndex = next;
    const found = ownSurroundings.exec(content);
    if (!found) return changed + changeRuns(content.slice(next), at, changes);
    const start = indexOr(content, '>', found.index) + 1;
    const tag = content.slice(content.lastIndexOf('<', found.index), start);
    const name = tagName.exec(tag)?.[0] ?? '';
    const end = empty.has(name) || tag.endsWith('/>') ? start : endOf(content, name, start);
    changed += changeRuns(content.slice(next, start), at, changes);
    changed += changeWithin(content.slice(start, end), within(at, name, tag), changes);
    next = end;
  }
}

/** Changes the runs of markup with the same surroundings everywhere; what does not change is copied in one piece. */
function changeRuns(markup: string, at: Surroundings, { change, sign }: Changes): string {
  const last = markup.lastIndexOf(sign);
  if (last < 0) return markup;
  let changed = '';
  let copied = 0;
  let start = Math.max(0, markup.lastIndexOf('<', markup.indexOf(sign)));
  while (start <= last) {
    const end = indexOr(markup, '<', start);
    const text = markup.slice(start, end);
    const instead = text === '' ? text : change(text, at);
    if (instead !== text) {
      changed += markup.slice(copied, start) + instead;
      copied = end;
    }
    start = indexOr(markup, '>', end) + 1;
  }
  return changed + markup.slice(copied);
}

function indexOr(markup: string, sign: string, from: number): number {
  const index = markup.indexOf(sign, from);
  return index < 0 ? markup.length : index;
}

/** Where the content that begins at `start` ends: at the end tag of its element, past those of the same name inside. */
function endOf(content: string, name: string, start: number): number {
  let end = content.indexOf(`</${name}>`, start);
  // One end further for each element of that name inside.
  for (let inner = start; ; inner += 1) {
    inner = content.indexOf(`<${name}`, inner);
    if (end < 0) return content.length;
    if (inner < 0 || inner > end) return end;
    if (/[\s>]/.test(content[inner + name.length + 1] ?? '')) end = content.indexOf(`</${name}>`, end + 1);
  }
}

function within(at: Surroundings, name: string, tag: string): Surroundings {
  return {
    untouchable: at.untouchable || untouchable.has(name),
    language: lang.exec(tag)?.[1] ?? at.language,
    unread: at.unread || tag.includes('aria-hidden="true"'),
  };
}
