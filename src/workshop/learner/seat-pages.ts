import type { FastifyInstance } from 'fastify';
import { formatNir } from '#src/civil-status/nir.ts';
import { pageOfStep } from '#src/exercise/steps.ts';
import { formatDate } from '#src/texts/typography.ts';
import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import { page as frame } from '#src/web/layout.ts';
import { type PageAnswer, type PageRequest, redirect } from '#src/web/page.ts';
import { registerPage } from '#src/web/register-page.ts';
import type { WebContext } from '#src/web/site.ts';
import type { Visit } from '#src/web/visit.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Inbox } from '#src/workshop/classroom/inbox.ts';
import type { Seated } from '#src/workshop/classroom/seats.ts';
import { learnerTexts } from '#src/workshop/learner/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

type AtSeat = Seated & { readonly id: string };

export interface SeatPagesOptions {
  readonly inbox: Inbox;
  readonly seated: (cookie: string | null) => Seated | null;
  readonly raise: (seat: number, raised: boolean, now: Date) => Promise<void>;
}

/** Adds the desk of each seat to the site of a class: who the learner is, and their messages. */
export function registerSeat(app: FastifyInstance, context: WebContext, options: SeatPagesOptions): void {
  const { inbox, seated, raise } = options;
  const atSeat: Access<null, AtSeat> = {
    name: 'seat',
    admits: 'the device of a seat of the class',
    redirects: 'to the page where a class is joined',
    judge: ({ sender, parameter }) => {
      const found = seated(sender.cookie(roleCookie) || null);
      return found ? admitted({ ...found, id: parameter('id') }) : elsewhere(workshopPaths.join);
    },
  };
  const about = (shows: string, form: string | null = null) => ({ part: 'Workshop', shows, form });
  const pages: readonly Page<null>[] = [
    definePage({
      path: workshopPaths.seat,
      about: about('the desk of a seat', 'raises or lowers the hand'),
      access: atSeat,
      show: (request) => deskView(request, inbox),
      submit: async ({ seat, typed, now }) => {
        await raise(seat.number, typed.text('main') === 'levee', now);
        return redirect(workshopPaths.seat);
      },
    }),
    definePage({
      path: workshopPaths.seatMails,
      about: about('the mails of a seat'),
      access: atSeat,
      show: async ({ visit, plays }) => {
        const t = learnerTexts[visit.voice].trays;
        const items = (await inbox.mails(plays)).map(
          (mail) =>
            html`<li><a class="govuk-link" href="${workshopPaths.seatMails}/${mail.id}">${mail.sujet}</a>${newMark(visit, inbox.isNew(mail.id))}<br>${formatDate(new Date(mail.date), visit.voice)}</li>`,
        );
        return trayView(visit, t.mails, items, t.noMail);
      },
    }),
    definePage({
      path: workshopPaths.seatMail,
      about: about('one mail of a seat'),
      access: atSeat,
      show: async ({ visit, plays, id }) => {
        const mail = await inbox.mail(plays, id);
        if (!mail) return { kind: 'missing' };
        inbox.opened(id);
        const t = learnerTexts[visit.voice].trays;
        const [first] = mail.liens;
        const paragraphs = mail.texte.trim().split(/\n{2,}/);
        return {
          kind: 'page',
          title: mail.sujet,
          back: { href: workshopPaths.seatMails, text: t.backToMails },
          body: html`<h1 class="govuk-heading-l">${mail.sujet}</h1>
${summaryList([
  { key: t.from, value: mail.de },
  { key: t.date, value: formatDate(new Date(mail.date), visit.voice) },
])}
${paragraphs.map((paragraph) => html`<p class="govuk-body">${paragraph}</p>`)}
${first && button({ href: first, text: t.open })}`,
        };
      },
    }),
    definePage({
      path: workshopPaths.seatSms,
      about: about('the text messages of a seat'),
      access: atSeat,
      show: ({ visit, plays }) => {
        const t = learnerTexts[visit.voice].trays;
        const list = inbox.sms(plays);
        const items = list.map(
          ({ id, texte, date }) =>
            html`<li>${texte}${newMark(visit, inbox.isNew(`sms-${id}`))}<br>${formatDate(new Date(date), visit.voice)}</li>`,
        );
        inbox.opened(...list.map(({ id }) => `sms-${id}`));
        return trayView(visit, t.sms, items, t.noSms);
      },
    }),
    definePage({
      path: workshopPaths.seatLetters,
      about: about('the letters of a seat'),
      access: atSeat,
      show: ({ visit, plays }) => {
        const t = learnerTexts[visit.voice].trays;
        const items = inbox
          .letters(plays)
          .map(
            ({ id, date, documents }) =>
              html`<li><a class="govuk-link" href="${workshopPaths.seatLetters}/${id}">${t.letterOf(formatDate(new Date(date), visit.voice))}</a>${newMark(visit, inbox.isNew(id))}${documents.map((address, index) => html`<br><a class="govuk-link" href="${address}">${t.enclosed(index + 1)}</a>`)}</li>`,
          );
        return trayView(visit, t.letters, items, t.noLetter);
      },
    }),
    definePage({
      path: workshopPaths.seatLetter,
      about: about('one letter of a seat, as its PDF'),
      access: atSeat,
      show: async ({ plays, id }) => {
        const file = await inbox.letter(plays, id);
        if (!file) return { kind: 'missing' };
        inbox.opened(file.id);
        return { kind: 'file', type: file.type, name: `courrier.${file.extension}`, content: file.content };
      },
    }),
  ];
  const site = { people: null, home: workshopPaths.seat, frame };
  for (const one of pages) registerPage(app, context, site, one);
}

function trayView(visit: Visit, title: string, items: readonly Html[], none: string): PageAnswer {
  return {
    kind: 'page',
    title,
    back: { href: workshopPaths.seat, text: learnerTexts[visit.voice].trays.back },
    body: html`<h1 class="govuk-heading-l">${title}</h1>
${items.length > 0 ? html`<ul class="govuk-list govuk-list--spaced">${items}</ul>` : insetText(html`<p class="govuk-body">${none}</p>`)}`,
  };
}

function newMark(visit: Visit, isNew: boolean): Html | null {
  return isNew ? html` <strong>${learnerTexts[visit.voice].trays.isNew}</strong>` : null;
}

function deskView({ visit, seat, plays }: PageRequest<AtSeat>, inbox: Inbox): PageAnswer {
  const t = learnerTexts[visit.voice].seat;
  const { line } = plays.person;
  const given = line.givenNames[0] ?? '';
  const unread = inbox.unread(plays);
  const messages: readonly (readonly [string, string, number])[] = [
    [workshopPaths.seatMails, t.mails, unread.email],
    [workshopPaths.seatSms, t.sms, unread.sms],
    [workshopPaths.seatLetters, t.letters, unread.letter],
  ];
  const raised = seat.handSince !== null;
  return {
    kind: 'page',
    title: t.title(seat.number),
    body: html`<h1 class="govuk-heading-l">${t.title(seat.number)}</h1>
${seat.firstName !== null && html`<p class="govuk-body">${t.hello(seat.firstName)}</p>`}
<p class="govuk-body">${t.you(`${given} ${line.usageName ?? line.birthName}`)}</p>
${button({ href: pageOfStep(seat.step), text: seat.step === 'start' ? t.begin : t.goOn })}
<h2 class="govuk-heading-m">${t.channels}</h2>
<ul class="govuk-list govuk-list--spaced">${messages.map(([href, text, count]) => html`<li><a class="govuk-link" href="${href}">${text}</a>${count > 0 && html` <strong>${t.unread(count)}</strong>`}</li>`)}</ul>
<h2 class="govuk-heading-m">${t.card}</h2>
${summaryList([
  { key: t.name, value: line.birthName },
  ...(line.usageName === null ? [] : [{ key: t.usageName, value: line.usageName }]),
  { key: t.givenNames, value: line.givenNames.join(', ') },
  { key: t.nir, value: formatNir(line.nir) },
  ...(line.card ? [{ key: t.serial, value: line.card.serial }] : []),
  { key: t.birth, value: line.birthDate.split('-').reverse().join('/') },
])}
<h2 class="govuk-heading-m">${t.bank}</h2>
${line.iban !== null && summaryList([{ key: t.iban, value: inFours(line.iban) }])}
<h2 class="govuk-heading-m">${t.address}</h2>
<p class="govuk-body">${lines(line.address)}</p>
${summaryList([
  { key: t.email, value: plays.email },
  { key: t.mobile, value: national(plays.mobile) },
])}
<h2 class="govuk-heading-m" id="main">${t.help}</h2>
${raised && html`<p class="govuk-body">${t.raised}</p>`}
${form(visit, {
  body: html`<input type="hidden" name="main" value="${raised ? 'baissee' : 'levee'}">${button({ text: raised ? t.lower : t.raise, style: 'secondary' })}`,
})}`,
  };
}

function lines(address: readonly string[]): Child {
  return address.map((one, index) => html`${index > 0 && html`<br>`}${one}`);
}

function inFours(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1\u00a0');
}

function national(mobile: string): string {
  return `0${mobile.slice(3)}`.replaceAll(/(\d{2})(?=\d)/g, '$1\u00a0');
}
