import { franceConnectHref } from '#src/page-parts/franceconnect-button.ts';
import { paths } from '#src/paths.ts';
import type { IdentityProvider } from '../setting/identity-provider.ts';
import type { MailSink } from '../setting/mail-sink.ts';
import type { Traveller } from '../setting/people.ts';
import { acceptTerms, openAccount } from './journey.ts';
import type { Walk } from './walk.ts';

/** From the button of the identity page, by FranceConnect, to the form of the password. */
export async function proveThere(
  walk: Walk,
  traveller: Traveller,
  provider: IdentityProvider,
): Promise<void> {
  await walk.see(paths.home);
  await walk.see(paths.identity);
  const untouched = { nom: '', nir: '', codePostal: '' };
  const { location } = await walk.send(franceConnectHref('creation'), untouched, provider.origin);
  const back = await provider.proves(location, traveller);
  await walk.pass(back, paths.terms, `${paths.franceConnectReturn} (to open an account)`);
  await acceptTerms(walk);
}

/** From the button of the sign-in page to the account: no password. */
export async function signInThere(
  walk: Walk,
  traveller: Traveller,
  provider: IdentityProvider,
): Promise<void> {
  await walk.see(paths.signIn);
  const { location } = await walk.pass(franceConnectHref('connexion'), provider.origin);
  const back = await provider.proves(location, traveller);
  await walk.pass(back, paths.account, `${paths.franceConnectReturn} (to sign in)`);
  await walk.see(paths.account);
}

/** Out of the account, out of FranceConnect, and back. */
export async function signOutThere(walk: Walk, provider: IdentityProvider): Promise<void> {
  const { location } = await walk.send(paths.signOut, {}, provider.origin);
  const back = await provider.leaves(location);
  await walk.pass(back, paths.franceConnectSignedOut, `${paths.franceConnectSignedOut}?state`);
  await walk.see(paths.franceConnectSignedOut);
}

/** First page to sign-out with FranceConnect; answers the milliseconds spent waiting for the mail. */
export async function withFranceConnect(
  walk: Walk,
  traveller: Traveller,
  { mails, provider }: { readonly mails: MailSink; readonly provider: IdentityProvider },
): Promise<number> {
  await proveThere(walk, traveller, provider);
  const waited = await openAccount(walk, traveller, mails);
  await signInThere(walk, traveller, provider);
  await signOutThere(walk, provider);
  return waited;
}
