import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { catalogue } from '#src/texts/language.ts';
import { unfold } from '#src/web/components/asides.ts';
import type { Field } from '#src/web/components/field.ts';
import { input } from '#src/web/components/input.ts';
import { cardFront } from '#src/web/drawings/card-front.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

const labels = catalogue({
  fr: { nir: 'Mon numéro de sécurité sociale' },
  en: { nir: 'My social security number' },
  plain: {
    fr: {
      nir: 'Votre numéro de sécurité sociale',
    },
    en: {
      nir: 'Your social security number',
    },
  },
});

/** «Mon numéro de sécurité sociale», with help on where to find it. */
export function nirField(visit: Visit, { typed, problems }: Shown, look: Pick<Field, 'star'> = {}): Html {
  const t = identityTexts[visit.voice];
  return input(visit, {
    name: 'nir',
    ...look,
    label: labels[visit.voice].nir,
    hint: t.nirHint,
    help: unfold(t.nirWhere, html`<p>${t.nirDrawing}</p>${cardFront(visit)}`),
    error: problemOf(problems, 'nir'),
    value: typed.text('nir'),
    autocomplete: 'username',
    spaced: true,
    width: 20,
    spellcheck: 'false',
    autocapitalize: 'characters',
  });
}
