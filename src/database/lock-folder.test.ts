import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { FolderInUse, lockFolder } from '#src/database/lock-folder.ts';

test('a folder is kept for one process, also where a killed one leaves its socket behind', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-lock-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const asFile = (name: string): string => join(folder, `${name}.sock`);
  for (const pathOf of [undefined, asFile]) {
    const first = await lockFolder(folder, pathOf);
    await assert.rejects(lockFolder(folder, pathOf), FolderInUse);
    await new Promise((resolve) => first.close(resolve));
    const again = await lockFolder(folder, pathOf);
    await new Promise((resolve) => again.close(resolve));
  }
  const killed = spawnSync(process.execPath, [
    '-e',
    'require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))',
    join(folder, 'left.sock'),
  ]);
  assert.equal(killed.signal, 'SIGKILL');
  const after = await lockFolder(folder, () => join(folder, 'left.sock'));
  await new Promise((resolve) => after.close(resolve));
});
