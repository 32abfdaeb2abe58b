import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '#src/database/open.ts';

// One database for the whole story, opened as seldom as possible: that takes longer than all the rest.
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
  return { first: Number(said[0]), last: Number(said.at(-1)), commits: said.length, flushes };
}

test('an embedded database survives kills with every acknowledged transaction, and has one user at a time', async () => {
  let acknowledged = 0;
  // The one in flight may have been committed without being said.
  const follows = (found: number) => found === acknowledged || found === acknowledged + 1;
  for (let round = 0; round < 3; round += 1) {
    const { first, last, commits, flushes } = await writeAndKill(5 + Math.random() * 20);
    assert.ok(flushes >= commits, `${flushes} flushes to the disk for ${commits} commits`);
    assert.ok(follows(first - 1), `the writer found ${first - 1}, ${acknowledged} had been said`);
    acknowledged = last;
  }
  assert.deepEqual(await readdir(join(folder, 'base/1')), [], 'nothing of a database that nobody opens');
  const { pool, close } = await open();
  const { rows } = await pool.query<{ n: number; highest: number; halves: number }>(
    'select count(*)::integer as n, max(n) as highest, count(*) filter (where half = 0)::integer as halves from own.written',
  );
  const [found] = rows;
  assert.ok(found);
  assert.ok(follows(found.highest), `${found.highest}, said ${acknowledged}`);
  assert.deepEqual([found.n, found.halves], [found.highest, 0]);

  const { rows: settings } = await pool.query(
    `select name, setting from pg_settings where name in ('fsync', 'wal_sync_method', 'synchronous_commit', 'full_page_writes') order by name`,
  );
  assert.deepEqual(
    settings.map(({ name, setting }) => `${name}=${setting}`),
    ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'wal_sync_method=fsync'],
    'it flushes at each commit',
  );

  // Not among the tables of the product, whose place in a cluster is judged.
  await pool.query('create table own.kept ()');
  await assert.rejects(open(), /^FolderInUse: The data folder .* is in use by another process$/);
  const child = spawn(process.execPath, [writer, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  assert.notEqual(await new Promise((resolve) => child.once('close', resolve)), 0);
  assert.match(err, /is in use by another process/);
  await pool.query('insert into own.kept default values');
  await close();
  const second = await open();
  assert.equal((await second.pool.query('select from own.kept')).rowCount, 1);
  await second.close();
});
