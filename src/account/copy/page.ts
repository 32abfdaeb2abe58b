import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { copyTexts } from '#src/account/copy/copy-texts.ts';
import type { CopyFile } from '#src/account/copy/events.ts';
import { changeForm, withCurrentPassword } from '#src/account/current-password.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { radios } from '#src/web/components/radios.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown, Typed } from '#src/web/page.ts';

const field = 'fichier';

/** A copy of everything that is kept about the person (RGPD, articles 15 and 20), with the current password. */
export function accountCopyPage(services: Services): SitePage {
  return definePage({
    path: paths.accountCopy,
    about: {
      part: 'The account',
      shows: 'what a copy of all data about the person holds',
      form: 'with the current password: gives the copy as PDF or JSON, and a mail tells of it',
    },
    access: access.signedIn,
    show: (request, shown) => view(request, shown),
    submit: async (request) => {
      const { typed, visit } = request;
      const file = fileIn(typed);
      const text = copyTexts[visit.voice].formatMissing;
      return withCurrentPassword(services, request, {
        problems: file ? [] : [{ field, text }],
        refuse: (problems, status) => view(request, { typed, problems }, status),
        apply: async (owner) => {
          // Most never ask for a copy: what makes it is loaded for the first who does.
          const { saveCopy } = await import('#src/account/copy/save-copy.ts');
          const saved = await saveCopy(services, owner, file ?? 'pdf', visit);
          if (saved.kind === 'file') return saved.file;
          if (saved.kind === 'gone') return { kind: 'overtaken', to: paths.accountCopy };
          return blockedPage(request, saved.until, [{ kind: 'account', until: null }]);
        },
      });
    },
  });
}

function fileIn(typed: Typed): CopyFile | null {
  const text = typed.text(field);
  return text === 'pdf' || text === 'json' ? text : null;
}

function view(request: PageRequest<SignedIn>, shown: Shown, status?: number): PageAnswer {
  const { visit } = request;
  const t = copyTexts[visit.voice];
  const choice = radios(visit, {
    name: field,
    label: t.format,
    error: problemOf(shown.problems, field),
    value: shown.typed.text(field),
    items: (['pdf', 'json'] as const).map((value) => ({
      ...{ value, text: t.formats[value], hint: t.formatHints[value] },
    })),
  });
  return formPage(request, shown, {
    title: t.title,
    back: paths.accountInformation,
    body: html`<p class="govuk-body">${t.what}</p>
      <p class="govuk-body">${t.without}</p>
      <p class="govuk-body">${t.safe}</p>
      ${changeForm(visit, shown.problems, choice, { save: t.save, givesFile: true })}`,
    ...(status ? { status } : {}),
  });
}
