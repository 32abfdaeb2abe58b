import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        dev: z.boolean().default(false),
        optional: z.boolean().default(false),
        devOptional: z.boolean().default(false),
        hasInstallScript: z.boolean().default(false),
      }),
    ),
  })
  .parse(json('package-lock.json'));

/** What `npm ci --omit=dev` installs, as folders; those of other platforms are optional. */
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
const everywhere = installed.filter(([, { optional, devOptional }]) => !optional && !devOptional);
const nameOf = ([path]: readonly [string, unknown]) => path.split('node_modules/').at(-1) ?? path;

/** The bytes of a package, without those of the packages inside. */
function size(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? size(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

test('the packages that production installs are the known ones', () => {
  const known = z.array(z.string()).parse(json('test/operations/production-packages.json'));
  assert.deepEqual(
    everywhere.map(nameOf).toSorted(),
    known,
    'a package more is code that every installation runs: list it when it is worth that',
  );
});

test('none of them, nor an optional one, runs a script when it is installed', () => {
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript);
  assert.deepEqual(scripted.map(nameOf), []);
});

test('they take less than 110 MB', () => {
  const megabytes = everywhere.reduce((sum, [path]) => sum + size(join(root, path)), 0) / 1_000_000;
  assert.ok(megabytes < 110, `${megabytes} MB`);
});
