import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  nothingTyped,
  type PageAnswer,
  type PageRequest,
  redirect,
  type Shown,
} from '#src/web/page.ts';
import { choosePassphrase } from '#src/workshop/accounts/choose-passphrase.ts';
import { type Entering, enter } from '#src/workshop/accounts/enter.ts';
import { type Judging, judgePassphrase } from '#src/workshop/accounts/judge-passphrase.ts';
import { accountTexts } from '#src/workshop/accounts/texts.ts';
import type { AtWork, TrainerAccess } from '#src/workshop/classes/owned.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** Where a trainer changes their passphrase. Trainers who sign in with a provider have none. */
export function passphrasePage(trainer: TrainerAccess, options: Entering & Judging): Page<null> {
  const own = ({ trainer: { id } }: AtWork) => (id === null ? null : options.store.ownPassphrase(id));
  return definePage({
    path: workshopPaths.passphrase,
    about: {
      part: 'Workshop',
      shows: 'where a trainer changes their passphrase',
      form: 'changes it, and ends the sessions of before',
    },
    access: trainer,
    show: (request, shown) =>
      own(request) ? passphraseView(request, shown) : redirect(workshopPaths.classes),
    submit: async (request) => {
      const account = own(request);
      return account && request.trainer.id !== null
        ? change(options, request, { ...account, id: request.trainer.id })
        : redirect(workshopPaths.classes);
    },
  });
}

async function change(
  options: Entering & Judging,
  request: PageRequest<AtWork>,
  account: {
    readonly id: string;
    readonly identifier: string;
    readonly name: string;
    readonly stored: string;
  },
): Promise<Answer> {
  const { typed, visit, now } = request;
  const t = accountTexts[visit.voice];
  const passphrase = typed.secret('motDePasseActuel');
  const judged = await judgePassphrase(options, request, { ...account, passphrase }, () => account);
  if (judged.kind !== 'right') {
    const text = { ...t.signIn.problems, wrong: t.change.wrong }[judged.kind];
    return passphraseView(request, refused(nothingTyped, { field: 'motDePasseActuel', text }));
  }
  const chosen = await choosePassphrase(options, request, account);
  if (chosen.kind === 'refused') return passphraseView(request, refused(nothingTyped, chosen.problem));
  const isChanged = options.store.changePassphrase(account.id, account.stored, chosen.stored);
  const entered = isChanged
    ? enter(options, account.id, { stored: chosen.stored }, now, 'trainer-passphrase-changed')
    : null;
  return entered ?? redirect(workshopPaths.trainer);
}

function passphraseView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  const { invitation, change: t } = accountTexts[visit.voice];
  const field = (
    name: string,
    label: string,
    autocomplete: 'current-password' | 'new-password',
    hint?: string,
  ) =>
    passwordInput(visit, {
      name,
      label,
      ...(hint === undefined ? {} : { hint }),
      error: problemOf(shown.problems, name),
      autocomplete,
    });
  return formPage(request, shown, {
    title: t.title,
    back: workshopPaths.classes,
    body: html`<p class="govuk-body">${t.lead}</p>
${form(visit, {
  legend: true,
  body: html`${field('motDePasseActuel', t.present, 'current-password')}
${field('motDePasse', t.next, 'new-password', invitation.hint)}
${field('confirmation', invitation.again, 'new-password')}
${button({ text: t.submit })}`,
})}`,
  });
}
