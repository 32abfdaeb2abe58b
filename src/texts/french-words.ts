import { changeText } from '#src/texts/text-runs.ts';

/**
 * What English texts say in French, since it is printed on cards, letters and doors: a longer term before those it
 * contains. Names of people and places, and acronyms, need no mark (RGAA 8.7).
 */
const terms = [
  "Caisse d[’']Assurance Maladie",
  'Caisse primaire',
  '(?:Votre )?Assurance Maladie',
  'compte ameli',
  'cartes? Vitale',
  'Vitale',
  'caisses?',
  'régime général',
  'régimes?',
  'ayants? droit',
  "relevé d[’']identité bancaire",
  'RIB',
  'France services',
  'la MGEN',
  'la MSA',
  '(?:La )?Mutuelle générale',
  'Mutualité sociale agricole',
  'Banque de France',
  'Assemblée nationale',
  'Sénat',
  'Harmonie Fonction publique',
  'Intériale',
  'départements?',
  'mairies?',
  'mutuelles?',
  'sécurité sociale',
  'Défenseur des droits',
  'Libre réponse',
];

const term = new RegExp(`(?<![\\p{L}\\d@/.-])(?:${terms.join('|')})(?![\\p{L}\\d@]|[/-][\\p{L}\\d])`, 'giu');

/**
 * An English document in which each French term says so (`lang="fr"`), so that it is read aloud as French. Texts are
 * written without marks: catalogues are also subjects of mails, titles and API answers.
 */
export function markFrenchWords(document: string): string {
  return changeText(document, (text, { untouchable, language, unread }) =>
    untouchable || unread || language === 'fr'
      ? text
      : text.replace(term, (words) => `<span lang="fr">${words}</span>`),
  );
}
