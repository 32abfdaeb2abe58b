import { auditKind } from '#src/audit/kind.ts';
import { type CodeChannel, codeChannels } from '#src/codes/rules.ts';
import { codeAgrees } from '#src/codes/secret.ts';
import { type Keyring, personKey, personKeys } from '#src/crypto/keyring.ts';
import { atOnce } from '#src/database/at-once.ts';
import { prepared } from '#src/database/prepared.ts';
import type { ProvisionalCodeTable } from '#src/database/tables.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { forgiving } from '#src/limits/forget-failures.ts';
import { type FewTries, fewTriesLeft } from '#src/limits/last-try.ts';
import { type CountNeeds, passing, recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import type { Policy } from '#src/policy/schema.ts';
import { agreesWithPerson } from '#src/register/matching.ts';
import { findInsured } from '#src/register/store.ts';
import type { Session } from '#src/sessions/session.ts';

type Needs = CountNeeds & {
  readonly keyring: Keyring;
  readonly limits: LimitRules;
  readonly policy: Pick<Policy, 'codes'>;
};

/** A right code that is still valid; `usingCode` uses it up. */
export interface RightCode {
  readonly personKey: Buffer;
  readonly id: string;
  readonly channel: CodeChannel;
}

export type CodeTrial =
  | { readonly kind: 'right'; readonly code: RightCode }
  /** Wrong, expired, used, another person’s or never requested: not distinguished. */
  | {
      readonly kind: 'wrong';
      readonly few: FewTries | null;
    }
  | { readonly kind: 'blocked'; readonly until: Date };

export interface CodeTry {
  /** 13 characters; not necessarily a person’s. */
  readonly nir: string;
  /** As `readCode` returns it. */
  readonly code: string;
  /** Name and birth date as typed; required, and compared, only where the policy says so (`codes.askedWith`). */
  readonly person: TypedPerson | null;
  /** From a browser whose dossier is that of the NIR (`isIdentifiedAs`), so that more than the number is known there. */
  readonly own: boolean;
  readonly client: Client;
  readonly now: Date;
}

export interface TypedPerson {
  readonly name: string;
  /** `yyyy-mm-dd`, `00` for an unknown day or month. */
  readonly birthDate: string;
}

/**
 * Whether this browser’s dossier belongs to the person with this NIR: name, NIR, birth date and postal code agreed with
 * the register. Always false where a neutral policy does not disclose that they did.
 */
export function isIdentifiedAs(session: Pick<Session, 'kind' | 'dossier'> | null, nir: string): boolean {
  const identity = session?.kind === 'enrolment' ? session.dossier?.answers.identity : undefined;
  return identity?.nir === nir && identity.mayEnrol && !identity.undisclosed;
}

export const codeRefused = auditKind('code-refused');

const nobody = '00000000-0000-0000-0000-000000000000';
const nothing = Buffer.alloc(32);

/** Compared instead when no name was typed. */
const noPerson: TypedPerson = { name: '', birthDate: '' };

const trying = countingTry('tries');
const tryingOwn = countingTry('dossier_tries');

/** Counts a try against each live code of a person that takes another one. */
function countingTry(tries: 'tries' | 'dossier_tries'): string {
  return `
    update provisional_code set ${tries} = ${tries} + 1
    where person_key = any($1::bytea[]) and used_at is null and superseded_at is null and dead_at > $2
      and ${tries} < $3
    returning person_key, id, channel, code_hash`;
}

type TriedCode = Pick<ProvisionalCodeTable, 'person_key' | 'id' | 'channel' | 'code_hash'>;

/**
 * Tries a code for a NIR. The try is counted before its outcome is used: against each live code of the person (at most
 * one for each channel), against the NIR, whether or not anyone has it, and against the client. Clients that know only
 * the NIR have counters of their own, so that they cannot use up the tries of the person who has been identified. While
 * a counter is suspended, nothing is compared and the codes lose no try. Under a strict policy the name and the birth
 * date must be those of the person, by the rules of the identity page; a wrong one has the outcome of a wrong code.
 *
 * The same statements and fingerprints run for every NIR: neither the answer nor its time shows whether there is a code.
 */
export async function tryCode(
  needs: Needs,
  { nir, code, person, own, client, now }: CodeTry,
): Promise<CodeTrial> {
  const { db, keyring, policy, limits, events } = needs;
  const subject = personKey(keyring, nir);
  const attempts = [
    ofSubject(own ? limits.codeOfDossier : limits.code, subject, client),
    ...ofClient(limits.client.code, client, subject),
  ];
  const suspended = await suspendedUntil(db, attempts, now);
  const most = suspended ? 0 : policy.codes.tries;
  const { rows } = await db.executeQuery(
    prepared<TriedCode>(own ? tryingOwn : trying, [personKeys(keyring, nir), now, most]),
  );
  const key = rows[0]?.person_key ?? subject;
  const compared = [...rows, ...codeChannels.slice(rows.length).map(() => null)].map((tried) => {
    const agrees = codeAgrees(
      keyring,
      { personKey: key, id: tried?.id ?? nobody },
      code,
      tried?.code_hash ?? nothing,
    );
    return agrees ? tried : null;
  });
  const agreeing = compared.find((tried) => tried !== null) ?? null;
  const right = (await isPerson(needs, nir, person)) ? agreeing : null;
  const refused = refusal(codeRefused, { person: key, actor: { kind: 'person' } });
  // A right code takes back the SMS that were counted for this person against a client shared by many.
  const forgiven = forgiving(db, ofClient(limits.smsAddress, client, subject));
  const isPassed = right !== null && (await atOnce(db, [passing(db, attempts, now), ...forgiven]));
  const counted = isPassed
    ? null
    : await recordAttempt({ db, events }, now, right !== null, attempts, refused);
  if (counted?.kind === 'blocked') return counted;
  if (right) return { kind: 'right', code: { personKey: key, id: right.id, channel: right.channel } };
  return { kind: 'wrong', few: counted && (await fewTriesLeft(db, counted, attempts, now)) };
}

/** Whether the name and the birth date, where the policy requires them, belong to the NIR. */
async function isPerson(
  { db, keyring, policy }: Needs,
  nir: string,
  person: TypedPerson | null,
): Promise<boolean> {
  if (policy.codes.askedWith === 'nir') return true;
  const found = await findInsured(db, keyring, nir);
  return agreesWithPerson(person ?? noPerson, found?.insured ?? null);
}
