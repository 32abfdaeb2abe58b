import { attributes } from '#src/web/components/attributes.ts';
import { type Child, type Html, html } from '#src/web/html.ts';

export interface ButtonOptions {
  readonly text: Child;
  /** With an address, a link that looks like a button. */
  readonly href?: string | undefined;
  /** `primary` by default: the main action of a page. */
  readonly style?: 'primary' | 'secondary' | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly id?: string | undefined;
  readonly type?: 'submit' | 'button' | undefined;
}

/** A button that sends its form, or a link of the same look. */
export function button({
  text,
  href,
  style = 'primary',
  name,
  value,
  id,
  type = 'submit',
}: ButtonOptions): Html {
  const look = style === 'primary' ? 'govuk-button' : `govuk-button govuk-button--${style}`;
  if (href !== undefined) return html`<a${attributes({ href, class: look, id })}>${text}</a>`;
  return html`<button${attributes({ type, name, value, class: look, id })}>${text}</button>`;
}

/** Buttons side by side, one above the other on a small screen. */
export function buttonGroup(...buttons: Child[]): Html {
  return html`<div class="govuk-button-group">${buttons.map((one) => html`${one} `)}</div>`;
}
