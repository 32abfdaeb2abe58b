import type { Step } from '#src/exercise/steps.ts';
import { catalogue } from '#src/texts/language.ts';

/** Names of the fields of the service’s pages, for a trainer who has not seen what was typed. */
type FieldWords = Readonly<Record<string, string>>;

const fieldsFr: FieldWords = {
  nom: 'nom',
  nir: 'numéro de sécurité sociale',
  dateNaissance: 'date de naissance',
  codePostal: 'code postal',
  iban7: 'fin de l’IBAN',
  numeroSerie: 'numéro de série de la carte Vitale',
  code: 'code',
  accord: 'case des conditions',
  motDePasse: 'mot de passe',
  identifiant: 'identifiant de FranceConnect',
  confirmation: 'mot de passe tapé une deuxième fois',
  email: 'adresse email',
  emailConfirmation: 'adresse email tapée une deuxième fois',
  portable: 'téléphone portable',
  fixe: 'téléphone fixe',
  papier: 'choix du papier',
  frequenceAvis: 'choix des avis',
  canal: 'choix d’un moyen',
  caisse: 'choix de la caisse',
  beneficiaires: 'personnes de l’attestation',
  beneficiaire: 'choix de la personne',
  du: 'date de début',
  au: 'date de fin',
  sujet: 'sujet du message',
  texte: 'texte du message',
  pieces: 'pièces jointes',
};

const fieldsEn: FieldWords = {
  nom: 'last name',
  nir: 'social security number',
  dateNaissance: 'date of birth',
  codePostal: 'postal code',
  iban7: 'end of the IBAN',
  numeroSerie: 'serial number of the Vitale card',
  code: 'code',
  accord: 'box of the terms',
  motDePasse: 'password',
  identifiant: 'identifier of FranceConnect',
  confirmation: 'password typed again',
  email: 'email address',
  emailConfirmation: 'email address typed again',
  portable: 'mobile number',
  fixe: 'landline number',
  papier: 'choice of paper',
  frequenceAvis: 'choice of notices',
  canal: 'choice of a way',
  caisse: 'choice of the fund',
  beneficiaires: 'people on the attestation',
  beneficiaire: 'choice of the person',
  du: 'first date',
  au: 'last date',
  sujet: 'subject of the message',
  texte: 'text of the message',
  pieces: 'enclosed files',
};

const minutesFr = (minutes: number) => (minutes < 1 ? 'moins d’une minute' : `${minutes}\u00a0min`);
const minutesEn = (minutes: number) => (minutes < 1 ? 'less than a minute' : `${minutes}\u00a0min`);
type Named = { readonly number: number; readonly firstName: string | null };
const nameFr = ({ number, firstName }: Named) =>
  firstName === null ? `place ${number}` : `place ${number}, ${firstName}`;
const nameEn = ({ number, firstName }: Named) =>
  firstName === null ? `seat ${number}` : `seat ${number}, ${firstName}`;

/** The words of a trainer’s board and of what it does. */
export const boardTexts = catalogue({
  fr: {
    title: (name: string) => `Classe «\u00a0${name}\u00a0»`,
    back: 'Vos classes',
    phase: {
      open: 'La classe est ouverte.',
      paused: 'La classe est en pause.',
      ended: 'La classe est finie.',
    },
    notYet: 'Personne n’est encore assis. Montrez l’écran à projeter\u00a0: il dit comment entrer.',
    code: 'Code à donner aux participants\u00a0:',
    address: (address: string) => `Adresse à ouvrir\u00a0: ${address}`,
    exercise: 'Exercice',
    clock: 'Horloge de la classe',
    at: (date: string, hour: string) => `le ${date} à ${hour}`,
    openScreen: 'Ouvrir l’écran à projeter (nouvelle fenêtre)',
    sat: (sat: number, seats: number) =>
      sat > 1 ? `${sat} places prises sur ${seats}.` : `${sat} place prise sur ${seats}.`,
    done: (done: number) =>
      done === 0 ? 'Personne n’a encore fini.' : done > 1 ? `${done} ont fini.` : '1 a fini.',
    hands: (seats: readonly Named[]) =>
      seats.length === 0
        ? ''
        : `${seats.length > 1 ? `${seats.length} mains levées` : '1 main levée'}\u00a0: ${seats.map(nameFr).join('\u00a0; ')}.`,
    seats: 'Les places, étape par étape',
    seat: 'Place',
    where: 'Où elle en est',
    refusal: 'Dernier refus',
    refusalLabel: 'Dernier refus\u00a0:',
    mark: { done: 'fait', here: 'ici', todo: 'pas encore' },
    nowAt: (number: number, step: string) => (number === 0 ? step : `${number}. ${step}`),
    since: (minutes: number) => `depuis ${minutesFr(minutes)}`,
    finished: 'fini',
    hand: 'Main levée',
    free: (numbers: string) => `Places libres\u00a0: ${numbers}.`,
    refused: (fields: string, times: number) => (times > 1 ? `${fields} (${times}\u00a0fois)` : fields),
    someField: 'une réponse',
    noRefusal: 'aucun',
    fields: fieldsFr,
    steps: 'Les étapes de l’exercice',
    lost: 'Le tableau n’est plus relié à l’atelier. Il réessaie tout seul.',
    refreshes: 'Cette page se met à jour toute seule, toutes les 20 secondes.',
    still: 'Cette page ne se met pas à jour toute seule.',
    stop: 'Arrêter la mise à jour',
    start: 'Mettre à jour toute seule',
    refresh: 'Mettre à jour maintenant',
    show: {
      title: 'Montrer une étape au tableau',
      why: 'L’écran à projeter montre la page de l’étape, avec une personne que personne ne joue.',
      now: (step: string) => `L’écran à projeter montre\u00a0: ${step}.`,
      screen: 'Une étape au tableau',
      back: 'Montrer de nouveau le code',
      notPossible: 'Cette étape ne peut pas être montrée dans cet exercice.',
    },
    actions: 'Pour toute la classe',
    actionsHint:
      'Le facteur apporte les lettres que les participants attendent. L’horloge fait passer les jours.',
    post: 'Le facteur passe',
    moveClock: 'Avancer l’horloge',
    pause: 'Mettre la classe en pause',
    resume: 'Reprendre',
    end: 'Finir la classe',
    erase: 'Tout effacer',
    refusals: {
      ended: 'La classe est finie\u00a0: cela n’est plus possible.',
      'no-seat': 'Cette place n’existe pas dans la classe. Choisissez une place du tableau.',
      unknown: 'Cette action n’existe pas. Choisissez un bouton de la page.',
      'not-raised': 'Cette main est déjà baissée.',
      'no-step': 'Choisissez une étape.',
      nobody: 'Personne n’est assis à cette place.',
      'not-possible': 'Cette personne ne peut pas aller à cette étape. Rien n’a changé.',
      'too-late': 'Il n’y a plus rien à annuler. On peut annuler pendant une minute.',
      'nobody-left': 'Cette place a déjà joué toutes ses personnes.',
    },
    clockPage: {
      title: 'Avancer l’horloge de la classe',
      now: (date: string, hour: string) => `Dans la classe, nous sommes le ${date} à ${hour}.`,
      why: 'L’horloge avance pour tous les participants. Elle ne recule pas.',
      day: 'Un jour',
      week: 'Une semaine',
      weeks: 'Trois semaines',
      other: 'Une autre durée',
      number: 'Nombre',
      unit: 'Unité',
      units: { minutes: 'minutes', heures: 'heures', jours: 'jours', semaines: 'semaines', mois: 'mois' },
      submit: 'Avancer',
      refusals: {
        'not-a-duration': 'Écrivez un nombre entier en chiffres, par exemple 2, et choisissez une unité.',
        'not-forward': 'Écrivez un nombre plus grand que zéro.',
        'too-far': 'Écrivez une durée plus courte. L’horloge avance de 10 ans au plus.',
      },
    },
    endPage: {
      title: 'Finir la classe\u00a0?',
      lead: 'Les participants ne pourront plus avancer. Vous pourrez rouvrir la classe tant qu’elle n’est pas effacée.',
      kept: (hours: number) =>
        `Le tableau et le rapport restent ouverts. La classe sera effacée toute seule ${hours > 1 ? `${hours} heures` : 'une heure'} après.`,
      yes: 'Oui, finir la classe',
      no: 'Non, revenir au tableau',
    },
    erasePage: {
      title: 'Effacer toute la classe\u00a0?',
      lead: 'Tout ce que la classe contient sera effacé de cet ordinateur\u00a0: places, messages, courriers, tableau.',
      forGood: 'Personne ne pourra revenir en arrière.',
      report: 'Le rapport est effacé aussi. Vos modèles restent.',
      yes: 'Oui, tout effacer',
      no: 'Non, revenir au tableau',
    },
    seatPage: {
      title: nameFr,
      back: 'Tableau de la classe',
      free: 'Cette place est libre. Le prochain participant qui tape le code de la classe peut la prendre.',
      step: 'Étape',
      refusal: 'Dernier refus',
      hand: 'Main',
      raised: (minutes: number) => `levée depuis ${minutesFr(minutes)}`,
      lowered: 'baissée',
      lower: 'Baisser la main',
    },
    screen: {
      title: 'Entrez dans la classe',
      paused: 'La classe fait une pause.',
      titles: { paused: 'La classe fait une pause', ended: 'La classe est finie. Merci d’être venus' },
      go: 'Ouvrez cette adresse',
      code: 'Tapez ce code',
      done: (done: number, seats: number) =>
        done > 1
          ? `${done} sur ${seats} ont fini`
          : done === 1
            ? `1 sur ${seats} a fini`
            : 'Personne n’a encore fini',
      sat: (sat: number, seats: number) =>
        sat > 1 ? `${sat} places prises sur ${seats}` : `${sat} place prise sur ${seats}`,
      steps: 'Les étapes',
    },
  },
  en: {
    title: (name: string) => `Class “${name}”`,
    back: 'Your classes',
    phase: { open: 'The class is open.', paused: 'The class has a break.', ended: 'The class is over.' },
    notYet: 'Nobody has sat down yet. Show the screen to project: it says how to join.',
    code: 'Code for the learners:',
    address: (address: string) => `Address to open: ${address}`,
    exercise: 'Exercise',
    clock: 'Clock of the class',
    at: (date: string, hour: string) => `${date} at ${hour}`,
    openScreen: 'Open the screen to project (new window)',
    sat: (sat: number, seats: number) => `${sat} of ${seats} seats taken.`,
    done: (done: number) => (done === 0 ? 'Nobody has finished yet.' : `${done} finished.`),
    hands: (seats: readonly Named[]) =>
      seats.length === 0
        ? ''
        : `${seats.length > 1 ? `${seats.length} hands raised` : '1 hand raised'}: ${seats.map(nameEn).join('; ')}.`,
    seats: 'The seats, step by step',
    seat: 'Seat',
    where: 'Where it is',
    refusal: 'Last refusal',
    refusalLabel: 'Last refusal:',
    mark: { done: 'done', here: 'here', todo: 'not yet' },
    nowAt: (number: number, step: string) => (number === 0 ? step : `${number}. ${step}`),
    since: (minutes: number) => `for ${minutesEn(minutes)}`,
    finished: 'finished',
    hand: 'Hand raised',
    free: (numbers: string) => `Free seats: ${numbers}.`,
    refused: (fields: string, times: number) => (times > 1 ? `${fields} (${times} times)` : fields),
    someField: 'an answer',
    noRefusal: 'none',
    fields: fieldsEn,
    steps: 'The steps of the exercise',
    lost: 'The board has lost the workshop. It tries again by itself.',
    refreshes: 'This page refreshes by itself, every 20 seconds.',
    still: 'This page does not refresh by itself.',
    stop: 'Stop refreshing',
    start: 'Refresh by itself',
    refresh: 'Refresh now',
    show: {
      title: 'Show a step to the room',
      why: 'The screen to project shows the page of the step, with a person whom nobody plays.',
      now: (step: string) => `The screen to project shows: ${step}.`,
      screen: 'A step for the room',
      back: 'Show the code again',
      notPossible: 'This step cannot be shown in this exercise.',
    },
    actions: 'For the whole class',
    actionsHint: 'The post brings the letters that learners wait for. The clock makes days pass.',
    post: 'The post comes',
    moveClock: 'Move the clock forward',
    pause: 'Pause the class',
    resume: 'Resume',
    end: 'End the class',
    erase: 'Erase everything',
    refusals: {
      ended: 'The class is over: this is no longer possible.',
      'no-seat': 'This seat is not in the class. Choose a seat of the board.',
      unknown: 'There is no such action. Choose a button of the page.',
      'not-raised': 'This hand is lowered already.',
      'no-step': 'Choose a step.',
      nobody: 'Nobody sits there.',
      'not-possible': 'This person cannot be at that step. Nothing has changed.',
      'too-late': 'There is nothing to undo any more. Undoing is possible for one minute.',
      'nobody-left': 'This seat has played all its people already.',
    },
    clockPage: {
      title: 'Move the clock of the class forward',
      now: (date: string, hour: string) => `In the class it is ${date} at ${hour}.`,
      why: 'The clock moves for all learners. It does not go back.',
      day: 'One day',
      week: 'One week',
      weeks: 'Three weeks',
      other: 'Another duration',
      number: 'Number',
      unit: 'Unit',
      units: { minutes: 'minutes', heures: 'hours', jours: 'days', semaines: 'weeks', mois: 'months' },
      submit: 'Move forward',
      refusals: {
        'not-a-duration': 'Enter a whole number in digits, 2 for instance, and choose a unit.',
        'not-forward': 'Enter a number greater than zero.',
        'too-far': 'Enter a shorter duration. The clock moves by 10 years at most.',
      },
    },
    endPage: {
      title: 'End the class?',
      lead: 'The learners will not be able to go on. You can open the class again until it is erased.',
      kept: (hours: number) =>
        `The board and the report stay open. The class will be erased by itself ${hours > 1 ? `${hours} hours` : 'an hour'} later.`,
      yes: 'Yes, end the class',
      no: 'No, back to the board',
    },
    erasePage: {
      title: 'Erase the whole class?',
      lead: 'Everything that the class holds will be erased from this computer: seats, messages, letters, board.',
      forGood: 'Nobody can undo it.',
      report: 'The report is erased too. Your templates stay.',
      yes: 'Yes, erase everything',
      no: 'No, back to the board',
    },
    seatPage: {
      title: nameEn,
      back: 'Board of the class',
      free: 'This seat is free. The next learner who types the code of the class may take it.',
      step: 'Step',
      refusal: 'Last refusal',
      hand: 'Hand',
      raised: (minutes: number) => `raised for ${minutesEn(minutes)}`,
      lowered: 'lowered',
      lower: 'Lower the hand',
    },
    screen: {
      title: 'Join the class',
      paused: 'The class has a break.',
      titles: { paused: 'The class has a break', ended: 'The class is over. Thank you for coming' },
      go: 'Open this address',
      code: 'Type this code',
      done: (done: number, seats: number) =>
        done === 0 ? 'Nobody has finished yet' : `${done} of ${seats} have finished`,
      sat: (sat: number, seats: number) => `${sat} of ${seats} seats taken`,
      steps: 'The steps',
    },
  },
});

type BoardTexts = (typeof boardTexts)['fr'];

/** The fields of a refusal in words, each once: the three boxes of a date are one. */
export function fieldWords({ fields: words, someField }: BoardTexts, fields: readonly string[]): string {
  const said = fields.map((field) => words[field.replace(/-(jour|mois|annee)$/, '')] ?? someField);
  return [...new Set(said)].join(', ') || someField;
}

/** «2. Montrer que c’est bien soi»: a step with its number in the exercise, if it is one of its steps. */
export function numbered(
  { nowAt }: BoardTexts,
  names: Readonly<Record<Step, string>>,
  steps: readonly Step[],
  step: Step,
): string {
  return nowAt(steps.indexOf(step) + 1, names[step]);
}
