import type { JWTPayload } from 'jose';
import type { Behaviour, Tools } from '#src/demo/franceconnect/hostile/behaviour.ts';
import { encodePart, type KeyPair, signJwt, signSymmetric } from '#src/demo/franceconnect/keys.ts';

const hour = 3600;

/** ID tokens that must not be believed. */
export const idTokenForgeries: readonly Behaviour[] = [
  forged('alg-none', 'sans signature (alg none)', unsigned),
  forged('alg-hs256-secret', 'signé avec le secret du service (HS256)', (claims, { client, keys }) =>
    signSymmetric(claims, client.secret, keys.current().kid),
  ),
  forged('alg-hs256-cle-publique', 'signé avec la clé publique prise pour un secret', (claims, { keys }) =>
    signSymmetric(claims, keys.current().pem, keys.current().kid),
  ),
  {
    ...forged('alg-rs256', 'signé en RS256 avec une clé RSA publiée', async (claims, { keys }) =>
      signJwt(claims, await keys.rsa()),
    ),
    rotates: true,
    jwks: async ({ keys }) => published([keys.current(), await keys.rsa()]),
  },
  forged('autre-cle', 'signé avec une autre clé qui porte le même nom', (claims, { keys }) =>
    signJwt(claims, keys.forger, { kid: keys.current().kid }),
  ),
  forged('cle-inconnue', 'signé avec une clé jamais publiée', (claims, { keys }) =>
    signJwt(claims, keys.forger),
  ),
  forged('cle-dans-l-en-tete', 'signé avec une clé fournie dans l’en-tête', (claims, { keys }) =>
    signJwt(claims, keys.forger, { kid: undefined, jwk: keys.forger.publicJwk }),
  ),
  {
    ...forged('kid-absent-deux-cles', 'sans nom de clé, alors que deux sont publiées', (claims, { keys }) =>
      signJwt(claims, keys.current(), { kid: undefined }),
    ),
    rotates: true,
    jwks: ({ keys }) => published([keys.current(), keys.forger]),
  },
  forged('crit-inconnu', 'avec une extension critique inconnue', (claims, { keys }) =>
    signJwt(claims, keys.current(), { crit: ['b64'], b64: true }),
  ),
  forged('contenu-modifie', 'dont le contenu a été modifié après la signature', async (claims, tools) => {
    const [header, , signature] = (await honest(claims, tools)).split('.');
    return [header, encodePart({ ...claims, sub: `${'0'.repeat(64)}v1` }), signature].join('.');
  }),
  forged('signature-vide', 'dont la signature est vide', async (claims, tools) =>
    (await honest(claims, tools)).split('.', 2).concat('').join('.'),
  ),
  forged('illisible', 'qui n’en est pas un', () => 'ceci.n-est.pas-un-jeton'),
  changed('iss-absent', 'sans émetteur', { iss: undefined }),
  changed('iss-autre', 'd’un autre émetteur', { iss: 'https://autre.example/api/v2' }),
  changed('iss-barre', 'dont l’émetteur a une barre de trop', ({ iss }) => ({ iss: `${iss}/` })),
  changed('aud-absent', 'sans destinataire', { aud: undefined }),
  changed('aud-autre', 'destiné à un autre service', { aud: 'autre-service' }),
  changed('aud-plusieurs', 'destiné à plusieurs services, sans azp', ({ aud }) => ({
    aud: [String(aud), 'autre-service'],
  })),
  changed('azp-autre', 'remis à un autre service (azp)', ({ aud }) => ({
    aud: [String(aud), 'autre-service'],
    azp: 'autre-service',
  })),
  changed('sub-absent', 'sans personne', { sub: undefined }),
  changed('sub-vide', 'dont la personne est vide', { sub: '' }),
  changed('sub-trop-long', 'dont la personne a 300 caractères', { sub: 'a'.repeat(300) }),
  changed('exp-absent', 'sans échéance', { exp: undefined }),
  changed('exp-passe', 'périmé depuis une minute', ({ iat = 0 }) => ({ iat: iat - 120, exp: iat - 60 })),
  changed('exp-ancien', 'périmé depuis un an', ({ iat = 0 }) => ({
    iat: iat - 8760 * hour,
    exp: iat - 8759 * hour,
  })),
  changed('exp-texte', 'dont l’échéance n’est pas un nombre', ({ exp }) => ({ exp: `${exp}` })),
  changed('iat-absent', 'sans date d’émission', { iat: undefined }),
  changed('iat-futur', 'émis dans le futur, au-delà de la tolérance', ({ iat = 0 }) => ({
    iat: iat + 35,
    exp: iat + 95,
  })),
  changed('nbf-futur', 'pas encore valable', ({ iat = 0 }) => ({ nbf: iat + hour })),
  changed('nonce-absent', 'sans nonce', { nonce: undefined }),
  changed('nonce-autre', 'avec un autre nonce', { nonce: '0'.repeat(64) }),
  changed('acr-absent', 'sans niveau de garantie', { acr: undefined }),
  changed('acr-plus-bas', 'd’un niveau plus bas que demandé', { acr: 'eidas0' }),
  changed('acr-inconnu', 'd’un niveau inconnu', { acr: 'https://autre.example/niveau' }),
  changed('at-hash-faux', 'pour un autre jeton d’accès (at_hash)', {
    at_hash: Buffer.alloc(16, 7).toString('base64url'),
  }),
];

type Change = { readonly [claim: string]: unknown };

function forged(name: string, what: string, idToken: NonNullable<Behaviour['idToken']>): Behaviour {
  return { name: `id-token-${name}`, text: `Jeton d’identité ${what}`, expected: 'refused', idToken };
}

/** Well signed: only what it says is wrong. */
function changed(name: string, what: string, change: Change | ((claims: JWTPayload) => Change)): Behaviour {
  return forged(name, what, (claims, tools) =>
    honest({ ...claims, ...(typeof change === 'function' ? change(claims) : change) }, tools),
  );
}

function honest(claims: JWTPayload, { keys }: Tools): Promise<string> {
  return signJwt(claims, keys.current());
}

function unsigned(claims: JWTPayload): string {
  return `${encodePart({ alg: 'none' })}.${encodePart(claims)}.`;
}

function published(keys: readonly KeyPair[]): { type: string; body: string } {
  return {
    type: 'application/jwk-set+json',
    body: JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }),
  };
}
