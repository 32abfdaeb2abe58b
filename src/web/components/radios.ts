import { attributes, classes } from '#src/web/components/attributes.ts';
import { describedBy, type Field, fieldset, formGroup, notes } from '#src/web/components/field.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

export interface RadiosOptions extends Field {
  readonly items: readonly { readonly value: string; readonly text: Child; readonly hint?: Child }[];
  /** The chosen value; none by default, so that nothing is answered for the person. */
  readonly value?: string | null | undefined;
  readonly inline?: boolean | undefined;
}

/** One answer among a few. The first item has the id of the field, so that an error summary can point at it. */
export function radios(visit: Localised, options: RadiosOptions): Html {
  const { name, id = name, items, value, required = true, error } = options;
  const choices = items.map((item, index) => {
    const itemId = index === 0 ? id : `${id}-${index + 1}`;
    const hintId = item.hint ? `${itemId}-item-hint` : undefined;
    const control = attributes({
      class: 'govuk-radios__input',
      id: itemId,
      name,
      type: 'radio',
      value: item.value,
      checked: item.value === value,
      'aria-describedby': hintId,
      required,
    });
    return html`<div class="govuk-radios__item"><input${control}><label class="govuk-label govuk-radios__label" for="${itemId}">${item.text}</label>${
      hintId && html`<div id="${hintId}" class="govuk-hint govuk-radios__hint">${item.hint}</div>`
    }</div>`;
  });
  const look = classes('govuk-radios', options.inline && 'govuk-radios--inline');
  const group = fieldset(
    options,
    html`${notes(visit, options)}<div class="${look}">${choices}</div>${options.help}`,
    {
      role: 'radiogroup',
      'aria-describedby': describedBy(options),
      'aria-required': required ? 'true' : false,
      'aria-invalid': error ? 'true' : false,
    },
  );
  return formGroup(options, group);
}

export interface CheckboxesOptions extends Field {
  readonly items: readonly { readonly value: string; readonly text: Child }[];
  /** The values that are ticked. */
  readonly values?: readonly string[];
}

/** Several answers among a few. The first item has the id of the field, so that an error summary can point at it. */
export function checkboxes(visit: Localised, options: CheckboxesOptions): Html {
  const { name, id = name, items, values = [] } = options;
  const choices = items.map(({ value, text }, index) => {
    const itemId = index === 0 ? id : `${id}-${index + 1}`;
    const invalid = { 'aria-invalid': options.error ? 'true' : null };
    const control = {
      id: itemId,
      name,
      type: 'checkbox',
      value,
      checked: values.includes(value),
      ...invalid,
    };
    return html`<div class="choice"><input${attributes(control)}><label for="${itemId}">${text}</label></div>`;
  });
  return formGroup(
    options,
    fieldset(options, html`${notes(visit, options)}${choices}${options.help}`, {
      'aria-describedby': describedBy(options),
    }),
  );
}
