import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beneficiaryName } from '#src/rights/names.ts';
import { isShownToInsured, shownRanks } from '#src/rights/rights.ts';

const cases = [
  { who: 'the insured, of any age', rank: 1, birthDate: '1950-01-01', today: '2026-11-26', shown: true },
  { who: 'a child', rank: 2, birthDate: '2015-06-30', today: '2026-11-26', shown: true },
  { who: 'on the eve of majority', rank: 2, birthDate: '2008-11-27', today: '2026-11-26', shown: true },
  { who: 'on the day of majority', rank: 2, birthDate: '2008-11-26', today: '2026-11-26', shown: false },
  { who: 'an adult', rank: 3, birthDate: '1990-01-01', today: '2026-11-26', shown: false },
  {
    who: 'day unknown, the month of majority',
    rank: 2,
    birthDate: '2008-11-00',
    today: '2026-11-01',
    shown: false,
  },
  { who: 'only the year known', rank: 2, birthDate: '2008-00-00', today: '2025-12-31', shown: true },
];

for (const { who, shown, today, ...beneficiary } of cases)
  test(`${who}: ${shown ? 'shown' : 'hidden'}`, () => {
    assert.equal(isShownToInsured(beneficiary, today), shown);
  });

test('while nobody has said who is insured together, the insured may see their own rank alone', () => {
  assert.deepEqual([...shownRanks(null, '2026-11-26').values()], [1]);
});

test('somebody without a given name is called by their name', () => {
  const written = { usageName: null, birthName: 'TRAORÉ' };
  assert.equal(beneficiaryName({ ...written, givenNames: ['X'] }), 'TRAORÉ');
  assert.equal(beneficiaryName({ ...written, givenNames: ['Awa', 'Marie'] }), 'Awa TRAORÉ');
});
