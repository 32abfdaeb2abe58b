import { caissesFor } from '#src/caisses/lookup.ts';
import type { Caisse } from '#src/caisses/reference.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import { caisseTexts } from '#src/home/caisse-texts.ts';
import { chooseCaisse } from '#src/home/choose-view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  type Page,
  type PageAnswer,
  type PageRequest,
  redirect,
  type Shown,
} from '#src/web/page.ts';

const year = 365 * 24 * 60 * 60;

/** The postal code decides the caisse, or the few caisses to choose from. */
export function caissePage({ caisses }: Pick<Services, 'caisses'>): Page {
  return {
    path: paths.caisse,
    show: (request, shown) => chooseView(request, shown),
    submit: (request): Answer => {
      const { typed, visit } = request;
      const t = caisseTexts[visit.language];
      const reading = parsePostalCode(typed.text('codePostal'));
      const problem = (text: string) => chooseView(request, refused(typed, { field: 'codePostal', text }));
      if (!reading.ok) {
        const { reason } = reading;
        return problem(reason === 'empty' ? t.empty : reason === 'unknown' ? t.unknown : t.wrong);
      }
      const { postalCode } = reading;
      if (caissesFor(caisses, postalCode).length === 0) return problem(t.unknown);
      return redirect(paths.caisseConfirm, { name: 'code-postal', value: postalCode, maxAgeSeconds: 3_600 });
    },
  };
}

/** «Vous avez sélectionné votre caisse», or which one when there are several; kept for a year. */
export function confirmCaissePage({ caisses }: Pick<Services, 'caisses'>): Page {
  const candidates = ({ postalCode }: PageRequest): readonly Caisse[] => caissesFor(caisses, postalCode);
  return {
    path: paths.caisseConfirm,
    guard: (request) => (candidates(request).length === 0 ? redirect(paths.caisse) : null),
    show: (request, shown) => confirmView(request, shown, candidates(request)),
    submit: (request): Answer => {
      const { typed, visit } = request;
      const choices = candidates(request);
      const chosen =
        choices.length === 1 ? choices[0] : choices.find(({ code }) => code === typed.text('caisse'));
      const text = caisseTexts[visit.language].choose;
      if (!chosen) return confirmView(request, refused(typed, { field: 'caisse', text }), choices);
      return redirect(
        paths.home,
        { name: 'caisse', value: chosen.code, maxAgeSeconds: year },
        { name: 'code-postal', value: null },
      );
    },
  };
}

function chooseView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  return formPage(request, shown, {
    title: caisseTexts[visit.language].title,
    body: chooseCaisse(visit, shown.typed, shown.problems),
    back: paths.home,
  });
}

function confirmView(request: PageRequest, shown: Shown, choices: readonly Caisse[]): PageAnswer {
  const { visit, postalCode } = request;
  const t = caisseTexts[visit.language];
  const only = choices.length === 1 ? choices[0] : undefined;
  return formPage(request, shown, {
    title: only ? t.confirmTitle : t.severalTitle,
    body: html`${
      only && html`<p class="govuk-body">${t.confirm}</p><p class="govuk-heading-m">${only.name}</p>`
    }
      ${form(visit, {
        body: html`${
          !only &&
          radios(visit, {
            name: 'caisse',
            label: t.several(postalCode),
            size: 'm',
            hint: t.severalHint,
            error: problemOf(shown.problems, 'caisse'),
            items: choices.map(({ code, name }) => ({ value: code, text: name })),
          })
        }${button({ text: t.submit })}`,
      })}
      <p class="govuk-body"><a class="govuk-link" href="${paths.caisse}">${t.notMine}</a></p>`,
  });
}
