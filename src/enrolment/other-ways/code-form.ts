import { type CodeChannel, type KnownChannel, lastInstant } from '#src/codes/rules.ts';
import { channelValue } from '#src/enrolment/code-channel-field.ts';
import type { CodeOffer } from '#src/enrolment/other-ways/offer.ts';
import { otherWaysTexts } from '#src/enrolment/other-ways/texts.ts';
import { expectedDays } from '#src/letters/expected.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Voice } from '#src/texts/language.ts';
import { formatDate, formatNotBefore } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageRequest, Shown } from '#src/web/page.ts';

/** The choice among the channels that the register knows, each masked, with its realistic delay. */
export function codeForm(
  request: PageRequest,
  shown: Shown,
  offer: CodeOffer,
  policy: Pick<Policy, 'codes'>,
): Html {
  const { visit, now } = request;
  const t = otherWaysTexts[visit.voice];
  const already = html`<p class="govuk-body"><a class="govuk-link" href="${paths.provisionalCode}">${t.haveCode}</a></p>`;
  const title = html`<h2 class="govuk-heading-m">${t.codeTitle}</h2>`;
  if (offer.channels.length === 0)
    return html`${title}<p class="govuk-body">${t.noChannel(visit.supportTelephone)}</p>${already}`;
  return html`${title}
    <p class="govuk-body">${t.codeLead}</p>
    ${form(visit, {
      body: html`${radios(visit, {
        name: 'canal',
        label: t.channel,
        size: 's',
        error: problemOf(shown.problems, 'canal'),
        value: shown.typed.text('canal'),
        items: offer.channels.map((to) => {
          const hold = offer.holds?.get(to.channel);
          return {
            value: channelValue(to.channel),
            text: t.channels[to.channel](to.masked),
            hint: hold
              ? t.heldHint(formatNotBefore(hold.until, visit.voice))
              : delay(visit.voice, to, offer.postalCode, policy, now),
          };
        }),
      })}
      <p class="govuk-body">${t.notYours(visit.supportTelephone)}</p>
      <input type="hidden" name="affichee" value="${String(now.getTime())}">
      ${button({ text: t.submit })}`,
    })}
    ${already}`;
}

/** When the submitted form was shown; null when it does not say, or says an impossible time. */
export function shownAt({ typed, now }: Pick<PageRequest, 'typed' | 'now'>): Date | null {
  const at = Number(typed.text('affichee') || Number.NaN);
  return Number.isSafeInteger(at) && at > 0 && at <= now.getTime() ? new Date(at) : null;
}

function delay(
  voice: Voice,
  to: KnownChannel,
  postalCode: string,
  policy: Pick<Policy, 'codes'>,
  now: Date,
): string {
  const t = otherWaysTexts[voice];
  if (to.channel === 'letter') {
    const { earliest, latest } = expectedDays(now, 'requested', postalCode);
    const written = (day: string) => formatDate(new Date(`${day}T12:00:00Z`), voice);
    return t.byPost(written(earliest), written(latest), formatDate(lastInstant(policy, to, now), voice));
  }
  const { minutes } = to.channel === 'sms' ? policy.codes.sms : policy.codes.email;
  return t.soon(minutes % 60 === 0 ? t.hours(minutes / 60) : t.minutes(minutes));
}

/** The message when no code can be sent by the chosen channel: when one can be again, and what is possible now. */
export function heldText(request: PageRequest, chosen: CodeChannel, until: Date, offer: CodeOffer): string {
  const { voice, supportTelephone } = request.visit;
  const t = otherWaysTexts[voice];
  const others = offer.channels
    .filter(({ channel }) => channel !== chosen && !offer.holds?.get(channel))
    .map(({ channel }) => t.by[channel]);
  const held = t.held(t.by[chosen], formatNotBefore(until, voice));
  return `${held} ${others.length > 0 ? t.stillPossible(others.join(t.or)) : t.nothingElse(supportTelephone)}`;
}
