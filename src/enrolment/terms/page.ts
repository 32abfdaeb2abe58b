import { access, type SitePage } from '#src/access/access.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { decideTerms } from '#src/enrolment/terms/decide.ts';
import { termsSchema } from '#src/enrolment/terms/schema.ts';
import { termsTexts } from '#src/enrolment/terms/texts.ts';
import { termsView } from '#src/enrolment/terms/view.ts';
import { currentPath } from '#src/journey/journey.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/** Step 1 of 3: the terms of use. A refusal is stored, explained, and can be changed. */
export function termsPage(services: Services): SitePage {
  return definePage({
    path: paths.terms,
    about: {
      part: 'Opening the account',
      shows: 'the terms, step 1 of 3',
      form: 'stores the acceptance or the refusal',
    },
    access: access.step('terms'),
    show: (request, shown) => termsView(request, shown),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<OpenDossier>): Promise<Answer> {
  const { typed, visit, now } = request;
  const choice = typed.text('accord');
  const accord = choice === 'oui' ? true : choice === 'non' ? false : undefined;
  const reading = readFields(termsSchema, { accord });
  if (!reading.ok)
    return termsView(request, refused(typed, { field: 'accord', text: termsTexts[visit.voice].choose }));
  const kept = await decideTerms(services, request, reading.value.accord, visit.voice, now);
  return redirect(currentPath(kept.answers));
}

/** The detailed terms, open to everyone. */
export function termsTextPage({ policy }: Pick<Services, 'policy'>): SitePage {
  return definePage({
    path: paths.termsText,
    about: { part: 'Opening the account', shows: 'the detailed terms', form: null },
    access: access.everybody,
    aboutNobody: true,
    show: ({ visit }) => {
      const t = termsTexts[visit.voice];
      return {
        kind: 'page',
        title: t.textTitle,
        back: paths.terms,
        body: html`<h1 class="govuk-heading-l">${t.textTitle}</h1>
          ${[...t.clauses].map((clause) => html`<p class="govuk-body">${clause}</p>`)}
          ${t.articles.map(
            ([title, text]) =>
              html`<h2 class="govuk-heading-m">${title}</h2><p class="govuk-body">${text}</p>`,
          )}
          <p class="govuk-body-s">${t.version(policy.terms.version)}</p>`,
      };
    },
  });
}
