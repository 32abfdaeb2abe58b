import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Barred, type DisclosedReason, disclosedReason } from '#src/enrolment/not-eligible/reason.ts';
import { regimes } from '#src/enrolment/not-eligible/regimes.ts';
import { loadPolicy } from '#src/policy/load.ts';

const today = '2026-11-21';
const person: Barred = { bars: [], regime: 'GENERAL', birthDate: '1990-06-22' };
const tell = (changes: Partial<Barred>) => disclosedReason({ ...person, ...changes }, 16, today);

test('of one or several reasons, one is disclosed', () => {
  const caisse = { kind: 'caisse' } as const;
  const cases: [string, Partial<Barred>, DisclosedReason][] = [
    ['deceased, nothing else', { bars: ['deceased'] }, caisse],
    ['deceased, and everything else', { bars: ['ayant-droit', 'regime-not-admitted', 'deceased'] }, caisse],
    ['régime', { bars: ['regime-not-admitted'], regime: 'MSA' }, { kind: 'regime', code: 'MSA' }],
    [
      'régime before the rest',
      { bars: ['uncertified-nir', 'too-young', 'ayant-droit', 'regime-not-admitted'], regime: 'SNCF' },
      { kind: 'regime', code: 'SNCF' },
    ],
    [
      'régime, of an older dossier',
      { bars: ['regime-not-admitted'], regime: null },
      { kind: 'regime', code: '' },
    ],
    ['dependant', { bars: ['ayant-droit'] }, { kind: 'dependant' }],
    ['dependant, before the number', { bars: ['uncertified-nir', 'ayant-droit'] }, { kind: 'dependant' }],
    [
      'dependant of 15',
      { bars: ['too-young', 'ayant-droit'], birthDate: '2011-01-05' },
      { kind: 'before-eighteen', on: '2029-01-05' },
    ],
    [
      'the day before 18',
      { bars: ['ayant-droit'], birthDate: '2008-11-22' },
      { kind: 'before-eighteen', on: '2026-11-22' },
    ],
    [
      '18 today',
      { bars: ['ayant-droit'], birthDate: '2008-11-21' },
      { kind: 'just-eighteen', by: '2027-01-21' },
    ],
    [
      'the day before 19',
      { bars: ['ayant-droit'], birthDate: '2007-11-22' },
      { kind: 'just-eighteen', by: '2026-01-22' },
    ],
    ['19 today', { bars: ['ayant-droit'], birthDate: '2007-11-21' }, { kind: 'dependant' }],
    [
      'born at the end of a month',
      { bars: ['ayant-droit'], birthDate: '2008-12-29' },
      { kind: 'before-eighteen', on: '2026-12-29' },
    ],
    [
      'birth of which the day is unknown',
      { bars: ['ayant-droit'], birthDate: '2009-03-00' },
      { kind: 'before-eighteen', on: null },
    ],
    [
      'too young',
      { bars: ['too-young'], birthDate: '2010-12-31' },
      { kind: 'too-young', age: 16, on: '2026-12-31' },
    ],
    [
      'too young, before the number',
      { bars: ['provisional-nir', 'uncertified-nir', 'too-young'], birthDate: '2012-02-29' },
      { kind: 'too-young', age: 16, on: '2028-02-29' },
    ],
    [
      'provisional',
      { bars: ['provisional-nir', 'uncertified-nir'] },
      { kind: 'number', state: 'provisional' },
    ],
    ['not certified', { bars: ['uncertified-nir', 'no-card'] }, { kind: 'number', state: 'waiting' }],
    ['only the card', { bars: ['no-card', 'no-bank-details'] }, caisse],
    ['not recognised', { bars: ['not-recognised'] }, caisse],
    ['nothing', {}, caisse],
  ];
  for (const [name, changes, reason] of cases) assert.deepEqual(tell(changes), reason, name);
});

test('a person born on 29 February reaches an age on 1 March of an ordinary year', () => {
  const born: Barred = { ...person, bars: ['too-young'], birthDate: '2012-02-29' };
  assert.deepEqual(disclosedReason(born, 17, today), { kind: 'too-young', age: 17, on: '2029-03-01' });
  assert.deepEqual(disclosedReason(born, 20, today), { kind: 'too-young', age: 20, on: '2032-02-29' });
});

test('every régime that a policy names has a name and, but for those that ended, an official site', () => {
  for (const { code } of loadPolicy('ameli-2025').regimes) assert.ok(regimes.has(code), code);
  const ended = new Set(['HFP', 'INTERIALE', 'LMDE', 'LMG', 'MNH', 'SOLSANTIS']);
  for (const [code, { name, site }] of regimes) {
    assert.ok(name.fr.length > 3 && name.en.length > 3, code);
    if (site) assert.match(site, /^https:\/\/www\.[a-z-]+\.(fr|eu)$/, code);
    else assert.ok(ended.has(code), code);
  }
});
