import type { TutorialStep } from '../tutorial.ts';

/** The choice of the caisse, as both associations show it. */
export function caisseSteps(select: string, confirm: string): readonly TutorialStep[] {
  return [
    {
      step: 'caisse',
      where: select,
      labels: [
        'VERSION CONTRASTÉE',
        'Sélectionnez votre caisse',
        "Saisissez le code postal de votre lieu de résidence. Les pages d'ameli seront alors enrichies d'informations locales (contacts, évènements régionaux...).",
        '* champ obligatoire',
        'Votre code postal *',
        'SÉLECTIONNER',
      ],
    },
    {
      step: 'caisse-confirm',
      where: confirm,
      labels: [
        'Vous avez sélectionné votre caisse',
        "Les pages d'ameli seront enrichies des informations de la caisse de :",
        'CONFIRMER',
        "Ce n'est pas ma caisse",
      ],
    },
  ];
}
