import type { Keyring } from '#src/crypto/keyring.ts';
import type { HashLane } from '#src/passwords/lane.ts';
import type { Access } from '#src/web/access.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import type { Answer, PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { choosePassphrase } from '#src/workshop/accounts/choose-passphrase.ts';
import { type Entering, enter } from '#src/workshop/accounts/enter.ts';
import { digestOf } from '#src/workshop/accounts/secrets.ts';
import type { TrainerAccount } from '#src/workshop/accounts/store.ts';
import { accountTexts } from '#src/workshop/accounts/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface InvitationOptions extends Entering {
  readonly keyring: Keyring;
  readonly passwords: HashLane;
}

/** Where the link of an invitation leads: its trainer chooses a passphrase, once. Opening the page uses nothing up. */
export function invitationPage(everybody: Access<null, object>, options: InvitationOptions): Page<null> {
  const invited = (request: PageRequest): TrainerAccount | null => {
    const link = digestOf(request.parameter('jeton'));
    return link && options.store.invited(link, request.now);
  };
  return definePage({
    path: workshopPaths.invitation,
    about: {
      part: 'Workshop',
      shows: 'whom an operator’s link invites, and where they choose a passphrase',
      form: 'opens the account, once',
    },
    access: everybody,
    show: (request, shown) => {
      const account = invited(request);
      return account ? invitationView(request, shown, account) : overView(request.visit);
    },
    submit: (request) => {
      const account = invited(request);
      return account ? accept(options, request, account) : overView(request.visit);
    },
  });
}

async function accept(
  options: InvitationOptions,
  request: PageRequest,
  account: TrainerAccount,
): Promise<Answer> {
  const { typed, visit, now } = request;
  const chosen = await choosePassphrase(options, request, account);
  if (chosen.kind === 'refused') return invitationView(request, refused(typed, chosen.problem), account);
  const { stored } = chosen;
  const link = digestOf(request.parameter('jeton'));
  const accepted = link && options.store.accept(link, stored, now);
  return (accepted && enter(options, accepted.id, { stored }, now)) ?? overView(visit);
}

function invitationView(
  request: PageRequest,
  shown: Shown,
  { name, identifier }: TrainerAccount,
): PageAnswer {
  const { visit } = request;
  const t = accountTexts[visit.voice].invitation;
  return formPage(request, shown, {
    title: t.title(name),
    body: html`<p class="govuk-body">${t.lead}</p>
<p class="govuk-body">${t.identifier} <strong>${identifier}</strong></p>
${form(visit, {
  legend: true,
  body: html`<input type="text" aria-label="${t.identifier}" autocomplete="username" value="${identifier}" hidden>
${passwordInput(visit, { name: 'motDePasse', label: t.passphrase, hint: t.hint, error: problemOf(shown.problems, 'motDePasse'), autocomplete: 'new-password' })}
${passwordInput(visit, { name: 'confirmation', label: t.again, error: problemOf(shown.problems, 'confirmation'), autocomplete: 'new-password' })}
${button({ text: t.submit })}`,
})}
<p class="govuk-body">${t.kept}</p>`,
  });
}

function overView({ voice }: Visit): PageAnswer {
  const t = accountTexts[voice].invitation.over;
  return {
    kind: 'page',
    title: t.title,
    status: 410,
    body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.why}</p>
<p class="govuk-body">${t.next}</p>
${button({ href: workshopPaths.trainer, text: t.enter })}`,
  };
}
