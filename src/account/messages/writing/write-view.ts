import type { Addressee } from '#src/account/messages/addressee.ts';
import { writeTexts } from '#src/account/messages/texts.ts';
import { writeFields } from '#src/account/messages/writing/fields-view.ts';
import { answerBy } from '#src/account/messages/writing/send-message.ts';
import { subjectCodes, subjectIn, subjects } from '#src/account/messages/writing/subject-texts.ts';
import type { Written } from '#src/account/messages/writing/written-files.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatDate } from '#src/texts/typography.ts';
import { form } from '#src/web/components/form.ts';
import { telephoneLink, writtenContact } from '#src/web/components/links.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The form of a new message; `writing` null: nobody at the caisse would read it, and the page says so. */
export function writeView(
  request: PageRequest,
  shown: Shown,
  policy: Services['policy'],
  writing: (Written & { readonly addressee: Addressee }) | null,
  status?: number,
): PageAnswer {
  const { visit } = request;
  const t = writeTexts[visit.voice];
  if (!writing) return cannotWrite(visit);
  return formPage(request, shown, {
    title: t.title,
    back: paths.messages,
    body: html`<p class="govuk-body">${t.to(writing.addressee.sender.name)}</p>
      <p class="govuk-body">${t.delay(policy.account.answerDays, formatDate(answerBy(policy, visit.now), visit.voice))}</p>
      <p class="govuk-body">${t.secrets}</p>
      ${form(visit, {
        files: true,
        legend: true,
        body: html`${radios(visit, {
          name: 'sujet',
          label: t.subject,
          items: subjectCodes.map((code) => ({ value: code, text: subjects[visit.voice][code] })),
          value: subjectIn(shown.typed.text('sujet')),
          error: problemOf(shown.problems, 'sujet'),
        })}
          ${writeFields(visit, shown, { ...writing, label: t.text, send: t.send })}`,
      })}`,
    ...(status ? { status } : {}),
  });
}

function cannotWrite(visit: Visit): PageAnswer {
  const t = writeTexts[visit.voice];
  const body: Html = html`<h1 class="govuk-heading-l">${t.cannot}</h1>
    <p class="govuk-body">${t.cannotWhy}</p>
    <p class="govuk-body">${t.call} ${telephoneLink(visit.supportTelephone)}</p>
    ${writtenContact(visit)}`;
  return { kind: 'page', title: t.cannot, back: paths.messages, body };
}
