import { type RawBuilder, sql } from 'kysely';

/** What the audit trail records: one name per thing that happened to a person's case or account. */
export type AuditKind =
  | 'identity-accepted'
  | 'identity-refused'
  | 'proof-accepted'
  | 'proof-refused'
  | 'terms-accepted'
  | 'terms-refused'
  | 'password-chosen'
  | 'enrolment-abandoned'
  | 'account-created'
  | 'account-exists'
  | 'account-frozen'
  | 'account-frozen-met'
  | 'account-reclaimed'
  | 'account-released'
  | 'dispute-refused'
  | 'confirmation-resent'
  | 'confirmation-refused'
  | 'address-corrected'
  | 'email-confirmed'
  | 'signed-in'
  | 'sign-in-refused'
  | 'sign-in-locked'
  | 'signed-out'
  | 'password-reset-asked'
  | 'password-reset'
  | 'password-changed'
  | 'address-change-asked'
  | 'address-changed'
  | 'telephones-changed'
  | 'consents-changed'
  | 'pending-expired'
  | 'account-unused-warned'
  | 'account-deleted'
  | 'audit-purged'
  | 'reminder-sent'
  | 'franceconnect-refused'
  | 'franceconnect-linked'
  | 'franceconnect-unlinked'
  | 'code-requested'
  | 'code-withheld'
  | 'code-accepted'
  | 'code-refused'
  | 'letter-printed'
  | 'letter-posted'
  | 'letter-returned'
  | 'devices-forgotten'
  | 'notice-bounced'
  | 'register-imported'
  | 'account-closed'
  | 'account-reopened';

/** Opaque values only: codes, counts, versions. Never a name, a number or an address. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The values of one row of `audit_event`, in the order of `auditColumns`: to insert with the change it tells of.
 * The database numbers and chains it.
 */
export function auditValues(
  personKey: Buffer,
  at: Date,
  kind: AuditKind,
  details: AuditDetails = {},
): RawBuilder<unknown> {
  return sql`${personKey}::bytea, ${at}::timestamptz, ${kind}::text, ${JSON.stringify(details)}::jsonb`;
}

export const auditColumns = sql.raw('person_key, at, kind, details');
