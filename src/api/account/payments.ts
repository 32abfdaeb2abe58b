import { filtered, kindNames, readFilter } from '#src/account/payments/filter-form.ts';
import { type SeenPayment, seenList, seenPayment } from '#src/account/payments/seen.ts';
import { paymentAnswer, paymentsAnswer } from '#src/api/account/answers.ts';
import { ofAccount } from '#src/api/account/of-account.ts';
import { done, type Endpoint } from '#src/api/endpoint.ts';
import { wrongFields } from '#src/api/fields.ts';
import { problem } from '#src/api/problem.ts';
import { explainPayment } from '#src/reimbursement/explain.ts';
import type { PaymentLine } from '#src/reimbursement/payment.ts';
import { sumOf } from '#src/reimbursement/shares.ts';
import { wholeYears } from '#src/reimbursement/window.ts';
import type { Services } from '#src/services.ts';
import type { Voice } from '#src/texts/language.ts';

/** The payments of an account, with the filters of the page; nothing of an adult who is insured with the person. */
export function paymentEndpoints(services: Pick<Services, 'db' | 'keyring' | 'policy'>): readonly Endpoint[] {
  const list = ofAccount(async ({ account, query, voice, now }) => {
    const seen = await seenList(services, account, now);
    const filter = readFilter(query, seen, voice);
    if (filter.problems.length > 0) {
      const texts = new Map<string, string>(filter.problems.map(({ field, text }) => [field, text]));
      return wrongFields(filter.problems, voice, ({ field }) => texts.get(field) ?? '');
    }
    const days = seen.payments.map(({ paidOn }) => paidOn);
    return done({
      periode: { du: filter.period.from, au: filter.period.until },
      releves: [...new Set(days.map((day) => day.slice(0, 7)))],
      relevesFiscaux: wholeYears(seen.window, days),
      personnes: seen.people.map(({ rank: rang, name: nom }) => ({ rang, nom })),
      paiements: filtered(seen.payments, filter).map(({ id, paidOn, kind, thirdParty, shares }) => ({
        id,
        date: paidOn,
        nature: kindNames[kind],
        montant: sumOf(shares),
        destinataire: thirdParty,
        parts: shares.map(({ rank, amount, participation, franchise }) => ({
          rang: rank,
          montant: amount,
          participations: participation,
          franchises: franchise,
        })),
      })),
    });
  });

  const one = ofAccount(async ({ account, parameter, voice, now }) => {
    const found = await seenPayment(services, account, parameter('id'), now);
    return found ? done(paymentJson(found.payment, voice)) : problem('unknown-address');
  });

  return [
    {
      id: 'payments',
      method: 'GET',
      path: '/mon-compte/paiements',
      query: ['du', 'au', 'beneficiaire', 'nature'],
      status: 200,
      answer: paymentsAnswer,
      problems: ['fields'],
      handle: list,
    },
    {
      id: 'payment',
      method: 'GET',
      path: '/mon-compte/paiements/:id',
      status: 200,
      answer: paymentAnswer,
      problems: ['unknown-address'],
      handle: one,
    },
  ];
}

function paymentJson(payment: SeenPayment, voice: Voice): Readonly<Record<string, unknown>> {
  const { id, paidOn, kind, amount, thirdParty, lines, deductions } = payment;
  const { lines: explained, others, all } = explainPayment(payment, voice);
  return {
    id,
    date: paidOn,
    nature: kindNames[kind],
    montant: amount,
    destinataire: thirdParty,
    lignes: lines.map(lineJson),
    retenues: deductions.map(({ kind: genre, label, rank, actOn, amount: montant }) => ({
      genre,
      libelle: label,
      rang: rank,
      date: actOn,
      montant,
    })),
    phrases: [...explained.map(({ text }) => text), ...others.map(({ text }) => text), ...(all ? [all] : [])],
  };
}

function lineJson(line: PaymentLine): Readonly<Record<string, unknown>> {
  const { label: libelle, rank: rang } = line;
  if (line.kind === 'benefit') {
    const { from: du, until: au, daily: parJour, reimbursed: verse } = line;
    return { genre: 'prestation', libelle, rang, du, au, parJour, verse };
  }
  const { act: acte, caredOn: date, paid: paye, base, rate: taux, reimbursed, sentOn } = line;
  return {
    genre: 'soin',
    acte,
    libelle,
    rang,
    date,
    paye,
    base,
    taux,
    rembourse: reimbursed,
    transmis: sentOn,
  };
}
