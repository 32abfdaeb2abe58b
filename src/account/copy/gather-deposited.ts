import type { CopyNeeds, DataSubject } from '#src/account/copy/gather.ts';
import { mostRows, type PersonalData, type Row, type Value } from '#src/account/copy/sections.ts';
import { listSeen } from '#src/account/documents/seen.ts';
import { type SeenPayment, type SeenPerson, seenPayments } from '#src/account/payments/seen.ts';
import { listAttachments } from '#src/archive/store.ts';
import { listMessages } from '#src/messages/store.ts';
import { type KeptRights, shownBeneficiaries } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import { senderNames } from '#src/senders/names.ts';
import { parisDate } from '#src/time/paris.ts';

/** What senders deposited for a person, and what the two wrote to each other. */
export async function gatherDeposited(
  needs: CopyNeeds,
  { nir, keys }: DataSubject,
  now: Date,
): Promise<Pick<PersonalData, 'rights' | 'messages' | 'documents' | 'payments'>> {
  const { db, keyring } = needs;
  const holder = { contact: { nir } };
  const rights = await findRights(db, keyring, keys);
  const { people, payments } = await seenPayments(needs, holder, null, now);
  const { documents } = await listSeen(needs, holder, now);
  const messages = (await listMessages(db, keyring, keys)).slice(0, mostRows);
  const ids = messages.map(({ id }) => id);
  const attached = Map.groupBy(await listAttachments(db, keyring, keys, ids), (one) => one.messageId);
  const names = await senderNames(db, [...new Set(messages.map(({ sender }) => sender))]);
  return {
    rights: rightsRows(rights, parisDate(now)),
    messages: messages.map((one) => ({
      ...{ id: one.id, thread: one.threadId, direction: one.direction },
      ...{ with: names.get(one.sender) ?? one.sender, subject: one.subject, text: one.text },
      files:
        attached
          .get(one.id)
          ?.map(({ title }) => title)
          .join(', ') ?? null,
      ...{ at: one.at.toISOString(), readAt: one.openedAt?.toISOString() ?? null, state: one.state },
    })),
    documents: documents.slice(0, mostRows).map((one) => ({
      ...{ id: one.id, title: one.title, type: one.type, bytes: one.bytes, sha256: one.sha256 },
      ...{ from: one.from, about: one.about, depositedAt: one.depositedAt.toISOString() },
      ...{
        openedAt: one.openedAt?.toISOString() ?? null,
        postedAt: one.lettered?.at.toISOString() ?? null,
      },
    })),
    payments: payments.flatMap((payment) => paymentRows(payment, people)).slice(0, mostRows),
  };
}

function rightsRows(rights: KeptRights | null, today: string): readonly Row<'rights'>[] {
  return shownBeneficiaries(rights, today).map((one) => ({
    ...{ rank: one.rank, birthName: one.birthName, usageName: one.usageName },
    ...{ givenNames: one.givenNames.join(' '), birthDate: one.birthDate, nir: one.nir },
    ...{ from: one.from, until: one.until, doctorDeclared: one.doctorDeclared },
    exonerations: one.exonerations.map(({ label }) => label).join(', ') || null,
    solidarityUntil: one.solidarity?.until ?? null,
    depositedBy: rights?.organism.caisse ?? null,
  }));
}

/** A row for each line of a payment, and for each amount that was kept back, which counts as negative. */
function paymentRows(
  { id, paidOn, kind, thirdParty, lines, deductions }: SeenPayment,
  people: readonly SeenPerson[],
): readonly Row<'payments'>[] {
  const row = (
    rank: number,
    rest: Pick<Row<'payments'>, 'label' | 'on' | 'until' | 'paid' | 'base' | 'rate' | 'reimbursed'>,
  ) => ({ id, paidOn, kind, to: thirdParty, about: nameOf(people, rank), ...rest });
  return [
    ...lines.map((line) =>
      line.kind === 'care'
        ? row(line.rank, {
            ...{ label: line.label, on: line.caredOn, until: null, paid: line.paid, base: line.base },
            ...{ rate: line.rate, reimbursed: line.reimbursed },
          })
        : row(line.rank, {
            ...{ label: line.label, on: line.from, until: line.until, paid: null, base: null, rate: null },
            reimbursed: line.reimbursed,
          }),
    ),
    ...deductions.map((one) =>
      row(one.rank, {
        ...{ label: one.label, on: one.actOn, until: null, paid: null, base: null, rate: null },
        reimbursed: -one.amount,
      }),
    ),
  ];
}

function nameOf(people: readonly SeenPerson[], rank: number): Value {
  return people.find((one) => one.rank === rank)?.name ?? null;
}
