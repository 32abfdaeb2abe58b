import { deposit } from '#src/depot/deposit.ts';
import { paths } from '#src/paths.ts';
import { findSender } from '#src/senders/sender.ts';
import { openAccountOf, signIn } from '../../setting/account.ts';
import { jpeg, page, pdf } from '../../setting/made-files.ts';
import { messageIn, readMessages, sendOne } from '../../setting/messages.ts';
import { state, type World } from '../world.ts';

const written = { sujet: 'remboursement', texte: 'OK 2026.\n\n30 EUR.' };

/** Messages both ways. */
export async function* messagePages(world: World) {
  const person = world.someone();
  await openAccountOf(world, person, 'messages@exemple.fr');
  const visitor = world.visitor();
  await signIn(visitor, person.line.nir);
  const { messages, messageWrite: write } = paths;
  yield state('messages, none', 200, await visitor.get(messages));
  yield state('messages, nobody to write to', 200, await visitor.get(write));
  await readMessages(world);
  const empty = await visitor.get(write);
  yield state('message', 200, empty);
  const message = messageIn(empty);
  yield state('message, empty', 422, await visitor.upload(write, { message }, []));
  const add = { last: { ajouter: 'oui' } };
  const files = [
    { name: 'RIB 2026.pdf', bytes: pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page]) },
    { name: `IMG_${'2026'.repeat(15)}.jpg`, bytes: jpeg(3_000, 4_000) },
  ];
  yield state('message, files added', 200, await visitor.upload(write, { message, ...written }, files, add));
  const more = Array.from({ length: 4 }, (_, n) => ({ name: `${n}.jpg`, bytes: jpeg(9, 9 + n) }));
  yield state('message, full', 422, await visitor.upload(write, { message, ...written }, more, add));
  const { location } = await visitor.upload(write, { message, ...written }, []);
  const thread = location ?? '';
  yield state('message sent', 200, await visitor.get(thread));

  const { services, clock } = world;
  const [row] = await services.db.selectFrom('message').select('sender').execute();
  const sender = await findSender(services.db, row?.sender ?? '');
  if (!sender) throw new Error('A caisse reads the message');
  const text = 'Bonjour.\n\nVotre relevé est juste\u00a0: il comprend\ndeux franchises.';
  const answer = {
    subject: 'Un remboursement',
    text,
    thread: thread.split('/').at(-1) ?? '',
    attachments: [{ title: 'RIB', file: files[0]?.bytes ?? Buffer.alloc(0) }],
  };
  await deposit(
    services,
    sender,
    { kind: 'message', id: 'r1', nir: person.line.nir, message: answer },
    clock.now(),
  );
  await sendOne(visitor, 'OK');
  yield state('messages, one unread', 200, await visitor.get(messages));
  yield state('message answered', 200, await visitor.get(thread));
  await services.db.updateTable('sender').set({ disabled_at: clock.now() }).execute();
  yield state('message, no answer possible', 200, await visitor.get(thread));
  await services.db.updateTable('sender').set({ disabled_at: null }).execute();
}
