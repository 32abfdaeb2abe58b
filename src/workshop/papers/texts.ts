import { catalogue } from '#src/texts/language.ts';

/** The page that offers the papers of a class. */
export const papersTexts = catalogue({
  fr: {
    link: 'Sur papier',
    first: 'Avant la séance, imprimez ce qu’il vous faut\u00a0:',
    board: 'Fiches des personnes, étapes en images, émargement\u00a0: à imprimer avant la séance.',
    title: 'Les papiers de la classe',
    lead: 'Imprimez-les avant la séance, en noir ou en couleur. Aucun ne porte le nom d’un participant.',
    download: 'Télécharger',
    pdf: 'PDF',
    papers: {
      personnes: {
        title: 'Les personnes à jouer',
        what: 'Pour chaque place, la carte, le RIB et l’adresse à découper.',
      },
      etapes: {
        title: 'Les étapes en images',
        what: 'Pour chaque participant, ce qu’il faut faire à chaque page, à son niveau.',
      },
      fil: {
        title: 'Le fil de la séance',
        what: 'Pour vous, sur une page\u00a0: le but, les minutes, les mots à dire, les pièges.',
      },
      emargement: {
        title: 'La feuille d’émargement',
        what: 'À faire signer. Le lieu et les heures s’écrivent à la main, ou ci-dessous.',
      },
      appris: {
        title: 'Ce que j’ai appris',
        what: 'À la fin, chacun coche ce qu’il sait faire et garde la feuille.',
      },
      attestation: {
        title: 'L’attestation de participation',
        what: 'À remettre à la fin. Le nom s’écrit à la main, sans aucun numéro.',
      },
    },
    meeting: 'Remplir la feuille d’émargement',
    meetingWhy: 'Tout est facultatif. Ce que vous écrivez ici n’est pas gardé.',
    place: 'Lieu',
    date: 'Date',
    start: 'Heure de début',
    end: 'Heure de fin',
    submit: 'Télécharger la feuille d’émargement',
    tooLong: 'Écrivez 60 caractères au plus.',
    busy: 'Trop de papiers se préparent en même temps. Attendez un instant, puis recommencez.',
  },
  en: {
    link: 'On paper',
    first: 'Before the session, print what you need:',
    board: 'Sheets of the people, steps in pictures, attendance: to print before the session.',
    title: 'The papers of the class',
    lead: 'Print them before the session, in black or in colour. None has the name of a participant.',
    download: 'Download',
    pdf: 'PDF',
    papers: {
      personnes: {
        title: 'The people to play',
        what: 'For each seat, the card, the RIB and the address to cut out.',
      },
      etapes: {
        title: 'The steps in pictures',
        what: 'For each participant, what to do on each page, at their level.',
      },
      fil: {
        title: 'The outline of the session',
        what: 'For you, on one page: the aim, the minutes, the words to use, the traps.',
      },
      emargement: {
        title: 'The attendance sheet',
        what: 'To be signed. Write the place and the times by hand, or below.',
      },
      appris: {
        title: 'What I have learned',
        what: 'At the end, everybody ticks what they can do and keeps the sheet.',
      },
      attestation: {
        title: 'The certificate of participation',
        what: 'To hand out at the end. The name is written by hand, without any number.',
      },
    },
    meeting: 'Fill in the attendance sheet',
    meetingWhy: 'Everything is optional. What you write here is not kept.',
    place: 'Place',
    date: 'Date',
    start: 'Start',
    end: 'End',
    submit: 'Download the attendance sheet',
    tooLong: 'Write 60 characters at most.',
    busy: 'Too many papers are being made at once. Wait a moment, then try again.',
  },
});
