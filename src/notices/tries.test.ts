import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { type CompiledQuery, sql } from 'kysely';
import { endingTry } from '#src/notices/tries.ts';
import { withholdingAvis } from '#src/notices/withhold.ts';
import { testDatabase } from '#test/setting/database.ts';

test('a notice and its job are found by their keys, also where the planner believes that none wait', async (t) => {
  const { db, pool, asOwner } = await testDatabase(t, 'queues');
  const add = async (notice: string, job: string) => {
    await pool.query(`insert into notice (person_key, id, kind, channel, language, state, created_at)
      select sha256(gen_random_uuid()::text::bytea), gen_random_uuid(), 'activation', 'email', 'fr', '${notice}', now()
      from generate_series(1, 500)`);
    await pool.query(`insert into pgboss.job (name, singleton_key, state)
      select 'deliver-notice', gen_random_uuid(), '${job}' from generate_series(1, 500)`);
  };
  await add('handed-over', 'completed');
  await asOwner((owner) => sql`analyze`.execute(owner));
  await add('queued', 'created');
  const planOf = async ({ sql: text, parameters }: CompiledQuery) => {
    const { rows } = await pool.query(`explain ${text}`, [...parameters]);
    return rows.map((line) => line['QUERY PLAN']).join('\n');
  };
  const key = { personKey: Buffer.alloc(32, 1), id: randomUUID() };
  const now = new Date();
  const ending = endingTry(db, key, { state: 'handed-over', notBefore: null }, now);
  assert.match(await planOf(ending.compile()), /notice_pkey/);
  assert.match(await planOf(withholdingAvis(db, key.personKey, now).compile()), /notice_pkey/);
  // As pg-boss settles jobs, and as lost ones are looked for.
  const settling = sql`update pgboss.job set state = 'completed'
    where name = 'deliver-notice' and state = 'active' and id = any(${[key.id]}::uuid[])`;
  assert.match(await planOf(settling.compile(db)), /job_common_pkey/);
  const looking = sql`select from pgboss.job
    where name = 'deliver-notice' and state < 'completed' and singleton_key = any(${[key.id]}::text[])`;
  assert.match(await planOf(looking.compile(db)), /job_common_singleton_key_idx/);
});
