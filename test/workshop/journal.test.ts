import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import { journalFile, openJournal } from '#src/workshop/classes/journal.ts';

const at = '2026-11-24T09:00:00Z';
const prepared: ClassEvent = {
  kind: 'prepared',
  at,
  plan: {
    ...{ name: 'Médiathèque', level: 'debutant', scenario: 'premiers-pas', policy: 'ameli-2025' },
    ...{ seats: 3, language: 'fr', code: 'ACD34' },
  },
};
const sits: ClassEvent = { kind: 'seated', at, seat: 1, firstName: 'Zoé', device: 'd' };
const hand: ClassEvent = { kind: 'hand', at, seat: 1, raised: true };

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'compte-journal-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test('a line that a fall has cut is left out, wherever it was cut, and the next one is whole', async (t) => {
  const own = folder(t);
  const first = await openJournal(own, prepared);
  await first.close();
  const line = Buffer.from(JSON.stringify(sits));
  const inLetter = line.indexOf(Buffer.from('é')) + 1;
  for (const cut of [1, inLetter, line.length]) {
    appendFileSync(join(own, journalFile), line.subarray(0, cut));
    const again = await openJournal(own, null);
    assert.equal(again.events().filter(({ kind }) => kind === 'seated').length, 0, `${cut}`);
    await again.add(hand);
    await again.close();
    const lines = readFileSync(join(own, journalFile), 'utf8').trimEnd().split('\n');
    assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), hand);
  }
  // A disk may leave zeros where a line was to be.
  appendFileSync(join(own, journalFile), Buffer.alloc(40));
  const last = await openJournal(own, null);
  assert.deepEqual(last.events(), [prepared, hand, hand, hand]);
  await last.close();
});

test('a journal that begins with half a line is no class, and stays as it is', async (t) => {
  const own = folder(t);
  const half = JSON.stringify(prepared).slice(0, 30);
  appendFileSync(join(own, journalFile), half);
  await assert.rejects(openJournal(own, null), /holds no class/);
  assert.equal(readFileSync(join(own, journalFile), 'utf8'), half);
});

test('a disk that takes no more tells who writes, and the journal stays whole', async (t) => {
  const own = folder(t);
  const first = await openJournal(own, prepared);
  await first.close();
  const writer = fileURLToPath(import.meta.resolve('./journal-writer.ts'));
  const limited = 'ulimit -f 4; exec "$0" "$@"';
  const { stdout, stderr } = spawnSync('sh', ['-c', limited, process.execPath, writer, own], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '' },
  });
  const said = JSON.parse(stdout || `"${stderr}"`);
  const { stored } = said;
  assert.ok(stored > 3);
  assert.deepEqual(said, {
    ...{ stored, problem: 'full', again: 'refused', trouble: 'full' },
    ...{ told: stored + 2, events: stored + 1 },
  });
  const again = await openJournal(own, null);
  assert.equal(again.events().length, stored + 1);
  await again.add(sits);
  assert.equal(again.trouble(), null);
  await again.close();
  const whole = await openJournal(own, null);
  assert.deepEqual(whole.events().at(-1), sits);
  await whole.close();
});
