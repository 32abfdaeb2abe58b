import { catalogue } from '#src/texts/language.ts';
import { mostTemplates } from '#src/workshop/templates/templates.ts';
import { templateTexts } from '#src/workshop/templates/texts.ts';

const again = {
  fr: {
    full: 'Le disque de cet ordinateur est plein\u00a0: rien n’a changé. Faites de la place, puis recommencez.',
    forbidden:
      'L’atelier n’a plus le droit d’écrire dans le dossier de la classe\u00a0: rien n’a changé. Rendez-lui ce droit, puis recommencez.',
    other: 'Le disque de cet ordinateur ne répond pas\u00a0: rien n’a changé. Recommencez.',
  },
  en: {
    full: 'The disk of this computer is full: nothing has changed. Make room, then try again.',
    forbidden:
      'The workshop may no longer write to the folder of the class: nothing has changed. Allow it, then try again.',
    other: 'The disk of this computer does not answer: nothing has changed. Try again.',
  },
};

/** What comes after a class, and what its disk does not take. */
export const afterTexts = catalogue({
  fr: {
    title: 'Après la classe',
    report: 'Lire le rapport de l’atelier',
    erasedAt: (date: string) => `La classe sera effacée toute seule ${date}.`,
    unlessUsed: (date: string) => `Si personne ne s’en sert, la classe sera effacée toute seule ${date}.`,
    erasedWhen: 'Effacement',
    reopen: 'Rouvrir la classe',
    trouble: {
      full: 'Le disque de cet ordinateur est plein. Ce que font les participants n’est plus noté. Faites de la place\u00a0: la classe continue.',
      forbidden:
        'L’atelier n’a plus le droit d’écrire dans le dossier de la classe. Ce que font les participants n’est plus noté.',
      other: 'Le disque de cet ordinateur ne répond pas. Ce que font les participants n’est plus noté.',
    },
    refusals: {
      'not-ended': 'La classe n’est pas finie\u00a0: elle est déjà ouverte.',
      'code-taken': 'Une autre classe a maintenant le même code. Finissez-la avant de rouvrir celle-ci.',
      'site-full': 'Toutes les classes du site sont prises. Recommencez plus tard.',
      'not-erased':
        'Tout n’est pas effacé\u00a0: un fichier résiste. Fermez les autres programmes. L’atelier réessaie tout seul.',
      'template-already': templateTexts.fr.refusals.already,
      'template-full': templateTexts.fr.refusals.full(mostTemplates),
      'disk-full': again.fr.full,
      'disk-forbidden': again.fr.forbidden,
      'disk-in-use': again.fr.other,
      'disk-needs-server': again.fr.other,
      'disk-damaged': again.fr.other,
    },
  },
  en: {
    title: 'After the class',
    report: 'Read the report of the workshop',
    erasedAt: (date: string) => `The class will be erased by itself ${date}.`,
    unlessUsed: (date: string) => `If nobody uses it, the class will be erased by itself ${date}.`,
    erasedWhen: 'Erased',
    reopen: 'Open the class again',
    trouble: {
      full: 'The disk of this computer is full. What the learners do is no longer noted. Make room: the class goes on.',
      forbidden:
        'The workshop may no longer write to the folder of the class. What the learners do is no longer noted.',
      other: 'The disk of this computer does not answer. What the learners do is no longer noted.',
    },
    refusals: {
      'not-ended': 'The class is not over: it is open already.',
      'code-taken': 'Another class has the same code now. End it before you open this one again.',
      'site-full': 'All classes of the site are taken. Start again later.',
      'not-erased':
        'Not everything is erased: a file resists. Close the other programs. The workshop tries again by itself.',
      'template-already': templateTexts.en.refusals.already,
      'template-full': templateTexts.en.refusals.full(mostTemplates),
      'disk-full': again.en.full,
      'disk-forbidden': again.en.forbidden,
      'disk-in-use': again.en.other,
      'disk-needs-server': again.en.other,
      'disk-damaged': again.en.other,
    },
  },
});
