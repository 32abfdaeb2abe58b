import type { Behaviour } from '#src/demo/franceconnect/hostile/behaviour.ts';

/** Returns to the service that must not be believed. */
export const callbackForgeries: readonly Behaviour[] = [
  forged('state-absent', 'sans state', ({ searchParams }) => searchParams.delete('state')),
  forged('state-autre', 'avec un state inventé', ({ searchParams }) =>
    searchParams.set('state', '0'.repeat(64)),
  ),
  forged('state-precedent', 'avec le state du retour précédent', ({ searchParams }, { previous }) =>
    searchParams.set('state', previous?.state ?? 'aucun'),
  ),
  forged('deux-states', 'avec deux states', ({ searchParams }) =>
    searchParams.append('state', '0'.repeat(64)),
  ),
  forged('iss-absent', 'sans iss, pourtant annoncé', ({ searchParams }) => searchParams.delete('iss')),
  forged('iss-autre', 'avec l’iss d’un autre fournisseur', ({ searchParams }) =>
    searchParams.set('iss', 'https://autre.example/api/v2'),
  ),
  forged('code-absent', 'sans code', ({ searchParams }) => searchParams.delete('code')),
  forged('code-invente', 'avec un code inventé', ({ searchParams }) =>
    searchParams.set('code', 'un-code-que-personne-n-a-fait'),
  ),
  forged('code-precedent', 'avec le code du retour précédent', ({ searchParams }, { previous }) =>
    searchParams.set('code', previous?.code ?? 'aucun'),
  ),
  forged('erreur-sans-state', 'avec une erreur et sans state', ({ searchParams }) => {
    fail(searchParams, 'access_denied', 'User auth aborted');
    searchParams.delete('state');
  }),
  forged('erreur-inconnue', 'avec une erreur inconnue qui contient un script', ({ searchParams }) =>
    fail(searchParams, 'Y999999', '<script>alert("x")</script>'),
  ),
  forged('erreur-et-code', 'avec une erreur et un code à la fois', ({ searchParams }) => {
    const code = searchParams.get('code') ?? '';
    fail(searchParams, 'server_error', 'oups');
    searchParams.set('code', code);
  }),
];

function forged(name: string, what: string, callback: NonNullable<Behaviour['callback']>): Behaviour {
  return { name: `retour-${name}`, text: `Retour ${what}`, expected: 'refused', callback };
}

function fail(parameters: URLSearchParams, error: string, description: string): void {
  parameters.delete('code');
  parameters.set('error', error);
  parameters.set('error_description', description);
}
