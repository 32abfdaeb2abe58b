import type { Tutorial } from '../tutorial.ts';
import { contactLabels } from './common.ts';
import { somme } from './somme.ts';

/**
 * The guide of the Somme on the default policy, which completes it: one contact page with the consents of the other
 * tutorials, and «caractères» where an IBAN may hold letters.
 */
export const ameli2025: Tutorial = {
  ...somme,
  preset: 'ameli-2025',
  steps: somme.steps.flatMap((one) => {
    switch (one.step) {
      case 'proof': {
        const labels = one.labels.map((label) =>
          label.replace('7 derniers chiffres', '7 derniers caractères'),
        );
        return [{ ...one, labels }];
      }
      case 'contact':
        return [{ ...one, labels: [...contactLabels, 'études', 'Oui', 'Non', 'CONTINUER', 'RETOUR'] }];
      case 'telephones':
        return [];
      default:
        return [one];
    }
  }),
};
