import type { Access } from '#src/web/access.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
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
  redirectDone,
  type Shown,
} from '#src/web/page.ts';
import { type Entering, enter, newForms } from '#src/workshop/accounts/enter.ts';
import { typedIdentifier } from '#src/workshop/accounts/identifier.ts';
import { type Judging, judgePassphrase } from '#src/workshop/accounts/judge-passphrase.ts';
import type { TrainersJourney } from '#src/workshop/accounts/provider.ts';
import { digestOf } from '#src/workshop/accounts/secrets.ts';
import { accountTexts } from '#src/workshop/accounts/texts.ts';
import { trainerCookie } from '#src/workshop/door/entrance.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

export interface SignInOptions extends Entering, Judging {
  /** Null: nobody enters by a provider. */
  readonly provider: TrainersJourney | null;
}

/** Where trainers of a permanent site enter, and leave. Nothing tells whether there is such a trainer. */
export function signInPage(everybody: Access<null, object>, options: SignInOptions): Page<null> {
  const { store, provider } = options;
  return definePage({
    path: workshopPaths.trainer,
    about: { part: 'Workshop', shows: 'where trainers enter', form: 'lets a trainer in, or out' },
    access: everybody,
    show: (request, shown) => {
      const session = digestOf(request.sender.cookie(trainerCookie));
      return session && store.inSession(session, request.now)
        ? redirect(workshopPaths.classes)
        : signInView(request, shown, options);
    },
    submit: async (request) => {
      switch (request.typed.text('action')) {
        case 'sortir': {
          const session = digestOf(request.sender.cookie(trainerCookie));
          if (session) store.end(session);
          const gone = { name: trainerCookie, value: null };
          return redirectDone('trainer-left', workshopPaths.trainer, gone, newForms);
        }
        case 'fournisseur':
          return provider ? provider.begin(request) : signInView(request, refused(nothingTyped), options);
        default:
          return byPassphrase(options, request);
      }
    },
  });
}

async function byPassphrase(options: SignInOptions, request: PageRequest): Promise<Answer> {
  const { store } = options;
  const { typed, visit, now } = request;
  const t = accountTexts[visit.voice].signIn.problems;
  const refuse = (why: keyof typeof t) =>
    signInView(request, refused(typed.without('motDePasse'), { field: 'motDePasse', text: t[why] }), options);
  const identifier = typedIdentifier(typed.text('identifiant'));
  const tried = { identifier, passphrase: typed.secret('motDePasse') };
  const judged = await judgePassphrase(options, request, tried, () => store.passphraseOf(identifier));
  if (judged.kind !== 'right') return refuse(judged.kind);
  const { id, stored } = judged.account;
  return enter(options, id, { stored }, now) ?? refuse('wrong');
}

function signInView(request: PageRequest, shown: Shown, { provider }: SignInOptions): PageAnswer {
  const { visit } = request;
  const t = accountTexts[visit.voice].signIn;
  const byProvider =
    provider &&
    (provider.available()
      ? form(visit, {
          body: html`<input type="hidden" name="action" value="fournisseur">${button({ text: t.byProvider(provider.label) })}`,
        })
      : html`<p class="govuk-body"><strong>${t.byProvider(provider.label)}</strong></p><p class="govuk-body">${t.away}</p>`);
  return formPage(request, shown, {
    title: t.title,
    back: workshopPaths.join,
    body: html`${byProvider}<h2 class="govuk-heading-m">${t.byPassphrase}</h2>
${form(visit, {
  legend: true,
  body: html`${input(visit, { name: 'identifiant', label: t.identifier, value: shown.typed.text('identifiant'), width: 30, autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' })}
${passwordInput(visit, { name: 'motDePasse', label: t.passphrase, error: problemOf(shown.problems, 'motDePasse'), autocomplete: 'current-password' })}
${button({ text: t.submit, style: provider ? 'secondary' : 'primary' })}`,
})}
<p class="govuk-body">${t.forgotten}</p>`,
  });
}
