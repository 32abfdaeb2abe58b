import { common } from '#src/texts/common.ts';
import { attributes, classes } from '#src/web/components/attributes.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

/** What every form component takes; `id` is the name by default. */
export interface Field {
  readonly name: string;
  readonly id?: string | undefined;
  readonly label: Child;
  readonly hint?: Child;
  /** The text of the refusal, without «Erreur :». */
  readonly error?: string | null | undefined;
  /** Required unless `false`: the label then carries « *», which `form` explains. */
  readonly required?: boolean | undefined;
  /** `false`: no star after the label of a required field, on a page that says that every field is required. */
  readonly star?: boolean | undefined;
  /** The label is the title of the page: one question per page. */
  readonly heading?: boolean | undefined;
  /** Size of a label or legend that is no title: `m` for a question that has several fields under it. */
  readonly size?: 's' | 'm' | 'l' | undefined;
  /** Help that stands after the field, so that its label stays next to it: a drawing, what to do otherwise. */
  readonly help?: Child;
}

/** The text of a label, marked when an answer is required. */
function labelText({
  label,
  required = true,
  star = true,
}: Pick<Field, 'label' | 'required' | 'star'>): Child {
  return required && star ? html`${label}\u00a0<span class="required">*</span>` : label;
}

export function label(field: Field): Html {
  const size = field.heading ? 'l' : field.size;
  const look = classes('govuk-label', size && `govuk-label--${size}`);
  const element = html`<label${attributes({ class: look, for: field.id ?? field.name })}>${labelText(field)}</label>`;
  return field.heading ? html`<h1 class="govuk-label-wrapper">${element}</h1>` : element;
}

export function hint(id: string | undefined, text: Child): Html {
  return html`<div${attributes({ id, class: 'govuk-hint' })}>${text}</div>`;
}

export function errorMessage(visit: Localised, id: string | undefined, text: string): Html {
  return html`<p${attributes({ id, class: 'govuk-error-message' })}><span class="govuk-visually-hidden">${common[visit.voice].error}</span> ${text}</p>`;
}

/** Hint and error of a field, in the order of the page: they stand between its label and the field. */
export function notes(visit: Localised, field: Field): Html {
  const id = field.id ?? field.name;
  return html`${field.hint && hint(`${id}-hint`, field.hint)}${field.error && errorMessage(visit, `${id}-error`, field.error)}`;
}

/** The ids of the texts that describe a field, for `aria-describedby`. */
export function describedBy(field: Field, ...ids: (string | undefined)[]): string {
  const id = field.id ?? field.name;
  return classes(...ids, field.hint ? `${id}-hint` : null, field.error && `${id}-error`);
}

export function formGroup(field: Pick<Field, 'error'>, content: Child, look?: string): Html {
  return html`<div class="${classes('govuk-form-group', field.error && 'govuk-form-group--error', look)}">${content}</div>`;
}

/** A group of controls and its question. */
export function fieldset(
  { heading, size, ...field }: Pick<Field, 'label' | 'required' | 'star' | 'heading' | 'size'>,
  content: Child,
  extra: {
    readonly role?: string;
    readonly 'aria-describedby'?: string;
    readonly [name: `aria-${string}`]: string | boolean;
  } = {},
): Html {
  const look = classes(
    'govuk-fieldset__legend',
    (heading || size) && `govuk-fieldset__legend--${size ?? 'l'}`,
  );
  const text = labelText(field);
  return html`<fieldset${attributes({ class: 'govuk-fieldset', ...extra })}><legend class="${look}">${
    heading ? html`<h1 class="govuk-fieldset__heading">${text}</h1>` : text
  }</legend>${content}</fieldset>`;
}
