const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Not allowed in a document.
  '\0': '\ufffd',
};
const special = /[&<>"'\0]/;
const everySpecial = /[&<>"'\0]/g;

/** A text as it stands in markup and in the quotes of an attribute. */
export function escaped(text: string): string {
  return special.test(text) ? text.replace(everySpecial, (character) => entities[character] ?? '') : text;
}

/** Markup that is safe to send: only `html` and `trusted` make it. */
export class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

export type Child = Html | string | number | null | undefined | false | readonly Child[];

function render(child: Child): string {
  if (child instanceof Html) return child.toString();
  if (typeof child === 'string') return escaped(child);
  if (Array.isArray(child)) return child.map(render).join('');
  return child === null || child === undefined || child === false ? '' : String(child);
}

const tidied = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * Line breaks of our source, with the indentation after them, stand for nothing: a space that is needed stands on a line.
 * Interpolated text is left unchanged.
 */
function tidy(strings: TemplateStringsArray): readonly string[] {
  const cached = tidied.get(strings);
  if (cached) return cached;
  const tidy = strings.map((text) => text.replace(/\n[ \t\n]*/g, ''));
  tidied.set(strings, tidy);
  return tidy;
}

/** Escapes every interpolated value except markup from `html` itself; `false`, `null` and `undefined` are omitted. */
export function html(strings: TemplateStringsArray, ...children: Child[]): Html {
  const markups = tidy(strings);
  let markup = markups[0] ?? '';
  for (let i = 0; i < children.length; i++) markup += render(children[i]) + markups[i + 1];
  return new Html(markup);
}

/** The only way around escaping: for markup of our own source (drawings), never for input. */
export function trusted(markup: string): Html {
  return new Html(markup);
}
