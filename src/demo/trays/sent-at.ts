import { formatDate, formatHour } from '#src/texts/typography.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

/** When a message was sent: a narrow column breaks neither the day nor the hour. */
export function sentAt({ voice }: Localised, date: string): Html {
  const instant = new Date(date);
  const [day, hour] = Number.isNaN(instant.getTime())
    ? [date, '']
    : [formatDate(instant, voice), formatHour(instant, voice)];
  return html`<span class="unbroken">${day}</span> <span class="unbroken">${hour}</span>`;
}
