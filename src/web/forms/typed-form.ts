import { type Child, type Html, html, trusted } from '#src/web/html.ts';

/** The form of a page in which the person types, as a button elsewhere on the page names it. */
export interface TypedForm {
  readonly id: string;
  readonly action: string;
}

const forms = /<form([^>]*)>([\s\S]*?)<\/form>/g;
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
  for (const [whole, attributes = '', content = ''] of markup.matchAll(forms)) {
    if (!field.test(content)) continue;
    const action = / action="([^"]*)"/.exec(attributes)?.[1] ?? '';
    const own = / id="([^"]*)"/.exec(attributes)?.[1];
    if (own !== undefined) return { body: trusted(markup), typed: { id: own, action } };
    const named = whole.replace('<form', '<form id="formulaire"');
    return { body: trusted(markup.replace(whole, () => named)), typed: { id: 'formulaire', action } };
  }
  return { body: trusted(markup), typed: null };
}
