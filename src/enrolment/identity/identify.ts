import type { Actor } from '#src/audit/actor.ts';
import { personKey } from '#src/crypto/keyring.ts';
import type { Write } from '#src/database/at-once.ts';
import { identityRefused } from '#src/enrolment/events.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { type FewTries, fewTriesLeft } from '#src/limits/last-try.ts';
import { passing, recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import type { IdentityForm } from '#src/page-parts/identity/form.ts';
import { decoyInsured } from '#src/register/decoy.ts';
import { eligibility } from '#src/register/eligibility.ts';
import { matchIdentity } from '#src/register/matching.ts';
import { type FoundInsured, findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { parisDate } from '#src/time/paris.ts';

export type Identified =
  | {
      readonly kind: 'recognised';
      readonly found: FoundInsured;
      /** Records the try, at once with the dossier that it opens; required. */
      readonly passing: Write;
      /** Why `passing` wrote nothing: until when tries are suspended. Leaves the audit event. */
      readonly refused: () => Promise<Date>;
    }
  /** An unknown NIR, or another name, birth date or postal code: not distinguished. */
  | {
      readonly kind: 'unknown';
      readonly few: FewTries | null;
    }
  /** Under a neutral policy, all who cannot continue with the card; `found` if the person was recognised. */
  | { readonly kind: 'undisclosed'; readonly found: FoundInsured | null }
  | { readonly kind: 'blocked'; readonly until: Date };

/**
 * Compares a typed identity with the register. Failures count against the NIR, whether or not it exists, and against
 * the client.
 *
 * Under a neutral policy only those who can continue with the card are distinguished: all others are counted and
 * answered alike.
 */
export async function identify(
  services: Pick<Services, 'db' | 'keyring' | 'limits' | 'policy' | 'events'>,
  form: IdentityForm,
  { client, actor }: { readonly client: Client; readonly actor: Actor },
  now: Date,
): Promise<Identified> {
  const { db, keyring, limits, policy } = services;
  const found = await findInsured(db, keyring, form.nir);
  // Compared even when there is nobody, so that the time does not reveal it.
  const agrees = matchIdentity(form, found?.insured ?? decoyInsured).matched;
  const recognised = found !== null && agrees;
  const neutral = policy.identity.answer === 'neutral';
  const goesOn = recognised && (!neutral || eligibility(found, policy, parisDate(now)).cardRoute);
  const subject = personKey(keyring, form.nir);
  const tries = [
    ofSubject(limits.identity, subject, client),
    ...ofClient(limits.client.identity, client, subject),
  ];
  const event = refusal(identityRefused, { person: subject, actor });
  if (goesOn) {
    const refused = async () => {
      const passed = await recordAttempt(services, now, true, tries, event);
      return passed.kind === 'blocked' ? passed.until : now;
    };
    return { kind: 'recognised', found, passing: passing(db, tries, now), refused };
  }
  const counted = await recordAttempt(services, now, false, tries, event);
  if (counted.kind === 'blocked') return counted;
  if (neutral) return { kind: 'undisclosed', found: recognised ? found : null };
  return { kind: 'unknown', few: await fewTriesLeft(db, counted, tries, now) };
}
