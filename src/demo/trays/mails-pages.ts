import { copyable } from '#src/demo/copy-script.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { link } from '#src/demo/index-page.ts';
import { demoTexts } from '#src/demo/texts.ts';
import type { TrayMail } from '#src/demo/trays/mail-reading.ts';
import { inItsLanguage } from '#src/demo/trays/message-language.ts';
import { newMark } from '#src/demo/trays/new-mark.ts';
import { sentAt } from '#src/demo/trays/sent-at.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** Every mail sent, newest first. */
export function mailsPage(
  visit: Visit,
  mails: readonly TrayMail[],
  isNew: (id: string) => boolean,
): PageAnswer {
  const t = demoTexts[visit.voice].mails;
  const rows = mails.map((mail) => [
    html`${inItsLanguage(mail.html || mail.texte, link(`${demoPaths.mails}/${mail.id}`, mail.sujet))}${newMark(visit, isNew(mail.id))}`,
    mail.a,
    mail.code === null ? '' : copyable(mail.code, demoTexts[visit.voice]),
    sentAt(visit, mail.date),
  ]);
  return {
    kind: 'page',
    title: t.title,
    wide: true,
    back: demoPaths.index,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.intro}</p>
${rows.length > 0 ? table({ caption: t.caption, head: [t.subject, t.to, t.code, t.date], rows }) : insetText(t.none)}`,
  };
}

/** One mail: who, when, what can be done with it, and its text. */
export function mailPage(visit: Visit, mail: TrayMail): PageAnswer {
  const t = demoTexts[visit.voice].mails;
  const [first] = mail.liens;
  const links = mail.liens.map((address) => html`<li>${link(address, address)}</li>`);
  return {
    kind: 'page',
    title: mail.sujet,
    back: { href: demoPaths.mails, text: t.back },
    body: html`<h1 class="govuk-heading-l">${inItsLanguage(mail.html || mail.texte, mail.sujet)}</h1>
${summaryList([
  { key: t.from, value: mail.de },
  { key: t.to, value: mail.a },
  { key: t.date, value: sentAt(visit, mail.date) },
  ...(mail.code === null
    ? []
    : [
        {
          key: t.code,
          value: html`<strong class="govuk-heading-l">${copyable(mail.code, demoTexts[visit.voice])}</strong>`,
        },
      ]),
])}
${first && button({ href: first, text: t.open })}
${links.length > 0 && html`<h2 class="govuk-heading-m">${t.links}</h2><ul class="govuk-list">${links}</ul>`}
<p class="govuk-body">${link(`${demoPaths.mails}/${mail.id}/html`, t.asHtml)}</p>
<h2 class="govuk-heading-m">${t.text}</h2>
${mail.texte
  .trim()
  .split(/\n{2,}/)
  .map((paragraph) => html`<p class="govuk-body">${inItsLanguage(mail.html || mail.texte, paragraph)}</p>`)}`,
  };
}

/** A mail's own markup runs nothing and loads nothing, whatever it holds. */
export const mailMarkupPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
