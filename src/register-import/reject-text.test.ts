import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowForms } from '#src/register-import/formats/row-fields.ts';
import { rejectTexts } from '#src/register-import/reject-text.ts';

const remedyOf = (reason: string) => rejectTexts({ line: 3, reason })[0]?.remedy ?? '';

test('every field says what to write, whatever is wrong with it, also within a list', () => {
  const codes = ['empty', 'length', 'format', 'invalid_type', 'too_small', 'missing', 'unheard-of'];
  for (const field of Object.keys(rowForms))
    for (const code of codes) assert.match(remedyOf(`${field}: ${code}`), /^(write|add the field): ./);
  assert.equal(remedyOf('postalCode: length'), 'write: 5 digits');
  assert.equal(remedyOf('formerPostalCodes.3: length'), 'write: up to 20 postal codes, or an empty list');
  assert.equal(remedyOf('card.state: missing'), 'add the field: active, lost or expired');
});

test('what concerns a whole line, a duplicate or an unknown field says so', () => {
  for (const code of ['not_json', 'encoding', 'nul', 'too-long', 'invalid_type', 'unknown-field', 'repeated'])
    assert.doesNotMatch(remedyOf(`line: ${code}`), /^see/, code);
  assert.match(remedyOf('ibann: unknown-field'), /correct its name/);
  assert.deepEqual(rejectTexts({ line: 9, reason: 'nir: duplicate', earlier: 4 }), [
    {
      line: 9,
      field: 'nir',
      code: 'duplicate of line 4',
      remedy: 'give each person once: this line was not used, the first one was',
    },
  ]);
});

test('a remedy is one cell of a report', () => {
  for (const field of Object.keys(rowForms)) assert.doesNotMatch(remedyOf(`${field}: empty`), /[;\n"`]/);
});
