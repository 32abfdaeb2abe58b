import { paths, withToken } from '#src/paths.ts';
import { latestMail, openAccountOf } from '../../setting/account.ts';
import { contactOf, enrol, prove } from '../../steps.ts';
import { state, type World } from '../world.ts';

const twoMinutes = 121_000;

/** Waiting for the mail: its link, its code, another one, another address. */
export async function* waitingPages(world: World) {
  const visitor = world.visitor();
  await enrol(visitor, world.someone(), 'attente@exemple.fr');
  yield state('waiting', 200, await visitor.get(paths.waiting));
  yield state('waiting, no code', 422, await visitor.post(paths.waiting));
  yield state('waiting, wrong code', 422, await visitor.post(paths.waiting, { code: '12345678' }));
  yield state('waiting, asked too soon', 429, await visitor.post(paths.waitingResend));
  yield state('waiting, other address', 200, await visitor.get(paths.waitingAddress));
  yield state('waiting, no other address', 422, await visitor.post(paths.waitingAddress));
  const mistyped = contactOf('attente@gnail.com');
  yield state('waiting, an address proposed', 422, await visitor.post(paths.waitingAddress, mistyped));
  const corrected = contactOf('corrigee@exemple.fr');
  const { db } = world.services;
  await db.updateTable('account').set({ resends: 10 }).execute();
  yield state(
    'waiting, other address once too often',
    429,
    await visitor.post(paths.waitingAddress, corrected),
  );
  await db.updateTable('account').set({ resends: 0 }).execute();

  const first = await latestMail(world, 'activation');
  world.clock.advance(twoMinutes);
  await visitor.post(paths.waitingResend);
  yield state('waiting, sent again', 200, await visitor.get(paths.waiting));
  for (const [fate, reason] of [
    ['handed-over', null],
    ['deferred', 'smtp-451'],
    ['deferred', 'server-away'],
    ['bounced', 'dsn-5.1.1'],
    ['refused', 'gave-up-timeout'],
    ['withheld', 'too-many'],
  ] as const) {
    await db.updateTable('notice').set({ state: fate, reason }).execute();
    yield state(`waiting, mail ${fate} ${reason ?? ''}`, 200, await visitor.get(paths.waiting));
  }
  const elsewhere = world.visitor();
  const old = withToken(paths.link, first.token ?? '');
  yield state('link, superseded', 200, await elsewhere.get(old));
  world.clock.advance(twoMinutes);
  await elsewhere.post(withToken(paths.linkResend, first.token ?? ''));
  yield state('link, sent again', 200, await elsewhere.get(old));
  yield state(
    'link, asked too soon',
    429,
    await elsewhere.post(withToken(paths.linkResend, first.token ?? '')),
  );

  const { token = '' } = await latestMail(world, 'activation');
  const link = withToken(paths.link, token);
  yield state('link', 200, await elsewhere.get(link));
  yield state('link, form too old', 403, await elsewhere.post(link, {}, { csrf: 'old' }));
  yield state('link, unknown', 404, await elsewhere.get(withToken(paths.link, 'inconnu')));
  await elsewhere.get(link);
  await elsewhere.post(link);
  yield state('link, used', 200, await elsewhere.get(link));
}

/** What is seen when the last day is over, and by somebody who has an account already. */
export async function* latePages(world: World) {
  const { db } = world.services;
  const visitor = world.visitor();
  await enrol(visitor, world.someone(), 'retard@exemple.fr');
  const { token = '' } = await latestMail(world, 'activation');
  const yesterday = new Date(world.clock.now().getTime() - 86_400_000);
  await db.updateTable('email_confirmation').set({ dead_at: yesterday }).execute();
  await db.updateTable('account').set({ link_dead_at: yesterday }).where('status', '=', 'pending').execute();
  yield state('link, dead', 200, await world.visitor().get(withToken(paths.link, token)));
  yield state('waiting, link dead', 200, await visitor.get(paths.waiting));
  await db.updateTable('account').set({ pending_until: yesterday }).where('status', '=', 'pending').execute();
  yield state('link, over', 200, await world.visitor().get(withToken(paths.link, token)));
  yield state('waiting, over', 200, await visitor.get(paths.waiting));

  const person = world.someone();
  await openAccountOf(world, person, 'deja@exemple.fr');
  const again = world.visitor();
  await prove(again, person).catch(() => {});
  yield state('account already open, proven', 200, await again.get(paths.alreadyOpen));
}
