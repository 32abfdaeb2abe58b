import { access, type SitePage } from '#src/access/access.ts';
import { sessionOver } from '#src/access/session-cookie.ts';
import type { Account } from '#src/accounts/account.ts';
import { recording } from '#src/audit/record.ts';
import { also, atOnce, required } from '#src/database/at-once.ts';
import { endingDossier } from '#src/dossiers/dossier.ts';
import { accountExists } from '#src/enrolment/events.ts';
import { queueingNotices } from '#src/notices/notice.ts';
import { ownerNotice } from '#src/notices/owner-notice.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { actorOf } from '#src/sessions/actor.ts';
import { endingSession, endSession } from '#src/sessions/change-session.ts';
import type { Session } from '#src/sessions/session.ts';
import { catalogue } from '#src/texts/language.ts';
import { button } from '#src/web/components/button.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, redirect } from '#src/web/page.ts';

/** As `closeForExisting`, and deletes the cookie of the session. */
export async function toExistingAccount(
  services: Services,
  session: Session,
  account: Account,
  now: Date,
): Promise<Answer> {
  await closeForExisting(services, session, account, now);
  return redirect(paths.alreadyOpen, sessionOver);
}

/**
 * Ends the enrolment of a person who already has an open account: they may sign in to it, and its owner gets a mail.
 * Only a person who has proved their identity learns that the account exists.
 *
 * (An account that is not confirmed yet does not end the enrolment: a later proof replaces it, since its password and
 * its address may be another person’s.)
 */
export async function closeForExisting(
  services: Services,
  session: Session,
  account: Account,
  now: Date,
): Promise<void> {
  const { db, jobs } = services;
  const { personKey, dossier } = session;
  const { status, contact } = account;
  const address = { address: contact.email };
  const notice = ownerNotice(services, account, 'account-exists', address, now);
  const event = { person: personKey, actor: actorOf(session), at: now, details: { status } };
  const isClosed =
    dossier !== null &&
    (await atOnce(db, [
      also(endingSession(session)),
      required(endingDossier(db, dossier, now)),
      ...(await queueingNotices(db, jobs, [notice])),
      recording(db, accountExists, event),
    ]));
  if (!isClosed) await endSession(db, session);
}

const texts = catalogue({
  fr: {
    title: 'Vous avez déjà un compte',
    text: 'Un compte est ouvert à votre nom. Il n’est pas possible d’en ouvrir un second.',
    signIn: 'Me connecter',
    forgotten: 'J’ai oublié mon mot de passe',
    notMe: (telephone: string) =>
      `Si vous n’avez jamais ouvert de compte, appelez votre caisse au ${telephone} sans attendre : elle peut bloquer ce compte.`,
    dispute: 'J’ai reçu un message avec un code : ce n’est pas moi',
  },
  en: {
    title: 'You already have an account',
    text: 'An account is open in your name. A second one cannot be opened.',
    signIn: 'Sign in',
    forgotten: 'I have forgotten my password',
    notMe: (telephone: string) =>
      `If you never opened an account, call your caisse on ${telephone} straight away: it can block this account.`,
    dispute: 'I received a message with a code: it was not me',
  },
  plain: {
    fr: {
      signIn: 'Se connecter',
      text: 'Il y a un compte à votre nom. Vous ne pouvez pas en ouvrir un second.',
      notMe: (telephone: string) =>
        `Vous n’avez jamais ouvert de compte ? Téléphonez tout de suite au ${telephone}. Votre caisse peut bloquer ce compte.`,
      dispute: 'Ce n’est pas moi : j’ai reçu un code',
    },
  },
});

/** What to do when an account exists already. Nothing on this page depends on the person. */
export const alreadyOpenPage: SitePage = definePage({
  path: paths.alreadyOpen,
  about: {
    part: 'Opening the account',
    shows: 'that an account is open already; nothing on it depends on the person; the proof leads here',
    form: null,
  },
  access: access.everybody,
  show: ({ visit }) => {
    const t = texts[visit.voice];
    return {
      kind: 'page',
      title: t.title,
      body: html`<h1 class="govuk-heading-l">${t.title}</h1>
        <p class="govuk-body">${t.text}</p>
        ${button({ text: t.signIn, href: paths.signIn })}
        <p class="govuk-body"><a class="govuk-link" href="${paths.forgotten}">${t.forgotten}</a></p>
        <p class="govuk-body">${t.notMe(visit.supportTelephone)}</p>
        <p class="govuk-body"><a class="govuk-link" href="${paths.dispute}">${t.dispute}</a></p>`,
    };
  },
});
