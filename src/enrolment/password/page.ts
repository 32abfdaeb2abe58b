import { access, type SitePage } from '#src/access/access.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { choosePassword, passwordContext } from '#src/enrolment/password/choose.ts';
import { type HashOnce, openHashOnce } from '#src/enrolment/password/hash-once.ts';
import { currentPath } from '#src/journey/journey.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { newPasswordFields, newPasswordRules, readNewPassword } from '#src/page-parts/password/fields.ts';
import { passwordLabels } from '#src/page-parts/password/labels.ts';
import { passwordTexts } from '#src/page-parts/password/texts.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { usernameField } from '#src/web/components/password-input.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { stepProgress } from '#src/web/layout.ts';
import {
  type Answer,
  nothingTyped,
  type PageAnswer,
  type PageRequest,
  redirect,
  type Shown,
} from '#src/web/page.ts';

/** Step 2 of 3: the password. Only its hash is stored. */
export function passwordPage(services: Services): SitePage {
  const hashOnce = openHashOnce(services.passwords);
  return definePage({
    path: paths.password,
    about: {
      part: 'Opening the account',
      shows: 'the password, step 2 of 3',
      form: 'judges and hashes the password',
    },
    access: access.step('password'),
    show: (request, shown) => view(request, shown, services.policy),
    submit: (request) => submit(services, hashOnce, request),
  });
}

async function submit(
  services: Services,
  hashOnce: HashOnce,
  request: PageRequest<OpenDossier>,
): Promise<Answer> {
  const { policy } = services;
  const { typed, visit, dossier, sender, now } = request;
  const reading = await readNewPassword(typed, passwordContext(dossier, policy), visit.voice);
  if (!reading.ok) return view(request, refused(nothingTyped, ...reading.problems), policy);
  const chosen = await choosePassword(services, hashOnce, request, reading.password, {
    client: clientOf(services, sender.ip),
    signal: sender.leaving(),
    now,
  });
  if (chosen.kind !== 'busy') return redirect(currentPath(chosen.answers));
  const busy = refused(nothingTyped, { field: null, text: passwordTexts[visit.voice].busy });
  return { ...view(request, busy, policy, 503), retryAfterSeconds: chosen.retryAfterSeconds };
}

function view(request: PageRequest<OpenDossier>, shown: Shown, policy: Policy, status?: number): PageAnswer {
  const { visit } = request;
  const t = passwordTexts[visit.voice];
  const { identity } = request.dossier.answers;
  // The number that the person typed in this session, never one that the register told.
  const nir = identity.typed ? identity.nir : undefined;
  const { title, cancel } = passwordLabels(visit.voice, policy.password);
  return formPage(request, shown, {
    title,
    heading: html`${stepProgress(visit, 2, 3)}<h1 class="govuk-heading-l">${title}</h1>`,
    back: paths.terms,
    beside: progress(visit, 'password', request.dossier.answers),
    body: form(visit, {
      ...newPasswordRules(visit, policy.password),
      body: html`${usernameField(nir)}${newPasswordFields(visit, policy.password, shown.problems)}
        ${buttonGroup(button({ text: t.next }), button({ text: cancel, href: paths.terms, style: 'secondary' }))}`,
    }),
    ...(status ? { status } : {}),
  });
}
