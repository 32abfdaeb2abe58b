import { openDatabase } from '#src/database/open.ts';

/** Writes number after number into the database of a folder, and says each one once it is committed. */
const [folder = ''] = process.argv.slice(2);
const { pool } = await openDatabase({ url: null, dataDir: folder, poolSize: 1 });
await pool.query('create schema if not exists own');
await pool.query('create table if not exists own.written (n integer primary key, half integer not null)');
const { rows } = await pool.query<{ n: number }>('select coalesce(max(n), 0) as n from own.written');
for (let n = (rows[0]?.n ?? 0) + 1; ; n += 1) {
  await pool.query('begin');
  await pool.query('insert into own.written values ($1, 0)', [n]);
  await pool.query('update own.written set half = 1 where n = $1', [n]);
  await pool.query('commit');
  process.stdout.write(`${n}\n`);
}
