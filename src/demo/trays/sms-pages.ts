import { copyable } from '#src/demo/copy-script.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { demoTexts } from '#src/demo/texts.ts';
import { inItsLanguage } from '#src/demo/trays/message-language.ts';
import { newMark } from '#src/demo/trays/new-mark.ts';
import { sentAt } from '#src/demo/trays/sent-at.ts';
import type { TraySms } from '#src/demo/trays/sms-tray.ts';
import { insetText } from '#src/web/components/asides.ts';
import { table } from '#src/web/components/table.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** Every SMS sent, newest first, with its whole text. */
export function smsPage(visit: Visit, all: readonly TraySms[], isNew: (id: string) => boolean): PageAnswer {
  const t = demoTexts[visit.voice].sms;
  const rows = all.map(({ id, texte, a, code, date }) => [
    html`${inItsLanguage(texte, texte)}${newMark(visit, isNew(id))}`,
    html`<span class="unbroken">${a}</span>`,
    code === null ? '' : copyable(code, demoTexts[visit.voice]),
    sentAt(visit, date),
  ]);
  return {
    kind: 'page',
    title: t.title,
    wide: true,
    back: demoPaths.index,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.intro}</p>
${rows.length > 0 ? table({ caption: t.caption, head: [t.text, t.to, t.code, t.date], rows }) : insetText(t.none)}`,
  };
}
