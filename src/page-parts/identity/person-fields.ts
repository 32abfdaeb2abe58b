import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { type DatePart, dateInput } from '#src/web/components/date-input.ts';
import { input } from '#src/web/components/input.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** «Mon nom», for every page that asks for an identity. */
export function nameField(visit: Visit, { typed, problems }: Shown): Html {
  const t = identityTexts[visit.voice];
  return input(visit, {
    name: 'nom',
    label: t.name,
    hint: t.nameHint,
    error: problemOf(problems, 'nom'),
    value: typed.text('nom'),
    autocomplete: 'family-name',
    spellcheck: 'false',
  });
}

/** «Ma date de naissance», in three boxes; `prefillFrom`: the NIR field from which the script proposes month and year. */
export function birthDateField(
  visit: Visit,
  { typed, problems }: Shown,
  { prefillFrom }: { readonly prefillFrom?: string } = {},
): Html {
  const t = identityTexts[visit.voice];
  const ofDate = problems.filter(({ field }) => field === 'dateNaissance');
  const errorOf = (part: DatePart) => ofDate.find(({ target }) => target === `dateNaissance-${part}`)?.text;
  const isBlank = dateParts.every((part) => typed.text(`dateNaissance-${part}`) === '');
  const proposed = typed.text('dateNaissance-proposee');
  return html`${dateInput(visit, {
    name: 'dateNaissance',
    label: t.birthDate,
    hint: t.birthDateHint,
    // «Écrivez votre date de naissance» is about all three boxes, although its link leads to the first.
    ...(isBlank
      ? { error: ofDate[0]?.text }
      : { errors: { jour: errorOf('jour'), mois: errorOf('mois'), annee: errorOf('annee') } }),
    values: {
      jour: typed.text('dateNaissance-jour'),
      mois: typed.text('dateNaissance-mois'),
      annee: typed.text('dateNaissance-annee'),
    },
    autocomplete: 'bday',
    prefillFrom,
  })}${prefillFrom && html`<input type="hidden" name="dateNaissance-proposee" value="${proposed}">`}`;
}

const dateParts: readonly DatePart[] = ['jour', 'mois', 'annee'];
