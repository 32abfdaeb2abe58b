import { catalogue } from '#src/texts/language.ts';

/** What a trainer reads where a seat is put elsewhere. */
export const placingTexts = catalogue({
  fr: {
    title: 'Changer d’étape',
    step: 'Mettre cette place à l’étape',
    hint: 'Le participant y arrive dès qu’il appuie sur un bouton. Vous pouvez annuler pendant une minute.',
    submit: 'Changer d’étape',
    undo: 'Annuler le changement d’étape',
    undoFor: 'Pendant une minute, vous pouvez revenir à l’étape d’avant.',
    password: 'Mot de passe donné par la classe',
    personTitle: 'Changer de personne',
    personLead: 'Le participant recommence l’exercice avec une autre personne inventée.',
    left: (count: number) => (count > 1 ? `Il reste ${count} personnes.` : 'Il reste une personne.'),
    noneLeft: 'Cette place a déjà joué toutes ses personnes.',
    personAsk: 'Donner une autre personne…',
    personForGood: 'Ce que la personne d’avant a fait sera perdu. Cela ne s’annule pas.',
    person: 'Oui, donner une autre personne',
  },
  en: {
    title: 'Change the step',
    step: 'Put this seat at the step',
    hint: 'The learner gets there with the next button they press. You can undo it for one minute.',
    submit: 'Change the step',
    undo: 'Undo the change of step',
    undoFor: 'For one minute, you can return to the step before.',
    password: 'Password given by the class',
    personTitle: 'Change the person',
    personLead: 'The learner begins the exercise again, as another invented person.',
    left: (count: number) => (count > 1 ? `${count} people are left.` : 'One person is left.'),
    noneLeft: 'This seat has played all its people already.',
    personAsk: 'Give another person…',
    personForGood: 'What the person before has done will be lost. This cannot be undone.',
    person: 'Yes, give another person',
  },
});
