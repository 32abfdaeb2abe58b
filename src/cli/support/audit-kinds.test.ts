import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { trailTexts } from '#src/account/copy/trail-texts.ts';
import { auditKinds, auditTexts } from '#src/cli/support/audit-kinds.ts';

const root = new URL('../../..', import.meta.url);

test('every kind of event that a feature declares is listed, once, with a text', () => {
  const declared = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts') && file !== 'src/audit/kind.ts')
    .flatMap((file) =>
      [...readFileSync(new URL(file, root), 'utf8').matchAll(/\bauditKind\(\s*'([a-z-]+)'/g)].map(
        ([, name = '']) => name,
      ),
    );
  assert.ok(declared.length > 45);
  assert.deepEqual(auditKinds.map(({ name }) => name).toSorted(), declared.toSorted());
  assert.deepEqual(Object.keys(auditTexts).toSorted(), declared.toSorted());
  assert.deepEqual(Object.keys(trailTexts.fr).toSorted(), declared.toSorted(), 'for the person');
});
