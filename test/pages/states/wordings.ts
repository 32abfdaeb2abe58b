import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { agree, contactOf, identify, identityOf, submit } from '../../steps.ts';
import { state, type World } from '../world.ts';

/** The pages that other presets word or lay out otherwise: the proof, the last step on two screens, codes of digits. */
export async function* wordingPages(world: World) {
  const usual = world.services.policy;
  const follow = (preset: string) => Object.assign(world.services, { policy: loadPolicy(preset) });
  const email = 'mots@exemple.fr';

  follow('somme');
  const visitor = world.visitor();
  const someone = world.someone();
  await identify(visitor, someone);
  yield state('proof under the title of the creation', 200, await visitor.get(paths.proof));
  yield state('the same, empty', 422, await visitor.post(paths.proof));
  await agree(visitor, someone);
  await submit(visitor, paths.password, password('Brouette.Lune8'), paths.contact);
  yield state('contact on two screens, the first', 200, await visitor.get(paths.contact));
  const first = { email, emailConfirmation: email, promoEmail: 'non' };
  yield state('contact on two screens, the second', 200, await visitor.post(paths.contact, first));
  const wrong = { ...contactOf(email), portable: '01' };
  yield state('contact on two screens, a wrong number', 422, await visitor.post(paths.contact, wrong));

  follow('polymatheia-2020');
  const other = world.visitor();
  await agree(other, world.someone());
  yield state('code of digits', 200, await other.get(paths.password));
  yield state('code of digits, letters', 422, await other.post(paths.password, password('abc')));
  await submit(other, paths.password, password('730194628517'), paths.contact);
  yield state('contact, telephones on request', 200, await other.get(paths.contact));
  yield state('contact, telephones shown when wrong', 422, await other.post(paths.contact, wrong));

  follow('isere');
  const third = world.visitor();
  yield state('sign-in with a personal code', 200, await third.get(paths.signIn));

  follow('renforcee');
  const fourth = world.visitor();
  yield state('sign-in without codes', 200, await fourth.get(paths.signIn));
  yield state('code with name and birth date', 200, await fourth.get(paths.provisionalCode));
  yield state('the code empty', 422, await fourth.post(paths.provisionalCode));
  const asked = { ...identityOf(personNamed('venturi')), code: '0000000001' };
  yield state('the code refused', 422, await fourth.post(paths.provisionalCode, asked));

  follow('claire');
  const fifth = world.visitor();
  const person = world.someone();
  await identify(fifth, person);
  yield state('proof on two screens, the first', 200, await fifth.get(paths.proof));
  const tail = { iban7: person.line.iban?.slice(-7) ?? '' };
  yield state('proof on two screens, no IBAN', 422, await fifth.post(paths.proof, { iban7: '12' }));
  yield state('proof on two screens, the second', 200, await fifth.post(paths.proof, tail));
  const short = { ...tail, numeroSerie: '123' };
  yield state('proof on two screens, a short number', 422, await fifth.post(paths.proof, short));
  const other7 = { iban7: '0000000', numeroSerie: '00000000000' };
  yield state('proof on two screens, refused', 422, await fifth.post(paths.proof, other7));
  Object.assign(world.services, { policy: usual });
}

function password(typed: string): Record<string, string> {
  return { motDePasse: typed, confirmation: typed };
}
