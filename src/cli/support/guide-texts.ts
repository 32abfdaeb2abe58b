import type { Account } from '#src/accounts/account.ts';
import type { ShownFate } from '#src/notices/fate.ts';
import { ineligibilityGuide } from '#src/register/refusal-guide.ts';

/** How an account stands for whoever calls about it: closed by the register, or its own status. */
export type Standing = Account['status'] | NonNullable<Account['closedFor']>;

/** What an agent can say and do for the owner of an account. */
export const standingGuide: Readonly<Record<Standing, string>> = {
  pending:
    'Il reste à confirmer l’adresse email\u00a0: ouvrir le message le plus récent, appuyer sur le lien ou recopier le code. Après la date limite, il faut recommencer.',
  active:
    'Le compte est ouvert. Mot de passe perdu\u00a0: «\u00a0Mot de passe oublié\u00a0» à la page de connexion. Ne jamais dicter de code ni en demander un.',
  frozen:
    'Le compte est bloqué, car quelqu’un a dit «\u00a0ce n’est pas moi\u00a0». La personne le reprend avec FranceConnect ou un code par courrier\u00a0; sinon, après contrôle de ses pièces d’identité\u00a0: compte person release.',
  disabled:
    'Le compte a été fermé par un agent. Dire pourquoi après contrôle de l’identité seulement. Pour le rouvrir\u00a0: compte person enable.',
  deceased: `${ineligibilityGuide.deceased} Si c’est une erreur, le compte est rendu au prochain chargement du registre.`,
  left: `${ineligibilityGuide['left-register']} Si c’est une erreur, le compte est rendu au prochain chargement du registre.`,
};

/** What makes somebody wait after failures. */
export const failuresGuide =
  'Si la page demande d’attendre\u00a0: attendre l’heure dite, ou, après contrôle de l’identité, compte person unlock. Ce qui limite les envois ne se lève pas.';

const always = {
  late: 'En retard de notre côté\u00a0: il partira tout seul, il n’y a rien à demander.',
  failed: 'Il n’est pas parti\u00a0: en demander un nouveau sur la page.',
} as const;

type MessageGuide<Fate extends string> = Readonly<Record<Fate, string>>;

const email: MessageGuide<ShownFate['kind']> = {
  ...always,
  'on-its-way': 'Il part\u00a0: attendre deux minutes.',
  'handed-over':
    'La messagerie l’a accepté\u00a0: faire chercher aussi dans les indésirables (spam), puis demander un nouveau message.',
  delivered: 'La messagerie l’a accepté\u00a0: faire chercher aussi dans les indésirables (spam).',
  waiting:
    'La messagerie de la personne nous fait attendre\u00a0: nous réessayons, cela peut prendre quelques heures.',
  refused:
    'La messagerie l’a refusé\u00a0: faire relire l’adresse lettre par lettre. Si elle est juste, la boîte est pleine ou fermée\u00a0: donner une autre adresse.',
  'too-many': 'Trop de messages à cette adresse aujourd’hui\u00a0: en demander un autre demain.',
};

const sms: MessageGuide<ShownFate['kind']> = {
  ...always,
  'on-its-way': 'Il part\u00a0: attendre deux minutes.',
  'handed-over': 'L’opérateur l’a accepté\u00a0: vérifier que le téléphone est allumé et capte le réseau.',
  delivered: 'Le téléphone l’a reçu\u00a0: faire chercher le SMS le plus récent.',
  waiting: 'L’opérateur nous fait attendre\u00a0: nous réessayons, cela peut prendre quelques heures.',
  refused:
    'Il n’est pas arrivé à ce numéro\u00a0: vérifier avec la personne le numéro que la caisse connaît, ou prendre un autre moyen.',
  'too-many': 'Trop de SMS à ce numéro aujourd’hui\u00a0: en demander un autre demain.',
};

/** How far a letter has come: `requested` until a batch has taken it. */
export type LetterFate = 'requested' | 'exported' | 'printed' | 'posted' | 'returned' | 'stopped';

const letter: MessageGuide<LetterFate> = {
  requested:
    'Il part avec le prochain envoi à l’imprimeur\u00a0: compter sept jours ouvrables, douze outre-mer.',
  exported: 'Il est chez l’imprimeur\u00a0: compter sept jours ouvrables, douze outre-mer.',
  printed: 'Il est imprimé\u00a0: compter six jours ouvrables, onze outre-mer.',
  posted: 'Il est posté\u00a0: compter cinq jours ouvrables, dix outre-mer.',
  returned:
    'Il est revenu, et son code ne fonctionne plus. Corriger l’adresse à la caisse, faire vérifier le nom sur la boîte aux lettres, ou prendre un autre moyen.',
  stopped: 'Il ne partira pas. Vérifier l’adresse à la caisse, ou prendre un autre moyen.',
};

/** What became of a message, and what to say about it to whoever waits for it. */
export const messageGuide = { email, sms, letter } as const;
