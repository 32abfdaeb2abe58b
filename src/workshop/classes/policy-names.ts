import { catalogue } from '#src/texts/language.ts';
import type { Localised } from '#src/web/visit.ts';

/** The presets of the policy in the words of a trainer, those that most need first. */
const names = catalogue({
  fr: {
    'ameli-2025': 'Le service d’aujourd’hui',
    claire: 'Le service en mots plus simples',
    renforcee: 'Le service le plus protégé',
    somme: 'Comme le guide de la Somme, mars 2025',
    isere: 'Comme le guide de l’Isère',
    loire: 'Comme la fiche de la Loire',
    'solidarite-numerique-2021': 'Comme le guide de Solidarité numérique, mars 2021',
    'polymatheia-2020': 'Comme le guide de Polymatheia, avril 2020',
  },
  en: {
    'ameli-2025': 'The service of today',
    claire: 'The service in plainer words',
    renforcee: 'The service with the strictest rules',
    somme: 'As in the guide of the Somme, March 2025',
    isere: 'As in the guide of the Isère',
    loire: 'As in the sheet of the Loire',
    'solidarite-numerique-2021': 'As in the guide of Solidarité numérique, March 2021',
    'polymatheia-2020': 'As in the guide of Polymatheia, April 2020',
  },
});

/** The name of a preset in words; a preset that has none here keeps the name of its file. */
export function policyName({ voice }: Localised, policy: string): string {
  return new Map(Object.entries(names[voice])).get(policy) ?? policy;
}

/** The order in which they are offered. */
export function inUsualOrder(policies: readonly string[]): readonly string[] {
  const order = Object.keys(names.fr);
  const place = (policy: string) => (order.includes(policy) ? order.indexOf(policy) : order.length);
  return policies.toSorted((one, other) => place(one) - place(other));
}
