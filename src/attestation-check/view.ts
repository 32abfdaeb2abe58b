import type { Checked } from '#src/attestation-check/check-code.ts';
import { checkTexts } from '#src/attestation-check/texts.ts';
import { paths } from '#src/paths.ts';
import { formatDate, formatNotBefore } from '#src/texts/typography.ts';
import { secondsUntil } from '#src/time/seconds-until.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** The form for the code of a paper. */
export function checkView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  const t = checkTexts[visit.voice];
  return formPage(request, shown, {
    title: t.title,
    body: html`<p class="govuk-body">${t.lead}</p>
      ${form(visit, {
        action: paths.check,
        autocomplete: 'off',
        body: html`${input(visit, {
          name: 'code',
          label: t.code,
          hint: t.codeHint,
          error: problemOf(shown.problems, 'code'),
          value: shown.typed.text('code'),
          spaced: true,
          width: 30,
          spellcheck: 'false',
          autocapitalize: 'characters',
        })}
        ${button({ text: t.submit })}`,
      })}
      <p class="govuk-body">${t.learn}</p>`,
  });
}

/** What is said of a code: of the same shape whatever it is. */
export function answerView(
  { visit }: PageRequest,
  checked: Exclude<Checked, { kind: 'blocked' }>,
): PageAnswer {
  const t = checkTexts[visit.voice];
  const attestation = checked.kind === 'known' ? checked.attestation : null;
  const state = attestation === null ? 'unknown' : attestation.replaced ? 'replaced' : 'valid';
  const { word, text } = t.states[state];
  const title =
    attestation === null || state === 'unknown' ? t.titleUnknown : t.titles[attestation.kind][state];
  return {
    kind: 'page',
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
      ${summaryList([
        { key: t.answer, value: html`<strong>${word}</strong>` },
        { key: t.document, value: attestation ? t.kinds[attestation.kind] : '–' },
        { key: t.initials, value: attestation?.initials ?? '–' },
        { key: t.date, value: attestation ? formatDate(attestation.issuedAt, visit.voice) : '–' },
      ])}
      <p class="govuk-body">${text}</p>
      <h2 class="govuk-heading-m">${t.compare}</h2>
      <ul class="govuk-list govuk-list--bullet">${t.steps.map((step) => html`<li>${step}</li>`)}</ul>
      ${button({ text: t.another, href: paths.check, style: 'secondary' })}`,
  };
}

/** Nothing is looked up for a while. The reader holds a paper of somebody else: what helps people with an account is of no use. 429. */
export function blockedView({ visit, now }: PageRequest, until: Date): PageAnswer {
  const { title, text, meanwhile } = checkTexts[visit.voice].blocked;
  return {
    kind: 'page',
    status: 429,
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
      <p class="govuk-body">${text(formatNotBefore(until, visit.voice))}</p>
      <p class="govuk-body">${meanwhile}</p>`,
    retryAfterSeconds: secondsUntil(until, now),
  };
}
