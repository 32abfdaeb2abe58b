import { attributes, classes } from '#src/web/components/attributes.ts';
import { describedBy, type Field, formGroup, label, notes } from '#src/web/components/field.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

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
