import { catalogue } from '#src/texts/language.ts';
import { formatHour } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

export interface MachineOptions {
  /** The address of the board, which acts. */
  readonly board: string;
  readonly seat: number;
  /** The code that is good now. */
  readonly given: { readonly code: string; readonly until: Date } | null;
  /** Where codes are typed, as people type it. */
  readonly address: string;
  /** Nobody outside this computer reaches the workshop. */
  readonly isAlone: boolean;
}

const texts = catalogue({
  fr: {
    title: 'Changer d’appareil',
    lead: 'Le participant continue sur un autre appareil, là où il en est. L’appareil d’avant quitte la place quand le code sert.',
    alone:
      'L’atelier ne répond que sur cet ordinateur. Un autre appareil ne peut pas y entrer. Le code ne sert que dans un autre navigateur, ici.',
    give: 'Donner un code',
    again: 'Donner un autre code',
    where: (address: string) =>
      `Sur le nouvel appareil, le participant ouvre ${address}. Lisez-lui ce code\u00a0:`,
    until: (hour: string) => `Il sert une seule fois, jusqu’à ${hour}.`,
  },
  en: {
    title: 'Change the device',
    lead: 'The learner goes on with another device, from where they are. The device before leaves the seat when the code is used.',
    alone:
      'The workshop answers on this computer only. Another device cannot join. The code is only good in another browser, here.',
    give: 'Give a code',
    again: 'Give another code',
    where: (address: string) => `On the new device, the learner opens ${address}. Read this code to them:`,
    until: (hour: string) => `It is used once only, until ${hour}.`,
  },
});

/** A code with which the learner of a seat goes on at another machine; the trainer reads it out. */
export function machineView(visit: Visit, { board, seat, given, address, isAlone }: MachineOptions): Html {
  const t = texts[visit.voice];
  return html`<h2 class="govuk-heading-m" id="appareil">${t.title}</h2>
<p class="govuk-body">${t.lead}</p>
${isAlone && html`<p class="govuk-body">${t.alone}</p>`}
${
  given &&
  html`<p class="govuk-body">${t.where(address)}</p><p class="govuk-heading-l"><strong>${given.code}</strong></p><p class="govuk-body">${t.until(formatHour(given.until, visit.voice))}</p>`
}
${form(visit, {
  action: board,
  body: html`<input type="hidden" name="place" value="${seat}">${button({ text: given ? t.again : t.give, name: 'action', value: 'deplacer', style: 'secondary' })}`,
})}`;
}
