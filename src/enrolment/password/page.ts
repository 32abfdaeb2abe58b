import { openDossierOf, stepGuard } from '#src/enrolment/guard.ts';
import { choosePassword, passwordContext } from '#src/enrolment/password/choose.ts';
import { type HashOnce, openHashOnce } from '#src/enrolment/password/hash-once.ts';
import { currentPath } from '#src/journey/journey.ts';
import { newPasswordFields, readNewPassword } from '#src/page-parts/password/fields.ts';
import { passwordLabels } from '#src/page-parts/password/labels.ts';
import { passwordTexts } from '#src/page-parts/password/texts.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { formPage, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { stepProgress } from '#src/web/layout.ts';
import {
  type Answer,
  nothingTyped,
  type Page,
  type PageAnswer,
  type PageRequest,
  redirect,
  type Shown,
} from '#src/web/page.ts';

/** Step 2 of 3: the password. It is hashed before anything is written, and kept only so. */
export function passwordPage(services: Services): Page {
  const hashOnce = openHashOnce(services.passwords);
  return {
    path: paths.password,
    guard: stepGuard('password'),
    show: (request, shown) => view(request, shown, services.policy),
    submit: (request) => submit(services, hashOnce, request),
  };
}

async function submit(services: Services, hashOnce: HashOnce, request: PageRequest): Promise<Answer> {
  const { policy } = services;
  const { typed, visit } = request;
  const dossier = openDossierOf(request);
  const reading = await readNewPassword(typed, passwordContext(dossier, policy), visit.language);
  if (!reading.ok) return view(request, refused(nothingTyped, ...reading.problems), policy);
  const chosen = await choosePassword(services, hashOnce, dossier, reading.password, request);
  if (chosen.kind !== 'busy') return redirect(currentPath(chosen.answers));
  const busy = refused(nothingTyped, { field: null, text: passwordTexts[visit.language].busy });
  return { ...view(request, busy, policy, 503), retryAfterSeconds: chosen.retryAfterSeconds };
}

function view(request: PageRequest, shown: Shown, policy: Policy, status?: number): PageAnswer {
  const { visit } = request;
  const t = passwordTexts[visit.language];
  const { title, cancel } = passwordLabels(visit.language, policy.password);
  return formPage(request, shown, {
    title,
    heading: html`${stepProgress(visit, 2, 3)}<h1 class="govuk-heading-l">${title}</h1>`,
    back: paths.terms,
    body: form(visit, {
      body: html`${newPasswordFields(visit, policy.password, shown.problems)}
        ${buttonGroup(button({ text: t.next }), button({ text: cancel, href: paths.terms, style: 'secondary' }))}`,
    }),
    ...(status ? { status } : {}),
  });
}
