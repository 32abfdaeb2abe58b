import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Policy, policySchema } from '#src/policy/schema.ts';
import * as rules from '#src/register/eligibility.ts';
import type { Insured } from '#src/register/insured.ts';

const preset = readFileSync(new URL('../../policies/ameli-2025.json', import.meta.url), 'utf8');
const policy = policySchema.parse(JSON.parse(preset));

const today = '2026-03-15';

const insured: Insured = {
  nir: '1780599330108',
  certified: true,
  birthName: 'BENOIT',
  usageName: null,
  givenNames: ['Karim'],
  birthDate: '1978-05-21',
  birthPlace: '',
  birthCountry: '99330',
  deceased: false,
  address: ['2 place des Essais', '80000 AMIENS'],
  postalCode: '80000',
  formerPostalCodes: [],
  regime: 'GENERAL',
  caisse: '801',
  entitlement: 'ouvreur-de-droits',
  ibanStart: 'FR763000600001123456',
  card: { type: 'sans-photo', state: 'active', transfer: 'finished' },
  knownEmail: null,
  knownMobile: null,
};

/** Of somebody whom the register has. */
function eligibility(registered: Insured, under: Policy, day: string) {
  return rules.eligibility({ insured: registered, leftSince: null }, under, day);
}

const card = { type: 'photo', state: 'active', transfer: 'finished' } as const;

test('nothing stands in the way of an ordinary person', () => {
  assert.deepEqual(eligibility(insured, policy, today), { mayEnrol: true, cardRoute: true, reasons: [] });
});

test('what closes enrolment closes the card route too', () => {
  const cases: [Partial<Insured>, string][] = [
    [{ deceased: true }, 'deceased'],
    [{ regime: 'MSA' }, 'regime-not-admitted'],
    [{ regime: 'MGEN' }, 'regime-not-admitted'],
    [{ entitlement: 'ayant-droit' }, 'ayant-droit'],
    [{ nir: '3780599330108' }, 'provisional-nir'],
    [{ nir: '4780599330108' }, 'provisional-nir'],
    [{ nir: '7780599330108' }, 'provisional-nir'],
    [{ nir: '8780599330108' }, 'provisional-nir'],
    [{ certified: false }, 'uncertified-nir'],
    [{ birthDate: '2010-03-16' }, 'too-young'],
    [{ birthDate: '2010-00-00' }, 'too-young'],
  ];
  for (const [change, reason] of cases) {
    const expected = { mayEnrol: false, cardRoute: false, reasons: [reason] };
    assert.deepEqual(eligibility({ ...insured, ...change }, policy, today), expected);
  }
  assert.equal(eligibility({ ...insured, birthDate: '2010-03-15' }, policy, today).mayEnrol, true);
  const left = rules.eligibility({ insured, leftSince: new Date('2026-03-01T00:00:00Z') }, policy, today);
  assert.deepEqual(left, { mayEnrol: false, cardRoute: false, reasons: ['left-register'] });
});

test('what closes only the card route', () => {
  const cases: [Partial<Insured>, string[]][] = [
    [{ card: null }, ['no-card']],
    [{ card: { ...card, state: 'lost' } }, ['card-not-active']],
    [{ card: { ...card, state: 'expired' } }, ['card-not-active']],
    [{ card: { ...card, transfer: 'unfinished' } }, ['mutation-unfinished']],
    [
      { card: { ...card, state: 'lost', transfer: 'unfinished' } },
      ['card-not-active', 'mutation-unfinished'],
    ],
    [{ ibanStart: null }, ['no-bank-details']],
    [{ ibanStart: null, card: null }, ['no-card', 'no-bank-details']],
  ];
  for (const [change, reasons] of cases) {
    const expected = { mayEnrol: true, cardRoute: false, reasons };
    assert.deepEqual(eligibility({ ...insured, ...change }, policy, today), expected);
  }
});

test('every reason is given, in the same order', () => {
  const nobody = eligibility(
    {
      ...insured,
      nir: '7250599330108',
      birthDate: '2025-05-21',
      certified: false,
      deceased: true,
      regime: 'MSA',
      entitlement: 'ayant-droit',
      card: null,
      ibanStart: null,
    },
    policy,
    today,
  );
  assert.deepEqual(nobody.reasons, [
    'deceased',
    'regime-not-admitted',
    'ayant-droit',
    'provisional-nir',
    'uncertified-nir',
    'too-young',
    'no-card',
    'no-bank-details',
  ]);
});

test('a régime is admitted from its first to its last day, both included', () => {
  const regimes = [
    { code: 'A', validFrom: '2020-01-01', validTo: '2021-12-31' },
    { code: 'A', validFrom: '2024-01-01', validTo: null },
    { code: 'B', validFrom: null, validTo: '2021-12-31' },
  ];
  const cases = [
    ['A', '2019-12-31', false],
    ['A', '2020-01-01', true],
    ['A', '2021-12-31', true],
    ['A', '2022-01-01', false],
    ['A', '2024-01-01', true],
    ['B', '1999-01-01', true],
    ['B', '2021-12-31', true],
    ['B', '2022-01-01', false],
    ['a', '2020-01-01', false],
  ] as const;
  for (const [regime, day, admitted] of cases) {
    const { mayEnrol } = eligibility({ ...insured, regime }, { ...policy, regimes }, day);
    assert.equal(mayEnrol, admitted, `${regime} ${day}`);
  }
});
