import { hash } from 'node:crypto';
import { newAttestationCode } from '#src/attestations/code.ts';
import { paths, withId, withToken } from '#src/paths.ts';
import { caisse } from '../../depot/senders.ts';
import { addSender, depositDocument, depositRights, familyOf } from '../../papers/setting.ts';
import { openAccountOf, signIn } from '../../setting/account.ts';
import { state, type World } from '../world.ts';

/** What senders deposited for somebody, and what is made for them. */
export async function* paperPages(world: World) {
  const person = world.someone();
  await openAccountOf(world, person, 'documents@exemple.fr');
  await addSender(world);
  const visitor = world.visitor();
  await signIn(visitor, person.line.nir);
  yield state('European card, no rights', 200, await visitor.get(paths.accountEuropeanCard));
  yield state('documents, none', 200, await visitor.get(paths.accountDocuments));
  yield state('attestation, no rights', 200, await visitor.get(paths.accountAttestation));
  await depositRights(world, person, familyOf(person));
  for (let number = 1; number <= 30; number += 1)
    await depositDocument(world, person, {
      ...{ reference: `D-${number}`, rank: 1 + (number % 2) },
      title: `Décision du ${number} mars 2026 sur la prise en charge de vos transports`,
    });
  const title = 'Notification : votre demande de complémentaire santé solidaire';
  const id = await depositDocument(world, person, { reference: 'D-0', title, matters: true });
  yield state('account, something to read', 200, await visitor.get(paths.account));
  yield state('documents', 200, await visitor.get(paths.accountDocuments));
  yield state('documents, second page', 200, await visitor.get(`${paths.accountDocuments}?page=2`));
  const address = withId(paths.accountDocument, id);
  yield state('document, unread', 200, await visitor.get(address));
  yield state('document, form too old', 403, await visitor.post(address, {}, { csrf: 'old' }));
  await visitor.get(address);
  await visitor.post(address);
  yield state('document, read', 200, await visitor.get(address));
  const nobodys = withId(paths.accountDocument, '00000000-0000-4000-8000-000000000000');
  yield state('document, not theirs', 404, await visitor.get(nobodys));

  yield state('attestation', 200, await visitor.get(paths.accountAttestation));
  yield state('attestation, for nobody', 422, await visitor.post(paths.accountAttestation));
  await visitor.get(paths.accountAttestation);
  await visitor.post(paths.accountAttestation, { beneficiaire: '1', sante: 'oui' });
  yield state('attestation, made before', 200, await visitor.get(paths.accountAttestation));
  yield state('documents, attestation made', 200, await visitor.get(paths.accountDocuments));

  yield state('European card, not ordered here', 200, await visitor.get(paths.accountEuropeanCard));
  await addSender(world, { ...caisse, code: `caisse-${person.line.caisse}` });
  yield state('European card', 200, await visitor.get(paths.accountEuropeanCard));
  yield state('European card, empty', 422, await visitor.post(paths.accountEuropeanCard));
  const soon = { 'depart-jour': '12', 'depart-mois': '3', 'depart-annee': '2026', beneficiaires: '2' };
  await visitor.post(paths.accountEuropeanCard, soon);
  yield state('European card, one ordered', 200, await visitor.get(paths.accountEuropeanCard));

  const anybody = world.visitor();
  yield state('check', 200, await anybody.get(paths.check));
  yield state('check, no code', 422, await anybody.post(paths.check, { code: 'K7M2' }));
  const unknown = withToken(paths.checkCode, 'K7M2P9XQT4WV8GH2JD');
  yield state('check, unknown', 200, await anybody.get(unknown));
  const { db } = world.services;
  const codeHash = hash('sha256', 'K7M2P9XQT4WV8GH2JD', 'buffer');
  await db.updateTable('attestation_code').set({ code_hash: codeHash }).execute();
  yield state('check, valid', 200, await anybody.get(unknown));
  await db.updateTable('attestation').set({ replaced_at: world.clock.now() }).execute();
  yield state('check, replaced', 200, await anybody.get(unknown));
  const guessing = world.visitor();
  for (let tries = 0; tries < 200; tries += 1) {
    const code = newAttestationCode(world.services.random);
    const seen = await guessing.get(withToken(paths.checkCode, code));
    if (seen.status !== 429) continue;
    yield state('check, too many unknown codes', 429, seen);
    return;
  }
}
