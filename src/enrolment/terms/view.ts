import type { OpenDossier } from '#src/access/who.ts';
import { termsTexts } from '#src/enrolment/terms/texts.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { stepProgress } from '#src/web/layout.ts';
import type { Answer, PageRequest, Shown } from '#src/web/page.ts';

/** «J’accepte les conditions d’utilisation», or the consequences of a refusal. */
export function termsView(request: PageRequest<OpenDossier>, shown: Shown): Answer {
  const { visit } = request;
  const { session, dossier } = request;
  const { terms } = dossier.answers;
  const t = termsTexts[visit.voice];
  const chosen = shown.typed.text('accord') || (terms === null ? null : terms.accepted ? 'oui' : 'non');
  return formPage(request, shown, {
    title: t.title,
    beside: progress(visit, 'terms', dossier.answers),
    heading: html`${stepProgress(visit, 1, 3)}<h1 class="govuk-heading-l">${t.title}</h1>`,
    body: html`${session.account?.status === 'frozen' && insetText(html`<p>${t.replacesFrozen}</p>`)}${
      terms?.accepted === false &&
      insetText(
        html`<h2 class="govuk-heading-m">${t.refusedTitle}</h2><p>${t.refused}</p><p>${t.reversible}</p>
          <p><a class="govuk-link" href="${paths.home}">${t.leave}</a></p>`,
      )
    }
      <p class="govuk-body">${t.lead}</p>
      <ul class="govuk-list govuk-list--bullet">${t.clauses.map((clause) => html`<li>${clause}</li>`)}</ul>
      <p class="govuk-body"><a class="govuk-link" href="${paths.termsText}">${t.more}</a></p>
      ${form(visit, {
        body: html`${radios(visit, {
          name: 'accord',
          label: t.question,
          size: 'm',
          error: problemOf(shown.problems, 'accord'),
          value: chosen,
          items: [
            { value: 'oui', text: t.yes },
            { value: 'non', text: t.no },
          ],
        })}
        ${buttonGroup(button({ text: t.next }), button({ text: t.cancel, href: paths.home, style: 'secondary' }))}`,
      })}`,
  });
}
