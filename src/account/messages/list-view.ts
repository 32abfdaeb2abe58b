import { inFrench } from '#src/account/in-french.ts';
import { messageTexts } from '#src/account/messages/texts.ts';
import { type ListPage, pageLinks, pageQuery } from '#src/account/paging.ts';
import { latestSent, type Thread } from '#src/messages/threads.ts';
import { paths, withParameters, withQuery } from '#src/paths.ts';
import { formatTime } from '#src/texts/typography.ts';
import { tag } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The threads of a person, the newest first. `nameOf`: the name of a sender by its code. */
export function messagesView(
  { visit }: PageRequest,
  page: ListPage<Thread>,
  nameOf: (sender: string) => string,
): PageAnswer {
  const t = messageTexts[visit.voice];
  const { shown: threads, here, pages } = page;
  return {
    kind: 'page',
    title: t.title,
    back: paths.account,
    asked: pageQuery(here),
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.lead}</p>
      ${button({ text: t.write, href: paths.messageWrite })}
      ${
        threads.length === 0
          ? html`<p class="govuk-body"><strong>${t.none}</strong> ${t.noneThen}</p>`
          : html`<h2 class="govuk-heading-m">${t.threads}</h2>
      <ul class="govuk-list govuk-list--spaced">${threads.map((thread) => item(visit, thread, nameOf))}</ul>
      ${pageLinks(page, t, t.page(here, pages), (number) => withQuery(paths.messages, pageQuery(number)))}`
      }`,
  };
}

function item(visit: Visit, thread: Thread, nameOf: (sender: string) => string): Html {
  const t = messageTexts[visit.voice];
  const { first, latest, unread } = thread;
  const href = withParameters(paths.messageThread, { id: thread.id });
  return html`<li><a class="govuk-link" href="${href}"><strong>${inFrench(visit, first.subject)}</strong></a> ${standing(visit, thread)}<br>
    ${t.with(nameOf(first.sender))}<br>${t.latest(formatTime(latest.at, visit.voice))}${unread > 0 && html`<br><strong>${t.unread(unread)}</strong>`}</li>`;
}

/** Whether something is new, otherwise what has become of what the person sent. */
function standing(visit: Visit, thread: Thread): Child {
  const t = messageTexts[visit.voice];
  if (thread.unread > 0) return tag(t.fresh, 'green');
  const state = latestSent(thread)?.state;
  return state ? tag(t.states[state], state === 'answered' ? 'green' : 'grey') : t.read;
}
