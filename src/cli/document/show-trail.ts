import type { Kysely } from 'kysely';
import type { ChainVerification } from '#src/audit/verify-chain.ts';
import { type ExitCode, exitCodes, type Terminal } from '#src/cli/terminal.ts';
import type { Secrets } from '#src/config/config.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { trailOf } from '#src/paper/trail.ts';
import { parisTime } from '#src/time/paris.ts';

/**
 * Prints what happened to a document, and whether the chain in which that stands is what was written. Fails when there is none
 * of that id, and when the chain was changed.
 */
export async function showTrail(
  terminal: Pick<Terminal, 'out' | 'err'>,
  db: Kysely<Database>,
  secrets: Pick<Secrets, 'masterKeys'>,
  id: string,
): Promise<ExitCode> {
  const trail = await trailOf({ db, keyring: openKeyring(secrets.masterKeys.reveal()) }, id);
  if (!trail) {
    terminal.err(`compte: there is no document ${id}: it was deleted, or never stored`);
    return exitCodes.failed;
  }
  const { document, lines, chains } = trail;
  terminal.out(`document ${id}: ${document.type}, ${document.bytes} bytes, SHA-256 ${document.sha256}`);
  for (const { at, text, event } of lines) terminal.out(`${parisTime(at)}  ${text}  [event ${event}]`);
  terminal.out(
    'Times of Paris, by the clock of this service. What the printer reported is the printer’s word.',
  );
  for (const chain of chains) terminal.out(chainText(chain));
  const isWhole = chains.every(({ brokenAt, isVouchedFor }) => brokenAt === null && isVouchedFor);
  if (!isWhole) terminal.err('compte: this is no proof: see compte audit verify');
  return isWhole ? exitCodes.done : exitCodes.failed;
}

function chainText({ events, brokenAt, vouchedUntil, isVouchedFor }: ChainVerification): string {
  if (brokenAt !== null) return `Chain of ${events} events: CHANGED at event ${brokenAt}`;
  if (!isVouchedFor) return `Chain of ${events} events: events that were sealed are gone or are others`;
  const sealed = vouchedUntil === null ? 'none is sealed yet' : `sealed until event ${vouchedUntil}`;
  return `Chain of ${events} events: none was changed, inserted or taken out; ${sealed}`;
}
