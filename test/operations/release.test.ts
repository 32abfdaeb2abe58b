import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { release, releaseProblems } from '../../scripts/release/release.ts';
import { bill, inventory, licenceList } from '../../scripts/release/sbom.ts';

const root = join(import.meta.dirname, '../..');

test('the bill of materials names all that production installs, with licences we know, hashes and dependencies', () => {
  const all = inventory();
  const { components, dependencies } = bill(all);
  const known = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'production-packages.json'), 'utf8')));
  const required = all.packages.filter(({ optional }) => !optional);
  assert.deepEqual(
    known.filter((name) => !required.some((one) => one.name === name)),
    [],
  );
  const allowed =
    /^(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|Bitstream-Vera|CC0-1\.0|0BSD|BlueOak-1\.0\.0|Unlicense)( OR |$)/;
  for (const { name, licence, sha512 } of all.packages) {
    assert.match(licence, allowed, name);
    assert.match(sha512, /^[\da-f]{128}$/, name);
  }
  const refs = new Set(components.map((one) => one['bom-ref']));
  assert.equal(refs.size, all.packages.length);
  const reached = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn));
  assert.deepEqual(
    [...reached].filter((ref) => !refs.has(ref)),
    [],
  );
  assert.deepEqual(
    [...refs].filter((ref) => !reached.has(ref)),
    [],
    'each is there because another needs it',
  );
  assert.equal(
    licenceList(all)
      .split('\n')
      .filter((line) => line.startsWith('| ')).length,
    refs.size + 1,
  );
});

test('a version is released from a clean commit that says it everywhere, once', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-release-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  git('init', '--quiet');
  for (const [name, value] of [
    ['user.name', 'Essai'],
    ['user.email', 'essai@compte.exemple.fr'],
    ['commit.gpgsign', 'false'],
  ])
    git('config', name ?? '', value ?? '');
  const repository = { folder, today: '2026-03-02' };
  const problems = () => releaseProblems(repository, '0.2.0').map((line) => line.split(':')[0]);
  write('.gitignore', 'release/\n');
  for (const name of ['package.json', 'package-lock.json']) write(name, '{"version": "0.1.0"}');
  write('CHANGELOG.md', '# Changelog\n');
  assert.deepEqual(problems(), [
    'there are changes that are not committed',
    'package.json says 0.1.0',
    'package-lock.json says 0.1.0',
    'CHANGELOG.md has no section "## 0.2.0 - 2026-03-02"',
  ]);
  for (const name of ['package.json', 'package-lock.json']) write(name, '{"version": "0.2.0"}');
  write('CHANGELOG.md', '# Changelog\n\n## 0.2.0 - 2026-03-02\n\n## 0.1.0 - 2026-01-01\n\n- First.\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Prepare 0.2.0');
  assert.deepEqual(problems(), ['the section of 0.2.0 in CHANGELOG.md says nothing']);
  write('CHANGELOG.md', '# Changelog\n\n## 0.2.0 - 2026-03-02\n\n- Second.\n');
  git('commit', '--quiet', '--all', '--message', 'Say what is new');
  assert.deepEqual(problems(), []);
  assert.equal(releaseProblems(repository, '0.2').length, 1);
  const [archive = '', checksum = ''] = release(repository, '0.2.0');
  const bytes = readFileSync(join(folder, 'release', archive));
  const said = readFileSync(join(folder, 'release', checksum), 'utf8');
  assert.equal(said, `${createHash('sha256').update(bytes).digest('hex')}  ${archive}\n`);
  const listed = execFileSync('tar', ['tzf', '-'], { input: bytes, encoding: 'utf8' }).split('\n');
  assert.ok(listed.includes('compte-assure-0.2.0/CHANGELOG.md'), listed.join(' '));
  assert.equal(git('tag', '--list').trim(), 'v0.2.0');
  assert.deepEqual(problems(), ['the tag v0.2.0 exists already']);
});

test('the present changelog has its section for what is not released', () => {
  assert.match(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), /\n## Unreleased\n\n### \w+\n\n- /);
});
