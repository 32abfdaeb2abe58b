import { paths } from '#src/paths.ts';
import { state, type World } from '../world.ts';

/** Pages that anybody reaches without saying who they are. */
export async function* publicPages(world: World) {
  const visitor = world.visitor();
  yield state('home', 200, await visitor.get(paths.home));
  for (const path of [
    paths.help,
    paths.siteMap,
    paths.legal,
    paths.accessibility,
    paths.securityAdvice,
    paths.personalData,
    paths.termsText,
  ])
    yield state(path, 200, await visitor.get(path));
  yield state('nothing here', 404, await visitor.get('/nulle-part'));
  yield state('account already open', 200, await visitor.get(paths.alreadyOpen));
  yield state('address confirmed', 200, await visitor.get(paths.confirmed));

  yield state('caisse', 200, await visitor.get(paths.caisse));
  for (const codePostal of ['', '8000', '00999'])
    yield state(`caisse of «${codePostal}»`, 422, await visitor.post(paths.caisse, { codePostal }));
  await visitor.post(paths.caisse, { codePostal: '59000' });
  yield state('several caisses', 200, await visitor.get(paths.caisseConfirm));
  yield state('several caisses, none chosen', 422, await visitor.post(paths.caisseConfirm));
  await visitor.post(paths.caisse, { codePostal: '80000' });
  yield state('caisse to confirm', 200, await visitor.get(paths.caisseConfirm));
  await visitor.post(paths.caisseConfirm);
  yield state('home with a caisse', 200, await visitor.get(paths.home));

  await visitor.get(paths.signIn);
  yield state('forged form', 403, await visitor.post(paths.signIn, { nir: 'à garder' }, { csrf: 'forged' }));
  yield state('sign in', 200, await visitor.get(paths.signIn));
  yield state('sign in, empty', 422, await visitor.post(paths.signIn));
  const nobody = { nir: '2690549588157', motDePasse: 'Brouette.Lune8' };
  yield state('sign in, unknown', 422, await visitor.post(paths.signIn, nobody));
  for (let i = 0; i < 4; i++) await visitor.post(paths.signIn, nobody);
  yield state('sign in, suspended', 422, await visitor.post(paths.signIn, nobody));
  yield state('forgotten password', 200, await visitor.get(paths.forgotten));
  yield state('forgotten password, empty', 422, await visitor.post(paths.forgotten));
  yield state('forgotten password, sent', 200, await visitor.get(paths.forgottenSent));
  yield state('code without a session', 200, await visitor.get(paths.waiting));
  yield state('code without a session, empty', 422, await visitor.post(paths.waiting));
  const code = { nir: nobody.nir, code: '00000000' };
  yield state('code without a session, wrong', 422, await visitor.post(paths.waiting, code));
}
