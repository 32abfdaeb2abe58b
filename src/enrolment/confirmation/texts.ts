import { catalogue } from '#src/texts/language.ts';

export const confirmationTexts = catalogue({
  fr: {
    title: 'VALIDATION DE MON EMAIL',
    lead: 'Pour finaliser la création de votre compte, merci de cliquer sur le lien reçu par email.',
    sentTo: (address: string) => `Message envoyé à ${address}`,
    until: (date: string) => `Vous avez jusqu’au ${date} pour confirmer votre adresse.`,
    untilThen: (link: string, account: string) =>
      `Le lien et le code de ce message fonctionnent jusqu’au ${link}. Ensuite, et jusqu’au ${account}, vous pourrez en demander d’autres ici.`,
    accountUntil: (account: string) => `Vous avez jusqu’au ${account} pour confirmer votre adresse.`,
    orCode: 'Vous lisez vos emails sur un autre appareil ? Recopiez ici le code du message.',
    code: (digits: number) => `Code à ${digits} chiffres :`,
    codeHint: 'Il est écrit dans le message. Ne le donnez à personne, pas même à un conseiller.',
    codeSubmit: 'Valider le code',
    codeEmpty: 'Écrivez le code reçu par email',
    codeCharacters: 'Ce code n’a que des chiffres. Recopiez-le tel qu’il est écrit dans l’email',
    codeWrong: (digits: number, tries: number) =>
      `Ce code ne fonctionne pas. Recopiez les ${digits} chiffres du message le plus récent. Après ${tries} erreurs, demandez un nouveau message`,
    signInFirst:
      'Pour recevoir un nouveau message ou corriger votre adresse, connectez-vous avec votre mot de passe.',
    signIn: 'Me connecter',
    notReceived: 'Vous n’avez pas reçu le message ?',
    askAgain: 'Toujours rien ? Demandez un nouveau message, avec le bouton ci-dessous.',
    call: 'Vous n’y arrivez pas ? Téléphonez :',
    resend: 'Recevoir un nouveau message',
    notYet: (time: string) =>
      `Un message vous a déjà été envoyé, et il fonctionne. Vous pourrez en demander un autre ${time}.`,
    noMore: (telephone: string) =>
      `Tous les messages possibles ont été envoyés. Cherchez le plus récent, ou appelez votre caisse au ${telephone}.`,
    wrongAddress: 'Corriger mon adresse email',
    addressTitle: 'Corriger mon adresse email',
    addressLead: (address: string) => `Adresse actuelle : ${address}`,
    addressSubmit: 'Enregistrer et recevoir le message',
    back: 'Revenir à l’attente du message',
    deadTitle: 'Le lien n’est plus actif',
    dead: 'Le délai pour utiliser le lien est passé. Vous pouvez recevoir un nouveau lien à la même adresse.',
    expired: 'Votre adresse n’a pas changé. Connectez-vous pour demander à nouveau le changement d’adresse.',
    overTitle: 'Le délai est passé',
    over: (telephone: string) =>
      `Le délai pour confirmer votre adresse est passé. Vous pouvez recommencer la création de votre compte, ou appeler votre caisse au ${telephone}.`,
    overMailbox: (mailbox: string) => `Vous pouvez aussi écrire à ${mailbox}.`,
    restart: 'Recommencer la création de mon compte',
    readyTitle: 'Confirmer mon email',
    ready: 'Appuyez sur le bouton pour confirmer votre adresse et activer votre compte.',
    readyChange: 'Appuyez sur le bouton pour confirmer votre nouvelle adresse.',
    readySubmit: 'Confirmer mon email',
    usedTitle: 'Votre adresse est déjà confirmée',
    used: 'Vous n’avez plus rien à faire ici : connectez-vous avec votre mot de passe.',
    supersededTitle: 'Ce lien a été remplacé',
    superseded: (time: string) =>
      `Un message plus récent vous a été envoyé ${time}. Ouvrez celui-là, ou demandez un nouveau message.`,
    unknownTitle: 'Ce lien ne fonctionne pas',
    unknown:
      'Il est incomplet, ou il ne fonctionne plus. Ouvrez le message le plus récent et appuyez à nouveau sur le lien. Vous pouvez aussi recopier le code du message.',
    typeCode: 'Saisir le code du message',
    confirmedTitle: 'Votre adresse est confirmée',
    confirmed:
      'Votre compte est actif, sur le site comme dans l’application. Connectez-vous avec votre numéro de sécurité sociale et votre mot de passe.',
    card: 'Pensez à mettre à jour votre carte Vitale : dans votre caisse, une pharmacie ou un hôpital.',
  },
  en: {
    title: 'Confirm your email address',
    lead: 'To finish creating your account, please click the link you received by email.',
    sentTo: (address: string) => `Message sent to ${address}`,
    until: (date: string) => `You have until ${date} to confirm your address.`,
    untilThen: (link: string, account: string) =>
      `The link and the code of this message work until ${link}. After that, and until ${account}, you can ask for others here.`,
    accountUntil: (account: string) => `You have until ${account} to confirm your address.`,
    orCode: 'Do you read your email on another device? Copy the code of the message here.',
    code: (digits: number) => `${digits}-digit code:`,
    codeHint: 'It is in the message. Do not share it with anyone, not even an adviser.',
    codeSubmit: 'Confirm the code',
    codeEmpty: 'Enter the code you received by email',
    codeCharacters: 'This code has digits only. Copy it as it is written in the email',
    codeWrong: (digits: number, tries: number) =>
      `This code does not work. Copy the ${digits} digits of the most recent message. After ${tries} mistakes, ask for a new message`,
    signInFirst: 'To receive a new message or correct your address, sign in with your password.',
    signIn: 'Sign in',
    notReceived: 'Have you not received the message?',
    askAgain: 'Still nothing? Ask for a new message, with the button below.',
    call: 'Does it not work? Call:',
    resend: 'Receive a new message',
    notYet: (time: string) =>
      `A message has already been sent to you, and it works. You can ask for another one ${time}.`,
    noMore: (telephone: string) =>
      `All possible messages have been sent. Look for the most recent one, or call your caisse on ${telephone}.`,
    wrongAddress: 'Correct my email address',
    addressTitle: 'Correct my email address',
    addressLead: (address: string) => `Current address: ${address}`,
    addressSubmit: 'Save and receive the message',
    back: 'Back to waiting for the message',
    deadTitle: 'The link is no longer active',
    dead: 'The deadline to use the link has passed. You can receive a new link at the same address.',
    expired: 'Your address has not changed. Sign in to ask for the change of address again.',
    overTitle: 'The deadline has passed',
    over: (telephone: string) =>
      `The deadline to confirm your address has passed. You can start creating your account again, or call your caisse on ${telephone}.`,
    overMailbox: (mailbox: string) => `You can also write to ${mailbox}.`,
    restart: 'Start creating my account again',
    readyTitle: 'Confirm my email address',
    ready: 'Press the button to confirm your address and activate your account.',
    readyChange: 'Press the button to confirm your new address.',
    readySubmit: 'Confirm my email address',
    usedTitle: 'Your address is already confirmed',
    used: 'There is nothing left to do here: sign in with your password.',
    supersededTitle: 'This link has been replaced',
    superseded: (time: string) =>
      `A more recent message was sent to you ${time}. Open that one, or ask for a new message.`,
    unknownTitle: 'This link does not work',
    unknown:
      'It is incomplete, or no longer valid. Open the most recent message and press the link again. You can also copy the code of the message.',
    typeCode: 'Enter the code of the message',
    confirmedTitle: 'Your address is confirmed',
    confirmed:
      'Your account is active, on the site and in the app. Sign in with your social security number and your password.',
    card: 'Remember to update your carte Vitale: at your caisse, a pharmacy or a hospital.',
  },
});
