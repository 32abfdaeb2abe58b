import { caisseTexts } from '#src/home/caisse-texts.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Problem, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The content of «Sélectionnez votre caisse» below its title: a section of the home page, and a page of its own. */
export function chooseCaisse(visit: Visit, typed: Typed, problems: readonly Problem[]): Html {
  const t = caisseTexts[visit.voice];
  return html`<p class="govuk-body">${t.lead}</p>
    ${form(visit, {
      action: paths.caisse,
      legend: true,
      body: html`${input(visit, {
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
