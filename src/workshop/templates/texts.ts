import { catalogue } from '#src/texts/language.ts';

/** The words of the classes that are kept to be started again. */
export const templateTexts = catalogue({
  fr: {
    title: 'Vos modèles',
    lead: 'Un modèle garde ce que vous avez préparé, et rien des participants. La nouvelle classe a d’autres personnes inventées et un autre code.',
    about: (exercise: string, seats: number, level: string) =>
      `${exercise}, ${seats > 1 ? `${seats} places` : '1 place'}, niveau ${level.toLowerCase()}`,
    start: 'Commencer une classe',
    startHidden: (name: string) => `avec le modèle «\u00a0${name}\u00a0»`,
    change: 'Renommer ou effacer',
    keep: 'Garder comme modèle',
    unusable: 'Un modèle ne peut plus servir. Effacez-le, puis préparez la classe de nouveau.',
    eraseUnusable: 'Effacer ce modèle',
    page: {
      title: (name: string) => `Modèle «\u00a0${name}\u00a0»`,
      back: 'Vos classes',
      name: 'Nom du modèle',
      nameHint: 'Les nouvelles classes auront ce nom.',
      rename: 'Renommer',
      erase: 'Effacer le modèle',
      eraseWhy: 'Les classes déjà commencées restent.',
    },
    refusals: {
      already: 'Cette classe est déjà gardée comme modèle.',
      full: (most: number) => `Il y a déjà ${most} modèles. Effacez-en un, puis recommencez.`,
      policy: 'La version du service que ce modèle demande n’existe plus. Préparez la classe de nouveau.',
      gone: 'Ce modèle n’existe plus.',
    },
  },
  en: {
    title: 'Your templates',
    lead: 'A template keeps what you have prepared, and nothing of the learners. The new class has other invented people and another code.',
    about: (exercise: string, seats: number, level: string) =>
      `${exercise}, ${seats > 1 ? `${seats} seats` : '1 seat'}, level: ${level.toLowerCase()}`,
    start: 'Start a class',
    startHidden: (name: string) => `with the template “${name}”`,
    change: 'Rename or erase',
    keep: 'Keep as a template',
    unusable: 'A template can no longer be used. Erase it, then prepare the class anew.',
    eraseUnusable: 'Erase this template',
    page: {
      title: (name: string) => `Template “${name}”`,
      back: 'Your classes',
      name: 'Name of the template',
      nameHint: 'New classes will have this name.',
      rename: 'Rename',
      erase: 'Erase the template',
      eraseWhy: 'Classes that have begun stay.',
    },
    refusals: {
      already: 'This class is kept as a template already.',
      full: (most: number) => `There are ${most} templates already. Erase one, then try again.`,
      policy: 'The version of the service that this template asks for is gone. Prepare the class anew.',
      gone: 'This template is gone.',
    },
  },
});
