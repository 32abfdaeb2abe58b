import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '#src/database/open.ts';

// One database for the whole story: making one takes longer than all the rest.
const folder = await mkdtemp(join(tmpdir(), 'compte-embedded-'));
after(() => rm(folder, { recursive: true, force: true }));

function open() {
  return openDatabase({ url: null, dataDir: folder, poolSize: 1 });
}

const writer = join(import.meta.dirname, 'embedded-child.ts');

/** Lets another process write until it has acknowledged `atLeast` more transactions, then kills it. */
async function writeAndKill(atLeast: number) {
  const preload = ['--import', join(import.meta.dirname, 'told-flushes.ts')];
  const child = spawn(process.execPath, [...preload, writer, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  const enough = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      if (out.split('\n').length > atLeast) resolve();
    });
    child.once('close', () => reject(new Error(`The writer ended by itself: ${err}`)));
  });
  await enough;
  await wait(Math.random() * 20);
  child.kill('SIGKILL');
  await ended;
  const said = out.trim().split('\n');
  const flushes = err.split('\n').filter((line) => line === 'flushed').length;
  return { last: Number(said.at(-1)), commits: said.length, flushes };
}

test('after a kill during writes, the embedded database has every acknowledged transaction, complete', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { last, commits, flushes } = await writeAndKill(20 + Math.random() * 60);
    assert.ok(flushes >= commits, `${flushes} flushes to the disk for ${commits} commits`);
    const { pool, close } = await open();
    const { rows } = await pool.query<{ n: number; highest: number; halves: number }>(
      'select count(*)::integer as n, max(n) as highest, count(*) filter (where half = 0)::integer as halves from written',
    );
    const [found] = rows;
    assert.ok(found);
    // The one in flight may have been committed without being said.
    assert.ok(found.highest === last || found.highest === last + 1, `${found.highest}, said ${last}`);
    assert.deepEqual([found.n, found.halves], [found.highest, 0]);
    await close();
  }
});

test('a folder that is open is refused to another process and to this one, until it is closed', async () => {
  const first = await open();
  await first.pool.query('create table kept ()');
  await assert.rejects(open(), /^Error: The data folder .* is in use by another process$/);
  const child = spawn(process.execPath, [writer, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  assert.notEqual(await new Promise((resolve) => child.once('close', resolve)), 0);
  assert.match(err, /is in use by another process/);
  await first.pool.query('insert into kept default values');
  await first.close();
  const second = await open();
  assert.equal((await second.pool.query('select from kept')).rowCount, 1);
  await second.close();
});

test('the embedded database flushes at each commit', async () => {
  const { pool, close } = await open();
  const { rows } = await pool.query(
    `select name, setting from pg_settings where name in ('fsync', 'wal_sync_method', 'synchronous_commit', 'full_page_writes') order by name`,
  );
  await close();
  assert.deepEqual(
    rows.map(({ name, setting }) => `${name}=${setting}`),
    ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'wal_sync_method=fsync'],
  );
});
