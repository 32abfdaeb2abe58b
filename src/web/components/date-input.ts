import { common } from '#src/texts/common.ts';
import { attributes, classes } from '#src/web/components/attributes.ts';
import {
  describedBy,
  errorMessage,
  type Field,
  fieldset,
  formGroup,
  notes,
} from '#src/web/components/field.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

const parts = ['jour', 'mois', 'annee'] as const;
export type DatePart = (typeof parts)[number];

export interface DateInputOptions extends Field {
  readonly values?: { readonly [part in DatePart]?: string | undefined } | undefined;
  /** What is wrong with one part; `error` is about the whole date, and all three are then refused. */
  readonly errors?: { readonly [part in DatePart]?: string | undefined } | undefined;
  /** `bday` gives `bday-day`, `bday-month` and `bday-year`. */
  readonly autocomplete?: 'bday' | undefined;
  /**
   * Name of the NIR field that proposes month and year when scripts run; what they filled is remembered in a field
   * `<name>-proposee` of the form.
   */
  readonly prefillFrom?: string | undefined;
}

/**
 * A date in three fields, `<name>-jour`, `<name>-mois` and `<name>-annee`. Every error stands beside the group, and each
 * field is described by the hint and by its own errors, so that nobody depends on what is read of a group.
 */
export function dateInput(visit: Localised, options: DateInputOptions): Html {
  const { name, id = name, values = {}, error, errors = {}, autocomplete, required = true } = options;
  const texts = common[visit.voice];
  const labels = { jour: texts.day, mois: texts.month, annee: texts.year };
  const tokens = { jour: 'day', mois: 'month', annee: 'year' };
  const items = parts.map((part) => {
    const own = errors[part] && `${id}-${part}-error`;
    const refused = Boolean(error || own);
    const control = attributes({
      class: classes(
        'govuk-input govuk-date-input__input',
        refused && 'govuk-input--error',
        part === 'annee' ? 'govuk-input--width-4' : 'govuk-input--width-2',
      ),
      id: `${id}-${part}`,
      name: `${name}-${part}`,
      type: 'text',
      value: values[part],
      'aria-describedby': classes(describedBy(options), own),
      'aria-invalid': refused ? 'true' : null,
      autocomplete: autocomplete && `${autocomplete}-${tokens[part]}`,
      inputmode: 'numeric',
      required,
    });
    return html`<div class="govuk-date-input__item"><div class="govuk-form-group"><label class="govuk-label govuk-date-input__label" for="${id}-${part}">${labels[part]}</label><input${control}></div></div>`;
  });
  const prefill = options.prefillFrom
    ? html`<p class="govuk-hint" role="status" data-prefill-from="${options.prefillFrom}" data-prefill-into="${id}" data-text="${texts.prefilled}"></p>`
    : null;
  const own = parts.map((part) => errors[part] && errorMessage(visit, `${id}-${part}-error`, errors[part]));
  const content = html`${notes(visit, options)}${own}<div class="govuk-date-input" id="${id}">${items}</div>${prefill}${options.help}`;
  const refused = error ?? parts.map((part) => errors[part]).find(Boolean);
  return formGroup({ error: refused }, fieldset(options, content));
}
