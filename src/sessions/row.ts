import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { SessionTable } from '#src/database/tables.ts';

/** What a session is, as stored; `seen_at` aside, it never changes: a session that changes is another row. */
export type SessionRow = Omit<SessionTable, 'seen_at' | 'mac'>;

/**
 * The signature of a row, by a key that is not in the database: a row that was copied to another person, or whose kind,
 * dossier or end was edited, opens nothing.
 */
export function sessionMac(keyring: Keyring, version: number, row: SessionRow): Buffer {
  return fingerprintWith(
    keyring,
    version,
    'session-row',
    row.person_key,
    row.token_hash,
    row.kind,
    row.dossier_id ?? '',
    String(row.idle_minutes),
    ...[row.created_at, row.issued_at, row.expires_at].map((instant) => instant.toISOString()),
  );
}

export function isAsMade(
  keyring: Keyring,
  version: number,
  { mac, ...row }: SessionRow & Pick<SessionTable, 'mac'>,
): boolean {
  const made = sessionMac(keyring, version, row);
  return made.length === mac.length && timingSafeEqual(made, mac);
}
