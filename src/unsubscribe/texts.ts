import { catalogue } from '#src/texts/language.ts';

export const unsubscribeTexts = catalogue({
  fr: {
    title: 'Ne plus recevoir de rappels',
    lead: 'Vous avez reçu un email qui vous rappelle une démarche commencée et pas encore terminée.',
    stop: 'Vous ne voulez plus de ces rappels ? Appuyez sur le bouton : nous n’enverrons plus de rappel à cette adresse.',
    keep: 'Vous recevrez toujours les messages que vous demandez, et ceux qui protègent votre compte. Par exemple : votre mot de passe a changé.',
    button: 'Ne plus recevoir de rappels',
    doneTitle: 'Vous ne recevrez plus de rappels',
    done: 'C’est noté : nous n’enverrons plus de rappel à cette adresse.',
    doneNext:
      'La démarche commencée n’est pas annulée. Pour la terminer, ouvrez le message le plus récent, ou connectez-vous.',
    signIn: 'Me connecter',
    unknownTitle: 'Ce lien ne fonctionne pas',
    unknown: 'Il est incomplet. Ouvrez à nouveau le message et appuyez sur le lien de désinscription.',
    unknownStill:
      'Il ne fonctionne toujours pas ? Rien n’a changé. Vous pouvez ignorer les rappels : ils s’arrêtent quand la démarche est terminée.',
    help: 'Demander de l’aide',
    avisTitle: 'Ne plus être prévenu par email',
    avisLead:
      'Nous vous écrivons quand quelque chose arrive dans votre compte. Voulez-vous arrêter ces emails ?',
    avisPaper: 'Pour que rien ne se perde, vos nouveaux documents partiront alors par courrier.',
    avisKeep:
      'Vous voulez seulement moins d’emails ? Connectez-vous : à la page « Papier et avis », choisissez une fois par jour ou une fois par semaine.',
    avisButton: 'Arrêter ces emails',
    avisDoneTitle: 'Nous ne vous préviendrons plus par email',
    avisDone: 'C’est noté. Connectez-vous de temps en temps : ce qui arrive reste dans votre compte.',
    avisDonePaper:
      'C’est noté. Vos nouveaux documents partiront par courrier, et restent aussi dans votre compte.',
    avisDoneNext: 'Vous changez d’avis ? Connectez-vous, et ouvrez la page « Papier et avis ».',
  },
  en: {
    title: 'Stop the reminders',
    lead: 'You received an email that reminds you of something you have begun and not finished yet.',
    stop: 'Do you want no more of these reminders? Press the button: none will be sent to this email address any more.',
    keep: 'You will still receive the messages you ask for, and those that protect your account. For instance: your password has changed.',
    button: 'Stop the reminders',
    doneTitle: 'You will receive no more reminders',
    done: 'Noted: no reminder will be sent to this email address any more.',
    doneNext: 'What you have begun is not cancelled. To finish it, open the most recent message, or sign in.',
    signIn: 'Sign in',
    unknownTitle: 'This link does not work',
    unknown: 'It is incomplete. Open the message again and press the link that stops the reminders.',
    unknownStill:
      'Does it still not work? Nothing has changed. You can ignore the reminders: they stop once you have finished.',
    help: 'Ask for help',
    avisTitle: 'No longer be told by email',
    avisLead: 'We write to you when something arrives in your account. Do you want to stop these emails?',
    avisPaper: 'So that nothing gets lost, your new documents will then go to you by post.',
    avisKeep:
      'Do you only want fewer emails? Sign in: on the page “Paper and notices”, choose once a day or once a week.',
    avisButton: 'Stop these emails',
    avisDoneTitle: 'We will no longer tell you by email',
    avisDone: 'Noted. Sign in from time to time: what arrives stays in your account.',
    avisDonePaper: 'Noted. Your new documents will go to you by post, and stay in your account as well.',
    avisDoneNext: 'Have you changed your mind? Sign in, and open the page “Paper and notices”.',
  },
  plain: {
    fr: {
      signIn: 'Se connecter',
      avisLead:
        'Nous vous écrivons quand il y a du nouveau dans votre compte. Voulez-vous arrêter ces emails ?',
      avisPaper: 'Vos nouveaux documents partiront par courrier.',
      avisKeep: 'Vous voulez moins d’emails ? Connectez-vous. Ouvrez la page « Papier et emails ».',
      avisDoneNext: 'Vous changez d’avis ? Connectez-vous. Ouvrez la page « Papier et emails ».',
      lead: 'Vous avez reçu un email de rappel.',
      stop: 'Vous ne voulez plus de rappels ? Appuyez sur le bouton.',
      keep: 'Nous vous écrirons encore pour protéger votre compte. Exemple : votre mot de passe a changé.',
      done: 'Nous n’enverrons plus de rappel à cette adresse.',
      doneNext:
        'Rien n’est annulé. Vous voulez continuer ? Ouvrez l’email le plus récent, ou connectez-vous.',
      unknown: 'Il est incomplet. Ouvrez à nouveau l’email et appuyez sur le lien.',
      unknownStill: 'Il ne fonctionne toujours pas ? Rien n’a changé. Vous pouvez ignorer les rappels.',
    },
  },
});
