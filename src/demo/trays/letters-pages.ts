import { copyable } from '#src/demo/copy-script.ts';
import { demoPaths } from '#src/demo/demo.ts';
import { link } from '#src/demo/index-page.ts';
import { demoTexts } from '#src/demo/texts.ts';
import type { TrayLetter } from '#src/demo/trays/letters-tray.ts';
import { newMark } from '#src/demo/trays/new-mark.ts';
import { sentAt } from '#src/demo/trays/sent-at.ts';
import { insetText } from '#src/web/components/asides.ts';
import { table } from '#src/web/components/table.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** Every letter that was printed, newest first, with its PDF, the documents in its envelope, and its code. */
export function lettersPage(
  visit: Visit,
  letters: readonly TrayLetter[],
  isNew: (id: string) => boolean,
): PageAnswer {
  const t = demoTexts[visit.voice].letters;
  const rows = letters.map(({ id, destinataire, pdf, code, date, documents }) => [
    html`${link(pdf, destinataire)}${newMark(visit, isNew(id))}${documents.map((address, index) => html`<br>${link(address, t.document(index + 1))}`)}`,
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
${rows.length > 0 ? table({ caption: t.caption, head: [t.to, t.code, t.date], rows }) : insetText(t.none)}`,
  };
}
