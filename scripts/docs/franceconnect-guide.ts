import type { Reason } from '#src/franceconnect/outcome.ts';

/** What an agent can say about a return from FranceConnect; signing out is not a refusal. */
export const franceConnectGuide: Readonly<
  Record<Exclude<Reason, 'signed-out' | 'signed-out-here-only'>, string>
> = {
  cancelled:
    'La personne a quitté FranceConnect, ou n’y a pas été identifiée. Réessayer, ou prendre un autre moyen.',
  'not-recognised':
    'FranceConnect ne retrouve pas l’état civil avec certitude\u00a0: essayer un autre compte FranceConnect, ou un autre moyen.',
  technical:
    'Panne de FranceConnect, ou réponse qui n’est pas sûre. Réessayer plus tard, ou prendre un autre moyen.',
  expired: 'Plus de 10 minutes, deuxième passage ou autre navigateur. Recommencer.',
  'no-match': 'Comparer avec le dossier\u00a0: nom de naissance, prénoms, date et lieu de naissance.',
  several:
    'Homonymes nés le même jour\u00a0: saisir d’abord le numéro de sécurité sociale, puis choisir FranceConnect.',
  deceased: 'La caisse connaît la personne comme décédée. Faire vérifier l’état civil.',
  'other-person':
    'L’identité de FranceConnect n’est pas celle du numéro saisi, du dossier ou du compte\u00a0: souvent un proche qui aide.',
  'subject-changed':
    'L’état civil a été corrigé\u00a0: se connecter avec le mot de passe, puis lier de nouveau.',
  'no-account': 'Pas encore de compte\u00a0: en créer un, avec FranceConnect ou un autre moyen.',
  'not-linked': 'Un compte existe\u00a0: se connecter avec le mot de passe, puis le lier.',
  disabled: 'Dire pourquoi le compte est désactivé, après vérification de l’identité.',
  'linked-elsewhere': 'Cette identité ouvre déjà un autre compte\u00a0: défaire d’abord ce lien.',
  'session-over': 'Se connecter à nouveau, puis recommencer.',
  blocked: 'Attendre l’heure dite. Les autres moyens restent ouverts.',
};
