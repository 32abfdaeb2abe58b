import type { Scenario } from '#src/exercise/scenario.ts';
import { pageOfStep } from '#src/exercise/steps.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';
import { type Inbox, unreadOf } from '#src/workshop/classroom/inbox.ts';
import { aimPart, stepsPart } from '#src/workshop/learner/aims.ts';
import { belongings } from '#src/workshop/learner/belongings.ts';
import { type DeviceCodes, devicesPart } from '#src/workshop/learner/devices.ts';
import { learnerTexts } from '#src/workshop/learner/texts.ts';
import type { AtSeat } from '#src/workshop/learner/tray-pages.ts';
import { callPanel, praisePanel } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface DeskOptions {
  readonly inbox: Inbox;
  readonly scenario: Scenario;
  /** Of the class: how much the desk says of what to do. */
  readonly level: () => Scenario['level'];
  readonly deviceCodes: DeviceCodes;
  /** Whether the service offers FranceConnect. */
  readonly hasFranceConnect: boolean;
  /** Where a class is joined, as people type it. */
  readonly address: string;
}

/** Who the learner is, what they are to do, what has come for them; their papers beside it. */
export function deskView(
  { visit, seat, plays }: PageRequest<AtSeat>,
  { inbox, scenario, level, deviceCodes, hasFranceConnect, address }: DeskOptions,
  password: string | null,
): PageAnswer {
  const { seat: t, join } = learnerTexts[visit.voice];
  const { line } = plays.person;
  const given = line.givenNames[0] ?? '';
  const unread = unreadOf(inbox, { seat, plays });
  const messages: readonly (readonly [string, string, number])[] = [
    [workshopPaths.seatMails, t.mails, unread.email],
    [workshopPaths.seatSms, t.sms, unread.sms],
    [workshopPaths.seatLetters, t.letters, unread.letter],
  ];
  const raised = seat.handSince !== null;
  const isNew = seat.step === 'start';
  const present = isNew ? (scenario.steps[0] ?? 'start') : seat.step;
  const exercise = { level: level(), scenario, present };
  return {
    kind: 'page',
    title: t.title(seat.number),
    beside: {
      label: t.papers,
      content: html`<div class="papers">${belongings(visit, plays, scenario, hasFranceConnect)}</div>`,
    },
    body: html`<h1 class="govuk-heading-l">${t.title(seat.number)}</h1>
${seat.firstName !== null && html`<p class="govuk-body">${t.hello(seat.firstName)}</p>`}
<p class="govuk-body-l">${t.you(`${given} ${line.usageName ?? line.birthName}`)}</p>
${insetText(html`<p class="govuk-body">${join.seen}</p><p class="govuk-body"><strong>${join.neverYours}</strong></p>`)}
${seat.unread.length > 0 && praisePanel(visit, seat.unread)}
${seat.faults.includes('call-for-a-code') && callPanel(visit)}
${aimPart(visit, exercise)}
${password !== null && insetText(html`<p class="govuk-body">${t.moved}</p><p class="govuk-body">${t.password} <strong class="unbroken">${password}</strong></p>`)}
${button({ href: pageOfStep(present), text: isNew ? t.begin : t.goOn })}
${stepsPart(visit, exercise)}
<p class="govuk-body"><a class="govuk-link" href="${workshopPaths.seatPapers}">${t.seePapers}</a>. ${t.band}</p>
<h2 class="govuk-heading-m">${t.channels}</h2>
<ul class="govuk-list govuk-list--spaced">${messages.map(([href, text, count]) => html`<li><a class="govuk-link" href="${href}">${text}</a>${count > 0 && html` <strong>${t.unread(count)}</strong>`}</li>`)}</ul>
<h2 class="govuk-heading-m">${t.help}</h2>
${raised && html`<p class="govuk-body" role="status">${t.raised}</p>`}
${form(visit, {
  body: html`<input type="hidden" name="main" value="${raised ? 'baissee' : 'levee'}">${button({ text: raised ? t.lower : t.raise, style: 'secondary' })}`,
})}
${devicesPart(visit, deviceCodes.current(seat.number), address)}`,
  };
}

/** The papers of the person alone, as large as the screen allows. */
export function papersView(
  { visit, plays }: PageRequest<AtSeat>,
  { scenario, hasFranceConnect }: Pick<DeskOptions, 'scenario' | 'hasFranceConnect'>,
): PageAnswer {
  const { seat: t } = learnerTexts[visit.voice];
  return {
    kind: 'page',
    title: t.papers,
    back: { href: workshopPaths.seat, text: t.back },
    body: html`<h1 class="govuk-heading-l">${t.papers}</h1>
${belongings(visit, plays, scenario, hasFranceConnect)}`,
  };
}
