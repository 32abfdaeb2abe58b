import type { Generated, JSONColumnType } from 'kysely';
import type {
  AttestationTable,
  CorrespondenceTable,
  DepositTable,
  DocumentPartTable,
  DocumentTable,
  MessageTable,
  PaymentTable,
  SenderTable,
} from '#src/database/tables/deposits.ts';
import type {
  InsuredTable,
  RegisterConcernedTable,
  RegisterImportTable,
  RegisterMovedTable,
  RegisterStagedTable,
} from '#src/database/tables/register.ts';

/** The columns of every table, as the migrations leave them (a test compares both). */
export interface Database {
  installation: InstallationTable;
  installation_key: InstallationKeyTable;
  caisse: CaisseTable;
  postal_area: { postal_code: string; caisse_code: string };
  insured: InsuredTable;
  register_import: RegisterImportTable;
  register_concerned: RegisterConcernedTable;
  register_moved: RegisterMovedTable;
  register_staged: RegisterStagedTable;
  register_part: { number: number; digest: Buffer; report: JSONColumnType<object> };
  register_repeated: { part: number; line: number; earlier: number };
  register_load: { single: Generated<boolean>; id: string; started_at: Date; by: string };
  dossier: DossierTable;
  account: AccountTable;
  credential: CredentialTable;
  email_claim: { email_key: Buffer; person_key: Buffer; claimed_at: Date; expires_at: Date | null };
  consent: ConsentTable;
  terms_acceptance: TermsAcceptanceTable;
  email_confirmation: EmailConfirmationTable;
  provisional_code: ProvisionalCodeTable;
  session: SessionTable;
  notice: NoticeTable;
  reminder_refusal: { recipient_key: Buffer; at: Date };
  letter: LetterTable;
  letter_batch: LetterBatchTable;
  attempt: AttemptTable;
  request_count: { client: Buffer; window_start: Date; hits: number };
  audit_event: AuditEventTable;
  audit_head: AuditHeadTable;
  audit_seal: { single: Generated<boolean>; sealed: Buffer; at: Date };
  api_idempotency: ApiIdempotencyTable;
  oidc_transaction: OidcTransactionTable;
  oidc_browser: OidcBrowserTable;
  franceconnect_link: { person_key: Buffer; subject_key: Buffer; linked_at: Date };
  franceconnect_subject: { subject_key: Buffer; person_key: Buffer };
  job_run: JobRunTable;
  row_counts: { one: Generated<boolean>; counted_at: Date; counts: JSONColumnType<object> };
  known_device: KnownDeviceTable;
  sender: SenderTable;
  sender_assertion: { sender: string; jti_hash: Buffer; expires_at: Date };
  deposit: DepositTable;
  rights: { person_key: Buffer; sealed: Buffer; sender: string; deposited_at: Date };
  payment: PaymentTable;
  message: MessageTable;
  document: DocumentTable;
  document_part: DocumentPartTable;
  correspondence: CorrespondenceTable;
  avis: { person_key: Buffer; due_at: Date; members: number[] };
  attestation: AttestationTable;
  attestation_code: { code_hash: Buffer; person_key: Buffer; attestation_id: string; valid_until: Date };
  mailbox_mail: { recipient_key: Buffer; id: string; kind: string; created_at: Date };
  signpost: { name_hash: Buffer; person_key: Buffer; until: Date };
  tombstone: TombstoneTable;
}

export interface InstallationTable {
  single: Generated<boolean>;
  mode: string;
  made_at: Generated<Date>;
  distributed_by: 'citus' | null;
}

export interface InstallationKeyTable {
  kind: 'master' | 'pepper';
  number: number;
  proof: Buffer;
  /** Null while it only opens. */
  current_since: Date | null;
  retired_at: Date | null;
}

export interface OidcTransactionTable {
  state_hash: Buffer;
  provider: string;
  browser_hash: Buffer;
  sealed: Buffer;
  expires_at: Date;
}

export interface OidcBrowserTable {
  browser_hash: Buffer;
  provider: string;
  kept: 'outcome' | 'session';
  sealed: Buffer;
  expires_at: Date;
}

export interface CaisseTable {
  code: string;
  name: string;
  departements: string[];
  telephone: string;
  mailbox: string | null;
  address: string[];
  website: string | null;
}

export interface DossierTable {
  person_key: Buffer;
  id: string;
  answers: Buffer;
  step: string;
  version: number;
  created_at: Date;
  updated_at: Date;
  closed_at: Date | null;
  /** Drawn by the database: `XXXX-XXXX`, what a person reads to an agent. */
  support_code: Generated<string>;
}

export interface AccountTable {
  person_key: Buffer;
  status: 'pending' | 'active' | 'frozen' | 'disabled';
  contact: Buffer;
  email_key: Buffer;
  language: string;
  route: string;
  caisse_code: string | null;
  created_at: Date;
  pending_until: Date;
  link_dead_at: Date;
  next_reminder_at: Date | null;
  confirmed_at: Date | null;
  last_sent_at: Date;
  resends: Generated<number>;
  /** The creation or the latest sign-in. */
  last_used_at: Date;
  unused_warned_at: Date | null;
  /** Why it is disabled, where the register says so, what it was before, and since when. */
  closed_for: 'deceased' | 'left' | null;
  closed_from: 'pending' | 'active' | 'frozen' | 'disabled' | null;
  closed_since: Date | null;
  /** Since when its person has left the register, and until when it stays open nevertheless. */
  left_since: Date | null;
  kept_until: Date | null;
  /** When its person was told of that, and the mail that told them, until its fate is known. */
  left_told_at: Date | null;
  left_notice: string | null;
  /** When somebody said «ce n’est pas moi»; null unless frozen. */
  frozen_at: Date | null;
  /** Since when an operator has closed its doors, and what it was before. */
  disabled_since: Date | null;
  disabled_from: 'pending' | 'active' | 'frozen' | null;
  /** The `pending_until` whose passing is in the audit trail. */
  expiry_told: Date | null;
  /** The browser where it was created, as `known_device` stores one; null without one. */
  created_in: Buffer | null;
}

export interface CredentialTable {
  person_key: Buffer;
  id: string;
  kind: 'password';
  state: 'usable' | 'known-devices-only' | 'disabled';
  label: string | null;
  /** Of a password: its stored form (`formatStoredPassword`); null when it is disabled. */
  secret: string | null;
  created_at: Date;
  /** When the secret was last chosen. */
  changed_at: Date;
  state_changed_at: Date;
  last_used_at: Date | null;
  use_count: Generated<number>;
}

export interface ConsentTable {
  person_key: Buffer;
  id: string;
  purpose: string;
  answer: boolean;
  version: string;
  text: string;
  language: string;
  at: Date;
}

export interface TermsAcceptanceTable {
  person_key: Buffer;
  id: string;
  version: string;
  text_hash: Buffer;
  language: string;
  at: Date;
}

export interface EmailConfirmationTable {
  person_key: Buffer;
  id: string;
  purpose: 'activation' | 'new-address' | 'password-reset';
  token_hash: Buffer;
  code_hash: Buffer | null;
  code_tries: Generated<number>;
  /** By visitors who type a number, outside the waiting session. */
  outside_tries: Generated<number>;
  address: Buffer | null;
  asked_by: Buffer | null;
  created_at: Date;
  dead_at: Date;
  superseded_at: Date | null;
  used_at: Date | null;
}

export interface ProvisionalCodeTable {
  person_key: Buffer;
  id: string;
  channel: 'letter' | 'sms' | 'email';
  code_hash: Buffer;
  /** By visitors who type a number. */
  tries: Generated<number>;
  /** By a visitor who was identified in this browser. */
  dossier_tries: Generated<number>;
  created_at: Date;
  dead_at: Date;
  used_at: Date | null;
  superseded_at: Date | null;
  notice_id: string;
}

export interface SessionTable {
  person_key: Buffer;
  token_hash: Buffer;
  kind: 'enrolment' | 'waiting' | 'account';
  dossier_id: string | null;
  created_at: Date;
  issued_at: Date;
  seen_at: Date;
  idle_minutes: number;
  expires_at: Date;
  mac: Buffer;
}

export interface NoticeTable {
  person_key: Buffer;
  id: string;
  kind: string;
  channel: 'email' | 'sms' | 'letter';
  language: string;
  content: Buffer | null;
  recipient_key: Buffer | null;
  /** Requested by the proven owner of the account: other people’s requests neither stop it nor are stopped by it. */
  by_owner: Generated<boolean>;
  state: 'queued' | 'handed-over' | 'deferred' | 'refused' | 'bounced' | 'withheld';
  tries: Generated<number>;
  reason: string | null;
  created_at: Date;
  handed_over_at: Date | null;
  /** Of the «ce n’est pas moi» that it carries (`newDispute`). */
  dispute_key: Buffer | null;
  dispute_bound: Buffer | null;
  /** Told by the gateway after the hand-over. */
  delivered_at: Date | null;
  /** The recipient's server makes it wait, after the hand-over. */
  delayed_at: Date | null;
  /** Refused, bounced or withheld since. */
  settled_at: Date | null;
  not_before: Date | null;
  /** Tries since the last one that came to an end, with the one under way. */
  unended: Generated<number>;
  /** By an operator: giving up is counted from here. */
  retried_at: Date | null;
  /** Of a letter: a batch took it, and it goes on its way whatever happens. */
  batched_at: Date | null;
  /** Of a mail of deposits or a letter with a document that did not arrive: the documents were seen to. */
  followed_up_at: Date | null;
}

export interface LetterTable {
  person_key: Buffer;
  id: string;
  batch_id: string;
  place: number;
  state: 'requested' | 'printed' | 'posted' | 'returned';
  address_key: Buffer;
  requested_at: Date;
  printed_at: Date | null;
  posted_at: Date | null;
  returned_at: Date | null;
  acknowledged_at: Date | null;
  reminded_at: Date | null;
  pages: number | null;
  sha256: Buffer | null;
}

export interface LetterBatchTable {
  id: string;
  number: number;
  created_at: Date;
  letters: number;
  canary: string | null;
  exported_at: Date | null;
  acknowledged_at: Date | null;
}

export interface AttemptTable {
  kind: string;
  subject: Buffer;
  failures: Generated<Date[]>;
  /** Beside each failure: of a client's, whom it was about; of a person's, whom it came from. */
  others: Generated<Buffer[]>;
  consecutive: Generated<number>;
  blocked_until: Date | null;
  spread_told_at: Date | null;
}

export interface AuditEventTable {
  person_key: Buffer;
  seq: Generated<number>;
  at: Date;
  actor: 'person' | 'agent' | 'trainer' | 'system' | 'program';
  actor_id: string | null;
  kind: string;
  details: JSONColumnType<Record<string, string | number | boolean | null>>;
  previous: Generated<Buffer>;
  hash: Generated<Buffer>;
}

export interface AuditHeadTable {
  person_key: Buffer;
  seq: number;
  hash: Buffer;
  sealed_seq: number | null;
  sealed_hash: Buffer | null;
  mac: Buffer | null;
}

export interface JobRunTable {
  name: string;
  id: string;
  started_at: Date;
  finished_at: Date | null;
  outcome: 'under-way' | 'done' | 'failed' | 'lost';
  counts: JSONColumnType<Record<string, number>>;
  seen_at: Generated<Date>;
}

export interface KnownDeviceTable {
  person_key: Buffer;
  token_hash: Buffer;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
  browser: Generated<string>;
  system: Generated<string>;
  /** A password was typed there, not only FranceConnect used. */
  with_password: Generated<boolean>;
  /** Of the form that last signed in there; null for one without a form. */
  request_hash: Buffer | null;
  /** Of what the browser presents where reading without a network was chosen, and until when it may keep pages. */
  offline_hash: Buffer | null;
  offline_until: Date | null;
}

export interface ApiIdempotencyTable {
  person_key: Buffer;
  id: string;
  request_hash: Buffer;
  response: Buffer | null;
  created_at: Date;
}

export interface TombstoneTable {
  person_key: Buffer;
  id: string;
  erased_at: Date;
  /** `asked`: an operator erased it, at the person’s request. */
  reason: 'asked';
}
