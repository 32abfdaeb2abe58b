import { z } from 'zod';
import { also, atOnce, required, type Write } from '#src/database/at-once.ts';
import {
  browserOf,
  forgettingOutcome,
  keepingOutcome,
  newBrowserSecret,
} from '#src/franceconnect/browser.ts';
import { outcomeOf, purposes } from '#src/franceconnect/outcome.ts';
import { franceConnectName } from '#src/franceconnect/profile.ts';
import {
  type JourneySecrets,
  newJourneySecrets,
  storingTransaction,
  takeTransaction,
  takingTransaction,
} from '#src/oidc/transaction.ts';
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

const intentSchema = z.object({
  purpose: z.enum(purposes),
  /** The fields of the identity page as they were. */
  typed: z.record(z.string(), z.string()).nullable(),
  /** Whose account is to be linked, in hexadecimal. */
  person: z.string().nullable(),
});

/** What a journey is for. */
export type Intent = z.infer<typeof intentSchema>;

/** Where the journeys of sign-outs go, as distinct from those that prove who somebody is. */
const logout = `${franceConnectName}-logout`;

/** Sends the browser to FranceConnect; where that is not possible, to the page that says so. */
export async function beginJourney(
  services: Services,
  request: Pick<PageRequest, 'sender' | 'now'>,
  intent: Intent,
): Promise<Answer> {
  const { db, keyring, random, franceConnect } = services;
  const { now } = request;
  const secrets = newJourneySecrets(random);
  const to = (await franceConnect?.authorization(secrets)) ?? null;
  const { secret, cookie } = newBrowserSecret(random);
  const left = forgettingOutcome(db, browserOf(request));
  if (to === null) {
    const { purpose, typed } = intent;
    const outcome = outcomeOf('technical', purpose, { typed });
    await atOnce(db, [...left, also(keepingOutcome(db, keyring, secret, outcome, now))]);
    return redirect(paths.franceConnectOutcome, cookie);
  }
  const ref = { provider: franceConnectName, browser: secret };
  await atOnce(db, [...left, also(storingTransaction(db, keyring, ref, secrets, intent, now))]);
  return redirect(to.href, cookie);
}

/** A sign-out at FranceConnect, and the browser that is sent there for it. */
interface LogoutRef {
  readonly state: string;
  readonly browser: string;
}

/** Remembers that a browser is sent to end its session at FranceConnect. */
export function storingLogout(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { state, browser }: LogoutRef,
  now: Date,
): Write {
  const secrets = { state, nonce: '', verifier: '' };
  return also(storingTransaction(db, keyring, { provider: logout, browser }, secrets, null, now));
}

/** Requires that a browser comes back from the sign-out that it was sent to, once. */
export function takingLogout(ref: LogoutRef, now: Date): Write {
  return required(takingTransaction({ provider: logout, ...ref }, now));
}

/** A journey to FranceConnect that comes back. */
export interface Journey {
  readonly secrets: JourneySecrets;
  readonly intent: Intent;
}

/** The journey of a browser that comes back, and what it was for: taken out, once. Null when it began none like it. */
export async function takeJourney(
  { db, keyring }: Pick<Services, 'db' | 'keyring'>,
  { state, browser }: { readonly state: string; readonly browser: string },
  now: Date,
): Promise<Journey | null> {
  const taken = await takeTransaction(db, keyring, { provider: franceConnectName, state, browser }, now);
  const intent = intentSchema.safeParse(taken?.about);
  return taken && intent.success ? { secrets: taken.secrets, intent: intent.data } : null;
}
