import { catalogue, type Voice } from '#src/texts/language.ts';
import type { ClassProblem } from '#src/workshop/classes/class-problem.ts';

/** Why a class could not be prepared though nothing that was typed is wrong, and what to do. */
export function notPrepared(voice: Voice, why: ClassProblem): string {
  return texts[voice][why];
}

const texts = catalogue({
  fr: {
    full: 'Le disque de cet ordinateur est plein. Faites de la place, puis recommencez.',
    forbidden:
      'L’atelier n’a pas le droit d’écrire dans son dossier. Rendez ce droit à votre session, puis recommencez.',
    'in-use': 'Un autre programme utilise le dossier de l’atelier. Fermez-le, puis recommencez.',
    'needs-server':
      'La base de données ne répond pas. Prévenez la personne qui gère le site, puis recommencez.',
    damaged: 'La classe ne se prépare pas. Relancez l’atelier, puis recommencez.',
  } satisfies Record<ClassProblem, string>,
  en: {
    full: 'The disk of this computer is full. Make room, then try again.',
    forbidden: 'The workshop may not write to its folder. Allow it to your user, then try again.',
    'in-use': 'Another program uses the folder of the workshop. Close it, then try again.',
    'needs-server': 'The database does not answer. Tell the person who runs the site, then try again.',
    damaged: 'The class cannot be prepared. Start the workshop anew, then try again.',
  },
});
