import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDay } from '#src/texts/civil-days.ts';
import { inThreeFields, readDay, readDayParts } from '#src/texts/read-day.ts';

test('a day is read as people write it', () => {
  const written = [
    ...['2026-09-03', '03/09/2026', '3/9/2026', '3/9/26', '3.9.2026', '03-09-2026', '03 09 2026', '03092026'],
    ...['3 septembre 2026', '3 sept. 2026', '3 SEPT 26', 'jeudi 3 septembre 2026', ' 3 Septembre  2026 '],
    ...['3 September 2026', '3 / 9 / 2026', 'le 3 septembre 2026'],
  ];
  for (const typed of written) assert.equal(readDay(typed), '2026-09-03', typed);
  assert.equal(readDay('1er août 2025'), '2025-08-01');
  assert.equal(readDay('29/02/2028'), '2028-02-29');
});

test('what the pages write is read again', () => {
  for (const voice of ['fr', 'fr-plain', 'en'] as const)
    for (const day of ['2024-09-01', '2026-02-11', '2026-08-03'])
      assert.equal(readDay(formatDay(day, voice)), day, formatDay(day, voice));
});

test('what is no day is not guessed', () => {
  const others = ['', 'hier', '31/02/2026', '32/01/2026', '12/13/2026', '09/2026', 'septembre 2026'];
  for (const typed of [
    ...others,
    '3 jui 2026',
    '3 ma 2026',
    '3/9/226',
    '2026-13-45',
    '0/0/2026',
    '3 chose 2026',
  ])
    assert.equal(readDay(typed), null, typed);
});

test('three fields are read alike', () => {
  assert.equal(readDayParts({ day: '5', month: 'déc', year: '26' }), '2026-12-05');
  assert.equal(readDayParts({ day: '05', month: '12', year: '2026' }), '2026-12-05');
  for (const [day, month, year] of [
    ['', '12', '2026'],
    ['31', '2', '2027'],
    ['5', '12', ''],
    ['5', '12', '226'],
  ] as const)
    assert.equal(readDayParts({ day, month, year }), null);
});

test('a whole date in the field of the day is spread over three, unless the others say something else', () => {
  const whole = { day: '3', month: '05', year: '1946' };
  for (const [day, month, year] of [
    ['3/05/1946', '', ''],
    [' 3.05.1946', '05', '1946'],
    ['3 05 1946', '5', ''],
    ['3-05-46', '', '1946'],
  ] as const)
    assert.deepEqual(inThreeFields({ day, month, year }), { ...whole, year: '1946' }, day);
  assert.equal(
    inThreeFields({ day: '3/5/46', month: '', year: '' }).year,
    '46',
    'the century is never guessed',
  );
  for (const [day, month, year] of [
    ['3/05/1946', '06', '1946'],
    ['3/05/1946', '', '1947'],
    ['3', '05', '1946'],
    ['3/05', '', '1946'],
  ] as const)
    assert.deepEqual(inThreeFields({ day, month, year }), { day, month, year });
});
