import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showJobs } from '#src/cli/jobs/show-jobs.ts';
import { exitCodes } from '#src/cli/terminal.ts';
import { duties } from '#src/housekeeping/housekeeping.ts';
import { testDatabase } from '#test/setting/database.ts';

const installation = { mode: 'production', dataDir: '/nowhere' } as const;

test('compte jobs shows each duty, and fails while one never ran, is late or failed', async (t) => {
  const { db } = await testDatabase(t);
  const show = async () => {
    const lines: string[] = [];
    const code = await showJobs({ out: (line) => lines.push(line) }, db, installation);
    return { code, lines };
  };
  const before = await show();
  assert.equal(before.code, exitCodes.failed);
  assert.match(before.lines[1] ?? '', /^reminders +OVERDUE +never$/);

  const now = new Date();
  const ran = (name: string, outcome: 'done' | 'failed') => ({
    name,
    id: crypto.randomUUID(),
    started_at: new Date(now.getTime() - 1_500),
    finished_at: now,
    outcome,
    counts: JSON.stringify(outcome === 'done' ? { deleted: 3 } : {}),
  });
  await db
    .insertInto('job_run')
    .values(duties.map(({ name }) => ran(name, 'done')))
    .execute();
  const after = await show();
  assert.equal(after.code, exitCodes.done);
  assert.equal(after.lines.length, duties.length + 1);
  assert.match(after.lines[1] ?? '', /^reminders +ok +\S+Z +1\.5 s +deleted 3 +\S+Z$/);

  await db
    .updateTable('job_run')
    .set({ outcome: 'failed', counts: '{}' })
    .where('name', '=', 'audit')
    .execute();
  const failed = await show();
  assert.equal(failed.code, exitCodes.failed);
  assert.match(failed.lines.join('\n'), /^audit +FAILED .* failed /m);
});
