import type { Compilable, Kysely } from 'kysely';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { erasingAnswers } from '#src/api/idempotency.ts';
import { erasingDocuments } from '#src/archive/purge.ts';
import { erasingAttestationCodes, erasingAttestations } from '#src/attestations/attestation.ts';
import { erasingCodes } from '#src/codes/store.ts';
import type { Database } from '#src/database/tables.ts';
import { erasingDossiers } from '#src/dossiers/dossier.ts';
import { erasingMessages } from '#src/messages/store.ts';
import { erasingNotices } from '#src/notices/withhold.ts';
import { erasingPayments } from '#src/payments/store.ts';
import { endingSessionsOf } from '#src/sessions/change-session.ts';
import { erasingSignposts } from '#src/signposts/signpost.ts';

/** What an erasure deletes: how many of each. */
export interface ErasedRows {
  readonly accounts: number;
  readonly sessions: number;
  readonly dossiers: number;
  readonly codes: number;
  readonly attestations: number;
  readonly messages: number;
  readonly documents: number;
  readonly payments: number;
  readonly answers: number;
  readonly notices: number;
}

/**
 * Deletes, in the caller’s transaction, everything that stands under one key of a person because they have an account or
 * opened one: the account with its password, consents, terms, known browsers, links and choices; sessions and enrolments;
 * codes and what leads to them; papers; messages and files; the copies of payments; notices, sent or not.
 *
 * What stays, and why: the register and the rights are the caisse’s, with or without an account; the ledger of deposits
 * keeps what was erased from being deposited again; counters of failures keep erasure from being a way around limits, and
 * end by themselves; the audit trail; and on its way on paper, what matters and the person has not seen yet.
 *
 * Locks in the order of every other event. The creation of a first account has none to lock: one that commits meanwhile is
 * found once its session was waited for.
 */
export async function eraseRows(trx: Kysely<Database>, personKey: Buffer, now: Date): Promise<ErasedRows> {
  const standing = await deleteAccount(trx, personKey);
  let sessions = await run(trx, endingSessionsOf(trx, personKey));
  const dossiers = await run(trx, erasingDossiers(trx, personKey));
  const created = !standing && (await deleteAccount(trx, personKey));
  if (created) sessions += await run(trx, endingSessionsOf(trx, personKey));
  const codes = await run(trx, erasingCodes(trx, personKey));
  await run(trx, erasingSignposts(trx, personKey));
  await run(trx, erasingAttestationCodes(trx, personKey));
  return {
    accounts: standing || created ? 1 : 0,
    sessions,
    dossiers,
    codes,
    attestations: await run(trx, erasingAttestations(trx, personKey)),
    messages: await run(trx, erasingMessages(trx, personKey)),
    documents: await run(trx, erasingDocuments(trx, personKey, now)),
    payments: await run(trx, erasingPayments(trx, personKey)),
    answers: await run(trx, erasingAnswers(trx, personKey)),
    notices: await run(trx, erasingNotices(trx, personKey)),
  };
}

async function run(trx: Kysely<Database>, query: Compilable): Promise<number> {
  const { numAffectedRows } = await trx.executeQuery(query.compile());
  return Number(numAffectedRows ?? 0);
}

/** Both together. */
export function addRows(one: ErasedRows, other: ErasedRows): ErasedRows {
  return {
    accounts: one.accounts + other.accounts,
    sessions: one.sessions + other.sessions,
    dossiers: one.dossiers + other.dossiers,
    codes: one.codes + other.codes,
    attestations: one.attestations + other.attestations,
    messages: one.messages + other.messages,
    documents: one.documents + other.documents,
    payments: one.payments + other.payments,
    answers: one.answers + other.answers,
    notices: one.notices + other.notices,
  };
}

/** Whether there was anything. */
export function isAny(rows: ErasedRows): boolean {
  return Object.values(rows).some((count: number) => count > 0);
}
