import type { TrayMail } from '#src/demo/trays/mail-reading.ts';
import { inItsLanguage } from '#src/demo/trays/message-language.ts';
import { sentAt } from '#src/demo/trays/sent-at.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import type { Inbox, MailFolder } from '#src/workshop/classroom/inbox.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { trayTexts } from '#src/workshop/learner/tray-texts.ts';
import { newMark } from '#src/workshop/learner/tray-view.ts';
import { mailReport } from '#src/workshop/learner/verdict.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** A folder of the mailbox of a seat: who wrote, about what, when, and what is new. */
export function mailFolderView(
  visit: Visit,
  inbox: Inbox,
  plays: SeatPerson,
  folder: MailFolder,
): PageAnswer {
  const t = trayTexts[visit.voice];
  const { mails: words } = t;
  const mails = inbox.mails(plays, folder);
  const here = folder === 'spam' ? workshopPaths.seatSpam : workshopPaths.seatMails;
  const rows = mails.map(
    (mail) =>
      html`<li class="message-row"><a class="govuk-link" href="${workshopPaths.seatMails}/${mail.id}"><span class="message-from">${nameOf(mail.de)}</span> ${inItsLanguage(mail.html || mail.texte, mail.sujet)}</a>${newMark(visit, inbox.isNew(mail.id))} <span class="hint">${sentAt(visit, mail.date)}</span></li>`,
  );
  return {
    kind: 'page',
    title: folder === 'spam' ? words.spam : words.title,
    back: { href: workshopPaths.seat, text: t.back },
    body: html`<h1 class="govuk-heading-l">${folder === 'spam' ? words.spam : words.title}</h1>
${folders(visit, inbox, plays, folder)}
${folder === 'spam' && html`<p class="govuk-body">${words.spamIs}</p>`}
${rows.length > 0 ? html`<ul class="govuk-list message-list">${rows}</ul>` : insetText(html`<p class="govuk-body">${folder === 'spam' ? words.noSpam : words.none}</p>`)}
${button({ href: here, text: t.look, style: 'secondary' })}
${folder === 'inbox' && html`<p class="govuk-body">${words.maybeSpam}</p>`}`,
  };
}

function folders({ voice }: Visit, inbox: Inbox, plays: SeatPerson, present: MailFolder): Html {
  const { mails: t } = trayTexts[voice];
  const one = (folder: MailFolder, href: string, text: string): Html => {
    const count = inbox.mails(plays, folder).filter(({ id }) => inbox.isNew(id)).length;
    const words = html`${text}${count > 0 && ` (${t.new(count)})`}`;
    return folder === present
      ? html`<li><a class="govuk-link" href="${href}" aria-current="page"><strong>${words}</strong></a></li>`
      : html`<li><a class="govuk-link" href="${href}">${words}</a></li>`;
  };
  return html`<nav aria-label="${t.folders}"><ul class="govuk-list message-folders">${one('inbox', workshopPaths.seatMails, t.inbox)}${one('spam', workshopPaths.seatSpam, t.spam)}</ul></nav>`;
}

/** One mail, with its sender’s whole address: that is where a forged one shows. */
export function mailView(visit: Visit, mail: TrayMail, isSpam: boolean): PageAnswer {
  const { mails: t } = trayTexts[visit.voice];
  const [first] = mail.liens;
  const message = mail.html || mail.texte;
  const paragraphs = mail.texte.trim().split(/\n{2,}/);
  return {
    kind: 'page',
    title: mail.sujet,
    back: isSpam
      ? { href: workshopPaths.seatSpam, text: t.backToSpam }
      : { href: workshopPaths.seatMails, text: t.backToInbox },
    body: html`<h1 class="govuk-heading-l">${inItsLanguage(message, mail.sujet)}</h1>
${isSpam && insetText(html`<p class="govuk-body">${t.isSpam}</p>${form(visit, { body: html`<input type="hidden" name="dossier" value="reception">${button({ text: t.notSpam, style: 'secondary' })}` })}`)}
${summaryList([
  { key: t.from, value: mail.de },
  { key: t.to, value: mail.a },
  { key: t.date, value: sentAt(visit, mail.date) },
])}
${paragraphs.map((paragraph) => html`<p class="govuk-body">${inItsLanguage(message, withLinks(paragraph))}</p>`)}
${first && html`<p class="govuk-body">${t.link}</p>${button({ href: first, text: t.open })} `}
${mailReport(visit)}`,
  };
}

/** The name of a sender, as a list of mails shows it. */
function nameOf(sender: string): string {
  return /^(.+) <[^<>]*>$/.exec(sender)?.[1] ?? sender;
}

/** A paragraph of a plain text: its addresses lead somewhere; a narrow screen breaks its lines elsewhere. */
function withLinks(paragraph: string): Child {
  return paragraph
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, at) => (at % 2 === 1 ? html`<a class="govuk-link" href="${part}">${part}</a>` : part));
}
