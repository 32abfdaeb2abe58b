import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { openFile, UnusableFile } from '#src/files/open-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-files-'));
after(() => rmSync(folder, { recursive: true }));
const nothing = () => Readable.from([]);

async function readAll(content: Buffer | string): Promise<string> {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const file = await openFile(path, nothing());
  try {
    return (await buffer(file.bytes)).toString('utf8');
  } finally {
    await file.close();
  }
}

const json = '{"nir":"1850578006084","birthName":"Durand"}\n{"nir":"2850578006084","birthName":"Évrard"}\n';

test('a file, a compressed file and a pipe give the same content', async () => {
  assert.equal(await readAll(json), json);
  assert.equal(await readAll(gzipSync(json)), json);
  assert.equal(await readAll(zstdCompressSync(json)), json);
  assert.equal(await readAll(Buffer.concat([gzipSync(json), gzipSync(json)])), json + json);
  const piped = await openFile(
    '-',
    Readable.from([Buffer.from(json.slice(0, 7)), Buffer.from(json.slice(7))]),
  );
  assert.equal((await buffer(piped.bytes)).toString('utf8'), json);
  assert.equal(piped.modifiedAt, null);
  assert.equal(piped.sha256().toString('hex'), hash('sha256', json));
  assert.equal(await readAll(''), '');
});

/** The text as iconv or Notepad write it. */
function utf16(text: string, bigEndian = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

test('another format is named, with what to do', async () => {
  const latin1 = Buffer.from('{"birthName":"Élodie"}\n'.repeat(4), 'latin1');
  const zip = (name: string) =>
    Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from(name), deflateRawSync(json)]);
  const tar = Buffer.alloc(1024);
  tar.write('register.ndjson');
  tar.write('ustar', 257);
  const cases: readonly (readonly [Buffer | string, RegExp])[] = [
    [gzipSync(gzipSync(json)), /compressed twice, by gzip last: .*gunzip/],
    [zip('register.ndjson'), /a zip archive: .*unzip/],
    [zip('[Content_Types].xml'), /a spreadsheet: /],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /a spreadsheet: /],
    ['%PDF-1.7\n%âãÏÓ\n', /a PDF: /],
    ['BZh91AY&SY', /bzip2/],
    [Buffer.from('fd377a585a000004', 'hex'), /xz/],
    [gzipSync(zstdCompressSync(json)), /compressed twice, by zstd last: .*unzstd/],
    [Buffer.from('377abcaf271c0004', 'hex'), /7z/],
    [tar, /a tar archive: /],
    ['age-encryption.org/v1\n-> X25519', /encrypted/],
    ['-----BEGIN PGP MESSAGE-----\n', /encrypted/],
    ['SQLite format 3\u0000', /SQLite/],
    ['PAR1\u0015\u0004', /Parquet/],
    [utf16(`\ufeff${json}`), /UTF-16: .*iconv/],
    [utf16(`\ufeff${json}`, true), /UTF-16/],
    [utf16(json), /UTF-16/],
    [utf16(json, true), /UTF-16/],
    [Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), /UTF-32/],
    [latin1, /Latin-1 or Windows-1252: .*iconv/],
    [Buffer.alloc(4096), /no text/],
    ['<?xml version="1.0"?>\n<assures/>', /XML/],
    ['<!doctype html>\n<title>504</title>', /HTML/],
    [`[${json.split('\n')[0]}]`, /one JSON list: .*jq -c "\.\[\]"/],
    ['\ufeff\n [\n  {"nir"', /one JSON list/],
    ['{\n  "nir": "1850578006084"\n}\n', /JSON over several lines: .*jq -c/],
    [json.replaceAll('\n', '\r'), /CR alone: .*tr/],
    ['nir;nom;prenom;naissance\n1850578006084;Durand;Josette;1985-05-01\n', /a table \(CSV\)/],
    ['nir,nom,prenom,naissance\n', /a table \(CSV\)/],
    ['nir\tnom\tprenom\tnaissance\r\n', /a table \(CSV\)/],
  ];
  for (const [content, message] of cases) {
    for (const variant of message.source.startsWith('compressed')
      ? [content]
      : [content, gzipSync(content)]) {
      await assert.rejects(readAll(variant), (error) => {
        assert.ok(error instanceof UnusableFile);
        assert.match(error.message, message);
        return true;
      });
    }
  }
});

test('a text that is merely wrong is left to the reader of its lines', async () => {
  for (const text of [
    `\ufeff\ufeff${json}`,
    json.replaceAll('\n', '\r\n'),
    'x\n',
    'not json\n{"a":1}\n',
    '{}\n',
    `{"birthName":"\u0000"}\n${json}`,
  ])
    assert.equal(await readAll(text), text);
});

test('a file that cannot be opened or read gets a message in words', async () => {
  const secret = join(folder, 'secret');
  writeFileSync(secret, json);
  chmodSync(secret, 0);
  mkdirSync(join(folder, 'folder'));
  symlinkSync('loop', join(folder, 'loop'));
  const cases: readonly (readonly [string, RegExp])[] = [
    ['/nowhere/josette.durand@exemple.fr', /^there is no such file$/],
    [join(secret, 'below'), /^there is no such file$/],
    [join(folder, 'folder'), /^this is a directory/],
    [join(folder, 'loop'), /leads back to itself/],
    ['/dev/zero', /device/],
    [`/${'x'.repeat(300)}`, /too long/],
  ];
  for (const [path, message] of cases) await assert.rejects(openFile(path, nothing()), { message });
  if (process.getuid?.() !== 0)
    await assert.rejects(openFile(secret, nothing()), { message: 'the file may not be read by this user' });
});

test('a compressed file that is cut, damaged, or grows without end', async () => {
  for (const compress of [gzipSync, zstdCompressSync]) {
    const compressed = compress(json.repeat(5000));
    const damaged = Buffer.from(compressed);
    damaged.fill(0x55, compressed.length / 2, compressed.length / 2 + 20);
    for (const content of [compressed.subarray(0, compressed.length - 5), damaged])
      await assert.rejects(readAll(content), { message: /^the compressed file is damaged or cut short/ });

    const bomb = join(folder, 'bomb');
    writeFileSync(bomb, compress(Buffer.alloc(100 * 1024 * 1024, 0x20)));
    const file = await openFile(bomb, nothing());
    let length = 0;
    await assert.rejects(
      async () => {
        for await (const bytes of file.bytes) length += bytes.length;
      },
      { message: /grows more than 100 times/ },
    );
    await file.close();
    assert.ok(length <= 65 * 1024 * 1024);
  }
});

test('a file that is still being written is refused', async () => {
  const path = join(folder, 'growing');
  writeFileSync(path, json.repeat(10_000));
  const file = await openFile(path, nothing());
  await assert.rejects(
    async () => {
      for await (const _ of file.bytes) writeFileSync(path, json, { flag: 'a' });
    },
    { message: /written to while it was read/ },
  );
  await file.close();
});
