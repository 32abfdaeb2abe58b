import { escaped, type Html, trusted } from '#src/web/html.ts';

export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Attributes of an element, each with a space before it: `true` gives the bare name; `false`, `null`,
 * `undefined` and the empty text give nothing. Names come from our own code only.
 */
export function attributes(values: Attributes): Html {
  let markup = '';
  for (const name in values) {
    const value = values[name];
    if (value === true) markup += ` ${name}`;
    else if (value !== false && value !== null && value !== undefined && value !== '')
      markup += ` ${name}="${escaped(String(value))}"`;
  }
  return trusted(markup);
}

/** Class names, the absent ones left out. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
