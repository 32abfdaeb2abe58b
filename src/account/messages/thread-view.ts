import { typeAndSize } from '#src/account/file-words.ts';
import { inFrench } from '#src/account/in-french.ts';
import { messageTexts } from '#src/account/messages/texts.ts';
import { type WriteFields, writeFields } from '#src/account/messages/writing/fields-view.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import type { Message } from '#src/messages/store.ts';
import { latestSent, type Thread } from '#src/messages/threads.ts';
import { paths, withParameters } from '#src/paths.ts';
import { formatDate, formatTime } from '#src/texts/typography.ts';
import { insetText, tag } from '#src/web/components/asides.ts';
import { form } from '#src/web/components/form.ts';
import { formPage } from '#src/web/forms/form-page.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

export interface ThreadShown {
  readonly thread: Thread;
  readonly attachments: readonly KeptDocument[];
  readonly nameOf: (sender: string) => string;
  /** Null: nobody there reads an answer. */
  readonly writing: Pick<WriteFields, 'drafts' | 'messageId'> | null;
}

/** One thread, the oldest message first, and the form of an answer. */
export function threadView(
  request: PageRequest,
  shown: Shown,
  { thread, attachments, nameOf, writing }: ThreadShown,
  status?: number,
): PageAnswer {
  const { visit } = request;
  const t = messageTexts[visit.voice];
  const { subject } = thread.first;
  const last = latestSent(thread);
  const words = thread.latest === last ? t.more : t.answer;
  const messages = thread.messages.map((message) => {
    const own = attachments.filter(({ messageId }) => messageId === message.id);
    return oneMessage(visit, message, own, nameOf, message === last);
  });
  return formPage(request, shown, {
    title: visit.language === 'fr' ? subject : t.thread,
    heading: html`<h1 class="govuk-heading-l">${inFrench(visit, subject)}</h1>`,
    back: paths.messages,
    body: html`${messages}${
      writing
        ? html`<div class="on-screen"><h2 class="govuk-heading-m">${words.title}</h2>${form(visit, {
            action: withParameters(paths.messageThread, { id: thread.id }),
            files: true,
            legend: true,
            body: writeFields(visit, shown, { ...writing, label: words.label, send: words.send }),
          })}</div>`
        : html`<p class="govuk-body">${t.noAnswer}</p>`
    }`,
    ...(status ? { status } : {}),
  });
}

function oneMessage(
  visit: Visit,
  message: Message,
  attachments: readonly KeptDocument[],
  nameOf: (sender: string) => string,
  isLastSent: boolean,
): Html {
  const t = messageTexts[visit.voice];
  const { direction, sender, at, openedAt, text } = message;
  const received = direction === 'received';
  const who = received ? t.from(nameOf(sender)) : t.to(nameOf(sender));
  const id = `message-${message.id}`;
  const words = text
    .split(/\n{2,}/)
    .map((paragraph) => html`<p class="govuk-body">${brokenLines(paragraph)}</p>`);
  return html`<article aria-labelledby="${id}"><h2 class="govuk-heading-s" id="${id}">${who}<br>${formatTime(at, visit.voice)} ${received && openedAt === null && tag(t.fresh, 'green')}</h2>
    <div${received && visit.language !== 'fr' ? html` lang="fr"` : ''}>${words}</div>
    ${attachments.length > 0 && files(visit, message, attachments)}
    ${isLastSent && insetText(stateOf(visit, message))}</article>`;
}

/** Lines as they were written. */
function brokenLines(paragraph: string): Child {
  return paragraph.split('\n').map((line, index) => (index === 0 ? line : html`<br>${line}`));
}

function files(visit: Visit, message: Message, attachments: readonly KeptDocument[]): Html {
  const t = messageTexts[visit.voice];
  const links = attachments.map((file) => {
    const href = withParameters(paths.messageFile, { id: message.threadId, file: file.id });
    return html`<li><a class="govuk-link" href="${href}">${t.download(file.title)}</a> (${typeAndSize(file, visit.voice)})</li>`;
  });
  return html`<p class="govuk-body"><strong>${t.files(attachments.length)}</strong></p><ul class="govuk-list govuk-list--bullet">${links}</ul>`;
}

/** What has become of a message that was sent, and when an answer is expected. */
function stateOf(visit: Visit, { state, answerBy }: Message): Child {
  const t = messageTexts[visit.voice];
  if (!state) return null;
  const isOpen = state !== 'answered' && answerBy !== null;
  const then =
    isOpen &&
    (answerBy < visit.now ? t.late(visit.supportTelephone) : t.expected(formatDate(answerBy, visit.voice)));
  return html`${tag(t.states[state], state === 'answered' ? 'green' : 'grey')} ${t.stateMeans[state]} ${then}`;
}
