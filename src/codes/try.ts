import { type Kysely, sql } from 'kysely';
import { auditKind } from '#src/audit/kind.ts';
import { type CodeChannel, codeChannels } from '#src/codes/rules.ts';
import { codeAgrees } from '#src/codes/secret.ts';
import { type Keyring, personKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import type { Client } from '#src/limits/client-address.ts';
import { forgive } from '#src/limits/forget-failures.ts';
import { type CountNeeds, recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import type { LimitRules } from '#src/limits/rules.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import type { Policy } from '#src/policy/schema.ts';
import { agreesWithPerson } from '#src/register/matching.ts';
import { findInsured, personKeys } from '#src/register/store.ts';
import type { Session } from '#src/sessions/session.ts';

type Needs = CountNeeds & {
  readonly keyring: Keyring;
  readonly limits: LimitRules;
  readonly policy: Pick<Policy, 'codes'>;
};

/** The code that was typed is alive and right; it is still to be used (`useCode`). */
export interface RightCode {
  readonly personKey: Buffer;
  readonly id: string;
  readonly channel: CodeChannel;
}

export type CodeTrial =
  | { readonly kind: 'right'; readonly code: RightCode }
  /** Wrong, dead, used, of somebody else or never asked for: not told apart. */
  | { readonly kind: 'wrong' }
  | { readonly kind: 'blocked'; readonly until: Date };

export interface CodeTry {
  /** 13 characters, whoever has it. */
  readonly nir: string;
  /** As `readCode` reads it. */
  readonly code: string;
  /** What was typed beside both; counts where the policy asks for it (`codes.askedWith`), and is needed there. */
  readonly person: TypedPerson | null;
  /** In the browser of somebody who has said who they are: that they only know the number cannot be (`saidWho`). */
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
 * Whether this browser’s dossier is the person’s whose number is typed: name, number, date and postal code agreed. Where
 * that is not disclosed, nobody counts as such.
 */
export function saidWho(session: Pick<Session, 'kind' | 'dossier'> | null, nir: string): boolean {
  const identity = session?.kind === 'enrolment' ? session.dossier?.answers.identity : undefined;
  return identity?.nir === nir && identity.mayEnrol && !identity.undisclosed;
}

export const codeRefused = auditKind('code-refused');

const nobody = '00000000-0000-0000-0000-000000000000';
const nothing = Buffer.alloc(32);

/** What is compared when nobody said who they are. */
const noPerson: TypedPerson = { name: '', birthDate: '' };

/**
 * Tries a code for a NIR. The try is counted before its outcome is used: in the life of each code that is alive (one for
 * each channel at most), against the person,
 * whether or not they exist, and against the client’s address. Whoever only knows a number has counters beside those of
 * whoever has said who they are: they cannot use up the tries of the latter. While one counter is suspended nothing is
 * compared, and the code loses none of its tries. By a strict policy the name and the birth date must be those of the person,
 * by the same rules as on the identity page; a wrong one is a wrong code.
 *
 * The same statements and fingerprints for everybody, in one transaction: neither the answer nor the time tells a NIR
 * without a code from one that waits for it.
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
  const tries = own ? 'dossier_tries' : 'tries';
  return db.transaction().execute(async (trx): Promise<CodeTrial> => {
    const suspended = await suspendedUntil(trx, attempts, now);
    const rows = await trx
      .updateTable('provisional_code')
      .set({ [tries]: sql`${sql.ref(tries)} + 1` })
      .where('person_key', 'in', personKeys(keyring, nir))
      .where('used_at', 'is', null)
      .where('superseded_at', 'is', null)
      .where('dead_at', '>', now)
      .where(tries, '<', suspended ? 0 : policy.codes.tries)
      .returning(['person_key', 'id', 'channel', 'code_hash'])
      .execute();
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
    const agreeing = compared.find((tried) => tried !== null);
    const known = await isPerson(needs, trx, nir, person);
    const right = agreeing !== undefined && known;
    const refused = refusal(codeRefused, { person: key, actor: { kind: 'person' } });
    const counted = await recordAttempt({ db: trx, events }, now, right, attempts, refused);
    if (counted.kind === 'blocked') return counted;
    // Who succeeds gives back the SMS that they asked for from an address that many share.
    if (right) await forgive(trx, ofClient(limits.smsAddress, client, subject));
    return right
      ? { kind: 'right', code: { personKey: key, id: agreeing.id, channel: agreeing.channel } }
      : { kind: 'wrong' };
  });
}

/** Whether the name and the birth date, where the policy asks for them, are those of the NIR. */
async function isPerson(
  { keyring, policy }: Needs,
  trx: Kysely<Database>,
  nir: string,
  person: TypedPerson | null,
): Promise<boolean> {
  if (policy.codes.askedWith === 'nir') return true;
  const found = await findInsured(trx, keyring, nir);
  return agreesWithPerson(person ?? noPerson, found?.insured ?? null);
}
