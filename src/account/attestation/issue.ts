import { attestationIssued } from '#src/account/attestation/events.ts';
import type { Account } from '#src/accounts/account.ts';
import { lockAccount } from '#src/accounts/lock-account.ts';
import {
  type CheckableKind,
  replacingAttestation,
  storingAttestation,
  storingCode,
} from '#src/attestations/attestation.ts';
import { newAttestationCode } from '#src/attestations/code.ts';
import { initialsOf } from '#src/attestations/initials.ts';
import { saidOf } from '#src/attestations/said.ts';
import { recording } from '#src/audit/record.ts';
import { allOrNothing } from '#src/database/all-or-nothing.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { Attempt } from '#src/limits/attempt.ts';
import { counting } from '#src/limits/record-attempt.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import type { KeptRights, Member } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { Overloaded } from '#src/web/http/errors.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'random' | 'limits' | 'pdf'>;

export interface Paper {
  readonly kind: CheckableKind;
  readonly health: boolean;
  readonly rights: KeptRights;
  readonly validUntil: Date;
  /** The paper with its code and the initials that are told to who checks it. */
  readonly compose: (code: string, initials: string) => PaperDocument;
}

export type Issued =
  | { readonly kind: 'issued'; readonly content: Buffer }
  /** Too many were made; the next one from then on. */
  | { readonly kind: 'limited'; readonly until: Date }
  /** The account changed meanwhile. */
  | { readonly kind: 'gone' };

/**
 * Makes a paper about somebody, which replaces the one before: the code of that one says so from now on. The file is written
 * first; nothing is stored when it cannot be, and nobody has a file whose code is not stored.
 */
export async function issuePaper(
  services: Needed,
  { personKey }: Pick<Account, 'personKey'>,
  beneficiary: Member,
  { kind, health, rights, validUntil, compose }: Paper,
  now: Date,
): Promise<Issued> {
  const { db, keyring, random, limits, pdf } = services;
  const counted: Attempt = { rule: limits.attestation, subject: personKey };
  const until = await suspendedUntil(db, [counted], now);
  if (until) return { kind: 'limited', until };
  const code = newAttestationCode(random);
  const initials = initialsOf(beneficiary);
  const document = compose(code, initials);
  const content = await pdf.write(document, { title: document.title, createdAt: now }, personKey);
  if (!content) throw new Overloaded('Too many documents are being written', 'documents');
  const { rank, member } = beneficiary;
  const said = saidOf(kind, rights, member, health);
  const attestation = { personKey, id: random.uuid(), kind, member, initials, said, validUntil };
  const isStored = await allOrNothing(db, async (trx) => {
    if (!(await lockAccount(trx, keyring, personKey, now))) return null;
    const details = { kind, id: attestation.id, rank, health };
    const event = { person: personKey, actor: { kind: 'person' }, at: now, details } as const;
    const done = await atOnce(trx, [
      also(replacingAttestation(trx, attestation, now)),
      also(storingAttestation(trx, keyring, attestation, now)),
      also(storingCode(trx, attestation, code)),
      counting(trx, [counted], now),
      recording(trx, attestationIssued, event),
    ]);
    return done || null;
  });
  if (isStored) return { kind: 'issued', content };
  const later = await suspendedUntil(db, [counted], now);
  return later ? { kind: 'limited', until: later } : { kind: 'gone' };
}

/** What the page of a form answers: the paper as a file to save, `name`, or why there is none. */
export function issuedAnswer(request: PageRequest, issued: Issued, name: string): Answer {
  switch (issued.kind) {
    case 'issued':
      return { kind: 'file', type: 'application/pdf', name, content: issued.content };
    case 'limited':
      return blockedPage(request, issued.until, [{ kind: 'account', until: null }]);
    case 'gone':
      return redirect(request.visit.path);
  }
}
