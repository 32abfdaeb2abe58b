import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unpackTar } from '#src/database/tar.ts';

function entry(prefix: string, name: string, content: string | null): Buffer {
  const header = Buffer.alloc(512);
  const bytes = Buffer.from(content ?? '');
  header.write(name, 0);
  header.write(bytes.length.toString(8).padStart(11, '0'), 124);
  header.write(content === null ? '5' : '0', 156);
  header.write(prefix, 345);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

test('folders, empty files and files of any length are unpacked, and the one that completes them comes last', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-tar-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const long = 'x'.repeat(513);
  const entries = [
    entry('', '/VERSION', '17'),
    entry('', '/base', null),
    entry('/base', 'one', long),
    entry('', '/base/two', ''),
    entry('', '/unused/three', '3'),
  ];
  const unpack = (some: readonly Buffer[]) =>
    unpackTar(Buffer.concat([...some, Buffer.alloc(1024)]), folder, { last: 'VERSION', without: ['unused'] });
  assert.throws(() => unpack(entries.slice(1)), /no VERSION/);
  assert.deepEqual(readdirSync(folder), ['base'], 'not complete yet');
  unpack(entries);
  assert.deepEqual(readdirSync(folder, { recursive: true }).sort(), [
    'VERSION',
    'base',
    'base/one',
    'base/two',
  ]);
  assert.equal(readFileSync(join(folder, 'VERSION'), 'utf8'), '17');
  assert.equal(readFileSync(join(folder, 'base/one'), 'utf8'), long);
  assert.equal(readFileSync(join(folder, 'base/two'), 'utf8'), '');
});
