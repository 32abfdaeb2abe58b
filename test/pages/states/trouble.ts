import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { Overloaded } from '#src/web/http/errors.ts';
import { identify } from '../../steps.ts';
import { state, type World } from '../world.ts';

/** What is seen when a request is not one of ours, or when something broke. */
export async function* troublePages(world: World) {
  const visitor = world.visitor();
  await visitor.get(paths.signIn);
  const fields = { nir: '2 69 05 49 588 157', motDePasse: 'Brouette.Lune8' };
  const { passwords } = world.services;
  const failing = (error: Error) => ({ ...passwords, verify: () => Promise.reject(error) });
  Object.assign(world.services, { passwords: failing(new Error('broken')) });
  yield state('broken', 500, await visitor.post(paths.signIn, fields));
  Object.assign(world.services, { passwords: failing(new Overloaded('too much')) });
  yield state('overloaded', 503, await visitor.post(paths.signIn, fields));
  const away = Object.assign(new Error('cut'), { code: 'ECONNRESET' });
  Object.assign(world.services, { passwords: failing(away) });
  yield state('database away', 503, await visitor.post(paths.signIn, fields));
  Object.assign(world.services, { passwords });
  yield state('unreadable address', 400, await world.visitor().get('/validation-email/%E0'));
  const couple = world.visitor();
  await identify(couple, personNamed('venturi'));
  await couple.get(paths.proof);
  const { csrf } = couple;
  await identify(couple, personNamed('carte-avec-photo'));
  yield state('somebody else', 409, await couple.post(paths.proof, {}, { csrf }));
  const refusing = world.visitor();
  await refusing.get(paths.identity);
  refusing.cookies.clear();
  yield state('cookies refused', 403, await refusing.post(paths.identity, { nom: 'Venturi' }));
  const translated = world.visitor();
  await translated.get(paths.identity);
  const kept = { nom: 'Venturi', _garder: '' };
  yield state('typed, kept', 200, await translated.post(`${paths.identity}?contraste=non`, kept));
  const lost = world.visitor();
  await lost.get(paths.terms);
  yield state('session lost', 200, await lost.get(paths.identity));
  const tooLong = { nom: 'a'.repeat(70_000) };
  yield state('too long', 413, await visitor.post(paths.identity, tooLong));
  const insistent = world.visitor();
  // Whatever is asked counts, a file as a fifth of a page.
  const { max } = world.services.policy.limits.requestsPerAddress;
  for (let i = 0; i < max / 2; i++) await insistent.get('/favicon.ico?');
  for (let i = 0; i < max - max / 10; i++) await insistent.get(paths.legal);
  yield state('too many requests', 429, await insistent.get(paths.home));
}

/** The demo’s own pages. */
export async function* demoPages(world: World) {
  const visitor = world.visitor();
  for (const path of ['/demo', '/demo/personnes', '/demo/personnes?q=corse', '/demo/personnes?page=2'])
    yield state(path, 200, await visitor.get(path));
  yield state('nobody found', 200, await visitor.get('/demo/personnes?q=xyzxyz'));
  for (const path of ['/demo/courriels', '/demo/courriels/00000001-aaaa', '/demo/courriels?a=x', '/demo/sms'])
    yield state(path, 200, await visitor.get(path));
  yield state('no such mail', 404, await visitor.get('/demo/courriels/rien'));
  for (const path of ['/demo/courriers', '/demo/horloge']) yield state(path, 200, await visitor.get(path));
  yield state('clock refused', 400, await visitor.post('/demo/horloge', { avancerDe: 'demain' }));
}
