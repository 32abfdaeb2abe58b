import type { FastifyInstance } from 'fastify';
import type { Scenario } from '#src/exercise/scenario.ts';
import { pageOfStep } from '#src/exercise/steps.ts';
import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { page as frame } from '#src/web/layout.ts';
import { type PageAnswer, type PageRequest, redirect } from '#src/web/page.ts';
import { registerPage } from '#src/web/register-page.ts';
import type { WebContext } from '#src/web/site.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Inbox } from '#src/workshop/classroom/inbox.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { belongings } from '#src/workshop/learner/belongings.ts';
import { type DeviceCodes, devicesPart } from '#src/workshop/learner/devices.ts';
import { learnerTexts } from '#src/workshop/learner/texts.ts';
import {
  type AtSeat,
  registerTrayFiles,
  type SeatFaults,
  trayPages,
} from '#src/workshop/learner/tray-pages.ts';
import { callPanel, verdictAddress } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface SeatPagesOptions {
  readonly inbox: Inbox;
  readonly faults: SeatFaults;
  readonly scenario: Scenario;
  readonly seated: (cookie: string | null) => Seated | null;
  /** The password that the class has given to the person of a seat; null where the learner chose one. */
  readonly passwordOf: (seat: Seated['seat']) => string | null;
  readonly deviceCodes: DeviceCodes;
  /** Where a class is joined, as people type it. */
  readonly address: string;
  readonly raise: (seat: number, raised: boolean, now: Date) => Promise<void>;
}

/** Adds the desk of each seat to the site of a class: who the learner is, and their messages. */
export function registerSeat(app: FastifyInstance, context: WebContext, options: SeatPagesOptions): void {
  const { inbox, seated, raise, passwordOf, faults } = options;
  const atSeat: Access<null, AtSeat> = {
    name: 'seat',
    admits: 'the device of a seat of the class',
    redirects: 'to the page where a class is joined',
    judge: ({ sender, parameter }) => {
      const found = seated(sender.cookie(roleCookie) || null);
      return found ? admitted({ ...found, id: parameter('id') }) : elsewhere(workshopPaths.join);
    },
  };
  const about = (shows: string, form: string | null) => ({ part: 'Workshop', shows, form });
  const pages: readonly Page<null>[] = [
    definePage({
      path: workshopPaths.seat,
      about: about('the desk of a seat', 'raises or lowers the hand, or answers a call'),
      access: atSeat,
      show: (request) => deskView(request, options, passwordOf(request.seat)),
      submit: async ({ seat, typed, now }) => {
        if (typed.has('appareil')) {
          options.deviceCodes.give(seat.number);
          return redirect(`${workshopPaths.seat}#appareil`);
        }
        const call = typed.text('appel');
        if (call === 'code') return redirect(verdictAddress('appel-code'));
        if (call === 'raccrocher') {
          await faults.dealt(seat.number, 'call-for-a-code');
          return redirect(verdictAddress('appel-raccroche'));
        }
        await raise(seat.number, typed.text('main') === 'levee', now);
        return redirect(workshopPaths.seat);
      },
    }),
    ...trayPages(atSeat, inbox, faults, context),
  ];
  const site = { people: null, home: workshopPaths.seat, frame };
  for (const one of pages) registerPage(app, context, site, one);
  registerTrayFiles(app, context, { inbox, seated });
}

function deskView(
  { visit, seat, plays }: PageRequest<AtSeat>,
  { inbox, scenario, deviceCodes, address }: SeatPagesOptions,
  password: string | null,
): PageAnswer {
  const { seat: t, join } = learnerTexts[visit.voice];
  const { line } = plays.person;
  const given = line.givenNames[0] ?? '';
  const unread = inbox.unread(plays);
  const messages: readonly (readonly [string, string, number])[] = [
    [workshopPaths.seatMails, t.mails, unread.email],
    [workshopPaths.seatSms, t.sms, unread.sms],
    [workshopPaths.seatLetters, t.letters, unread.letter + Number(seat.faults.includes('forged-letter'))],
  ];
  const raised = seat.handSince !== null;
  const isNew = seat.step === 'start';
  return {
    kind: 'page',
    title: t.title(seat.number),
    body: html`<h1 class="govuk-heading-l">${t.title(seat.number)}</h1>
${seat.firstName !== null && html`<p class="govuk-body">${t.hello(seat.firstName)}</p>`}
<p class="govuk-body-l">${t.you(`${given} ${line.usageName ?? line.birthName}`)}</p>
${insetText(html`<p class="govuk-body">${join.seen}</p><p class="govuk-body"><strong>${join.neverYours}</strong></p>`)}
${button({ href: pageOfStep(isNew ? (scenario.steps[0] ?? 'start') : seat.step), text: isNew ? t.begin : t.goOn })}
${password !== null && insetText(html`<p class="govuk-body">${t.moved}</p><p class="govuk-body">${t.password} <strong class="unbroken">${password}</strong></p>`)}
${seat.faults.includes('call-for-a-code') && callPanel(visit)}
<p class="govuk-body">${t.band}</p>
<h2 class="govuk-heading-m">${t.channels}</h2>
<ul class="govuk-list govuk-list--spaced">${messages.map(([href, text, count]) => html`<li><a class="govuk-link" href="${href}">${text}</a>${count > 0 && html` <strong>${t.unread(count)}</strong>`}</li>`)}</ul>
${belongings(visit, plays, scenario)}
<h2 class="govuk-heading-m" id="main">${t.help}</h2>
${raised && html`<p class="govuk-body">${t.raised}</p>`}
${form(visit, {
  body: html`<input type="hidden" name="main" value="${raised ? 'baissee' : 'levee'}">${button({ text: raised ? t.lower : t.raise, style: 'secondary' })}`,
})}
${devicesPart(visit, deviceCodes.current(seat.number), address)}`,
  };
}
