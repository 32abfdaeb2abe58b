import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAsOf } from '#src/register-import/as-of.ts';
import { type FileKind, orderRefusal } from '#src/register-import/order.ts';

function day(text: string) {
  return parseAsOf(text) ?? assert.fail(text);
}

test('a delta goes on a register of exactly its date; a full file must not be older', () => {
  const delta = (since: string): FileKind => ({ kind: 'delta', since: day(since) });
  const full: FileKind = { kind: 'full' };
  const cases: readonly (readonly [FileKind, asOf: string, newest: string | null, refused: string | null])[] =
    [
      [full, '2026-11-20', null, null],
      [full, '2026-11-20', '2026-11-20', null],
      [full, '2026-11-20', '2026-11-21', 'older'],
      [delta('2026-11-20'), '2026-11-21', '2026-11-20', null],
      [delta('2026-11-20'), '2026-11-21', '2026-11-20T04:00:00Z', null],
      [delta('2026-11-20T04:00:00Z'), '2026-11-20T16:00:00Z', '2026-11-20', null],
      [delta('2026-11-20'), '2026-11-21', null, 'delta-first'],
      [delta('2026-11-20'), '2026-11-21', '2026-11-19', 'delta-gap'],
      [delta('2026-11-20'), '2026-11-21', '2026-11-21', 'delta-behind'],
      [delta('2026-11-20'), '2026-11-20', '2026-11-20', 'delta-backwards'],
      [delta('2026-11-20'), '2026-11-19', '2026-11-20', 'delta-backwards'],
    ];
  for (const [file, asOf, newest, refused] of cases) {
    const found = orderRefusal(file, day(asOf), newest === null ? null : day(newest));
    assert.equal(found?.reason ?? null, refused, `${asOf} after ${newest}`);
  }
});
