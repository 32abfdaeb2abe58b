import { access, type SitePage } from '#src/access/access.ts';
import type { LinkHolder } from '#src/access/who.ts';
import { confirmNewAddress } from '#src/account/email/confirm-new-address.ts';
import { type FoundLink, findLink, linkState } from '#src/confirmations/link.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import { notSent } from '#src/enrolment/confirmation/not-sent.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationTexts } from '#src/enrolment/confirmation/texts.ts';
import { overView } from '#src/enrolment/confirmation/waiting-view.ts';
import { confirmationResent } from '#src/enrolment/events.ts';
import { countUnknownLink } from '#src/page-parts/unknown-link.ts';
import { paths, withToken } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatTime } from '#src/texts/typography.ts';
import { notificationBanner, panel } from '#src/web/components/banners.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Html, html } from '#src/web/html.ts';
import { type PageAnswer, type PageRequest, redirect, redirectDone } from '#src/web/page.ts';

/**
 * The link of a mail. Viewing it changes nothing (mail scanners do that): only its button confirms. It begins no
 * session. A superseded link says that a newer one was sent, and offers to send another.
 */
export function linkPage(services: Services): SitePage {
  return definePage({
    path: paths.link,
    about: {
      part: 'Confirming the address',
      shows: 'one button; viewing the page changes nothing',
      form: 'confirms the address; begins no session',
    },
    access: access.link,
    show: async (request, { banner }) => view(services, request, await find(services, request), banner),
    submit: async (request) => {
      const link = await find(services, request);
      if (!link)
        return (await countUnknownLink(services, request, meanwhile)) ?? view(services, request, link);
      if (linkState(link, request.now).kind !== 'ready') return view(services, request, link);
      const done =
        link.purpose === 'activation'
          ? await activate(
              services,
              link.account,
              { confirmationId: link.id, actor: { kind: 'person' } },
              request.now,
            )
          : await confirmNewAddress(services, link, null, request.now);
      return done ? redirect(paths.confirmed) : view(services, request, await find(services, request));
    },
  });
}

/** «Recevoir un nouveau message», from a superseded link: the mail is sent to the address on file. */
export function linkResendPage(services: Services): SitePage {
  return definePage({
    path: paths.linkResend,
    about: {
      part: 'Confirming the address',
      shows: 'nothing of its own: the button of a link that has expired or been superseded',
      form: 'sends a new link and code to the address on file',
    },
    access: access.link,
    show: ({ token }) => redirect(withToken(paths.link, token)),
    submit: async (request) => {
      const { visit, now } = request;
      const link = await find(services, request);
      if (!link)
        return (await countUnknownLink(services, request, meanwhile)) ?? view(services, request, link);
      const { kind } = linkState(link, now);
      if (link.purpose !== 'activation' || (kind !== 'dead' && kind !== 'superseded'))
        return view(services, request, link);
      const { account } = link;
      const sent = await sendAgain(services, {
        account,
        address: account.contact.email,
        kind: 'activation',
        event: confirmationResent,
        actor: { kind: 'person' },
        now,
      });
      if (sent.kind === 'sent')
        return redirectDone('message-sent-again', withToken(paths.link, request.token));
      const { text, ...refusal } = notSent(request, sent);
      return { ...view(services, request, link, notificationBanner(visit, { content: text })), ...refusal };
    },
  });
}

/** The page after a confirmation. Nothing on it depends on the person. */
export const confirmedPage: SitePage = definePage({
  path: paths.confirmed,
  about: {
    part: 'Confirming the address',
    shows: 'that the address is confirmed; nothing on it depends on the person',
    form: null,
  },
  access: access.unrecognised,
  show: ({ visit }) => {
    const t = confirmationTexts[visit.voice];
    return {
      kind: 'page',
      title: t.confirmedTitle,
      body: html`${panel(t.confirmedTitle)}
        <p class="govuk-body">${t.confirmed}</p>
        ${button({ text: t.signIn, href: paths.signIn })}
        <p class="govuk-body">${t.card}</p>`,
    };
  },
});

/** What is left to somebody with too many broken links. */
const meanwhile = [
  { kind: 'mail', until: null },
  { kind: 'email-code', until: null },
  { kind: 'sign-in', until: null },
] as const;

async function find({ db, keyring }: Services, { token }: LinkHolder): Promise<FoundLink | null> {
  const link = await findLink(db, keyring, token, ['activation', 'new-address']);
  return link?.account.status === 'frozen' ? null : link;
}

function view(
  services: Services,
  request: PageRequest<LinkHolder>,
  link: FoundLink | null,
  banner?: Html,
): PageAnswer {
  const { visit, now, token } = request;
  const t = confirmationTexts[visit.voice];
  if (!link)
    return page(t.unknownTitle, t.unknown, banner, button({ text: t.typeCode, href: paths.waiting }), 404);
  const state = linkState(link, now);
  const resend =
    link.purpose === 'activation' &&
    form(visit, { action: withToken(paths.linkResend, token), body: button({ text: t.resend }) });
  switch (state.kind) {
    case 'ready':
      return page(
        t.readyTitle,
        link.purpose === 'activation' ? t.ready : t.readyChange,
        banner,
        form(visit, { body: button({ text: t.readySubmit }) }),
      );
    case 'used':
      return page(t.usedTitle, t.used, banner, button({ text: t.signIn, href: paths.signIn }));
    case 'superseded':
      return page(t.supersededTitle, t.superseded(formatTime(state.newerAt, visit.voice)), banner, resend);
    case 'dead':
      return page(t.deadTitle, t.dead, banner, resend);
    case 'expired':
      return page(t.deadTitle, t.expired, banner, button({ text: t.signIn, href: paths.signIn }));
    case 'over':
      return overView(services, request, link.account);
  }
}

function page(
  title: string,
  text: string,
  banner: Html | undefined,
  action: Html | false,
  status = 200,
): PageAnswer {
  return {
    kind: 'page',
    title,
    status,
    body: html`<h1 class="govuk-heading-l">${title}</h1>${banner}<p class="govuk-body">${text}</p>${action}`,
  };
}
