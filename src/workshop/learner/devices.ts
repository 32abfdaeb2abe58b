import { catalogue } from '#src/texts/language.ts';
import { formatHour } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import { isAlone } from '#src/workshop/network/urls.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

interface DeviceCode {
  readonly code: string;
  readonly until: Date;
}

/** The codes with which the learner of a seat opens it on one more device. */
export interface DeviceCodes {
  readonly give: (seat: number) => DeviceCode;
  /** The one that is good now. */
  readonly current: (seat: number) => DeviceCode | null;
}

const texts = catalogue({
  fr: {
    title: 'Sur un autre appareil',
    why: 'Vous pouvez lire vos messages sur un téléphone, et remplir les pages sur l’ordinateur.',
    give: 'Montrer un code',
    again: 'Montrer un autre code',
    where: (address: string) => `Sur l’autre appareil, allez à l’adresse ${address}. Tapez-y ce code\u00a0:`,
    until: (hour: string) => `Ce code sert une seule fois, jusqu’à ${hour}.`,
    alone:
      'L’atelier ne répond que sur cet ordinateur. Un autre appareil ne peut pas y entrer. Le code ne sert qu’ici.',
    notYours: 'Cette place n’est pas la vôtre\u00a0?',
    enter: 'Entrer avec un autre code',
  },
  en: {
    title: 'On another device',
    why: 'You can read your messages on a telephone, and fill in the pages on the computer.',
    give: 'Show a code',
    again: 'Show another code',
    where: (address: string) => `On the other device, go to the address ${address}. Type this code there:`,
    until: (hour: string) => `This code is used once only, until ${hour}.`,
    alone:
      'The workshop answers on this computer only. Another device cannot join. The code is only good in another browser, here.',
    notYours: 'Is this seat not yours?',
    enter: 'Enter with another code',
  },
});

/** Where a seat opens on another device. `address`: of the page where codes are typed, as people type it. */
export function devicesPart(visit: Visit, given: DeviceCode | null, address: string): Html {
  const isOnlyHere = isAlone(`http://${address}`);
  const t = texts[visit.voice];
  return html`<h2 class="govuk-heading-m" id="appareil">${t.title}</h2>
<p class="govuk-body">${isOnlyHere ? t.alone : t.why}</p>
${
  given &&
  html`<p class="govuk-body">${t.where(address)}</p><p class="govuk-heading-l"><strong>${given.code}</strong></p><p class="govuk-body">${t.until(formatHour(given.until, visit.voice))}</p>`
}
${form(visit, {
  body: html`<input type="hidden" name="appareil" value="code">${button({ text: given ? t.again : t.give, style: 'secondary' })}`,
})}
<p class="govuk-body">${t.notYours} <a class="govuk-link" href="${workshopPaths.join}?${withAnotherCode}">${t.enter}</a></p>`;
}

/** In the address of the page where codes are typed: for a browser that has a seat already. */
export const withAnotherCode = 'autre';
