import type { Kysely } from 'kysely';
import type { Keyring } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { type DeliveryReport, readReport } from '#src/delivery/bounces/read-report.ts';
import { type Recorded, recordLaterFate } from '#src/delivery/later-fate.ts';
import { readTicket, ticketIn } from '#src/delivery/ticket.ts';
import type { LaterFate } from '#src/notices/after-hand-over.ts';

/** `forged`: it names a notice with a signature that is not ours; `unnamed`: it names no notice. */
export type ReportOutcome = Recorded | 'not-a-report' | 'forged' | 'unnamed';

/**
 * Records what one message to the bounce address reports, from any sender.
 *
 * The notice is identified by the signed address that the report was sent to (`to`, or an address in its headers);
 * otherwise by the signed ENVID that the server returns; otherwise by the Message-ID of the mail, 122 random bits that
 * only its recipient and their servers have seen. A report with an invalid signature is refused whole.
 */
export async function recordReport(
  { db, keyring }: { readonly db: Kysely<Database>; readonly keyring: Keyring },
  raw: Uint8Array,
  to: string | null,
  now: Date,
): Promise<ReportOutcome> {
  const report = readReport(raw);
  if (!report) return 'not-a-report';
  const id = noticeIdIn(keyring, report, to);
  if (id === 'forged' || id === 'unnamed') return id;
  return recordLaterFate(db, id, fateOf(report), now);
}

function noticeIdIn(keyring: Keyring, report: DeliveryReport, to: string | null): string {
  const addresses = to === null ? report.sentTo : [to, ...report.sentTo];
  const tickets = addresses.flatMap((address) => ticketIn(address) ?? []);
  const envelopeId = /^[\da-f]{48}$/i.exec(report.envelopeId ?? '')?.[0];
  if (envelopeId) tickets.push(envelopeId);
  for (const ticket of tickets) {
    const id = readTicket(keyring, ticket);
    if (id) return id;
  }
  if (tickets.length > 0) return 'forged';
  return (
    /^<([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/i.exec(report.messageId ?? '')?.[1]?.toLowerCase() ??
    'unnamed'
  );
}

function fateOf({ action, status }: DeliveryReport): LaterFate {
  if (action === 'failed') return { kind: 'bounced', reason: `dsn-${status ?? 'failed'}` };
  return { kind: action };
}
