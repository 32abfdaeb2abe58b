import assert from 'node:assert/strict';
import { test } from 'node:test';
import postalCodes from '#src/caisses/reference/postal-codes.json' with { type: 'json' };
import { parsePostalCode } from '#src/contact/postal-code.ts';

test('a postal code is read however it is typed', () => {
  for (const typed of [
    '80000',
    ' 80 000 ',
    '80\u00a0000',
    '８００００',
    'F-80000',
    'fr 80000',
    '80\u200b000',
    '80.000',
  ])
    assert.deepEqual(parsePostalCode(typed), { ok: true, postalCode: '80000' }, typed);
  for (const code of ['20090', '97410', '98000', '98800', '00100', '75480', '99132'])
    assert.deepEqual(parsePostalCode(code), { ok: true, postalCode: code });
});

test('two codes of one place are one; arrondissements of Lyon and Marseille are not', () => {
  for (const typed of ['75016', '75116', '75 116'])
    assert.deepEqual(parsePostalCode(typed), { ok: true, postalCode: '75016' });
  for (const code of ['75015', '75017', '69001', '69006', '13001', '13016'])
    assert.deepEqual(parsePostalCode(code), { ok: true, postalCode: code });
});

test('each refusal has its reason', () => {
  const refusals = [
    ['', 'empty'],
    [' \u200b ', 'empty'],
    ['8000O', 'characters'],
    ['٨٠٠٠٠', 'characters'],
    ['2A000', 'characters'],
    ['Amiens', 'characters'],
    ['8000', 'length'],
    ['800000', 'length'],
    ['00000', 'unknown'],
    ['96000', 'unknown'],
    ['97000', 'unknown'],
    ['98500', 'unknown'],
  ] as const;
  for (const [typed, reason] of refusals)
    assert.deepEqual(parsePostalCode(typed), { ok: false, reason }, typed);
});

test('every code of the official list is read as itself, but for the twins', () => {
  const changed = Object.values(postalCodes)
    .flatMap((list) => list.split(' '))
    .filter((code) => {
      const reading = parsePostalCode(code);
      assert.ok(reading.ok, code);
      return reading.postalCode !== code;
    });
  assert.deepEqual(changed, ['75116']);
});
