import { nirField } from '#src/account/sign-in/nir-field.ts';
import { signInTexts } from '#src/account/sign-in/texts.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { formPage, problemOf } from '#src/web/form-page.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** «J’accède à mon compte ameli». */
export function signInView(request: PageRequest, shown: Shown, status?: number): PageAnswer {
  const { visit } = request;
  const t = signInTexts[visit.language];
  return formPage(request, shown, {
    title: t.title,
    body: html`${form(visit, {
      body: html`<p class="govuk-body">${t.required}</p>
        ${nirField(visit, shown)}
        ${passwordInput(visit, {
          name: 'motDePasse',
          label: t.password,
          error: problemOf(shown.problems, 'motDePasse'),
          autocomplete: 'current-password',
        })}
        ${button({ text: t.submit })}`,
    })}
      <p class="govuk-body"><a class="govuk-link" href="${paths.forgotten}">${t.forgotten}</a></p>
      <p class="govuk-body">${t.first} <a class="govuk-link" href="${paths.identity}">${t.create}</a></p>`,
    ...(status ? { status } : {}),
  });
}
