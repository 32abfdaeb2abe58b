import type { TutorialStep } from '../tutorial.ts';

/** Under the form, and under the sign-in page. */
export const buttonLabels = ['OU', "S'identifier avec FranceConnect", "Qu'est-ce que FranceConnect ?"];

export const formWithButtonLabels = [
  'OU',
  'Je crée immédiatement mon compte via FranceConnect',
  "S'identifier avec FranceConnect",
  "Qu'est-ce que FranceConnect ?",
];

/** From the form, by FranceConnect, to the three steps. */
export function franceConnectSteps(form: string): readonly TutorialStep[] {
  return [
    {
      step: 'identity-franceconnect',
      where: form,
      labels: [
        'JE CRÉE MON COMPTE AMELI',
        'Je crée mon compte en remplissant les éléments demandés',
        '* champ obligatoire',
        'Mon nom : *',
        'Mon n° de sécurité sociale : *',
        'Ma date de naissance : *',
        'Mon code postal : *',
        'CONTINUER',
        'RETOUR',
        ...formWithButtonLabels,
      ],
    },
    { step: 'franceconnect', where: `${form} : chez FranceConnect`, labels: [] },
    { step: 'franceconnect-consent', where: `${form} : ce que FranceConnect transmet`, labels: [] },
  ];
}
