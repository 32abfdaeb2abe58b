import { access, postalCodeCookie, type SitePage } from '#src/access/access.ts';
import type { Choosing } from '#src/access/who.ts';
import { caissesFor } from '#src/caisses/lookup.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import { caisseTexts } from '#src/home/caisse-texts.ts';
import { chooseCaisse } from '#src/home/choose-view.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { radios } from '#src/web/components/radios.ts';
import { definePage } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  type Answer,
  type PageAnswer,
  type PageRequest,
  redirect,
  redirectDone,
  type Shown,
} from '#src/web/page.ts';
import { caisseCookie } from '#src/web/visit-of.ts';

const year = 365 * 24 * 60 * 60;

/**
 * The postal code determines the caisse, or the few caisses to choose from. An enrolment begins here: while passwords queue
 * up, newcomers are asked to come back now rather than four pages later (ADR 0034).
 */
export function caissePage(services: Pick<Services, 'caisses' | 'passwords'>): SitePage {
  const { caisses } = services;
  return definePage({
    path: paths.caisse,
    about: {
      part: 'Home',
      shows: 'choice of the caisse by postal code',
      form: 'looks the postal code up; redirects to the confirmation, or asks again',
    },
    access: access.newcomers(services),
    aboutNobody: true,
    show: (request, shown) => chooseView(request, shown),
    submit: (request): Answer => {
      const { typed, visit } = request;
      const t = caisseTexts[visit.voice];
      const reading = parsePostalCode(typed.text('codePostal'));
      const problem = (text: string) => chooseView(request, refused(typed, { field: 'codePostal', text }));
      if (!reading.ok) {
        const { reason } = reading;
        return problem(reason === 'empty' ? t.empty : reason === 'unknown' ? t.unknown : t.wrong);
      }
      const { postalCode } = reading;
      if (caissesFor(caisses, postalCode).length === 0) return problem(t.unknown);
      return redirect(paths.caisseConfirm, {
        name: postalCodeCookie,
        value: postalCode,
        maxAgeSeconds: 3_600,
      });
    },
  });
}

/** «Vous avez sélectionné votre caisse», or which one when there are several; kept for a year. */
export function confirmCaissePage({ caisses }: Pick<Services, 'caisses'>): SitePage {
  return definePage({
    path: paths.caisseConfirm,
    about: {
      part: 'Home',
      shows: 'which caisse the postal code leads to, or which of several',
      form: 'keeps the caisse in a cookie',
    },
    access: access.postalCode({ caisses }),
    show: (request, shown) => confirmView(request, shown),
    submit: (request): Answer => {
      const { typed, visit, candidates } = request;
      const chosen =
        candidates.length === 1
          ? candidates[0]
          : candidates.find(({ code }) => code === typed.text('caisse'));
      const text = caisseTexts[visit.voice].choose;
      if (!chosen) return confirmView(request, refused(typed, { field: 'caisse', text }));
      // The postal code stays for its hour: the first step of an account is filled in with it.
      return redirectDone('caisse-chosen', paths.home, {
        name: caisseCookie,
        value: chosen.code,
        maxAgeSeconds: year,
      });
    },
  });
}

function chooseView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  return formPage(request, shown, {
    title: caisseTexts[visit.voice].title,
    body: chooseCaisse(visit, shown.typed, shown.problems),
    back: paths.home,
  });
}

function confirmView(request: PageRequest<Choosing>, shown: Shown): PageAnswer {
  const { visit, postalCode, candidates } = request;
  const t = caisseTexts[visit.voice];
  const only = candidates.length === 1 ? candidates[0] : undefined;
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
            items: candidates.map(({ code, name }) => ({ value: code, text: name })),
          })
        }${button({ text: t.submit })}`,
      })}
      <p class="govuk-body"><a class="govuk-link" href="${paths.caisse}">${t.notMine}</a></p>`,
  });
}
