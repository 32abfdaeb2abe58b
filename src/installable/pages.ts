import { access, type SitePage } from '#src/access/access.ts';
import { appTexts } from '#src/installable/texts.ts';
import { paths } from '#src/paths.ts';
import { button } from '#src/web/components/button.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Html, html } from '#src/web/html.ts';

/** The start page of the installed application, as the official tutorials show it. */
export const appPage: SitePage = definePage({
  path: paths.app,
  about: {
    part: 'Information',
    shows: 'the first page of the installed application, and how to install it',
    form: null,
  },
  access: access.everybody,
  aboutNobody: true,
  show: ({ visit }) => {
    const t = appTexts[visit.voice];
    const title = t.title(visit.serviceName);
    return {
      kind: 'page',
      title,
      body: html`<h1 class="govuk-heading-l">${title}</h1>
        ${button({ text: t.have, href: paths.signIn })}
        <div>${button({ text: t.none, href: paths.identity, style: 'secondary' })}</div>
        <p class="govuk-body">${t.noneHelp}</p>
        <h2 class="govuk-heading-m">${t.installTitle}</h2>
        ${bullets(t.install)}
        <p class="govuk-body">${t.installed}</p>`,
    };
  },
});

/** Shown by the browser instead of a page that it cannot reach. Nothing on it depends on the person. */
export const offlinePage: SitePage = definePage({
  path: paths.offline,
  about: {
    part: 'Information',
    shows: 'what to do without a network; cached by the browser and shown when a page cannot be reached',
    form: null,
  },
  access: access.everybody,
  aboutNobody: true,
  show: ({ visit }) => {
    const t = appTexts[visit.voice];
    return {
      kind: 'page',
      title: t.offlineTitle,
      body: html`<h1 class="govuk-heading-l">${t.offlineTitle}</h1>
        <p class="govuk-body">${t.offline}</p>
        ${bullets(t.offlineSteps)}
        <div><a href="" class="govuk-button">${t.reopen}</a></div>
        ${button({ text: t.retry, href: paths.app, style: 'secondary' })}
        <p class="govuk-body">${t.call(visit.supportTelephone)}</p>`,
    };
  },
});

/** Shown where pages are kept on the device, and the one that was asked for is not. */
export const notKeptPage: SitePage = definePage({
  path: paths.notKept,
  about: {
    part: 'Information',
    shows:
      'that a page was not kept, and which may have been; shown by a browser that keeps pages of an account',
    form: null,
  },
  access: access.everybody,
  aboutNobody: true,
  show: ({ visit }) => {
    const t = appTexts[visit.voice];
    const links = [
      { href: paths.account, text: t.keptAccount },
      { href: paths.accountPayments, text: t.keptPayments },
      { href: paths.accountDocuments, text: t.keptDocuments },
      { href: paths.messages, text: t.keptMessages },
    ];
    return {
      kind: 'page',
      title: t.notKeptTitle,
      body: html`<h1 class="govuk-heading-l">${t.notKeptTitle}</h1>
        <p class="govuk-body">${t.notKept}</p>
        <div><a href="" class="govuk-button">${t.reopen}</a></div>
        <h2 class="govuk-heading-m">${t.keptTitle}</h2>
        <p class="govuk-body">${t.kept}</p>
        <ul class="govuk-list govuk-list--spaced">${links.map(({ href, text }) => html`<li><a class="govuk-link" href="${href}">${text}</a></li>`)}</ul>`,
    };
  },
});

function bullets(items: readonly string[]): Html {
  return html`<ul class="govuk-list govuk-list--bullet">${items.map((text) => html`<li>${text}</li>`)}</ul>`;
}
