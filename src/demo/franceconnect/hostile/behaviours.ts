import type { Behaviour } from '#src/demo/franceconnect/hostile/behaviour.ts';
import { callbackForgeries } from '#src/demo/franceconnect/hostile/callback-forgeries.ts';
import { endpointFailures } from '#src/demo/franceconnect/hostile/endpoint-failures.ts';
import { idTokenForgeries } from '#src/demo/franceconnect/hostile/id-token-forgeries.ts';
import { userinfoForgeries } from '#src/demo/franceconnect/hostile/userinfo-forgeries.ts';
import { signJwt } from '#src/demo/franceconnect/keys.ts';

export const honest: Behaviour = {
  name: 'normal',
  text: 'Répond comme FranceConnect',
  expected: 'accepted',
};

/** Ordinary situations and failures, none of them hostile. */
const mishaps: readonly Behaviour[] = [
  {
    name: 'abandon',
    text: 'La personne abandonne',
    expected: 'refused',
    comesBackWith: { error: 'access_denied', error_description: 'User auth aborted' },
  },
  {
    name: 'rnipp-introuvable',
    text: 'Le RNIPP ne trouve pas la personne',
    expected: 'refused',
    comesBackWith: { error: 'access_denied', error_description: 'Y010008' },
  },
  {
    name: 'temporairement-indisponible',
    text: 'FranceConnect se dit temporairement indisponible',
    expected: 'refused',
    comesBackWith: { error: 'temporarily_unavailable', error_description: 'maintenance' },
  },
  { name: 'panne-503', text: 'Tout est en panne (503)', expected: 'refused', down: 'unavailable' },
  {
    name: 'panne-connexion',
    text: 'Toutes les connexions sont coupées',
    expected: 'refused',
    down: 'closed',
  },
  { name: 'rotation-des-cles', text: 'La clé de signature change', expected: 'accepted', rotates: true },
  {
    name: 'kid-absent-une-cle',
    text: 'Jeton d’identité sans nom de clé, alors qu’une seule est publiée',
    expected: 'accepted',
    idToken: (claims, { keys }) => signJwt(claims, keys.current(), { kid: undefined }),
  },
  {
    name: 'acr-plus-haut',
    text: 'Niveau de garantie plus haut que demandé',
    expected: 'accepted',
    idToken: (claims, { keys }) => signJwt({ ...claims, acr: 'eidas3' }, keys.current()),
  },
  {
    name: 'reponse-un-peu-lente',
    text: 'L’adresse des jetons répond après 2 secondes',
    expected: 'accepted',
    tokenAfterMs: 2_000,
  },
];

/** Every behaviour that can be chosen, by group, for the page of the simulator. */
export const behaviourGroups: readonly {
  readonly title: string;
  readonly behaviours: readonly Behaviour[];
}[] = [
  { title: 'Situations ordinaires', behaviours: [honest, ...mishaps] },
  { title: 'Retours hostiles', behaviours: callbackForgeries },
  { title: 'Jetons d’identité hostiles', behaviours: idTokenForgeries },
  { title: 'Réponses hostiles sur la personne', behaviours: userinfoForgeries },
  { title: 'Adresses techniques défaillantes', behaviours: endpointFailures },
];

export const behaviours: readonly Behaviour[] = behaviourGroups.flatMap(({ behaviours }) => behaviours);
