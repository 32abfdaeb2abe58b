import { common } from '#src/texts/common.ts';
import { attributes, classes } from '#src/web/components/attributes.ts';
import { type Child, type Html, html, trusted } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

export interface NotificationBannerOptions {
  /** `success` is read out at once: for what the person has just done. */
  readonly type?: 'success' | undefined;
  readonly title?: string | undefined;
  /** Tells the titles of two banners on one page apart. */
  readonly id?: string | undefined;
  /** Stands before the title of the page: its own title is then no heading. */
  readonly first?: boolean | undefined;
  /** Text becomes the heading of the banner; markup stays as it is. */
  readonly content: string | Html;
}

/** News about the service or about what was just done, one per page at most. */
export function notificationBanner(
  visit: Localised,
  { type, title, content, first = false, id = 'govuk-notification-banner' }: NotificationBannerOptions,
): Html {
  const texts = common[visit.voice];
  const wrapper = attributes({
    class: classes('govuk-notification-banner', type && `govuk-notification-banner--${type}`),
    role: type && 'alert',
    'aria-labelledby': `${id}-title`,
  });
  const heading = title ?? (type ? texts.success : texts.important);
  const element = trusted(type ? 'div' : 'section');
  const level = trusted(first ? 'p' : 'h2');
  return html`<${element}${wrapper}><div class="govuk-notification-banner__header"><${level} class="govuk-notification-banner__title" id="${id}-title">${heading}</${level}></div><div class="govuk-notification-banner__content">${
    typeof content === 'string' ? html`<p class="govuk-notification-banner__heading">${content}</p>` : content
  }</div></${element}>`;
}

/** The end of a journey: its title is the title of the page. */
export function panel(title: Child, body?: Child): Html {
  return html`<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">${title}</h1>${
    body && html`<div class="govuk-panel__body">${body}</div>`
  }</div>`;
}
