import { franceConnectHref } from '#src/page-parts/franceconnect-button.ts';
import { paths } from '#src/paths.ts';
import { beforePassword, openAccount, password, signIn, signOut } from '../client/journey.ts';
import type { Walk } from '../client/walk.ts';
import type { WalkOf, Way } from '../client/ways.ts';
import { proveByCode, toOtherWays } from '../client/with-code.ts';
import { proveThere, signInThere, signOutThere } from '../client/with-franceconnect.ts';
import type { Traveller } from '../setting/people.ts';
import type { Stage } from '../setting/stage.ts';

const publicPages = [
  paths.caisse,
  paths.termsText,
  paths.forgotten,
  paths.waiting,
  paths.legal,
  paths.accessibility,
  paths.securityAdvice,
  paths.personalData,
];
const accountPages = [
  paths.accountPassword,
  paths.accountEmail,
  paths.accountTelephones,
  paths.accountConsents,
  paths.accountDevices,
];

/** A journey and the pages around it, each at least once. */
export async function tour(way: Way, stage: Stage, walkOf: WalkOf): Promise<void> {
  switch (way) {
    case 'carte':
      return cardTour(stage, walkOf);
    case 'franceconnect':
      return franceConnectTour(stage, walkOf);
    case 'code':
      return codeTour(stage, walkOf);
  }
}

async function passBy(walk: Walk, pages: readonly string[]): Promise<void> {
  for (const path of pages) await walk.see(path, `${path} (new visitor)`);
}

async function cardTour({ crowd, mails }: Stage, walkOf: WalkOf): Promise<void> {
  await passBy(walkOf(crowd.next()), publicPages);
  const traveller = crowd.next();
  const walk = walkOf(traveller);
  await beforePassword(walk, traveller);
  await openAccount(walk, traveller, mails);
  await signIn(walk, traveller);
  for (const path of accountPages) await walk.see(path);
  await signOut(walk);
}

/** Also a visitor who cancels at FranceConnect, and a link that is removed and made again. */
async function franceConnectTour({ crowd, mails, provider }: Stage, walkOf: WalkOf): Promise<void> {
  const passer = walkOf(crowd.next());
  await passBy(passer, [paths.franceConnectOutcome]);
  const { location } = await passer.pass(franceConnectHref('creation'), provider.origin);
  const cancelled = `${paths.franceConnectReturn} (cancelled)`;
  await passer.pass(provider.cancels(location), paths.franceConnectOutcome, cancelled);
  await passer.see(paths.franceConnectOutcome);
  const traveller = crowd.next();
  const walk = walkOf(traveller);
  await proveThere(walk, traveller, provider);
  await openAccount(walk, traveller, mails);
  await signInThere(walk, traveller, provider);
  await linkAnew(walk, traveller, { provider });
  await signOutThere(walk, provider);
}

async function linkAnew(
  walk: Walk,
  traveller: Traveller,
  { provider }: Pick<Stage, 'provider'>,
): Promise<void> {
  const page = paths.accountFranceConnect;
  await walk.see(page);
  const form = { motDePasseActuel: password, lien: 'defaire' };
  await walk.send(page, form, page, { hashes: true, pattern: `${page} (unlink)` });
  await walk.see(page);
  const link = { ...form, lien: 'faire' };
  const { location } = await walk.send(page, link, provider.origin, {
    hashes: true,
    pattern: `${page} (link)`,
  });
  const back = await provider.proves(location, traveller);
  await walk.pass(back, page, `${paths.franceConnectReturn} (to link)`);
  await walk.see(page);
}

/** Also a request for a letter. */
async function codeTour(stage: Stage, walkOf: WalkOf): Promise<void> {
  const { crowd, mails } = stage;
  const writer = crowd.nextWithoutCard();
  const byPost = walkOf(writer);
  await passBy(byPost, [paths.provisionalCode]);
  await toOtherWays(byPost, writer);
  await byPost.send(paths.otherWays, { canal: 'courrier' }, paths.provisionalCode, {
    pattern: `${paths.otherWays} (letter)`,
  });
  await byPost.see(paths.provisionalCode, `${paths.provisionalCode} (letter)`);
  await byPost.see(paths.letterTracker);
  const traveller = crowd.nextWithoutCard();
  const walk = walkOf(traveller);
  await proveByCode(walk, traveller, stage);
  await openAccount(walk, traveller, mails);
  await signIn(walk, traveller);
  await signOut(walk);
}
