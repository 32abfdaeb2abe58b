import assert from 'node:assert/strict';
import { paths } from '#src/paths.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import type { Browser, Received } from '../reliability/browser.ts';
import { onDesk } from './room.ts';

/** What a desk says that is typed at FranceConnect. */
export function credentialsOnDesk(desk: string): Readonly<Record<'identifiant' | 'motDePasse', string>> {
  return {
    identifiant: onDesk(desk, 'Identifiant'),
    motDePasse: onDesk(desk, 'Mot de passe FranceConnect'),
  };
}

/** Goes where answers lead, from one site of the class to the other; stops before the page that comes then. */
export async function travel(
  learner: Browser,
  first: Received,
  isOnTheWay = (path: string) =>
    path.startsWith(workshopPaths.franceConnect) || path.startsWith(paths.franceConnectReturn),
): Promise<Received> {
  let seen = first;
  while (seen.status === 303 || seen.status === 302) {
    const to = seen.location ?? '';
    assert.match(to, /^\//, `a browser stays at the address by which it came: ${to}`);
    if (!isOnTheWay(to)) return seen;
    seen = await learner.get(to);
  }
  return seen;
}

/** As far as the page where one signs in. */
export async function toFranceConnect(
  learner: Browser,
  purpose: 'creation' | 'connexion' = 'creation',
): Promise<Received> {
  return travel(learner, await learner.get(`${paths.franceConnect}?pour=${purpose}`));
}

export function actionOn({ html }: Received): string {
  return /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
}

/** There and back: signs in, reads what will be told, agrees. */
export async function throughFranceConnect(
  learner: Browser,
  desk: string,
  purpose: 'creation' | 'connexion',
  to: string,
): Promise<void> {
  const login = await toFranceConnect(learner, purpose);
  assert.match(login.html, /Exercice\u00a0: aucune vraie donnée/);
  const action = actionOn(login);
  const accepted = await learner.post(action, { action: 'connexion', ...credentialsOnDesk(desk) });
  assert.equal(accepted.location, action);
  assert.match((await learner.get(action)).html, /Ce que FranceConnect va dire au service/);
  const back = await travel(learner, await learner.post(action, { action: 'continuer' }));
  assert.equal(back.location, to, back.html);
}
