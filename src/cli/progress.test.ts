import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openProgress } from '#src/cli/progress.ts';

test('on a terminal, one line that is rewritten and then cleared', () => {
  const shown: string[] = [];
  const progress = openProgress({ rewrite: (line) => shown.push(line), err: () => assert.fail('no line') });
  progress.at(0.5, '500 lines');
  progress.at(2, '1000 lines');
  progress.at(null, '1500 lines');
  progress.end();
  assert.deepEqual(shown, [
    `[${'#'.repeat(15)}${'.'.repeat(15)}]  50 % 500 lines`,
    `[${'#'.repeat(30)}] 100 % 1000 lines`,
    '1500 lines',
    '',
  ]);
});

test('elsewhere, a line for each tenth and no control character', () => {
  const shown: string[] = [];
  const progress = openProgress({ rewrite: null, err: (line) => shown.push(line) });
  for (const share of [0.05, 0.1, 0.15, 0.5, 1]) progress.at(share, 'read');
  progress.at(null, 'unknown');
  progress.end();
  assert.deepEqual(shown, [' 10 % read', ' 50 % read', '100 % read']);
});
