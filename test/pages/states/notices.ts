import { unsubscribeUrl } from '#src/notices/reminders/unsubscribe-token.ts';
import { paths, withToken } from '#src/paths.ts';
import { state, type World } from '../world.ts';

/** The link at the end of a reminder. */
export async function* unsubscribePages(world: World) {
  const visitor = world.visitor();
  const link = unsubscribeUrl(world.services.keyring, '', Buffer.alloc(32, 9));
  yield state('unsubscribe', 200, await visitor.get(link));
  const now = `${link}/arreter`;
  yield state('unsubscribe, form too old', 403, await visitor.post(now, {}, { csrf: 'old' }));
  await visitor.get(link);
  await visitor.post(now);
  yield state('unsubscribe, done', 200, await visitor.get(link));
  yield state('unsubscribe, unknown', 404, await visitor.get(withToken(paths.unsubscribe, 'inconnu')));
}
