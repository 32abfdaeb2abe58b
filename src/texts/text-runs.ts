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

/**
 * Replaces each run of text of an HTML document by what `change` makes of it, which may be markup; tags and attributes
 * stay as they are. For documents of our own templates, whose elements are all closed.
 */
export function changeText(document: string, change: (text: string, at: Surroundings) => string): string {
  const open: { readonly name: string; readonly at: Surroundings }[] = [];
  let at: Surroundings = { untouchable: false, language: null, unread: false };
  return document.replace(
    /<!--[\s\S]*?-->|<!\w[^>]*>|<(\/?)([a-z][\w-]*)((?:[^\w>-][^>]*)?)>|[^<]+/gi,
    (piece, end, name, rest) => {
      if (typeof name !== 'string') return piece.startsWith('<') ? piece : change(piece, at);
      const tag = name.toLowerCase();
      if (end === '/') {
        const opened = open.findLastIndex((one) => one.name === tag);
        if (opened >= 0) at = open.splice(opened)[0]?.at ?? at;
      } else if (!empty.has(tag) && !String(rest).endsWith('/')) {
        open.push({ name: tag, at });
        at = {
          untouchable: at.untouchable || untouchable.has(tag),
          language: /(?:^|\s)lang="(\w+)/.exec(String(rest))?.[1] ?? at.language,
          unread: at.unread || String(rest).includes('aria-hidden="true"'),
        };
      }
      return piece;
    },
  );
}
