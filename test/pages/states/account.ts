import { stopAvis } from '#src/avis/stop-avis.ts';
import { expectingReports } from '#src/notices/after-hand-over.ts';
import { avisUnsubscribeUrl } from '#src/notices/reminders/unsubscribe-token.ts';
import { paths, withToken } from '#src/paths.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { latestMail, openAccountOf, signIn } from '../../setting/account.ts';
import { contactOf, goodPassword } from '../../steps.ts';
import { state, type World } from '../world.ts';

const current = { motDePasseActuel: goodPassword };

/** The account of somebody who is signed in. */
export async function* accountPages(world: World) {
  const person = world.someone();
  await openAccountOf(world, person, 'compte@exemple.fr');
  const visitor = world.visitor();
  await signIn(visitor, person.line.nir);
  yield state('account', 200, await visitor.get(paths.account));
  yield state('account details', 200, await visitor.get(paths.accountInformation));
  yield state('account, terms read', 200, await visitor.get(paths.termsText));
  yield state('account, nothing here', 404, await visitor.get('/mon-compte/rien'));

  yield state('account password', 200, await visitor.get(paths.accountPassword));
  yield state('account password, empty', 422, await visitor.post(paths.accountPassword));
  const wrong = { motDePasse: goodPassword, confirmation: goodPassword, motDePasseActuel: 'Faux.Lune8' };
  yield state('account password, wrong', 422, await visitor.post(paths.accountPassword, wrong));

  yield state('account code, none waits', 200, await visitor.get(paths.accountEmailCode));
  yield state('account email', 200, await visitor.get(paths.accountEmail));
  yield state('account email, empty', 422, await visitor.post(paths.accountEmail));
  const same = { ...contactOf('compte@exemple.fr'), ...current };
  yield state('account email, the same', 422, await visitor.post(paths.accountEmail, same));
  await visitor.post(paths.accountEmail, { ...contactOf('nouvelle@exemple.fr'), ...current });
  yield state('account code', 200, await visitor.get(paths.accountEmailCode));
  await world.services.db
    .updateTable('notice')
    .set({ state: 'bounced', reason: 'dsn-5.1.1' })
    .where('kind', '=', 'new-address')
    .execute();
  yield state('account code, mail bounced', 200, await visitor.get(paths.accountEmailCode));
  yield state('account code, empty', 422, await visitor.post(paths.accountEmailCode));
  yield state('account code, wrong', 422, await visitor.post(paths.accountEmailCode, { code: '12345678' }));
  yield state('account, address waits', 200, await visitor.get(paths.account));
  yield state('account details, address waits', 200, await visitor.get(paths.accountInformation));

  yield state('account telephones', 200, await visitor.get(paths.accountTelephones));
  const telephones = { portable: '06', fixe: 'x', ...current };
  yield state('account telephones, wrong', 422, await visitor.post(paths.accountTelephones, telephones));
  await visitor.post(paths.accountTelephones, { portable: '06 12 34 56 78', fixe: '', ...current });
  yield state('account, telephones saved', 200, await visitor.get(paths.accountInformation));
  const devices = await visitor.get(paths.accountDevices);
  yield state('account devices', 200, devices);
  yield state('account offline', 200, await visitor.get(paths.accountOffline));
  const unknown = await (async () => {
    const without = world.visitor();
    await signIn(without, person.line.nir);
    without.cookies.delete('appareil');
    await without.get(paths.accountOffline);
    return without.post(paths.accountOffline, { garder: 'oui' });
  })();
  yield state('account offline, device unknown', 409, unknown);
  await visitor.post(paths.accountOffline, { garder: 'oui' });
  yield state('account offline, chosen', 200, await visitor.get(paths.accountOffline));
  yield state('account devices, one keeps pages', 200, await visitor.get(paths.accountDevices));
  await visitor.get(paths.accountOffline);
  await visitor.post(paths.accountOffline, { garder: 'non' });
  await visitor.get(paths.accountDevices);
  const one = /appareils\/oublier\?appareil=\w+/.exec(devices.html)?.[0] ?? '';
  yield state('account devices, forget one', 200, await visitor.get(`/mon-compte/${one}`));
  yield state('account devices, forget all', 200, await visitor.get(paths.accountForgetDevices));
  await visitor.post(paths.accountDevices);
  yield state('account devices, none', 200, await visitor.get(paths.accountDevices));
  yield state('account copy', 200, await visitor.get(paths.accountCopy));
  yield state('account copy, empty', 422, await visitor.post(paths.accountCopy));
  yield state('account copy, no file chosen', 422, await visitor.post(paths.accountCopy, current));
  yield state('account consents', 200, await visitor.get(paths.accountConsents));
  const old = await visitor.post(paths.accountConsents, { etudes: 'oui' }, { csrf: 'old' });
  yield state('account consents, form too old', 403, old);
  yield state('account paper', 200, await visitor.get(paths.accountPaper));
  const phrase = { papier: '', phraseRepere: '1 2 3 4 5 6 7 8' };
  yield state('account paper, wrong', 422, await visitor.post(paths.accountPaper, phrase));
  const { db, keyring, clock, random } = world.services;
  const told = await db
    .selectFrom('notice')
    .select(['id', 'person_key as personKey'])
    .where('kind', '=', 'account-active')
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow();
  await db.executeQuery(expectingReports(db, told, clock.now()).compile());
  const link = avisUnsubscribeUrl(keyring, '', told.id);
  yield state('unsubscribe from deposits', 200, await visitor.get(link));
  const weekly = { papier: 'oui', frequenceAvis: 'hebdomadaire', phraseRepere: 'le chat dort sur le piano' };
  await visitor.post(paths.accountPaper, weekly);
  yield state('account paper, chosen', 200, await visitor.get(paths.accountPaper));
  await stopAvis(world.services, told.id, clock.now());
  yield state('account paper, unsubscribed', 200, await visitor.get(paths.accountPaper));
  yield state('unsubscribe from deposits, done', 200, await visitor.get(link));

  await importPeople(db, keyring, [{ ...person.line, deceased: true }], {
    now: clock.now(),
    uuid: random.uuid(),
  });
  yield state('account of somebody who died', 403, await signIn(world.visitor(), person.line.nir));
}

/** The mail of a forgotten password. */
export async function* forgottenPages(world: World) {
  const person = world.someone();
  await openAccountOf(world, person, 'oubli@exemple.fr');
  const visitor = world.visitor();
  const ask = async () => {
    await visitor.get(paths.forgotten);
    await visitor.post(paths.forgotten, { nir: person.line.nir });
    return withToken(paths.newPassword, (await latestMail(world, 'password-reset')).token ?? '');
  };
  const first = await ask();
  world.clock.advance(121_000);
  const second = await ask();
  yield state('new password', 200, await visitor.get(second));
  yield state('new password, empty', 422, await visitor.post(second));
  yield state('new password, form too old', 403, await visitor.post(second, {}, { csrf: 'old' }));
  yield state('new password, superseded', 200, await visitor.get(first));
  yield state('new password, unknown', 404, await visitor.get(withToken(paths.newPassword, 'inconnu')));
  await visitor.get(second);
  await visitor.post(second, { motDePasse: 'Girafe.Soleil9', confirmation: 'Girafe.Soleil9' });
  yield state('new password, used', 200, await visitor.get(second));
  const third = await ask();
  world.clock.advance(31 * 60_000);
  yield state('new password, expired', 200, await visitor.get(third));
}
