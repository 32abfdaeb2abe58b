import { access, type SitePage } from '#src/access/access.ts';
import type { LinkHolder } from '#src/access/who.ts';
import { isStillTold, stopAvis } from '#src/avis/stop-avis.ts';
import { refuseReminders } from '#src/notices/reminders/refusals.ts';
import { readAvisToken, readUnsubscribeToken } from '#src/notices/reminders/unsubscribe-token.ts';
import { countUnknownLink } from '#src/page-parts/unknown-link.ts';
import { paths, withToken } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { unsubscribeTexts } from '#src/unsubscribe/texts.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { type PageAnswer, type PageRequest, redirect } from '#src/web/page.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'channels'>;

/**
 * The link at the end of a reminder, or of a mail that tells of deposits. Viewing it changes nothing: its button stops
 * them.
 */
export function unsubscribePage(services: Needed): SitePage {
  const { db, keyring, channels } = services;
  return definePage({
    path: paths.unsubscribe,
    about: {
      part: 'Everywhere',
      shows: 'the question whether to stop reminders or mails of deposits, or that they are stopped',
      form: 'one-click (RFC 8058), from mail providers: stops the reminders to that mailbox, or the mails of deposits',
    },
    access: access.link,
    show: async (request) => {
      const avis = readAvisToken(keyring, request.token);
      if (avis !== null) {
        const isTold = await isStillTold(services, avis);
        if (isTold === null) return unknownView(request);
        return isTold ? askAvisView(request, channels) : doneAvisView(request, channels);
      }
      const recipientKey = readUnsubscribeToken(keyring, request.token);
      if (!recipientKey) return unknownView(request);
      const refused = await db
        .selectFrom('reminder_refusal')
        .select('at')
        .where('recipient_key', '=', recipientKey)
        .executeTakeFirst();
      return refused ? doneView(request) : askView(request);
    },
  });
}

/** The form of its button. */
export function unsubscribeNowPage(services: Services): SitePage {
  const { db, keyring } = services;
  return definePage({
    path: paths.unsubscribeNow,
    about: {
      part: 'Everywhere',
      shows: 'nothing of its own: the button of the previous page',
      form: 'stops the reminders to that mailbox, or the mails of deposits: paper instead',
    },
    access: access.link,
    show: ({ token }) => redirect(withToken(paths.unsubscribe, token)),
    submit: async (request) => {
      const avis = readAvisToken(keyring, request.token);
      if (avis !== null)
        return (await stopAvis(services, avis, request.now))
          ? redirect(withToken(paths.unsubscribe, request.token))
          : unknownView(request);
      const recipientKey = readUnsubscribeToken(keyring, request.token);
      if (!recipientKey) return (await countUnknownLink(services, request)) ?? unknownView(request);
      await refuseReminders(db, recipientKey, request.now);
      return redirect(withToken(paths.unsubscribe, request.token));
    },
  });
}

function askView({ visit, token }: PageRequest<LinkHolder>): PageAnswer {
  const t = unsubscribeTexts[visit.voice];
  return {
    kind: 'page',
    title: t.title,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
      <p class="govuk-body">${t.lead}</p>
      <p class="govuk-body">${t.stop}</p>
      <p class="govuk-body">${t.keep}</p>
      ${form(visit, { action: withToken(paths.unsubscribeNow, token), body: button({ text: t.button }) })}`,
  };
}

function askAvisView(
  { visit, token }: PageRequest<LinkHolder>,
  { letters }: Services['channels'],
): PageAnswer {
  const t = unsubscribeTexts[visit.voice];
  return {
    kind: 'page',
    title: t.avisTitle,
    body: html`<h1 class="govuk-heading-l">${t.avisTitle}</h1>
      <p class="govuk-body">${t.avisLead}</p>
      ${letters && html`<p class="govuk-body">${t.avisPaper}</p>`}
      <p class="govuk-body">${t.avisKeep}</p>
      ${form(visit, { action: withToken(paths.unsubscribeNow, token), body: button({ text: t.avisButton }) })} ${button({ text: t.signIn, href: paths.signIn, style: 'secondary' })}`,
  };
}

function doneAvisView({ visit }: PageRequest, { letters }: Services['channels']): PageAnswer {
  const t = unsubscribeTexts[visit.voice];
  return {
    kind: 'page',
    title: t.avisDoneTitle,
    body: html`<h1 class="govuk-heading-l">${t.avisDoneTitle}</h1>
      <p class="govuk-body">${letters ? t.avisDonePaper : t.avisDone}</p>
      <p class="govuk-body">${t.avisDoneNext}</p>
      ${button({ text: t.signIn, href: paths.signIn, style: 'secondary' })}`,
  };
}

function doneView({ visit }: PageRequest): PageAnswer {
  const t = unsubscribeTexts[visit.voice];
  return {
    kind: 'page',
    title: t.doneTitle,
    body: html`<h1 class="govuk-heading-l">${t.doneTitle}</h1>
      <p class="govuk-body">${t.done}</p>
      <p class="govuk-body">${t.doneNext}</p>
      ${button({ text: t.signIn, href: paths.signIn, style: 'secondary' })}`,
  };
}

function unknownView({ visit }: PageRequest): PageAnswer {
  const t = unsubscribeTexts[visit.voice];
  return {
    kind: 'page',
    status: 404,
    title: t.unknownTitle,
    body: html`<h1 class="govuk-heading-l">${t.unknownTitle}</h1><p class="govuk-body">${t.unknown}</p>
      <p class="govuk-body">${t.unknownStill}</p>
      ${button({ text: t.help, href: paths.help })} ${button({ text: t.signIn, href: paths.signIn, style: 'secondary' })}`,
  };
}
