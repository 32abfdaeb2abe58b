import { caisseTexts } from '#src/caisse/texts.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { problemOf } from '#src/web/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Problem, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** «Sélectionnez votre caisse»: a section of the home page, and a page of its own. */
export function chooseCaisse(
  visit: Visit,
  typed: Typed,
  problems: readonly Problem[],
  title: 'h1' | 'h2' = 'h2',
): Html {
  const t = caisseTexts[visit.language];
  return html`${title === 'h1' ? html`<h1 class="govuk-heading-l">${t.title}</h1>` : html`<h2 class="govuk-heading-m">${t.title}</h2>`}
    <p class="govuk-body">${t.lead}</p>
    ${form(visit, {
      action: paths.caisse,
      body: html`<p class="govuk-body">${t.required}</p>
        ${input(visit, {
          name: 'codePostal',
          label: t.postalCode,
          error: problemOf(problems, 'codePostal'),
          value: typed.text('codePostal'),
          autocomplete: 'postal-code',
          inputmode: 'numeric',
          width: 5,
        })}
        ${button({ text: t.select, style: 'secondary' })}`,
    })}`;
}
