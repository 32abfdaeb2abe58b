import type { Tutorial } from '../tutorial.ts';
import { contactLabels } from './common.ts';
import { somme } from './somme.ts';

/**
 * The guide of the Somme on the default policy, which completes it: one contact page with the consents of the other
 * tutorials, «caractères» where an IBAN may hold letters, and a title of its own for the proof.
 */
export const ameli2025: Tutorial = {
  ...somme,
  preset: 'ameli-2025',
  steps: somme.steps.flatMap((one) => {
    switch (one.step) {
      case 'proof': {
        const labels = one.labels
          .slice(one.labels.indexOf('Accédez immédiatement à votre compte'))
          .map((label) => label.replace('7 derniers chiffres', '7 derniers caractères'));
        return [{ ...one, labels }];
      }
      case 'contact':
        return [
          {
            ...one,
            labels: [
              ...contactLabels,
              "études menées par l'Assurance Maladie ou ses partenaires",
              'Oui',
              'Non',
              'CONTINUER',
              'RETOUR',
            ],
          },
        ];
      case 'telephones':
        return [];
      default:
        return [one];
    }
  }),
};
