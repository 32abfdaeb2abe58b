import { browserOf, keepOutcome, renewBrowserSecret } from '#src/franceconnect/browser.ts';
import { outcomeOf, type Purpose } from '#src/franceconnect/outcome.ts';
import { newExpected, storeTransaction } from '#src/franceconnect/transaction.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { type Answer, type PageRequest, redirect, type Typed } from '#src/web/page.ts';

const identityFields = [
  'nom',
  'nir',
  'dateNaissance-jour',
  'dateNaissance-mois',
  'dateNaissance-annee',
  'codePostal',
] as const;

/** What the page filled of it, so that it still follows the number afterwards. */
const proposed = 'dateNaissance-proposee';

/** More than anybody's name; anybody may have it kept. */
const mostTyped = 200;

/** What stands in the fields of the identity page, to be shown again there; null when nothing does. */
export function typedIdentity(typed: Typed): Record<string, string> | null {
  const filled = identityFields.filter((field) => typed.text(field) !== '');
  if (filled.length === 0) return null;
  return Object.fromEntries(
    [...filled, proposed].map((field) => [field, typed.text(field).slice(0, mostTyped)]),
  );
}

export interface Beginning {
  readonly purpose: Purpose;
  readonly typed: Record<string, string> | null;
  /** Whose account is to be linked. */
  readonly person?: Buffer;
}

/** Sends the browser to FranceConnect; where that is not possible, to the page that says so. */
export async function beginJourney(
  services: Services,
  request: Pick<PageRequest, 'sender' | 'now'>,
  { purpose, typed, person }: Beginning,
): Promise<Answer> {
  const { db, keyring, random, franceConnect } = services;
  const { now } = request;
  const { secret, cookie } = await renewBrowserSecret(services, browserOf(request), now);
  const expected = newExpected(random);
  const to = (await franceConnect?.authorization(expected)) ?? null;
  if (to === null) {
    await keepOutcome(db, keyring, secret, outcomeOf('technical', purpose, { typed }), now);
    return redirect(paths.franceConnectOutcome, cookie);
  }
  const { state, nonce, verifier } = expected;
  const content = { nonce, verifier, purpose, typed, person: person?.toString('hex') ?? null };
  await storeTransaction(db, keyring, { state, browser: secret }, content, now);
  return redirect(to.href, cookie);
}
