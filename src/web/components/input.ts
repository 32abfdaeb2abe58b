import { attributes, classes } from '#src/web/components/attributes.ts';
import { describedBy, type Field, formGroup, label, notes } from '#src/web/components/field.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

export interface InputOptions extends Field {
  readonly value?: string | null | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'date' | undefined;
  /** The first and the last day that a browser offers for a date, `yyyy-mm-dd`. */
  readonly days?: { readonly from: string; readonly until: string } | undefined;
  readonly autocomplete?: string | undefined;
  readonly inputmode?: 'numeric' | 'tel' | 'email' | 'text' | undefined;
  /** Width in characters, when the answer has a known length. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30 | undefined;
  /** Spread letters, for codes and numbers that are copied from a document. */
  readonly spaced?: boolean | undefined;
  readonly spellcheck?: 'true' | 'false' | undefined;
  readonly autocapitalize?: 'none' | 'characters' | undefined;
  /** The known beginning of the answer, shown before the field. */
  readonly prefix?: string | undefined;
}

/** A field of one line: label, hint, error, field, help. */
export function input(visit: Localised, options: InputOptions): Html {
  const { name, id = name, error, prefix, required = true, width, spaced } = options;
  const element = html`<input${attributes({
    class: classes(
      'govuk-input',
      width && `govuk-input--width-${width}`,
      spaced && 'govuk-input--extra-letter-spacing',
      error && 'govuk-input--error',
    ),
    id,
    name,
    type: options.type ?? 'text',
    value: options.value,
    spellcheck: options.spellcheck,
    'aria-describedby': describedBy(options, prefix && `${id}-prefix`),
    'aria-invalid': error ? 'true' : null,
    autocomplete: options.autocomplete,
    autocapitalize: options.autocapitalize,
    min: options.type === 'date' && options.days?.from,
    max: options.type === 'date' && options.days?.until,
    inputmode: options.inputmode,
    required,
  })}>`;
  const control = prefix
    ? html`<div class="govuk-input__wrapper"><div class="govuk-input__prefix" id="${id}-prefix">${prefix}</div>${element}</div>`
    : element;
  return formGroup(options, html`${label(options)}${notes(visit, options)}${control}${options.help}`);
}

export interface TextareaOptions extends Field {
  readonly value?: string | null | undefined;
  readonly rows?: number | undefined;
}

/** A field of several lines: label, hint, error, field, help. */
export function textarea(visit: Localised, options: TextareaOptions): Html {
  const { name, id = name, error, required = true, rows = 5, value = '' } = options;
  const attribute = attributes({
    class: classes('govuk-textarea', error && 'govuk-textarea--error'),
    id,
    name,
    rows,
    'aria-describedby': describedBy(options),
    'aria-invalid': error ? 'true' : null,
    required,
  });
  // A line end right after the tag is not part of the text.
  const element = html`<textarea${attribute}>${value?.startsWith('\n') ? '\n' : ''}${value}</textarea>`;
  return formGroup(options, html`${label(options)}${notes(visit, options)}${element}${options.help}`);
}

export interface FileInputOptions extends Field {
  /** What the browser offers first, as types and endings. */
  readonly accept?: string | undefined;
  readonly multiple?: boolean | undefined;
}

/** A field for files. */
export function fileInput(visit: Localised, options: FileInputOptions): Html {
  const { name, id = name, error, required = true, accept, multiple } = options;
  const attribute = attributes({
    class: 'govuk-file-upload',
    id,
    name,
    type: 'file',
    accept,
    multiple,
    'aria-describedby': describedBy(options),
    'aria-invalid': error ? 'true' : null,
    required,
  });
  return formGroup(
    options,
    html`${label(options)}${notes(visit, options)}<input${attribute}>${options.help}`,
  );
}
