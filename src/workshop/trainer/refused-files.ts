import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import type { RefusedFile } from '#src/workshop/classes/scenarios.ts';

const texts = catalogue({
  fr: {
    title: 'Vos exercices qui ne peuvent pas servir',
    lead: 'Corrigez le fichier, puis rechargez cette page. Les autres exercices marchent.',
    file: (name: string) => `Fichier ${name}`,
    whole: 'Tout le fichier',
    remedies: {
      'not-json': () =>
        'ce n’est pas un fichier JSON complet. Vérifiez les virgules, les guillemets et les accolades.',
      missing: () => 'cette information manque. Recopiez-la d’un exercice livré, puis changez-la.',
      'unknown-field': () => 'ce nom n’existe pas. Corrigez-le ou retirez-le.',
      'not-one-of': (values: string) => `mettez l’un de ces mots\u00a0: ${values}.`,
      size: (values: string) => `la taille ne convient pas. Il faut\u00a0: ${values}.`,
      type: (values: string) => `ce n’est pas ce qui est attendu ici\u00a0: ${values}.`,
      order: (values: string) => `personne ne peut suivre ces étapes. Mettez-les ainsi\u00a0: ${values}.`,
      'no-franceconnect': () =>
        'cet exercice ne passe pas par FranceConnect. Ajoutez l’étape «\u00a0franceconnect\u00a0», ou retirez l’incident.',
      name: () => 'le nom ne convient pas. Prenez des lettres minuscules, des chiffres et des tirets.',
      'name-taken': () => 'un exercice livré a déjà ce nom. Donnez un autre nom au fichier.',
      'too-long': () => 'le fichier est trop long. Il faut moins de 64 kilo-octets.',
    },
  },
  en: {
    title: 'Exercises of yours that cannot be used',
    lead: 'Correct the file, then reload this page. The other exercises work.',
    file: (name: string) => `File ${name}`,
    whole: 'The whole file',
    remedies: {
      'not-json': () => 'this is not a complete JSON file. Check commas, quotation marks and braces.',
      missing: () => 'this is missing. Copy it from an exercise that ships, then change it.',
      'unknown-field': () => 'no field has this name. Correct it or take it out.',
      'not-one-of': (values: string) => `write one of these words: ${values}.`,
      size: (values: string) => `the size does not fit. It must be: ${values}.`,
      type: (values: string) => `this is not what is expected here: ${values}.`,
      order: (values: string) => `nobody can walk these steps. Write them as: ${values}.`,
      'no-franceconnect': () =>
        'this exercise does not go through FranceConnect. Add the step “franceconnect”, or take the incident out.',
      name: () => 'the name does not fit. Take small letters, digits and hyphens.',
      'name-taken': () => 'an exercise that ships has this name. Give the file another one.',
      'too-long': () => 'the file is too long. It must be under 64 kilobytes.',
    },
  },
});

/** The trainer’s own files that cannot be used: file, field and remedy. */
export function refusedFiles(visit: Visit, files: readonly RefusedFile[]): Html | null {
  if (files.length === 0) return null;
  const t = texts[visit.voice];
  const item = (problem: RefusedFile['problems'][number]) => {
    const field = 'field' in problem ? problem.field : null;
    const values = 'values' in problem ? problem.values.join(', ') : '';
    return html`<li><strong>${field ?? t.whole}</strong>${visit.language === 'fr' ? '\u00a0:' : ':'} ${t.remedies[problem.kind](values)}</li>`;
  };
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
<p class="govuk-body">${t.lead}</p>
${files.map(
  ({ file, problems }) => html`<h3 class="govuk-heading-s">${t.file(file)}</h3>
<ul class="govuk-list govuk-list--bullet">${problems.map(item)}</ul>`,
)}`;
}
