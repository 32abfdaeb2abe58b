import { type Fault, faults } from '#src/exercise/class-event.ts';
import type { SeatState } from '#src/exercise/class-state.ts';
import { catalogue } from '#src/texts/language.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    title: 'Faire arriver un incident',
    between: '\u00a0; ',
    all: 'L’incident arrive à toutes les places occupées. Il finit quand le participant a bien réagi.',
    one: 'L’incident arrive à cette place. Il finit quand le participant a bien réagi.',
    now: (names: string) => `En ce moment\u00a0: ${names}.`,
    dealt: (names: string) => `Bien réagi\u00a0: ${names}.`,
    names: {
      'mail-in-spam': 'L’email part dans les indésirables',
      'mail-delayed': 'L’email arrive plus tard',
      'link-dead': 'Le lien reçu est trop vieux',
      'franceconnect-down': 'FranceConnect ne répond pas',
      'account-locked': 'Le compte se bloque après trop d’essais',
      'phishing-mail': 'Un faux email arrive',
      'forged-letter': 'Une fausse lettre arrive',
      'call-for-a-code': 'Quelqu’un appelle et demande un code',
    } satisfies Record<Fault, string>,
  },
  en: {
    title: 'Let something go wrong',
    between: '; ',
    all: 'It happens at all seats that are taken. It is over when the learner has reacted well.',
    one: 'It happens at this seat. It is over when the learner has reacted well.',
    now: (names: string) => `Now: ${names}.`,
    dealt: (names: string) => `Reacted well: ${names}.`,
    names: {
      'mail-in-spam': 'The email goes to the unwanted mail',
      'mail-delayed': 'The email comes later',
      'link-dead': 'The link received is too old',
      'franceconnect-down': 'FranceConnect does not answer',
      'account-locked': 'The account is blocked after too many tries',
      'phishing-mail': 'A fake email comes',
      'forged-letter': 'A fake letter comes',
      'call-for-a-code': 'Somebody calls and asks for a code',
    } satisfies Record<Fault, string>,
  },
});

/** What a trainer may let go wrong, for one seat or with null for all; `action`: the address of the board. */
export function incidents(
  visit: Visit,
  action: string,
  seat: Pick<SeatState, 'number' | 'faults' | 'dealt'> | null,
): Html {
  const t = texts[visit.voice];
  const named = (some: readonly string[]) =>
    faults
      .filter((one) => some.includes(one))
      .map((one) => t.names[one].charAt(0).toLowerCase() + t.names[one].slice(1))
      .join(t.between);
  const now = named(seat?.faults ?? []);
  const dealt = named(seat?.dealt ?? []);
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
<p class="govuk-body">${seat ? t.one : t.all}</p>
${now !== '' && html`<p class="govuk-body">${t.now(now)}</p>`}
${dealt !== '' && html`<p class="govuk-body">${t.dealt(dealt)}</p>`}
${form(visit, {
  action,
  body: html`<input type="hidden" name="action" value="incident">${seat && html`<input type="hidden" name="place" value="${seat.number}">`}
${buttonGroup(...faults.map((one) => button({ text: t.names[one], name: 'incident', value: one, style: 'secondary' })))}`,
})}`;
}
