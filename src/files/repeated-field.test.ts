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

test('the time grows with the length of the line, not faster', () => {
  const time = (length: number) => {
    const json = JSON.stringify({ a: '\\"'.repeat(length), b: `"${' '.repeat(length)}` });
    const start = performance.now();
    for (let round = 0; round < 20; round += 1) assert.equal(repeatedField(json), null);
    return performance.now() - start;
  };
  time(1_000);
  const small = Math.min(time(20_000), time(20_000), time(20_000));
  const large = Math.min(time(160_000), time(160_000), time(160_000));
  assert.ok(large < small * 8 * 5, `${small} ms, then ${large} ms for eight times as much`);
});
