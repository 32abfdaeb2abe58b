import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { arriveWithoutCard, ask, codeSent, enter, wrongCode } from '../../codes/channels.ts';
import { state, type World } from '../world.ts';

/** Provisional codes: the choice of a channel, what is held, the page where they are typed. */
export async function* codePages(world: World) {
  const nobody = world.visitor();
  yield state('provisional code', 200, await nobody.get(paths.provisionalCode));
  yield state('provisional code, empty', 422, await nobody.post(paths.provisionalCode));
  const misshapen = { nir: '12', code: 'é' };
  yield state('provisional code, misshapen', 422, await nobody.post(paths.provisionalCode, misshapen));
  const old = await nobody.post(paths.provisionalCode, misshapen, { csrf: 'old' });
  yield state('provisional code, form too old', 403, old);

  const person = personNamed('sans-iban');
  const visitor = world.visitor();
  await arriveWithoutCard(visitor, person);
  yield state('other ways, every channel', 200, await visitor.get(paths.otherWays));
  yield state('other ways, none chosen', 422, await visitor.post(paths.otherWays));
  for (const canal of ['sms', 'courriel', 'courrier'] as const) {
    await ask(visitor, canal);
    yield state(`provisional code on its way by ${canal}`, 200, await visitor.get(paths.provisionalCode));
  }
  world.clock.advance(31_000);
  yield state('other ways, a letter too soon', 429, await ask(visitor, 'courrier'));
  const code = await codeSent(world, 'courrier');
  yield state('provisional code, wrong', 422, await enter(visitor, person, wrongCode(code)));
  for (let i = 0; i < 4; i += 1) await enter(visitor, person, wrongCode(code));
  yield state('provisional code, suspended', 429, await enter(visitor, person, code));
  yield state('other ways, everything held', 429, await ask(visitor, 'sms'));

  const alone = world.visitor();
  await arriveWithoutCard(alone, personNamed('ni-carte-ni-contact'));
  yield state('other ways, letters only', 200, await alone.get(paths.otherWays));
  const { channels } = world.services;
  Object.assign(world.services, { channels: { sms: false, letters: false } });
  yield state('other ways, no channel', 200, await alone.get(paths.otherWays));
  Object.assign(world.services, { channels });
}
