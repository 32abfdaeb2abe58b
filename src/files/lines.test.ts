import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileLine, linesOf } from '#src/files/lines.ts';

async function read(chunks: Iterable<Buffer>, most = 100): Promise<FileLine[]> {
  return Array.fromAsync(linesOf(chunks, most));
}

const whole = (text: string) => [Buffer.from(text)];
/** However a file is cut into chunks, its lines are the same. */
const byteByByte = (text: string) => [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
const texts = (lines: readonly FileLine[]) =>
  lines.map((line) => ('text' in line ? line.text : `! ${line.problem}`));

test('LF ends a line, with or without CR; nothing else does', async () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['\n', ['']],
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\n\nb', ['a', '', '', 'b']],
    ['a\u2028b\u2029c\u0085d\u000be\u000cf\n', ['a\u2028b\u2029c\u0085d\u000be\u000cf']],
    ['a\rb\n', ['a\rb']],
    ['\ufeffa\n\ufeffb\n', ['a', '\ufeffb']],
    ['é€😀\nœ', ['é€😀', 'œ']],
  ];
  for (const [text, lines] of cases) {
    assert.deepEqual(texts(await read(whole(text))), lines);
    assert.deepEqual(texts(await read(byteByByte(text))), lines);
  }
});

test('a last line without a line feed is reported as such', async () => {
  const ended = (await read(whole('a\nb'))).map((line) => [line.number, line.ended]);
  assert.deepEqual(ended, [
    [1, true],
    [2, false],
  ]);
});

test('a line that is too long, not UTF-8 or holds a NUL byte is reported, and the next one is read', async () => {
  const chunks = [
    Buffer.from(`${'x'.repeat(10)}\r\n${'y'.repeat(11)}\n`),
    Buffer.from([0xc3, 0x28, 0x0a, 0x61, 0x00, 0x0a, 0xed, 0xa0, 0x80, 0x0a]),
    Buffer.from('é'.repeat(5)),
  ];
  const expected = ['x'.repeat(10), '! too-long', '! encoding', '! nul', '! encoding', 'é'.repeat(5)];
  assert.deepEqual(texts(await read(chunks, 10)), expected);
  assert.deepEqual(texts(await read(byteByByte('\ufeff0123456789\r\n'), 10)), ['0123456789']);
});

test('an endless line takes no more memory than the longest line allowed', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 0x78);
  const before = process.memoryUsage().arrayBuffers;
  function* endless() {
    for (let count = 0; count < 600; count += 1) yield chunk;
    yield Buffer.from('\nlast\n');
  }
  let most = 0;
  async function* watched() {
    for (const bytes of endless()) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      yield bytes;
    }
  }
  const lines = await Array.fromAsync(linesOf(watched(), 65_536));
  assert.deepEqual(texts(lines), ['! too-long', 'last']);
  assert.ok(most < 100 * 1024 * 1024, `${most} bytes were held`);
});
