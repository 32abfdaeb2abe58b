import type { Anyone } from '#src/access/who.ts';
import type { LetterProgress } from '#src/codes/letter-progress.ts';
import type { LatestCode } from '#src/enrolment/other-ways/requester.ts';
import { expectedDays } from '#src/letters/expected.ts';
import { demoTrayLink } from '#src/page-parts/demo-tray-link.ts';
import { birthDateField, nameField } from '#src/page-parts/identity/person-fields.ts';
import { letterUnderWay, trackerLink } from '#src/page-parts/letter-progress.ts';
import { nirField } from '#src/page-parts/nir-field.ts';
import { progress } from '#src/page-parts/progress/view.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import { codeTexts } from '#src/provisional-code/texts.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';
import { details, insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** «Mon code provisoire»: the NIR, the code, and where the latest code was sent. */
export function codeView(
  request: PageRequest<Anyone>,
  { codes: { askedWith } }: Pick<Policy, 'codes'>,
  shown: Shown,
  latest: LatestCode | null,
  /** The letter of an earlier visit. */
  letter: LetterProgress | null = null,
): PageAnswer {
  const { visit, session } = request;
  const t = codeTexts[visit.voice];
  const undisclosed = session?.dossier?.answers.identity.undisclosed === true;
  const elsewhere = session?.dossier ? paths.otherWays : paths.identity;
  return formPage(request, shown, {
    title: t.title,
    beside: progress(visit, 'proof', session?.dossier?.answers),
    back: elsewhere,
    body: html`${latest ? html`${onItsWay(visit.voice, latest)}${demoTrayLink(visit, latest.to.channel)}` : undisclosed ? insetText(html`<p>${t.undisclosed}</p>`) : letterUnderWay(visit, letter)}
      <p class="govuk-body">${t.lead}</p>
      ${askedWith === 'identity' && html`<p class="govuk-body">${t.whoYouAre}</p>`}
      ${form(visit, {
        autocomplete: 'off',
        legend: true,
        body: html`${askedWith === 'identity' && nameField(visit, shown)}
          ${nirField(visit, shown)}
          ${askedWith === 'identity' && birthDateField(visit, shown)}
          ${input(visit, {
            name: 'code',
            label: t.code,
            hint: t.codeHint,
            error: problemOf(shown.problems, 'code'),
            autocomplete: 'one-time-code',
            spaced: true,
            width: 20,
            spellcheck: 'false',
            autocapitalize: 'characters',
          })}
          ${button({ text: t.submit })}`,
      })}
      ${latest && notReceived(visit.voice, latest)}
      ${!latest && html`<p class="govuk-body"><a class="govuk-link" href="${elsewhere}">${t.none}</a></p>`}`,
  });
}

function onItsWay(voice: Voice, { to, postalCode, requestedAt, deadAt }: LatestCode): Html {
  const t = codeTexts[voice];
  const when = to.channel === 'letter' ? byPost(voice, requestedAt, postalCode) : t.soon;
  return insetText(
    html`<p class="govuk-body"><strong>${t.onItsWay[to.channel](to.masked)}</strong></p>
      <p class="govuk-body">${when} ${t.works(formatTime(deadAt, voice))}</p>
      ${to.channel === 'letter' && trackerLink(voice)}`,
  );
}

/** The days between which a letter requested at an instant should arrive, in words. */
function byPost(voice: Voice, requestedAt: Date, postalCode: string): string {
  const { earliest, latest } = expectedDays(requestedAt, 'requested', postalCode);
  const written = (day: string) => formatDate(new Date(`${day}T12:00:00Z`), voice);
  return codeTexts[voice].byPost(written(earliest), written(latest));
}

function notReceived(voice: Voice, { to }: LatestCode): Html {
  const t = codeTexts[voice];
  return details({
    summary: t.notReceived,
    content: html`<ul class="govuk-list govuk-list--bullet">${t.advice[to.channel].map((text) => html`<li>${text}</li>`)}</ul>
      <p><a class="govuk-link" href="${paths.otherWays}">${t.another}</a></p>`,
  });
}
