import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { aboutEngines, allTests, onBothEngines } from '../../scripts/test-files.ts';

const root = join(import.meta.dirname, '../..');

test('the rule of what runs on both engines names only what there is, and each part has tests', () => {
  for (const start of aboutEngines) {
    assert.ok(existsSync(join(root, start)), start);
    assert.ok(
      allTests().some((path) => path.startsWith(start) && onBothEngines(path)),
      start,
    );
  }
});

test('every test beside a source that opens a database runs on both, unless it needs a server', () => {
  const opens = /\b(testDatabase|testApp)\(/;
  const left = allTests().filter((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return (
      path.startsWith('src/') && opens.test(text) && !text.includes('needsServer') && !onBothEngines(path)
    );
  });
  assert.deepEqual(left, []);
});

test('nothing that needs a server is to run without one', () => {
  const needing = allTests().filter((path) =>
    readFileSync(join(root, path), 'utf8').includes('needsServer,'),
  );
  assert.ok(needing.length > 0);
  assert.deepEqual(needing.filter(onBothEngines), []);
});

test('no file runs something before or after each test of the files that share its process', () => {
  const hook = /^(before|beforeEach|afterEach)\(/m;
  const hooked = allTests().filter((path) => hook.test(readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(hooked, []);
});
