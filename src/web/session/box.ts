import { formatHour, formatHourFrom, formatHourInParis } from '#src/texts/typography.ts';
import { attributes } from '#src/web/components/attributes.ts';
import { button } from '#src/web/components/button.ts';
import { csrfField } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import { sessionTexts } from '#src/web/session/texts.ts';
import type { SessionEnding, Visit } from '#src/web/visit.ts';

/** An end that nothing puts off is announced this many times earlier than one that a button does. */
const earlier = 4;

/**
 * When the session ends, at the end of the page. The script makes it a warning with a button and, after the end, shows
 * its own sentences and the button of `template` in the place of the page (`watchSession` in `assets/session.js`). What
 * nobody sees without the script is not here.
 */
export function sessionBox(visit: Visit, endsAt: Date, ending: SessionEnding): Html {
  const t = sessionTexts[visit.voice];
  const hour = (instant: Date) => formatHour(instant, visit.language);
  const { lastAt, afterwards, isPublic, keepsDraft } = ending;
  const isLast = endsAt >= lastAt;
  const data = attributes({
    'data-session-seconds': String(Math.max(0, Math.floor((endsAt.getTime() - visit.now.getTime()) / 1000))),
    'data-warn': visit.warningSeconds * (isLast ? earlier : 1),
    // Names the session to other tabs of this browser.
    'data-id': lastAt.getTime(),
    'data-last': isLast && 'true',
    'data-hour': hour(isLast ? lastAt : endsAt),
    'data-public': isPublic && 'true',
    'data-keeps': keepsDraft && 'true',
  });
  return html`<section class="session-end" aria-labelledby="session-fin"${data}><h2 id="session-fin" hidden>${t.title}</h2><p>${isLast ? t.endsForGood(hour(lastAt)) : t.ends(formatHourInParis(endsAt, visit.language), formatHourFrom(endsAt, lastAt, visit.language))}</p><form method="post" action="/session/prolonger" hidden>${csrfField(visit)}${button({ text: t.extend, style: 'secondary' })}</form><template>${button({ text: t.goOn[afterwards.kind], href: afterwards.path })}</template></section>`;
}
