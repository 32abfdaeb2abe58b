import { timingSafeEqual } from 'node:crypto';
import { fingerprintWith, type Keyring } from '#src/crypto/keyring.ts';
import type { SessionTable } from '#src/database/tables.ts';

/** A session as stored. Apart from `seen_at` a row never changes: a session that changes gets another row. */
export type SessionRow = Omit<SessionTable, 'seen_at' | 'mac'>;

/**
 * The MAC of a row, under a key that is not in the database: a row that was copied to another person, or whose kind,
 * dossier or end was edited, is no session.
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
    [row.created_at, row.issued_at, row.expires_at].map(Number).join(),
  );
}

/** Whether a row has the MAC that it was written with. */
export function isIntact(
  keyring: Keyring,
  version: number,
  row: SessionRow & Pick<SessionTable, 'mac'>,
): boolean {
  const expected = sessionMac(keyring, version, row);
  return expected.length === row.mac.length && timingSafeEqual(expected, row.mac);
}
