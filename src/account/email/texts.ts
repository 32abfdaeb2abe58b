import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  readonly current: (masked: string) => string;
  readonly lead: string;
  readonly same: string;
  readonly codeTitle: string;
  readonly sentTo: string;
  readonly codeLead: string;
  readonly until: (time: string) => string;
  readonly code: (digits: number) => string;
  readonly codeHint: string;
  readonly codeEmpty: string;
  readonly codeCharacters: string;
  readonly codeWrong: (tries: number) => string;
  readonly codeSubmit: string;
  readonly none: string;
  readonly notReceived: string;
  readonly again: string;
  readonly back: string;
}

export const emailTexts = catalogue<Texts>({
  fr: {
    title: 'Je change mon adresse email',
    current: (masked) => `Votre adresse actuelle : ${masked}`,
    lead: 'Nous enverrons un message à la nouvelle adresse. Confirmez-la avec le lien ou le code de ce message : elle remplacera alors l’ancienne.',
    same: 'C’est déjà l’adresse de votre compte',
    codeTitle: 'Je confirme ma nouvelle adresse email',
    sentTo: 'Nous avons envoyé un message à',
    codeLead:
      'Ouvrez le lien de ce message, ou recopiez ici son code. En attendant, votre adresse actuelle reste celle de votre compte.',
    until: (time) => `Confirmez au plus tard ${time}.`,
    code: (digits) => `Code à ${digits} chiffres`,
    codeHint: 'Ne donnez ce code à personne.',
    codeEmpty: 'Écrivez le code reçu par email',
    codeCharacters: 'Ce code n’a que des chiffres. Recopiez-le tel qu’il est écrit dans l’email',
    codeWrong: (tries) =>
      `Ce code ne fonctionne pas. Recopiez celui du message le plus récent. Après ${tries} essais, seul le lien fonctionne`,
    codeSubmit: 'CONFIRMER',
    none: 'Aucune nouvelle adresse n’attend d’être confirmée.',
    notReceived: 'Vous n’avez rien reçu ?',
    again: 'Recommencer le changement d’adresse',
    back: 'Retour à mon compte',
  },
  en: {
    title: 'Change your email address',
    current: (masked) => `Your current address: ${masked}`,
    lead: 'We will send a message to the new address. Confirm it with the link or the code of that message: it will then replace the old one.',
    same: 'This is already the address of your account',
    codeTitle: 'Confirm your new email address',
    sentTo: 'We have sent a message to',
    codeLead:
      'Open the link of that message, or copy its code here. In the meantime, your current address remains that of your account.',
    until: (time) => `Confirm at the latest ${time}.`,
    code: (digits) => `${digits}-digit code`,
    codeHint: 'Do not share this code with anyone.',
    codeEmpty: 'Enter the code that you received by email',
    codeCharacters: 'This code has digits only. Copy it as it is written in the email',
    codeWrong: (tries) =>
      `This code does not work. Copy the one from the most recent message. After ${tries} attempts, only the link works`,
    codeSubmit: 'CONFIRM',
    none: 'No new address is waiting to be confirmed.',
    notReceived: 'Have you received nothing?',
    again: 'Start the change of address again',
    back: 'Back to my account',
  },
  plain: {
    fr: {
      back: 'Retour au compte',
      title: 'Changez votre adresse email',
      current: (masked) => `Votre adresse maintenant : ${masked}`,
      lead: 'Nous enverrons un email à la nouvelle adresse. Vous la confirmerez. Ensuite elle remplacera l’ancienne.',
      codeTitle: 'Confirmez votre nouvelle adresse',
      sentTo: 'Email envoyé à',
      codeLead:
        'Appuyez sur le bouton de l’email, ou recopiez le code ici. Pour l’instant, votre adresse ne change pas.',
      code: (digits) => `Le code de l’email (${digits} chiffres)`,
      codeEmpty: 'Recopiez le code de l’email',
      codeCharacters: 'Recopiez seulement les chiffres du code',
      codeWrong: (tries) =>
        `Ce code ne fonctionne pas. Recopiez celui de l’email le plus récent. Après ${tries} essais, seul le bouton fonctionne`,
      codeSubmit: 'Confirmer',
      none: 'Vous n’avez pas de nouvelle adresse à confirmer.',
      again: 'Je n’ai rien reçu : recommencer',
    },
    en: {
      title: 'Change your email address',
      codeTitle: 'Confirm your new address',
      codeSubmit: 'Confirm',
    },
  },
});
