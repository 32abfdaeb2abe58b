/**
 * Where the rows of each table are when one PostgreSQL is not enough and Citus spreads them over several: the one scheme
 * that `compte migrate --distribute citus` carries out, and that the tests hold every statement to (ADR 0047).
 */
export type Placement =
  /** Spread over the nodes by a column; tables with one `key` are together, row by row. */
  | { readonly kind: 'distributed'; readonly key: DistributionKey; readonly column: string }
  /** A copy on every node: small, seldom changed, about nobody. */
  | { readonly kind: 'reference' }
  /** On the coordinator: small, or about the installation. */
  | { readonly kind: 'local' };

/** What rows are placed by: tables of different keys are never in one statement. */
export type DistributionKey =
  | 'person'
  | 'address'
  | 'mailbox'
  | 'subject'
  | 'state'
  | 'browser'
  | 'code'
  | 'signpost';

const person: Placement = { kind: 'distributed', key: 'person', column: 'person_key' };
const reference: Placement = { kind: 'reference' };
const local: Placement = { kind: 'local' };

/** In the order in which they are distributed: a table after those that it refers to. */
export const placements: Readonly<Record<string, Placement>> = {
  migration: local,
  installation: local,
  installation_key: local,
  register_import: local,
  register_part: local,
  register_repeated: local,
  register_load: local,
  job_run: local,
  row_counts: local,
  audit_seal: local,
  attempt: local,
  request_count: local,
  letter_batch: local,
  sender_assertion: local,
  caisse: reference,
  postal_area: reference,
  sender: reference,
  account: person,
  insured: person,
  register_staged: person,
  register_moved: person,
  register_concerned: person,
  dossier: person,
  credential: person,
  consent: person,
  terms_acceptance: person,
  email_confirmation: person,
  session: person,
  notice: person,
  audit_head: person,
  audit_event: person,
  franceconnect_link: person,
  provisional_code: person,
  letter: person,
  api_idempotency: person,
  known_device: person,
  deposit: person,
  rights: person,
  payment: person,
  message: person,
  document: person,
  document_part: person,
  correspondence: person,
  avis: person,
  attestation: person,
  tombstone: person,
  email_claim: { kind: 'distributed', key: 'address', column: 'email_key' },
  reminder_refusal: { kind: 'distributed', key: 'mailbox', column: 'recipient_key' },
  mailbox_mail: { kind: 'distributed', key: 'mailbox', column: 'recipient_key' },
  signpost: { kind: 'distributed', key: 'signpost', column: 'name_hash' },
  franceconnect_subject: { kind: 'distributed', key: 'subject', column: 'subject_key' },
  oidc_transaction: { kind: 'distributed', key: 'state', column: 'state_hash' },
  oidc_browser: { kind: 'distributed', key: 'browser', column: 'browser_hash' },
  attestation_code: { kind: 'distributed', key: 'code', column: 'code_hash' },
};
