import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { identityOf } from '../../steps.ts';
import { state, type World } from '../world.ts';

const stopped = [
  'regime-msa',
  'ayant-droit',
  'dix-huit-ans',
  'numero-provisoire-8',
  'numero-non-certifie',
  'decede',
] as const;

/** Why enrolment is closed: each reason, then the one page of a neutral policy. */
export async function* notEligiblePages(world: World) {
  for (const cle of stopped) {
    const visitor = world.visitor();
    await visitor.get(paths.identity);
    await visitor.post(paths.identity, identityOf(personNamed(cle)));
    yield state(`not eligible, ${cle}`, 200, await visitor.get(paths.notEligible));
  }
  const { policy } = world.services;
  Object.assign(world.services, { policy: { ...policy, identity: loadPolicy('renforcee').identity } });
  const visitor = world.visitor();
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed('sans-iban')));
  yield state('not eligible, nothing told', 200, await visitor.get(paths.notEligible));
  yield state('not eligible, no channel', 422, await visitor.post(paths.notEligible));
  yield state(
    'not eligible, form too old',
    403,
    await visitor.post(paths.notEligible, { canal: 'sms' }, { csrf: 'old' }),
  );
  Object.assign(world.services, { policy });
}
