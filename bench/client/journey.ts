import { paths, withToken } from '#src/paths.ts';
import type { MailSink } from '../setting/mail-sink.ts';
import type { Traveller } from '../setting/people.ts';
import type { Walk } from './walk.ts';

export const password = 'Brouette.Lune8';

/** What the identity page asks for. */
export function identityOf({ line }: Traveller) {
  const [year = '', month = '', day = ''] = line.birthDate.split('-');
  return {
    nom: line.birthName,
    nir: line.nir,
    'dateNaissance-jour': day,
    'dateNaissance-mois': month,
    'dateNaissance-annee': year,
    codePostal: line.postalCode,
  };
}

/** From the first page to the form of the password, which stays empty: no request computes a hash. */
export async function beforePassword(walk: Walk, traveller: Traveller): Promise<void> {
  const { line } = traveller;
  await walk.see(paths.home);
  await walk.send(paths.caisse, { codePostal: line.postalCode }, paths.caisseConfirm);
  await walk.see(paths.caisseConfirm);
  await walk.send(paths.caisseConfirm, { caisse: line.caisse }, paths.home);
  await walk.see(paths.home);
  await walk.see(paths.identity);
  await walk.send(paths.identity, identityOf(traveller), paths.proof);
  await walk.see(paths.proof);
  const proof = { iban7: line.iban?.slice(-7) ?? '', numeroSerie: line.card?.serial ?? '' };
  await walk.send(paths.proof, proof, paths.terms);
  await acceptTerms(walk);
}

/** The first of the three steps that follow a proof, to the form of the password. */
export async function acceptTerms(walk: Walk): Promise<void> {
  await walk.see(paths.terms);
  await walk.send(paths.terms, { accord: 'oui' }, paths.password);
  await walk.see(paths.password);
}

/** From the password to the page that waits for the mail. */
async function toWaiting(walk: Walk, { email }: Traveller): Promise<void> {
  const chosen = { motDePasse: password, confirmation: password };
  await walk.send(paths.password, chosen, paths.contact, { hashes: true });
  await walk.see(paths.contact);
  const contact = {
    email,
    emailConfirmation: email,
    portable: '06 39 98 00 01',
    fixe: '',
    promoEmail: 'non',
    promoPortableTelephone: 'non',
    promoPortableSms: 'non',
    promoFixeTelephone: 'non',
    etudes: 'oui',
  };
  await walk.send(paths.contact, contact, paths.waiting);
  await walk.see(paths.waiting);
}

/** The link of the mail, looked at and confirmed. */
async function confirm(walk: Walk, token: string): Promise<void> {
  const link = withToken(paths.link, token);
  await walk.see(link, paths.link);
  await walk.send(link, {}, paths.confirmed, { pattern: paths.link });
  await walk.see(paths.confirmed);
}

export async function signIn(walk: Walk, { line }: Traveller): Promise<void> {
  await walk.see(paths.signIn);
  await walk.send(paths.signIn, { nir: line.nir, motDePasse: password }, paths.account, { hashes: true });
  await walk.see(paths.account);
}

export async function signOut(walk: Walk): Promise<void> {
  await walk.send(paths.signOut, {}, paths.home);
}

/** From the password to the confirmed address; answers the milliseconds spent waiting for the mail. */
export async function openAccount(walk: Walk, traveller: Traveller, mails: MailSink): Promise<number> {
  await toWaiting(walk, traveller);
  const [waited, token] = await timed(mails.tokenFor(traveller.email));
  await confirm(walk, token);
  return waited;
}

/** How long something took, and what it was. */
export async function timed<T>(wanted: Promise<T>): Promise<[ms: number, came: T]> {
  const start = performance.now();
  const came = await wanted;
  return [performance.now() - start, came];
}

/** The whole journey, first page to sign-out; answers the milliseconds spent waiting for the mail. */
export async function wholeJourney(walk: Walk, traveller: Traveller, mails: MailSink): Promise<number> {
  await beforePassword(walk, traveller);
  const waited = await openAccount(walk, traveller, mails);
  await signIn(walk, traveller);
  await signOut(walk);
  return waited;
}
