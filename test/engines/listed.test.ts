import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('every test that needs a server is on the list of those that get one', () => {
  const listed = execFileSync(process.execPath, ['scripts/database-tests.ts'], { encoding: 'utf8' }).split(
    '\n',
  );
  const needing = globSync(['src/**/*.test.ts', 'test/**/*.test.ts']).filter((path) =>
    /process\.env\.TEST_DATABASE_URL/.test(readFileSync(path, 'utf8')),
  );
  assert.ok(needing.length > 0);
  assert.deepEqual(
    needing.filter((path) => !listed.includes(path)),
    [],
  );
});
