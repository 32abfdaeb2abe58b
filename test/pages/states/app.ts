import { paths } from '#src/paths.ts';
import { state, type World } from '../world.ts';

/** The installed application’s own pages, and the documentation of the interface of programs. */
export async function* appPages(world: World) {
  const visitor = world.visitor();
  yield state('application', 200, await visitor.get(paths.app));
  yield state('offline', 200, await visitor.get(paths.offline));
  yield state('not kept', 200, await visitor.get(paths.notKept));
  yield state('interface of programs', 200, await visitor.get(paths.api));
}
