import { catalogue, type Voice } from '#src/texts/language.ts';

/** What the page after a form says was done, once. Each holds for everybody whose form got that answer. */
const texts = catalogue({
  fr: {
    'signed-out': 'Vous êtes déconnecté. Vous pouvez fermer cette page.',
    'session-extended': 'Votre session est prolongée.',
    'caisse-chosen': 'Votre caisse est choisie. Son nom est en haut de chaque page.',
    'message-sent-again': 'Un nouveau message est parti. Le lien et le code précédents ne fonctionnent plus.',
    'address-corrected':
      'Votre adresse email est corrigée. Un nouveau message est parti à cette adresse. Le lien et le code précédents ne fonctionnent plus.',
    'code-requested': 'Votre demande de code est enregistrée.',
    'new-address-given': 'Un message est parti à votre nouvelle adresse email.',
    'address-changed': 'Votre nouvelle adresse email est confirmée. Nous vous écrirons à cette adresse.',
    'telephones-saved': 'Vos numéros de téléphone sont enregistrés.',
    'consents-saved': 'Vos choix de communication sont enregistrés.',
    'correspondence-saved': 'Vos choix de papier et d’avis sont enregistrés.',
    'password-changed': 'Votre mot de passe est changé. Vos autres appareils sont déconnectés.',
    'password-reset': 'Votre nouveau mot de passe est enregistré. Vous pouvez vous connecter.',
    'franceconnect-linked': 'Votre compte est lié à FranceConnect.',
    'franceconnect-unlinked':
      'Votre compte n’est plus lié à FranceConnect. Vos autres appareils sont déconnectés.',
    'european-card-ordered': 'Votre commande est partie à votre caisse.',
    'device-forgotten': 'Cet appareil est oublié.',
    'devices-forgotten': 'Vos appareils connus sont oubliés.',
    'offline-chosen': 'Cet appareil garde maintenant les pages de votre compte que vous ouvrez.',
    'offline-ended': 'Tout ce qui était gardé sur cet appareil est effacé.',
    'message-sent': 'Votre message est envoyé.',
    'account-blocked': 'Nous venons de bloquer ce compte.',
    'account-replaced': 'Le compte bloqué est supprimé. Le compte que vous créez le remplace.',
    'class-post-passed': 'Le facteur est passé. Les lettres sont dans les boîtes.',
    'class-clock-moved': 'L’horloge de la classe a avancé.',
    'class-paused': 'La classe est en pause. Les participants ne peuvent plus avancer.',
    'class-resumed': 'La classe reprend. Chacun retrouve son étape.',
    'class-ended': 'La classe est finie. Les participants ne peuvent plus avancer.',
    'class-erased': 'Toute la classe est effacée.',
    'class-reopened': 'La classe est rouverte. Chacun retrouve son étape.',
    'class-template-kept': 'La classe est gardée comme modèle, dans la liste de vos classes.',
    'class-template-renamed': 'Le modèle a un autre nom.',
    'class-template-erased': 'Le modèle est effacé.',
    'class-hand-lowered': 'La main est baissée.',
    'class-incident': 'L’incident est arrivé.',
    'seat-put': 'La place a changé d’étape.',
    'seat-put-undone': 'Le changement d’étape est annulé.',
    'seat-move-code': 'Le code est prêt. Lisez-le au participant.',
    'seat-person-given': 'La place a une autre personne. Le participant recommence.',
    'class-step-shown': 'L’écran à projeter montre l’étape.',
    'class-code-shown': 'L’écran à projeter montre de nouveau le code.',
    'trainer-passphrase-changed':
      'Votre mot de passe est changé. Sur vos autres appareils, il faut entrer à nouveau.',
    'trainer-left': 'Vous avez quitté l’espace du formateur.',
  },
  en: {
    'signed-out': 'You are signed out. You can close this page.',
    'session-extended': 'Your session has been extended.',
    'caisse-chosen': 'Your caisse has been chosen. Its name is at the top of every page.',
    'message-sent-again': 'A new message is on its way. The previous link and code no longer work.',
    'address-corrected':
      'Your email address has been corrected. A new message is on its way to this address. The previous link and code no longer work.',
    'code-requested': 'Your request for a code has been recorded.',
    'new-address-given': 'A message is on its way to your new email address.',
    'address-changed': 'Your new email address is confirmed. We will write to you at this address.',
    'telephones-saved': 'Your telephone numbers have been saved.',
    'consents-saved': 'Your choices have been saved.',
    'correspondence-saved': 'Your choice of paper and notices has been saved.',
    'password-changed': 'Your password has been changed. Your other devices are signed out.',
    'password-reset': 'Your new password has been saved. You can sign in.',
    'franceconnect-linked': 'Your account is linked to FranceConnect.',
    'franceconnect-unlinked':
      'Your account is no longer linked to FranceConnect. Your other devices are signed out.',
    'european-card-ordered': 'Your order has been sent to your fund.',
    'device-forgotten': 'This device has been forgotten.',
    'devices-forgotten': 'Your known devices have been forgotten.',
    'offline-chosen': 'This device now keeps the pages of your account that you open.',
    'offline-ended': 'Everything that was kept on this device has been erased.',
    'message-sent': 'Your message has been sent.',
    'account-blocked': 'We have just blocked this account.',
    'account-replaced': 'The blocked account has been deleted. The account you are creating replaces it.',
    'class-post-passed': 'The post has come. The letters are in the letter boxes.',
    'class-clock-moved': 'The clock of the class has moved forward.',
    'class-paused': 'The class has a break. The learners can go no further.',
    'class-resumed': 'The class goes on. Everybody is back on their step.',
    'class-ended': 'The class is over. The learners can go no further.',
    'class-erased': 'The whole class has been erased.',
    'class-reopened': 'The class is open again. Everybody is back on their step.',
    'class-template-kept': 'The class is kept as a template, in the list of your classes.',
    'class-template-renamed': 'The template has another name.',
    'class-template-erased': 'The template has been erased.',
    'class-hand-lowered': 'The hand is lowered.',
    'class-incident': 'It has gone wrong, as you asked.',
    'seat-put': 'The seat is at another step.',
    'seat-put-undone': 'The change of step is undone.',
    'seat-move-code': 'The code is ready. Read it to the learner.',
    'seat-person-given': 'The seat has another person. The learner begins again.',
    'class-step-shown': 'The screen to project shows the step.',
    'class-code-shown': 'The screen to project shows the code again.',
    'trainer-passphrase-changed': 'Your password is changed. On your other devices you have to enter again.',
    'trainer-left': 'You have left the trainer’s area.',
  },
  plain: {
    fr: {
      'message-sent-again': 'Un nouvel email est parti. Les anciens emails ne fonctionnent plus.',
      'address-corrected': 'Votre adresse email est corrigée. Un nouvel email est parti.',
      'code-requested': 'Votre demande est enregistrée.',
      'new-address-given': 'Un email est parti à votre nouvelle adresse.',
      'address-changed': 'Votre nouvelle adresse email est confirmée.',
      'consents-saved': 'Vos choix sont enregistrés.',
      'correspondence-saved': 'Vos choix sont enregistrés.',
      'devices-forgotten': 'Vos appareils sont oubliés.',
      'account-replaced': 'Le compte bloqué est supprimé. Votre nouveau compte le remplace.',
    },
  },
});

/** Why somebody is on a page that they did not ask for, once. */
const reasons = catalogue({
  fr: {
    'session-lost':
      'Votre session est terminée, ou elle n’a pas commencé dans ce navigateur. Continuez sur cette page.',
    'moved-on':
      'Vous avez continué dans une autre page. Ce que vous venez d’envoyer n’a pas été pris en compte. Voici où vous en êtes.',
    'trainer-cancelled': 'Vous n’êtes pas allé jusqu’au bout. Vous pouvez recommencer.',
    'trainer-not-admitted':
      'Vous n’avez pas d’espace de formateur ici. Demandez-le à la personne qui gère ce site.',
    'trainer-provider-away':
      'Le site où vous prouvez qui vous êtes ne répond pas. Réessayez dans quelques minutes.',
    'trainer-provider-invalid':
      'Nous ne pouvons pas vérifier qui vous êtes. Réessayez. Si cela recommence, prévenez la personne qui gère ce site.',
    'trainer-journey-over': 'Ce passage a duré trop longtemps, ou il a déjà servi. Recommencez.',
  },
  en: {
    'session-lost': 'Your session has ended, or it did not begin in this browser. Continue on this page.',
    'moved-on':
      'You have gone on in another page. What you have just sent was not taken into account. This is where you are.',
    'trainer-cancelled': 'You did not go to the end. You can start again.',
    'trainer-not-admitted': 'You have no trainer’s area here. Ask the person who runs this site for one.',
    'trainer-provider-away':
      'The site where you prove who you are does not answer. Try again in some minutes.',
    'trainer-provider-invalid':
      'We cannot verify who you are. Try again. If it happens again, tell the person who runs this site.',
    'trainer-journey-over': 'It has taken too long, or was done once already. Start again.',
  },
});

/** What a form has done, as its answer names it for the next page. */
export type Done = keyof typeof texts.fr;

/** Why somebody was sent to a page, as the answer names it for that page. */
export type Reason = keyof typeof reasons.fr;

/** What a page says once about the answer before it. */
export interface News {
  readonly kind: 'done' | 'reason';
  readonly text: string;
}

/** The sentence of a name; null for a name that is not ours. */
export function newsOf(voice: Voice, name: string): News | null {
  const done = new Map(Object.entries(texts[voice])).get(name);
  if (done !== undefined) return { kind: 'done', text: done };
  const reason = new Map(Object.entries(reasons[voice])).get(name);
  return reason === undefined ? null : { kind: 'reason', text: reason };
}
