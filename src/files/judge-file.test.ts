import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import type { ClamdAddress } from '#src/files/clamd.ts';
import { openFileJudge } from '#src/files/judge-file.ts';
import { jpeg, page, pdf, pngOf, streamOf } from '#test/setting/made-files.ts';

// However busy the machine is: how long a file may take is looked at below.
const judge = openFileJudge({ clamd: null, deadlineMs: 120_000 });
after(() => judge.close());

async function verdict(bytes: Buffer, by = judge): Promise<string> {
  const judged = await by.judge(bytes);
  if (judged.kind === 'fit') return judged.type;
  return judged.kind === 'unfit' ? judged.reason : judged.why;
}

const catalog = (more: string) => pdf([`<< /Type /Catalog /Pages 2 0 R ${more} >>`, ...page]);

const linked = (action: string) =>
  catalog(`/X << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A ${action} >>`);

test('a letter as pdfkit writes it, a picture, and nothing by its name', async () => {
  const written = new PDFDocument({ pdfVersion: '1.7', tagged: true, lang: 'fr' });
  written.text('Bonjour «/JS» (/Launch)');
  written.link(0, 0, 99, 9, 'https://exemple.fr');
  written.end();
  assert.equal(await verdict(await buffer(written)), 'application/pdf');
  assert.equal(await verdict(catalog('/OpenAction [3 0 R /Fit]')), 'application/pdf');
  assert.equal(await verdict(catalog('/OpenAction << /S /GoTo /D [3 0 R /Fit] >>')), 'application/pdf');
  assert.equal(await verdict(pngOf(3_000, 4_000)), 'image/png');
  assert.equal(await verdict(jpeg(3_000, 4_000)), 'image/jpeg');
  assert.equal(await verdict(Buffer.from('<html><script>alert(1)</script>')), 'other-type');
  assert.equal(await verdict(Buffer.from('PK\u0003\u0004 carte.pdf')), 'other-type');
  assert.equal(await verdict(Buffer.alloc(0)), 'empty');
  assert.equal(await verdict(Buffer.concat([catalog(''), Buffer.alloc(10 * 1024 * 1024)])), 'too-large');
});

test('what acts, hides other files or plays is refused, however it is written', async () => {
  const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
  const cases: readonly (readonly [Buffer, string])[] = [
    [catalog(`/OpenAction ${script}`), 'scripts'],
    [catalog('/OpenAction << /S /Java#53cript /J#53 (x) >>'), 'scripts'],
    [catalog(`/Names << /JavaScript << /Names [(a) ${script}] >> >>`), 'scripts'],
    [catalog(`/AcroForm << /Fields [<< /FT /Tx /T (a) /A ${script} >>] >>`), 'scripts'],
    [
      pdf([
        '<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>',
        ...page,
        '<< /S /URI /URI (https://x.fr) >>',
      ]),
      'actions',
    ],
    [catalog('/OpenAction << /S /Named /N /Print >>'), 'actions'],
    [catalog('/AA << /WC << /S /GoTo /D [3 0 R /Fit] >> >>'), 'actions'],
    [catalog('/OpenAction << /S /Launch /F (cmd.exe) >>'), 'actions'],
    [catalog('/X << /S /Submit#46orm /F (https://x.fr) >>'), 'actions'],
    [catalog('/X << /S /ImportData /F (a.fdf) >>'), 'actions'],
    [pdf(['<< /Type /Catalog /Pages 2 0 R /X << /S 4 0 R >> >>', ...page, '/Launch']), 'actions'],
    [catalog('/Names << /EmbeddedFiles << /Names [] >> >>'), 'embedded-files'],
    [catalog('/X << /Type /Annot /Subtype /FileAttachment >>'), 'embedded-files'],
    [catalog('/AcroForm << /XFA (x) /Fields [] >>'), 'xfa'],
    [catalog('/X << /Type /Annot /Subtype /RichMedia >>'), 'media'],
    [catalog('/X << /Type /Annot /Subtype /#33D >>'), 'media'],
    [catalog('/X << /Type /Annot /Subtype /Movie >>'), 'media'],
    [catalog('/X << /Type /Annot /Subtype /Movie /Movie << /F (x.mov) >> >>'), 'media'],
    [catalog('/X << /Subtype /PS >>'), 'actions'],
    [linked('<< /S /Thread /D 0 >>'), 'actions'],
    [linked('<< /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (https://x.fr) >> >>'), 'actions'],
  ];
  for (const [file, expected] of cases) assert.equal(await verdict(file), expected, file.toString('latin1'));
});

test('a link leads to the web, to mail or to a telephone, and a document names no other file', async () => {
  const to = (address: string) => linked(`<< /S /URI /URI ${address} >>`);
  const bookmarks = [
    '<< /First 5 0 R /Last 6 0 R /Count 2 >>',
    '<< /Title (a) /Parent 4 0 R /Next 6 0 R /A << /S /GoTo /D [3 0 R /Fit] >> >>',
    '<< /Title (b) /Parent 4 0 R /Prev 5 0 R /A << /S /URI /URI (https://x.fr) >> >>',
  ];
  const fit = [
    ...[
      '(https://x.fr/a\\(b\\))',
      '(HTTP://x.fr)',
      '(mailto:a@x.fr)',
      '(tel:3646)',
      '(www.x.fr/a)',
      '(#b)',
    ].map(to),
    catalog('/URI << /Base (https://x.fr) >>'),
    pdf(['<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>', ...page, ...bookmarks]),
    catalog('/X << /Type /Annot /Subtype /Link /F 4 >>'),
  ];
  for (const file of fit) assert.equal(await verdict(file), 'application/pdf', file.toString('latin1'));
  const unfit = [
    ...[
      '(file:///etc/passwd)',
      '(javascript:a\\(\\))',
      '(\\011file:///x)',
      '(C:/x)',
      '(//x/y)',
      '(\\\\\\\\x\\\\y)',
    ].map(to),
    // In UTF-16, as bytes, and as an object of its own.
    to('<FEFF00660069006C0065003A002F002F002F0078>'),
    to('<66696c653a2f2f2f80ff>'),
    pdf(['<< /Type /Catalog /Pages 2 0 R /X << /URI 4 0 R >> >>', ...page, '(https://x.fr)']),
    catalog('/URI << /Base (file:///) >>'),
    catalog('/X << /Type /Filespec /UF (x) >>'),
    catalog('/X << /Ref << /F (other.pdf) /Page 0 >> >>'),
    pdf(['<< /Type /Catalog /Pages 2 0 R /X 4 0 R >>', ...page, streamOf('/F (c:/x)', Buffer.alloc(0))]),
  ];
  for (const file of unfit) assert.equal(await verdict(file), 'actions', file.toString('latin1'));
});

test('what is written in a compressed object stream is seen', async () => {
  const hidden = '<< /S /JavaScript /JS (x) >>';
  const objects = Buffer.from(`5 0 ${hidden}`);
  const inStream = streamOf('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(objects));
  const head = '%PDF-1.7\n';
  const bodies = ['<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>', ...page, inStream];
  const offsets: number[] = [];
  let file = Buffer.from(head, 'latin1');
  for (const [place, body] of bodies.entries()) {
    offsets.push(file.length);
    file = Buffer.concat([
      file,
      Buffer.from(`${place + 1} 0 obj\n`),
      Buffer.from(body),
      Buffer.from('\nendobj\n'),
    ]);
  }
  const at = file.length;
  const row = (type: number, value: number, third: number) => [type, value >> 8, value & 0xff, third];
  const rows = Buffer.from(
    [row(0, 0, 255), ...offsets.map((offset) => row(1, offset, 0)), row(2, 4, 0), row(1, at, 0)].flat(),
  );
  const xref = streamOf('/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R', rows);
  const end = Buffer.from(`\nendobj\nstartxref\n${at}\n%%EOF\n`);
  assert.equal(await verdict(Buffer.concat([file, Buffer.from('6 0 obj\n'), xref, end])), 'scripts');
});

test('a file that is damaged, two files at once or too much is refused', async () => {
  const fine = catalog('');
  assert.equal(await verdict(fine), 'application/pdf');
  assert.equal(await verdict(fine.subarray(0, 120)), 'damaged');
  assert.equal(await verdict(Buffer.concat([Buffer.from('\n'), fine])), 'other-type');
  assert.equal(
    await verdict(Buffer.concat([fine, Buffer.from('<script>alert(1)</script>')])),
    'several-types',
  );
  const zipEnd = Buffer.from(`PK\u0005\u0006${'\0'.repeat(18)}`, 'latin1');
  assert.equal(await verdict(Buffer.concat([jpeg(10, 10), zipEnd])), 'several-types');
  zipEnd.writeUInt16LE(fine.length, 20);
  assert.equal(await verdict(Buffer.concat([Buffer.from('%PDF-1.7\n'), zipEnd, fine])), 'several-types');
  // Some readers are content with a list of entries, whatever follows the archive.
  const entry = Buffer.from(`PK\u0001\u0002${'\0'.repeat(42)}`, 'latin1');
  zipEnd.writeUInt32LE(entry.length, 12);
  zipEnd.writeUInt16LE(0, 20);
  const loose = Buffer.concat([entry, zipEnd, Buffer.from('%%EOF\n')]);
  assert.equal(await verdict(Buffer.concat([fine, loose])), 'several-types');
  assert.equal(await verdict(Buffer.concat([jpeg(10, 10), loose])), 'several-types');
  assert.equal(await verdict(catalog('/X (<html><script>alert\\(1\\)</script>)')), 'several-types');
  assert.equal(await verdict(Buffer.concat([pngOf(10, 10), fine])), 'several-types');
  assert.equal(await verdict(Buffer.concat([jpeg(10, 10), fine])), 'several-types');
  assert.equal(await verdict(pngOf(20_001, 10)), 'dimensions');
  assert.equal(await verdict(jpeg(20_000, 20_000)), 'dimensions');
  assert.equal(await verdict(pngOf(0, 10)), 'damaged');
  assert.equal(await verdict(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'damaged');
  const encrypted = new PDFDocument({ ownerPassword: 'a' });
  encrypted.end();
  assert.equal(await verdict(await buffer(encrypted)), 'encrypted');
  const locked = new PDFDocument({ userPassword: 'a' });
  locked.end();
  assert.equal(await verdict(await buffer(locked)), 'encrypted');
  const nothings = Array.from({ length: 50_000 }, () => 'null');
  assert.equal(
    await verdict(pdf(['<< /Type /Catalog /Pages 2 0 R >>', ...page, ...nothings])),
    'too-complex',
  );
});

test('bombs are refused by what they unpack to, and the next file is judged', async () => {
  const bomb = deflateSync(Buffer.alloc(150_000_000));
  const contents = (filter: string, bytes: Buffer) =>
    pdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>',
      streamOf(`/Filter ${filter}`, bytes),
    ]);
  assert.equal(await verdict(contents('/FlateDecode', bomb)), 'too-complex');
  assert.equal(await verdict(contents('[/FlateDecode /FlateDecode]', deflateSync(bomb))), 'too-complex');
  const runs = Buffer.alloc(2_000_000, Buffer.from([129, 65]));
  assert.equal(await verdict(contents('/RunLengthDecode', runs)), 'too-complex');
  const parameters = '/DecodeParms << /Predictor 12 /Columns 2000000000 >>';
  const wide = contents(`/FlateDecode ${parameters}`, deflateSync(Buffer.alloc(1_000)));
  assert.equal(await verdict(wide), 'too-complex');
  assert.equal(await verdict(catalog('')), 'application/pdf');
});

test('one file that takes too long is ended; those beyond the queue are told to come later', async (t) => {
  const hasty = openFileJudge({ clamd: null, deadlineMs: 1, mostWaiting: 1 });
  t.after(() => hasty.close());
  const verdicts = await Promise.all(Array.from({ length: 4 }, () => verdict(catalog(''), hasty)));
  assert.deepEqual(verdicts, ['too-slow', 'too-slow', 'busy', 'busy']);
});

test('clamd: a virus is refused, and silence is no consent', async (t) => {
  const path = join(tmpdir(), `compte-clamd-${process.pid}`);
  let answer = 'stream: OK\0';
  const server = createServer((socket) => {
    socket.on('data', (data: Buffer) => {
      if (data.subarray(-4).equals(Buffer.alloc(4))) socket.end(answer);
    });
  });
  server.listen(path);
  await once(server, 'listening');
  t.after(() => {
    server.close();
    rmSync(path, { force: true });
  });
  const scanning = (clamd: ClamdAddress) => {
    const opened = openFileJudge({ clamd });
    t.after(() => opened.close());
    return opened;
  };
  const scanned = scanning({ path });
  assert.equal(await verdict(jpeg(10, 10), scanned), 'image/jpeg');
  answer = 'stream: Eicar-Test-Signature FOUND\0';
  assert.equal(await verdict(jpeg(10, 10), scanned), 'virus');
  answer = 'INSTREAM size limit exceeded. ERROR\0';
  assert.equal(await verdict(jpeg(10, 10), scanned), 'scanner-away');
  answer = '';
  assert.equal(await verdict(jpeg(10, 10), scanned), 'scanner-away');
  assert.equal(await verdict(jpeg(10, 10), scanning({ path: `${path}-none` })), 'scanner-away');
});
