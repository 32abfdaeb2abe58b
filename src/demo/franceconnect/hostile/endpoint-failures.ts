import { type Behaviour, json, type Reply } from '#src/demo/franceconnect/hostile/behaviour.ts';

/** Token and key endpoints that do not work, or answer what they should not. */
export const endpointFailures: readonly Behaviour[] = [
  token('erreur-500', 'échoue (500)', () => json({ error: 'server_error' }, 500)),
  token('indisponible', 'est indisponible (503)', () => ({ status: 503, body: 'Service Unavailable' })),
  token('muette', 'ne répond jamais', () => 'never'),
  {
    ...token('lente', 'répond après 7 secondes, une de trop', (body) => json(body)),
    tokenAfterMs: 7_000,
  },
  token('redirige', 'renvoie ailleurs', () => ({ status: 307, location: '/ailleurs', body: '' })),
  token('enorme', 'répond 20 Mo', (body) => json({ ...body, padding: 'a'.repeat(20_000_000) })),
  token('json-casse', 'répond un JSON cassé', () => ({
    type: 'application/json',
    body: '{"access_token": "a", ',
  })),
  token('html', 'répond une page', () => ({ type: 'text/html', body: '<!DOCTYPE html><title>Oups</title>' })),
  token('autre-type', 'donne un jeton d’un autre type', (body) => json({ ...body, token_type: 'mac' })),
  token('sans-jeton-d-identite', 'ne donne pas de jeton d’identité', (body) =>
    json({ ...body, id_token: undefined }),
  ),
  token('sans-jeton-d-acces', 'ne donne pas de jeton d’accès', (body) =>
    json({ ...body, access_token: undefined }),
  ),
  token('service-refuse', 'ne reconnaît pas le service (401)', () => json({ error: 'invalid_client' }, 401)),
  keys('vides', 'sont vides', () => json({ keys: [] })),
  keys('injoignables', 'sont injoignables (503)', () => ({ status: 503, body: 'Service Unavailable' })),
  keys('illisibles', 'sont illisibles', () => ({ type: 'application/json', body: '<html>' })),
];

function token(
  name: string,
  what: string,
  reply: (body: Readonly<Record<string, unknown>>) => Reply,
): Behaviour {
  return {
    name: `jetons-${name}`,
    text: `L’adresse des jetons ${what}`,
    expected: 'refused',
    token: reply,
  };
}

/** The signing key has just changed, so that the published ones are asked for again. */
function keys(name: string, what: string, reply: () => Reply): Behaviour {
  return {
    name: `cles-${name}`,
    text: `La clé a changé et les clés publiées ${what}`,
    expected: 'refused',
    rotates: true,
    jwks: reply,
  };
}
