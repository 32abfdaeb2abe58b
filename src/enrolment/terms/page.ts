import { createHash } from 'node:crypto';
import { saveAnswers } from '#src/enrolment/dossier.ts';
import { openDossierOf, stepGuard } from '#src/enrolment/guard.ts';
import { answer, currentPath } from '#src/enrolment/journey.ts';
import { termsTexts } from '#src/enrolment/terms/texts.ts';
import { termsView } from '#src/enrolment/terms/view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';
import { refused } from '#src/web/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, type Page, type PageRequest, redirect } from '#src/web/page.ts';

/** Step 1 of 3: the terms of use. A refusal is kept, explained, and can be taken back. */
export function termsPage(services: Services): Page {
  return {
    path: paths.terms,
    guard: stepGuard('terms'),
    show: (request, shown) => termsView(request, shown),
    submit: (request) => submit(services, request),
  };
}

async function submit({ db, keyring, policy }: Services, request: PageRequest): Promise<Answer> {
  const { typed, visit, now } = request;
  const choice = typed.text('accord');
  if (choice !== 'oui' && choice !== 'non')
    return termsView(request, refused(typed, { field: 'accord', text: termsTexts[visit.language].choose }));
  const dossier = openDossierOf(request);
  const accepted = choice === 'oui';
  const answers = answer(dossier.answers, {
    terms: {
      accepted,
      version: policy.terms.version,
      textHash: termsHash(visit.language),
      language: visit.language,
      at: now.toISOString(),
    },
  });
  const kind = accepted ? 'terms-accepted' : 'terms-refused';
  await saveAnswers(db, keyring, dossier, answers, { kind, details: { version: policy.terms.version } }, now);
  return redirect(currentPath(answers));
}

/** SHA-256 (hex) of the whole text that was accepted, to prove later which one it was. */
function termsHash(language: Language): string {
  const { lead, clauses, articles } = termsTexts[language];
  return createHash('sha256')
    .update(JSON.stringify([lead, clauses, articles]))
    .digest('hex');
}

/** The detailed terms, open to everybody. */
export function termsTextPage({ policy }: Pick<Services, 'policy'>): Page {
  return {
    path: paths.termsText,
    show: ({ visit }) => {
      const t = termsTexts[visit.language];
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
  };
}
