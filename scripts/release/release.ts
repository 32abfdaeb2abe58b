import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { writeInventory } from './sbom.ts';

/**
 * Makes a release of what is committed: `npm run release -- 0.2.0`. First the version is written into package.json and
 * package-lock.json (`npm version 0.2.0 --no-git-tag-version`), its section into CHANGELOG.md, and both are committed.
 * This checks that, tags the commit, and writes into `release/` the archive of the tag with its checksum, the bill of
 * materials and the licences. `--check` only checks.
 */

const versioned = z.object({ version: z.string() });

/** A repository to release from. */
export interface Repository {
  readonly folder: string;
  /** The civil day of the release, as the changelog must say it. */
  readonly today: string;
}

function git(folder: string, ...args: readonly string[]): Buffer {
  return execFileSync('git', args, {
    cwd: folder,
    maxBuffer: 1_000_000_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What keeps a version from being released, one line each. */
export function releaseProblems({ folder, today }: Repository, version: string): string[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return [`${version} is no version such as 0.2.0`];
  const problems: string[] = [];
  if (git(folder, 'status', '--porcelain').length > 0)
    problems.push('there are changes that are not committed: commit or remove them');
  if (git(folder, 'tag', '--list', `v${version}`).length > 0)
    problems.push(`the tag v${version} exists already`);
  for (const name of ['package.json', 'package-lock.json']) {
    const said = versioned.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).version;
    if (said !== version)
      problems.push(`${name} says ${said}: run "npm version ${version} --no-git-tag-version" and commit`);
  }
  const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
  const [, section] = changelog.split(`\n## ${version} - ${today}\n`);
  if (section === undefined) problems.push(`CHANGELOG.md has no section "## ${version} - ${today}"`);
  else if (!/^- /m.test(section.split('\n## ')[0] ?? ''))
    problems.push(`the section of ${version} in CHANGELOG.md says nothing`);
  return problems;
}

/** Tags the commit, and writes its archive; answers the names of the files in `release/`. */
export function release({ folder }: Pick<Repository, 'folder'>, version: string): readonly string[] {
  const name = `compte-assure-${version}`;
  git(folder, 'tag', '--annotate', `v${version}`, '--message', `compte-assure ${version}`);
  // The same commit gives the same bytes: gzip without name and time.
  const archive = gzipSync(git(folder, 'archive', '--format=tar', `--prefix=${name}/`, `v${version}`), {
    level: 9,
  });
  const target = join(folder, 'release');
  mkdirSync(target, { recursive: true });
  const digest = createHash('sha256').update(archive).digest('hex');
  writeFileSync(join(target, `${name}.tar.gz`), archive);
  writeFileSync(join(target, `${name}.tar.gz.sha256`), `${digest}  ${name}.tar.gz\n`);
  return [`${name}.tar.gz`, `${name}.tar.gz.sha256`];
}

if (import.meta.main) {
  const [version = '', ...options] = process.argv.slice(2);
  const folder = join(import.meta.dirname, '../..');
  const today = new Date().toISOString().slice(0, 10);
  const problems = releaseProblems({ folder, today }, version);
  for (const problem of problems) process.stderr.write(`release: ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
  else if (options.includes('--check')) process.stdout.write(`${version} can be released\n`);
  else {
    const files = release({ folder }, version);
    writeInventory(pathToFileURL(`${join(folder, 'release')}/`));
    for (const file of [...files, 'sbom.cdx.json', 'licences.md']) process.stdout.write(`release/${file}\n`);
    process.stdout.write(`Now push the tag: git push origin v${version}\n`);
  }
}
