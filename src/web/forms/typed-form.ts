import { type Child, type Html, html, trusted } from '#src/web/html.ts';

/** The form of a page in which the person types, as a button elsewhere on the page names it. */
export interface TypedForm {
  readonly id: string;
  readonly action: string;
}

const field = /<(?:input(?! type="hidden")|textarea|select)\b/;

/** Whether there is anything to fill in. */
export function hasFields(body: Child): boolean {
  return field.test(String(html`${body}`));
}

/**
 * The content of a page and its first form with fields, which has an id. What is typed there can then be sent from the
 * header too, with another language or contrast.
 */
export function withTypedForm(body: Child): { readonly body: Html; readonly typed: TypedForm | null } {
  const markup = String(html`${body}`);
  for (let start = markup.indexOf('<form'); start >= 0; start = markup.indexOf('<form', start + 1)) {
    const form = markup.slice(start, markup.indexOf('</form>', start));
    if (!field.test(form)) continue;
    const tag = form.slice(0, form.indexOf('>'));
    // What a GET form holds is in the address.
    if (tag.includes(' method="get"')) continue;
    const action = / action="([^"]*)"/.exec(tag)?.[1] ?? '';
    const own = / id="([^"]*)"/.exec(tag)?.[1];
    if (own !== undefined) return { body: trusted(markup), typed: { id: own, action } };
    const named = `${markup.slice(0, start)}<form id="formulaire"${markup.slice(start + '<form'.length)}`;
    return { body: trusted(named), typed: { id: 'formulaire', action } };
  }
  return { body: trusted(markup), typed: null };
}
