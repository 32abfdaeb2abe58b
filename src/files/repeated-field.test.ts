import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatedField } from '#src/files/repeated-field.ts';

test('a field that occurs twice in one object is named, however it is written', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['{"nir":"1","nir":"2"}', 'nir'],
    ['{"nir":"1","n\\u0069r" : "2"}', 'nir'],
    ['{"card":{"type":"photo","type":"photo"}}', 'type'],
    ['[{"a":1},{"a":1}]', null],
    ['{"a":{"b":1},"b":{"a":1}}', null],
    ['{"a":"\\"a\\":","b":"{\\"a\\":1}","c":["a","a"]}', null],
    ['{"a":"}","b":{},"a":1}', 'a'],
    ['{"":1,"":2}', ''],
    ['"a"', null],
  ];
  for (const [json, name] of cases) {
    JSON.parse(json);
    assert.equal(repeatedField(json), name, json);
  }
});

test('a million escapes are read once: a reader that went over them again for each would never end', () => {
  const json = JSON.stringify({ a: '\\"'.repeat(1_000_000), b: `"${' '.repeat(1_000_000)}` });
  assert.equal(repeatedField(json), null);
});
