import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { agree, choosePassword, contactOf, identify, identityOf, proofOf, prove } from '../../steps.ts';
import { state, type World } from '../world.ts';

/** From the identity to the contact details, each form empty, wrong, refused, too old and suspended. */
export async function* identityPages(world: World) {
  const visitor = world.visitor();
  yield state('identity', 200, await visitor.get(paths.identity));
  yield state('identity, empty', 422, await visitor.post(paths.identity));
  const wrong = {
    nom: '12',
    nir: '1 62 12',
    'dateNaissance-jour': '32',
    'dateNaissance-mois': '13',
    'dateNaissance-annee': '62',
    codePostal: '8000',
  };
  yield state('identity, every field wrong', 422, await visitor.post(paths.identity, wrong));
  const person = world.someone();
  const stranger = identityOf(person, { nom: 'Personne' });
  yield state('identity, unknown', 422, await visitor.post(paths.identity, stranger));
  const old = await visitor.post(paths.identity, identityOf(person), { csrf: 'old' });
  yield state('identity, form too old', 403, old);
  for (let i = 0; i < 4; i++) await visitor.post(paths.identity, stranger);
  yield state('identity, suspended', 429, await visitor.post(paths.identity, stranger));
  await identify(visitor, personNamed('venturi'));
  yield state('identity, again', 200, await visitor.get(paths.identity));
}

export async function* proofPages(world: World) {
  for (const cle of ['venturi', 'carte-8-chiffres', 'iban-allemand', 'nom-long', 'plusieurs-caisses']) {
    const visitor = world.visitor();
    await identify(visitor, personNamed(cle));
    yield state(`proof of ${cle}`, 200, await visitor.get(paths.proof));
  }
  const visitor = world.visitor();
  const person = world.someone();
  await identify(visitor, person);
  yield state('proof, form too old', 403, await visitor.post(paths.proof, proofOf(person), { csrf: 'old' }));
  yield state('proof, empty', 422, await visitor.post(paths.proof));
  const confused = { iban7: '12', numeroSerie: person.line.nir };
  yield state('proof, NIR instead of the serial', 422, await visitor.post(paths.proof, confused));
  const wrong = { iban7: '0000000', numeroSerie: '00000000000' };
  yield state('proof, refused', 422, await visitor.post(paths.proof, wrong));
  yield state('other ways, by choice', 200, await visitor.get(paths.otherWays));
  for (let i = 0; i < 2; i++) await visitor.post(paths.proof, wrong);
  yield state('proof, one try left', 422, await visitor.post(paths.proof, wrong));
  yield state('proof, no try left', 422, await visitor.post(paths.proof, wrong));
  yield state('proof, suspended', 429, await visitor.post(paths.proof, proofOf(person)));
  for (const cle of ['sans-carte', 'sans-iban']) {
    const barred = world.visitor();
    await barred.get(paths.identity);
    await barred.post(paths.identity, identityOf(personNamed(cle)));
    yield state(`other ways of ${cle}`, 200, await barred.get(paths.otherWays));
  }
}

export async function* termsAndPasswordPages(world: World) {
  const visitor = world.visitor();
  await prove(visitor, world.someone());
  yield state('terms', 200, await visitor.get(paths.terms));
  yield state('terms, form too old', 403, await visitor.post(paths.terms, {}, { csrf: 'old' }));
  yield state('terms, no choice', 422, await visitor.post(paths.terms));
  await visitor.post(paths.terms, { accord: 'non' });
  yield state('terms, refused', 200, await visitor.get(paths.terms));
  await visitor.post(paths.terms, { accord: 'oui' });
  yield state('password', 200, await visitor.get(paths.password));
  yield state('password, empty', 422, await visitor.post(paths.password));
  const faults = { motDePasse: 'é a', confirmation: 'b' };
  yield state('password, every fault', 422, await visitor.post(paths.password, faults));
  const busy = { ok: false, reason: 'busy', retryAfterSeconds: 4 };
  const good = { motDePasse: 'Brouette.Lune8', confirmation: 'Brouette.Lune8' };
  const { passwords } = world.services;
  const { hash } = passwords;
  Object.assign(passwords, { hash: async () => busy });
  yield state('password, too many people', 503, await visitor.post(paths.password, good));
  Object.assign(passwords, { hash });
}

export async function* contactPages(world: World) {
  const visitor = world.visitor();
  const person = world.someone();
  await choosePassword(visitor, person);
  yield state('contact', 200, await visitor.get(paths.contact));
  yield state(
    'contact, form too old',
    403,
    await visitor.post(paths.contact, contactOf('a@b'), { csrf: 'old' }),
  );
  yield state('contact, empty', 422, await visitor.post(paths.contact));
  const wrong = { ...contactOf('é@exemple'), emailConfirmation: 'autre', portable: '01', fixe: '0612' };
  yield state('contact, every field wrong', 422, await visitor.post(paths.contact, wrong));
  const mistyped = contactOf('camille@gmial.com');
  yield state('contact, domain questioned', 422, await visitor.post(paths.contact, mistyped));
  const again = world.visitor();
  await agree(again, world.someone());
  yield state('password, of another', 200, await again.get(paths.password));
}
