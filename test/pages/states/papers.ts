import { paths, withId } from '#src/paths.ts';
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
  yield state('documents, none', 200, await visitor.get(paths.accountDocuments));
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
}
