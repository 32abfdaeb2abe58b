import { personKey } from '#src/crypto/keyring.ts';
import { roleOfPerson } from '#src/demo/people/role.ts';
import { pageOfStep, type Step } from '#src/exercise/steps.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { type Notice, openNotice } from '#src/notices/notice.ts';
import { paths, withToken } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import type { Services } from '#src/services.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';
import { franceConnectOf } from '#src/workshop/franceconnect/identities.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import type { PersonBrowser, Seen } from '#src/workshop/placing/person-browser.ts';

/** Somebody who is played: in which browser, and who. */
export interface Played {
  readonly browser: PersonBrowser;
  readonly plays: SeatPerson;
  readonly services: Pick<Services, 'db' | 'keyring' | 'policy'>;
}

/** The password that a class gives where the trainer goes past the step at which one is chosen. */
export function passwordOfClass({ password }: Pick<Policy, 'password'>): string {
  return password.composition === 'digits' ? '739104826517' : demoPassword;
}

/** Sends the forms of steps one after the other, as their person would; answers whether the service took each. */
export async function playSteps(played: Played, route: readonly Step[]): Promise<boolean> {
  for (const step of route) {
    const seen = await send(played, step);
    // The identity page and the proof lead elsewhere for who cannot go on by this way; the next step then fails.
    if (seen === null || seen.status !== 303) return false;
  }
  return true;
}

/** Sends the form of one step; null where there is nothing to send. */
async function send({ browser, plays, services }: Played, step: Step): Promise<Seen | null> {
  const typed = Object.fromEntries(roleOfPerson(plays.person).fields);
  switch (step) {
    case 'identity':
      return browser.answer(paths.identity, typed);
    case 'franceconnect':
      return throughFranceConnect(browser, plays);
    case 'proof':
      return browser.answer(paths.proof, typed);
    case 'code-asked':
      return askForCode(browser);
    case 'code-typed': {
      const code = await latestSent({ plays, services }, codeIn);
      return code === null ? null : browser.answer(paths.provisionalCode, { ...typed, code });
    }
    case 'terms':
      return browser.answer(paths.terms, { accord: 'oui' });
    case 'password': {
      const password = passwordOfClass(services.policy);
      return browser.answer(paths.password, { motDePasse: password, confirmation: password });
    }
    case 'contact':
      return browser.answer(paths.contact, contactOf(plays));
    case 'mail': {
      const token = await latestSent({ plays, services }, linkIn);
      return token === null ? null : browser.answer(withToken(paths.link, token), {});
    }
    case 'confirmed':
      return { status: 303, location: paths.signIn, html: '' };
    default:
      return null;
  }
}

/** There and back: signs in, agrees, and comes to where the service leads from then on. */
async function throughFranceConnect(browser: PersonBrowser, plays: SeatPerson): Promise<Seen | null> {
  const isThere = (path: string) => path.startsWith(workshopPaths.franceConnect);
  const { identifier, password } = franceConnectOf(plays);
  const login = await browser.follow(await browser.get(pageOfStep('franceconnect')), isThere);
  const action = /<form method="post" action="([^"]+)"/.exec(login.html)?.[1];
  if (action === undefined) return null;
  const typed = { action: 'connexion', identifiant: identifier, motDePasse: password };
  await browser.send(action, typed);
  const agreed = await browser.send(action, { action: 'continuer' });
  const isOnTheWay = (path: string) => isThere(path) || path.startsWith(paths.franceConnectReturn);
  return browser.follow(agreed, isOnTheWay);
}

function contactOf({ email }: SeatPerson): Record<string, string> {
  const refused = [
    'promoEmail',
    'promoPortableTelephone',
    'promoPortableSms',
    'promoFixeTelephone',
    'etudes',
  ];
  const answers = Object.fromEntries(refused.map((name) => [name, 'non']));
  return { email, emailConfirmation: email, portable: '', fixe: '', ...answers };
}

/** By letter where one goes, as the exercise has it. */
async function askForCode(browser: PersonBrowser): Promise<Seen | null> {
  const { html } = await browser.get(paths.otherWays);
  const offered = [...html.matchAll(/name="canal"[^>]*value="([a-z]+)"/g)].map(([, canal = '']) => canal);
  const canal = offered.find((one) => one === 'courrier') ?? offered[0];
  return canal === undefined ? null : browser.answer(paths.otherWays, { canal });
}

function codeIn(notice: Notice): string | null {
  return notice.kind.startsWith('provisional-code') && 'code' in notice.content ? notice.content.code : null;
}

function linkIn(notice: Notice): string | null {
  return notice.kind === 'activation' || notice.kind === 'activation-reminder' ? notice.content.token : null;
}

/** What the latest message to a person that has it says: of their mailbox, telephone or letter box. */
async function latestSent(
  { plays, services: { db, keyring } }: Pick<Played, 'plays' | 'services'>,
  read: (notice: Notice) => string | null,
): Promise<string | null> {
  const rows = await db
    .selectFrom('notice')
    .select(['person_key', 'id', 'kind', 'content'])
    .where('person_key', '=', personKey(keyring, plays.person.line.nir))
    .where('content', 'is not', null)
    .orderBy('created_at', 'desc')
    .execute();
  for (const { content, ...row } of rows) {
    const found = content && read(openNotice(keyring, { ...row, content }));
    if (found) return found;
  }
  return null;
}
