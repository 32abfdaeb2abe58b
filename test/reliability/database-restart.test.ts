import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { verifyAudit } from '#src/audit/verify.ts';
import { paths } from '#src/paths.ts';
import { openPostgres } from '../../scripts/postgres.ts';
import { lastFirst } from '../setting/database.ts';
import { Browser } from './browser.ts';
import { enrolThrough, ordinaryPeople, type Progress } from './enrolment.ts';
import { inTheDatabase } from './place-database.ts';
import { placeFor, start, withoutSimulator } from './service.ts';

test('the database crashes under a running service: pages say so, and everybody goes on afterwards', async (t) => {
  const closing = lastFirst(t);
  const postgres = await openPostgres();
  closing.after(() => postgres.remove());
  const place = await placeFor(closing, { DEMO_DATABASE_URL: postgres.url, ...withoutSimulator });
  const service = await start(closing, place);
  const progress: Progress = { answered: 0, interrupted: 0, over: false };
  const waiting = ordinaryPeople();
  let crashes = 0;
  let enrolled = 0;

  const crashing = async () => {
    while (crashes < 3) {
      const until = progress.answered + Math.random() * 30;
      while (progress.answered < until && !progress.over) await wait(2);
      await postgres.end('SIGQUIT');
      assert.equal((await new Browser(place.origin).get(paths.home)).status, 200, 'needs no database');
      const away = await new Browser(place.origin).get(paths.signIn);
      assert.ok(away.status === 200 || away.status === 503, `${away.status}`);
      await postgres.start();
      crashes += 1;
    }
  };
  const lane = async () => {
    while (crashes < 3) {
      const person = waiting.pop();
      assert.ok(person);
      await enrolThrough(new Browser(place.origin), person, `${person.cle}@exemple.fr`, progress);
      enrolled += 1;
    }
  };
  await Promise.all([crashing(), lane(), lane(), lane()]).finally(() => {
    progress.over = true;
  });
  assert.ok(progress.interrupted > 0);
  assert.equal((await fetch(`${place.origin}/readyz`)).status, 200);
  assert.equal(await service.end('SIGTERM'), 0, service.err());

  await inTheDatabase(place, async ({ db }) => {
    const { rows } = await sql<{ made: number }>`
      select count(*)::integer as made from audit_event where kind = 'account-created'`.execute(db);
    assert.equal(rows[0]?.made, enrolled);
    assert.deepEqual((await verifyAudit(db)).broken, []);
  });
  t.diagnostic(`${crashes} crashes, ${enrolled} accounts, ${progress.interrupted} requests to be sent again`);
});
