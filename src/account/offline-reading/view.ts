import { offlineTexts } from '#src/account/offline-reading/texts.ts';
import { paths } from '#src/paths.ts';
import { formatDate } from '#src/texts/typography.ts';
import { insetText, warningText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { errorSummary } from '#src/web/components/error-summary.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import { assetIntegrity, assetUrl } from '#src/web/http/assets.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';

export interface OfflineShown {
  /** Until when this browser keeps pages; null: it keeps none. */
  readonly until: Date | null;
  readonly days: number;
  /** Whether the browser is a known device of the account: only such a one can be chosen. */
  readonly isKnown: boolean;
}

/**
 * The choice for this browser. Keeping is the work of scripts: the button is for browsers that run them, the others are
 * told that nothing changes.
 */
export function offlineView({ visit }: PageRequest, { until, days, isKnown }: OfflineShown): PageAnswer {
  const t = offlineTexts[visit.voice];
  return {
    kind: 'page',
    title: t.title,
    status: isKnown ? 200 : 409,
    back: paths.accountInformation,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      ${!isKnown && errorSummary(visit, [{ text: t.unknownDevice }])}
      ${until ? chosen(formatDate(until, visit.voice)) : html`<p class="govuk-body">${t.lead}</p>`}
      ${until && choice('non', t.erase)}
      ${warningText(visit, t.warning)}
      ${!until && html`<noscript><p class="govuk-body"><strong>${t.noScript}</strong></p></noscript><p class="govuk-body" data-offline-unable hidden><strong>${t.unable}</strong></p>`}
      <h2 class="govuk-heading-m">${t.keptTitle}</h2>
      ${bullets(t.kept)}
      <h2 class="govuk-heading-m">${t.neverTitle}</h2>
      ${bullets(t.never)}
      <h2 class="govuk-heading-m">${t.erasedTitle}</h2>
      ${bullets(t.erased(days))}
      ${!until && html`<div data-offline-form hidden>${choice('oui', t.keep)}</div>`}
      <script type="module" src="${assetUrl('offline.js')}" integrity="${assetIntegrity('offline.js')}"></script>`,
  };

  /** Erasing works without scripts: the browser itself does it. */
  function choice(kept: 'oui' | 'non', text: string): Html {
    return form(visit, {
      body: html`<input type="hidden" name="garder" value="${kept}">${button({ text })}`,
    });
  }

  function chosen(day: string): Html {
    return insetText(html`<p><strong>${t.chosen(day)}</strong></p>
      <p data-offline-count hidden>${t.count} <strong></strong></p>
      <p data-offline-full hidden><strong>${t.full}</strong></p>`);
  }
}

function bullets(items: readonly string[]): Html {
  return html`<ul class="govuk-list govuk-list--bullet">${items.map((text) => html`<li>${text}</li>`)}</ul>`;
}
