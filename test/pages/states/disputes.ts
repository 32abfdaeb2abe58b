import { paths, withToken } from '#src/paths.ts';
import { disputeOf } from '../../dispute/usurped.ts';
import { openAccountOf } from '../../setting/account.ts';
import { state, type World } from '../world.ts';

/** «Ce n’est pas moi»: the page of the code, the link of a mail in each of its states, what follows. */
export async function* disputePages(world: World) {
  const person = world.someone();
  await openAccountOf(world, person, 'conteste@exemple.fr');
  const link = withToken(paths.disputeLink, await disputeOf(world, 'account-active'));
  const visitor = world.visitor();
  yield state('it was not me, code', 200, await visitor.get(paths.dispute));
  yield state('it was not me, no code', 422, await visitor.post(paths.dispute));
  const wrong = await visitor.post(paths.dispute, { code: '0000 0000 0000' });
  yield state('it was not me, a wrong code', 422, wrong);
  yield state('it was not me, form too old', 403, await visitor.post(paths.dispute, {}, { csrf: 'old' }));
  yield state('it was not me, link', 200, await visitor.get(link));
  yield state('it was not me, link, form too old', 403, await visitor.post(link, {}, { csrf: 'old' }));
  const cut = withToken(paths.disputeLink, 'coupe');
  yield state('it was not me, link cut', 404, await visitor.get(cut));
  await visitor.get(link);
  await visitor.post(link);
  yield state('account frozen', 200, await visitor.get(paths.frozen));
  await world.services.db.deleteFrom('account').where('status', '=', 'frozen').execute();
  yield state('it was not me, account gone', 200, await visitor.get(link));
}

/** Once its time is over. */
export async function* lateDisputes(world: World) {
  const { db } = world.services;
  const other = world.someone();
  await openAccountOf(world, other, 'tard@exemple.fr');
  const link = withToken(paths.disputeLink, await disputeOf(world, 'account-active'));
  const early = new Date(world.clock.now().getTime() - 11 * 86_400_000);
  await db.updateTable('account').set({ created_at: early }).where('status', '=', 'active').execute();
  await db.updateTable('notice').set({ created_at: early }).where('kind', '=', 'account-active').execute();
  yield state('it was not me, link too old', 200, await world.visitor().get(link));
}
