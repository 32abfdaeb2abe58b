import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import { linkAccount } from '#src/account/franceconnect/link.ts';
import {
  browserOf,
  forgetOutcome,
  forgettingOutcome,
  keepOutcome,
  waitingProof,
} from '#src/franceconnect/browser.ts';
import { outcomeOf } from '#src/franceconnect/outcome.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { redirect, redirectDone } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'Lier votre compte à FranceConnect ?',
    text: 'Vous venez de vous identifier avec FranceConnect, puis avec votre mot de passe. Vous pouvez lier les deux : la prochaine fois, FranceConnect suffira. Votre mot de passe fonctionnera toujours.',
    undo: 'Vous pourrez supprimer ce lien à tout moment dans votre compte.',
    yes: 'Lier mon compte à FranceConnect',
    no: 'Ne pas lier',
  },
  en: {
    title: 'Link your account to FranceConnect?',
    text: 'You have just proved who you are with FranceConnect, then with your password. You can link both: next time, FranceConnect will be enough. Your password will still work.',
    undo: 'You can remove this link at any time in your account.',
    yes: 'Link my account to FranceConnect',
    no: 'Do not link',
  },
  plain: {
    fr: {
      yes: 'Lier le compte à FranceConnect',
      text: 'Vous pouvez lier votre compte à FranceConnect. Vous pourrez alors vous connecter avec FranceConnect. Votre mot de passe fonctionnera toujours.',
      undo: 'Vous pourrez supprimer ce lien dans votre compte.',
      no: 'Non merci',
    },
  },
});

/** Links an account with the identity that was proved before the password: only if its owner says so. */
export function franceConnectLinkPage(services: Services): SitePage {
  const { db, keyring } = services;
  return definePage({
    path: paths.franceConnectLink,
    about: {
      part: 'FranceConnect',
      shows: 'the question whether the account is to be linked to the FranceConnect identity just proved',
      form: 'links both, or forgets the proof',
    },
    access: access.signedIn,
    show: async (request) => {
      const { personKey } = request.account;
      if (!(await waitingProof(services, request, personKey))) return redirect(paths.account);
      const { visit } = request;
      const t = texts[visit.voice];
      return {
        kind: 'page',
        title: t.title,
        body: html`<h1 class="govuk-heading-l">${t.title}</h1>
          <p class="govuk-body">${t.text}</p>
          <p class="govuk-body">${t.undo}</p>
          ${form(visit, {
            body: buttonGroup(
              button({ text: t.yes, name: 'choix', value: 'oui' }),
              button({ text: t.no, name: 'choix', value: 'non', style: 'secondary' }),
            ),
          })}`,
      };
    },
    submit: async (request) => {
      const { typed, account, now } = request;
      const browser = browserOf(request);
      const proof = await waitingProof(services, request, account.personKey);
      // Sent twice, its first copy may have linked the account: the session went on under another token.
      if (!proof) return { kind: 'overtaken', to: paths.account };
      if (typed.text('choix') !== 'oui') {
        await forgetOutcome(db, browser);
        return redirect(paths.account);
      }
      const subject = Buffer.from(proof.subject, 'hex');
      const linked = await linkAccount(services, request, subject, now, forgettingOutcome(db, browser));
      const to = paths.accountFranceConnect;
      if (linked.kind === 'linked')
        return redirectDone('franceconnect-linked', to, sessionCookie(linked.issued));
      if (linked.kind === 'gone') return { kind: 'overtaken', to };
      await keepOutcome(db, keyring, browser, outcomeOf('linked-elsewhere', 'liaison'), now);
      return redirect(paths.franceConnectOutcome);
    },
  });
}
