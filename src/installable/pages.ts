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

function bullets(items: readonly string[]): Html {
  return html`<ul class="govuk-list govuk-list--bullet">${items.map((text) => html`<li>${text}</li>`)}</ul>`;
}
