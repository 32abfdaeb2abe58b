import type { Anyone } from '#src/access/who.ts';
import { disputeTexts } from '#src/account/dispute/texts.ts';
import { franceConnectButton } from '#src/page-parts/franceconnect-button.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** The page of a link that still works: one button. */
export function readyView({ visit }: PageRequest, banner: Html | undefined): PageAnswer {
  const t = disputeTexts[visit.voice];
  return {
    kind: 'page',
    title: t.linkTitle,
    body: html`<h1 class="govuk-heading-l">${t.linkTitle}</h1>${banner}
      <p class="govuk-body">${t.about}</p>
      <p class="govuk-body"><strong>${t.notYou}</strong></p>
      <p class="govuk-body">${t.you}</p>
      <p class="govuk-body">${t.own}</p>
      ${form(visit, { body: button({ text: t.submit }) })}`,
  };
}

/** The form for a code. */
export function disputeCodeView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  const t = disputeTexts[visit.voice];
  return formPage(request, shown, {
    title: t.title,
    body: html`<p class="govuk-body">${t.lead}</p>
      ${form(visit, {
        autocomplete: 'off',
        body: html`${input(visit, {
          name: 'code',
          label: t.code,
          hint: t.codeHint,
          error: problemOf(shown.problems, 'code'),
          value: shown.typed.text('code'),
          spaced: true,
          width: 20,
          spellcheck: 'false',
          autocapitalize: 'characters',
        })}
        <p class="govuk-body">${t.own}</p>
        ${button({ text: t.submit })}`,
      })}
      <p class="govuk-body">${t.noCode(visit.supportTelephone)}</p>`,
  });
}

/** The page of a link or a code that does not (or no longer) work. */
export function deadView({ visit }: PageRequest, state: 'unknown' | 'expired' | 'over'): PageAnswer {
  const t = disputeTexts[visit.voice];
  const { title, text } = t.dead[state];
  return {
    kind: 'page',
    title,
    status: state === 'unknown' ? 404 : 200,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
      <p class="govuk-body">${text}</p>
      <p class="govuk-body">${t.call(visit.supportTelephone)}</p>
      ${state === 'unknown' && html`<p class="govuk-body"><a class="govuk-link" href="${paths.dispute}">${t.typeCode}</a></p>`}`,
  };
}

/** What a frozen account means, and how its person gets a new one. */
export function frozenView(
  { franceConnect, channels }: Pick<Services, 'franceConnect' | 'channels'>,
  { visit, session }: PageRequest<Anyone>,
): PageAnswer {
  const t = disputeTexts[visit.voice];
  return {
    kind: 'page',
    title: t.frozenTitle,
    body: html`<h1 class="govuk-heading-l">${t.frozenTitle}</h1>
      ${t.frozen.map((text) => html`<p class="govuk-body">${text}</p>`)}
      <h2 class="govuk-heading-m">${t.next}</h2>
      <ol class="govuk-list govuk-list--number">${t.steps(visit.supportTelephone).map((text) => html`<li>${text}</li>`)}</ol>
      <h2 class="govuk-heading-m">${t.again}</h2>
      <p class="govuk-body">${t.againWhy}</p>
      ${franceConnect && franceConnectButton(visit, franceConnect, { purpose: 'creation' })}
      ${channels.letters && html`<p class="govuk-body"><a class="govuk-link" href="${paths.otherWays}">${t.letter}</a></p>`}
      ${channels.letters && !session?.dossier && html`<p class="govuk-body">${t.letterHow}</p>`}
      <p class="govuk-body">${t.mistake}</p>`,
  };
}
