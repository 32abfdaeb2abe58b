import { type Behaviour, json, type Reply } from '#src/demo/franceconnect/hostile/behaviour.ts';
import { encodePart, signJwt, signSymmetric } from '#src/demo/franceconnect/keys.ts';

const jwtType = 'application/jwt; charset=utf-8';

/** Answers about the person that must not be believed. */
export const userinfoForgeries: readonly Behaviour[] = [
  forged('json', 'en JSON sans signature', (claims) => json(claims)),
  forged('alg-none', 'non signée (alg none)', (claims) =>
    jwt(`${encodePart({ alg: 'none' })}.${encodePart(claims)}.`),
  ),
  forged('hs256-secret', 'signée avec le secret du service', async (claims, { client, keys }) =>
    jwt(await signSymmetric(claims, client.secret, keys.current().kid)),
  ),
  forged('modifiee', 'modifiée après la signature', async (claims, { keys }) => {
    const [header, , signature] = (await signJwt(claims, keys.current())).split('.');
    return jwt([header, encodePart({ ...claims, family_name: 'MALANDRIN' }), signature].join('.'));
  }),
  forged('autre-cle', 'signée avec une autre clé qui porte le même nom', async (claims, { keys }) =>
    jwt(await signJwt(claims, keys.forger, { kid: keys.current().kid })),
  ),
  forged('cle-inconnue', 'signée avec une clé jamais publiée', async (claims, { keys }) =>
    jwt(await signJwt(claims, keys.forger)),
  ),
  changed('perimee', 'périmée depuis longtemps', { iat: 1_700_000_000, exp: 1_700_000_060 }),
  changed('sub-autre', 'sur une autre personne que le jeton', { sub: `${'0'.repeat(64)}v1` }),
  changed('sub-absent', 'qui ne dit pas de qui elle parle', { sub: undefined }),
  changed('iss-autre', 'd’un autre émetteur', { iss: 'https://autre.example/api/v2' }),
  changed('aud-autre', 'destinée à un autre service', { aud: 'autre-service' }),
  changed('nom-absent', 'sans nom de naissance', { family_name: undefined }),
  changed('prenom-absent', 'sans prénom', { given_name: undefined, given_name_array: undefined }),
  changed('naissance-absente', 'sans date de naissance', { birthdate: undefined }),
  changed('naissance-impossible', 'née un jour qui n’existe pas', { birthdate: '1962-13-45' }),
  changed('nom-non-texte', 'dont le nom n’est pas un texte', { family_name: ['VENTURI', { $ne: null }] }),
  forged('enorme', 'de 20 Mo', () => ({ type: jwtType, body: 'a'.repeat(20_000_000) })),
  forged('html', 'qui est une page', () => ({
    type: 'text/html',
    body: '<!DOCTYPE html><title>Oups</title>',
  })),
  forged('erreur-500', 'remplacée par une erreur 500', () => json({ error: 'server_error' }, 500)),
  forged('jeton-refuse', 'refusée (401)', () => json({ error: 'invalid_token' }, 401)),
  forged('muette', 'qui ne vient jamais', () => 'never'),
];

type Forge = NonNullable<Behaviour['userinfo']>;

function forged(name: string, what: string, userinfo: Forge): Behaviour {
  return { name: `userinfo-${name}`, text: `Réponse sur la personne ${what}`, expected: 'refused', userinfo };
}

/** Well signed: only what it says is wrong. */
function changed(name: string, what: string, change: { readonly [claim: string]: unknown }): Behaviour {
  return forged(name, what, async (claims, { keys }) =>
    jwt(await signJwt({ ...claims, ...change }, keys.current())),
  );
}

function jwt(body: string): Reply {
  return { type: jwtType, body };
}
