import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventLetters, inventPayments, inventRightsItem } from '#src/fictitious/deposits/invent.ts';
import { generatePeople } from '#src/fictitious/generate.ts';
import { people, personNamed } from '#src/fictitious/people.ts';
import { yearlyCap } from '#src/reimbursement/rates.ts';
import { sharesOf } from '#src/reimbursement/shares.ts';
import { sumProblem } from '#src/reimbursement/sums.ts';
import { isShownToInsured } from '#src/rights/rights.ts';

const window = { from: '2024-09-01', until: '2026-11-26' };
const named = (cle: string) => ({ cle, line: personNamed(cle).line, seed: 1 });
const everybody = [
  ...people.map(({ cle, line }) => ({ cle, line, seed: 1 })),
  ...[...generatePeople({ seed: 3, count: 150, today: '2026-01-01' })].map(({ line }) => ({
    cle: null,
    line,
    seed: 1,
  })),
];

function paymentsOf(insured: (typeof everybody)[number], period = window) {
  return inventPayments(insured, period).flatMap((item) => (item.kind === 'payment' ? [item] : []));
}

test('every payment adds up, lies in its period, and no id comes twice', () => {
  for (const insured of everybody) {
    const items = paymentsOf(insured);
    for (const { payment } of items) {
      assert.equal(sumProblem(payment), null, JSON.stringify(payment));
      assert.ok(payment.paidOn >= window.from && payment.paidOn <= window.until);
    }
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
  }
});

test('the same again, and a later day only adds to an earlier one', () => {
  const insured = named('compte-ouvert');
  const earlier = paymentsOf(insured, { ...window, until: '2026-03-10' });
  assert.deepEqual(paymentsOf(insured, window).slice(0, earlier.length), earlier);
  assert.notDeepEqual(paymentsOf({ ...insured, seed: 2 }), paymentsOf(insured));
  assert.ok(earlier.length > 40, `${earlier.length}`);
});

test('nobody has more kept back in a year than the caps, and some reach them; children and the CSS have nothing', () => {
  let most = 0;
  for (const insured of everybody) {
    const used = new Map<string, number>();
    for (const { payment } of paymentsOf(insured))
      for (const { rank, participation, franchise } of sharesOf(payment)) {
        const year = payment.paidOn.slice(0, 4);
        for (const [kind, amount] of Object.entries({ participation, franchise }))
          used.set(`${rank} ${year} ${kind}`, (used.get(`${rank} ${year} ${kind}`) ?? 0) + amount);
      }
    most = Math.max(most, ...used.values());
  }
  assert.equal(most, yearlyCap('franchise', 2026));
  const children = paymentsOf(named('compte-ouvert')).flatMap(({ payment }) => payment.deductions);
  assert.ok(children.length > 10 && children.every(({ rank }) => rank === 1));
  const covered = paymentsOf(named('complementaire-solidaire'));
  assert.ok(covered.length > 10 && covered.every(({ payment }) => payment.deductions.length === 0));
});

test('what a pharmacy was paid for is taken from a later payment to the insured', () => {
  const payments = paymentsOf(named('compte-ouvert')).map(({ payment }) => payment);
  const boxes = payments.flatMap(({ kind, deductions, paidOn }) =>
    deductions.filter(({ act }) => act === 'medicine-box').map(({ actOn }) => ({ kind, paidOn, actOn })),
  );
  assert.ok(boxes.length > 5);
  assert.ok(boxes.every(({ kind, actOn, paidOn }) => kind === 'care' && actOn < paidOn));
});

test('each life has what it promises', () => {
  const kinds = (cle: string) => new Set(paymentsOf(named(cle)).map(({ payment }) => payment.kind));
  assert.ok(
    kinds('arret-de-travail').has('daily-allowance') &&
      kinds('arret-de-travail').has('work-accident-pension'),
  );
  assert.ok(kinds('longue-maladie').has('invalidity-pension'));
  assert.deepEqual([kinds('droits-fermes').size, inventRightsItem(named('droits-fermes'), 2026)], [0, null]);
  const rights = inventRightsItem(named('adresse-titulaire'), 2026);
  assert.ok(rights?.kind === 'rights');
  const shown = rights.rights.beneficiaries.map((one) => isShownToInsured(one, window.until));
  assert.deepEqual(shown, [true, false, true]);
  const adult = paymentsOf(named('adresse-titulaire')).filter(({ payment }) =>
    payment.lines.some(({ rank }) => rank === 2),
  );
  assert.ok(adult.length > 5);
});

test('letters come in the order of their days, with an attachment and something that matters unread', () => {
  const letters = inventLetters(named('venturi'));
  const days = letters.map(({ written }) => written.daysAgo);
  assert.deepEqual(
    days,
    days.toSorted((a, b) => b - a),
  );
  assert.ok(letters.some(({ item }) => item.kind === 'message' && item.message.attachments.length > 0));
  assert.ok(
    letters.some(({ written, item }) => item.kind === 'document' && item.document.matters && !written.read),
  );
});
