import { deviceTexts } from '#src/account/known-device/texts.ts';
import type { ListedDevice } from '#src/credentials/known-devices.ts';
import { paths } from '#src/paths.ts';
import { deviceName } from '#src/texts/device-texts.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';

/** The known browsers of a person, each with what helps to recognise it. */
export function devicesView({ visit }: PageRequest, devices: readonly ListedDevice[]): PageAnswer {
  const t = deviceTexts[visit.voice];
  const forgetAll = button({ text: t.forgetAll, href: paths.accountForgetDevices, style: 'secondary' });
  const back = button({ text: t.back, href: paths.accountInformation, style: 'secondary' });
  return {
    kind: 'page',
    title: t.title,
    back: paths.accountInformation,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.what}</p>
      ${t.why.map((text) => html`<p class="govuk-body">${text}</p>`)}
      ${devices.length === 0 ? html`<p class="govuk-body">${t.none}</p>` : list(visit.voice, devices)}
      <p class="govuk-body">${t.unknown(visit.supportTelephone)}</p>
      <p class="govuk-body">${t.limit}</p>
      <p class="govuk-body"><a class="govuk-link" href="${paths.accountOffline}">${t.offlineHere}</a></p>
      ${buttonGroup(devices.length > 0 && forgetAll, back)}`,
  };
}

function list(voice: keyof typeof deviceTexts, devices: readonly ListedDevice[]): Html {
  const t = deviceTexts[voice];
  return summaryList(
    devices.map(({ id, kind, firstAt, lastAt, isThisOne, offlineUntil }) => {
      const name = deviceName(kind, voice);
      const last = formatTime(lastAt, voice);
      return {
        key: html`${name}${isThisOne && html` ${t.thisOne}`}`,
        value: html`${t.last(last)}<br>${t.first(formatTime(firstAt, voice))}${offlineUntil && html`<br>${t.offline(formatDate(offlineUntil, voice))}`}`,
        actions: [
          {
            href: `${paths.accountForgetDevices}?appareil=${id}`,
            text: t.forget,
            hidden: `(${name}, ${last})`,
          },
        ],
      };
    }),
  );
}

/** Asks before one browser (`device`) or all are forgotten. */
export function forgetView({ visit }: PageRequest, device: ListedDevice | null): PageAnswer {
  const t = deviceTexts[visit.voice];
  const title = device ? t.oneTitle : t.allTitle;
  return {
    kind: 'page',
    title,
    back: paths.accountDevices,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
      ${
        device &&
        html`<p class="govuk-body"><strong>${deviceName(device.kind, visit.voice)}</strong>${device.isThisOne && html` ${t.thisOne}`}<br>${t.last(formatTime(device.lastAt, visit.voice))}</p>`
      }
      <p class="govuk-body">${t.after}</p>
      <p class="govuk-body">${t.signOutOthers}</p>
      ${form(visit, {
        action: paths.accountDevices,
        body: html`${device && html`<input type="hidden" name="appareil" value="${device.id}">`}
          ${buttonGroup(
            button({ text: device ? t.oneYes : t.allYes }),
            button({ text: t.cancel, href: paths.accountDevices, style: 'secondary' }),
          )}`,
      })}`,
  };
}
