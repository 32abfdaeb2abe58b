import { inItsLanguage } from '#src/demo/trays/message-language.ts';
import { sentAt } from '#src/demo/trays/sent-at.ts';
import { formatDate } from '#src/texts/typography.ts';
import { insetText, tag } from '#src/web/components/asides.ts';
import { attributes } from '#src/web/components/attributes.ts';
import { button } from '#src/web/components/button.ts';
import { type Html, html } from '#src/web/html.ts';
import { assetIntegrity, assetUrl } from '#src/web/http/assets.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Localised, Visit } from '#src/web/visit.ts';
import { forgedMark, type Inbox, smsMark } from '#src/workshop/classroom/inbox.ts';
import { national } from '#src/workshop/classroom/role.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { trayTexts } from '#src/workshop/learner/tray-texts.ts';
import { forgedTile, letterReport } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** Marks a message that nobody has opened yet. */
export function newMark({ voice }: Localised, isNew: boolean): Html | null {
  return isNew ? html` ${tag(trayTexts[voice].isNew, 'green')}` : null;
}

/** The telephone of a seat: one conversation, the latest message last, as telephones have it. */
export function smsView(visit: Visit, inbox: Inbox, plays: SeatPerson, sender: string): PageAnswer {
  const t = trayTexts[visit.voice];
  const list = inbox.sms(plays);
  const bubbles = list
    .toReversed()
    .map(
      ({ id, texte, date }) =>
        html`<li class="bubble"><p>${inItsLanguage(texte, texte)}</p><p class="hint">${sentAt(visit, date)}${newMark(visit, inbox.isNew(smsMark(id)))}</p></li>`,
    );
  return {
    kind: 'page',
    title: t.sms.title,
    back: { href: workshopPaths.seat, text: t.back },
    body: html`<h1 class="govuk-heading-l">${t.sms.title}</h1>
<p class="hint">${t.sms.number(national(plays.mobile))}</p>
${bubbles.length > 0 ? html`<h2 class="govuk-heading-m">${t.sms.from(sender)}</h2><ul class="govuk-list bubbles">${bubbles}</ul>` : insetText(html`<p class="govuk-body">${t.sms.none}</p>`)}
${button({ href: workshopPaths.seatSms, text: t.look, style: 'secondary' })}
${ringPart(visit, list.length)}`,
  };
}

/** Whether the telephone rings: for a browser with scripts, off until it is switched on. `count`: of the messages shown. */
function ringPart({ voice }: Localised, count: number): Html {
  const { sms: t } = trayTexts[voice];
  const kept = {
    'data-sms': String(count),
    'data-sms-list': `${workshopPaths.seatSms}.json`,
    'data-sms-kept': 'atelier-sonnerie',
    'data-sms-on': t.ringOn,
    'data-sms-off': t.ringOff,
    'data-sms-waits': t.ringWaits,
  };
  return html`<div${attributes(kept)} hidden>
<p class="govuk-body" role="alert"><span data-sms-news hidden>${t.came} <a class="govuk-link" href="${workshopPaths.seatSms}">${t.read}</a></span></p>
<button type="button" class="govuk-button govuk-button--secondary" aria-pressed="false">${t.ring}</button>
<p class="govuk-body" role="status"></p>
</div><script type="module" src="${assetUrl('sms.js')}" integrity="${assetIntegrity('sms.js')}"></script>`;
}

/** The letter box of a seat. */
export function lettersView(visit: Visit, inbox: Inbox, plays: SeatPerson, hasForged: boolean): PageAnswer {
  const t = trayTexts[visit.voice];
  const { letters: words } = t;
  const forged = hasForged ? [forgedTile(visit, newMark(visit, inbox.isNew(forgedMark(plays))))] : [];
  const letters = inbox.letters(plays).map(({ id, date, pdf, documents }) => {
    const title = words.of(formatDate(new Date(date), visit.voice));
    const enclosed = documents.map(
      (address, index) =>
        html`<p class="govuk-body"><a class="govuk-link" href="${address}">${words.enclosed(index + 1)}</a></p>`,
    );
    return html`<li class="tile"><h2 class="govuk-heading-m">${title}${newMark(visit, inbox.isNew(id))}</h2>${enclosed}${button({ href: pdf, text: html`${words.open}<span class="govuk-visually-hidden"> – ${title}</span>` })} ${letterReport(visit, id)}</li>`;
  });
  const tiles = [...forged, ...letters];
  return {
    kind: 'page',
    title: words.title,
    back: { href: workshopPaths.seat, text: t.back },
    body: html`<h1 class="govuk-heading-l">${words.title}</h1>
${tiles.length > 0 ? html`<p class="govuk-body">${words.howBack}</p><ul class="tiles">${tiles}</ul>` : insetText(html`<p class="govuk-body">${words.none}</p>`)}
${button({ href: workshopPaths.seatLetters, text: t.look, style: 'secondary' })}`,
  };
}
