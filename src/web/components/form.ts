import { common } from '#src/texts/common.ts';
import { attributes } from '#src/web/components/attributes.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

/** The hidden field with the token of a form. */
export function csrfField(visit: Pick<Visit, 'csrfToken'>): Html {
  return html`<input type="hidden" name="_csrf" value="${visit.csrfToken()}">`;
}

export interface FormOptions {
  /** The page itself by default. */
  readonly action?: string | undefined;
  readonly body: Child;
  /**
   * What the star of the labels means, for every form of several fields that has one: «* champ obligatoire», or the text
   * given instead.
   */
  readonly legend?: boolean | string | undefined;
  /** What stands in the form before the legend. */
  readonly before?: Child;
  readonly id?: string | undefined;
  readonly autocomplete?: 'on' | 'off' | undefined;
  readonly look?: string | undefined;
  /** It has a field for files: its page takes them. */
  readonly files?: boolean | undefined;
  /** What it gives is a file, beside which its page stays; its button says so. */
  readonly givesFile?: boolean | undefined;
}

/** A form whose fields become the query of its page: it changes nothing, and its address can be kept. */
export function queryForm(visit: Pick<Visit, 'path' | 'voice' | 'isCopy'>, body: Child): Html {
  if (visit.isCopy) return needsNetwork(visit);
  return html`<form method="get" action="${visit.path}" novalidate>${body}</form>`;
}

/** A form: POST, judged by the server alone (`novalidate`), protected against CSRF. */
export function form(
  visit: Pick<Visit, 'csrfToken' | 'path' | 'voice' | 'isCopy'>,
  { action = visit.path, before, legend, body, id, autocomplete, look, files, givesFile }: FormOptions,
): Html {
  if (visit.isCopy) return needsNetwork(visit);
  const enctype = files ? 'multipart/form-data' : null;
  const attribute = attributes({
    ...{ method: 'post', action, enctype, id, class: look, autocomplete },
    novalidate: true,
    'data-file': givesFile,
  });
  const star = legend === true ? common[visit.voice].required : legend;
  return html`<form${attribute}>${csrfField(visit)}${before}${star && html`<p class="govuk-body">${star}</p>`}${body}</form>`;
}

/** What stands in the place of a form on a page that is read without a network. */
function needsNetwork({ voice }: Pick<Visit, 'voice'>): Html {
  return html`<p class="govuk-body">${common[voice].needsNetwork}</p>`;
}
