import { type Fault, faults } from '#src/exercise/class-event.ts';
import type { SeatState } from '#src/exercise/class-state.ts';
import { canGoWrong, type Scenario } from '#src/exercise/scenario.ts';
import { catalogue } from '#src/texts/language.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { askView } from '#src/workshop/trainer/ask-view.ts';

const texts = catalogue({
  fr: {
    title: 'Faire arriver un incident',
    between: '\u00a0; ',
    all: 'L’incident arrive à toutes les places occupées. Il finit quand le participant a bien réagi.',
    one: 'L’incident arrive à cette place. Il finit quand le participant a bien réagi.',
    now: (names: string) => `En ce moment\u00a0: ${names}.`,
    dealt: (names: string) => `Bien réagi\u00a0: ${names}.`,
    ask: {
      title: (name: string) => `${name}, pour tous\u00a0?`,
      lead: (seats: number) =>
        seats > 1
          ? `L’incident arrivera aux ${seats} places occupées. Il finira quand chacun aura bien réagi.`
          : 'L’incident arrivera à toutes les places occupées. Il finira quand chacun aura bien réagi.',
      one: 'Pour une seule place, ouvrez cette place dans le tableau.',
      yes: 'Oui, pour tous',
      no: 'Non, revenir au tableau',
    },
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
    ask: {
      title: (name: string) => `${name}, for everybody?`,
      lead: (seats: number) =>
        seats > 1
          ? `It will happen at the ${seats} seats that are taken. It will be over when each has reacted well.`
          : 'It will happen at all seats that are taken. It will be over when each has reacted well.',
      one: 'For one seat only, open that seat on the board.',
      yes: 'Yes, for everybody',
      no: 'No, back to the board',
    },
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

export interface IncidentsShown {
  readonly scenario: Pick<Scenario, 'steps'>;
  /** The address of the board. */
  readonly board: string;
  /** Null: all, about whom the trainer is asked first. */
  readonly seat: Pick<SeatState, 'number' | 'faults' | 'dealt'> | null;
}

/** What a trainer may let go wrong, for one seat or for all. */
export function incidents(visit: Visit, { scenario, board, seat }: IncidentsShown): Html {
  const t = texts[visit.voice];
  const named = (some: readonly string[]) =>
    faults
      .filter((one) => some.includes(one))
      .map((one) => t.names[one].charAt(0).toLowerCase() + t.names[one].slice(1))
      .join(t.between);
  const now = named(seat?.faults ?? []);
  const dealt = named(seat?.dealt ?? []);
  const possible = faults.filter((one) => canGoWrong(scenario, one));
  const style = 'secondary';
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
<p class="govuk-body">${seat ? t.one : t.all}</p>
${now !== '' && html`<p class="govuk-body">${t.now(now)}</p>`}
${dealt !== '' && html`<p class="govuk-body">${t.dealt(dealt)}</p>`}
${
  seat
    ? form(visit, {
        action: board,
        body: html`<input type="hidden" name="action" value="incident"><input type="hidden" name="place" value="${seat.number}">
${buttonGroup(...possible.map((one) => button({ text: t.names[one], name: 'incident', value: one, style })))}`,
      })
    : buttonGroup(
        ...possible.map((one) =>
          button({ text: `${t.names[one]}…`, href: `${board}/incident/${one}`, style }),
        ),
      )
}`;
}

/** Asks before something goes wrong for everybody at once; `seats`: how many it happens to. */
export function incidentView(
  visit: Visit,
  { board, fault, seats }: { readonly board: string; readonly fault: Fault; readonly seats: number },
): PageAnswer {
  const { ask: t, names } = texts[visit.voice];
  return askView(
    visit,
    { title: t.title(names[fault]), lead: t.lead(seats), yes: t.yes, no: t.no },
    {
      board,
      action: 'incident',
      about: html`<p class="govuk-body">${t.one}</p>`,
      fields: html`<input type="hidden" name="incident" value="${fault}">`,
    },
  );
}
