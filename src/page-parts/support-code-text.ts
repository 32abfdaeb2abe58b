import { catalogue } from '#src/texts/language.ts';
import { insetText } from '#src/web/components/asides.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Localised } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    label: 'Votre code d’assistance :',
    use: 'Au téléphone ou au guichet, donnez ce code à votre conseiller : il verra où vous en êtes. Ce code sert seulement à retrouver votre dossier.',
  },
  en: {
    label: 'Your support code:',
    use: 'On the telephone or at the counter, give this code to your adviser: they will see where you stand. This code only serves to find your file.',
  },
  plain: {
    fr: {
      label: 'Votre référence :',
      use: 'Donnez cette référence à votre caisse. Elle verra où vous en êtes.',
    },
    en: {
      label: 'Your reference:',
      use: 'Give this reference to your caisse. It will see where you are.',
    },
  },
});

/** The support code of a dossier, which the person reads to an agent (`compte support`). */
export function supportCodeText({ voice }: Localised, code: string): Html {
  const t = texts[voice];
  return insetText(
    html`<p class="govuk-body">${t.label} <span class="unbroken"><strong>${code}</strong></span></p><p class="govuk-body">${t.use}</p>`,
  );
}
