import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { purgeIdempotency } from '#src/api/idempotency.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { testApp } from '../setting/application.ts';
import { identityJson, Program, proofJson } from './program.ts';

const venturi = personNamed('venturi');
const named = (key: string) => ({ 'idempotency-key': key });

test('the same request sent twice has one effect and one answer', async (t) => {
  const { app, services } = await testApp(t);
  const key = named(randomUUID());
  const first = await new Program(app).ask('POST', '/dossiers', identityJson(venturi), key);
  const second = await new Program(app).ask('POST', '/dossiers', identityJson(venturi), key);
  assert.deepEqual([second.status, second.body], [201, first.body]);
  assert.deepEqual(
    [first.headers['idempotency-replayed'], second.headers['idempotency-replayed']],
    [undefined, 'true'],
  );
  assert.equal((await services.db.selectFrom('dossier').selectAll().execute()).length, 1);
  const stored = await services.db.selectFrom('api_idempotency').selectAll().executeTakeFirstOrThrow();
  assert.ok(!stored.response?.toString('latin1').includes(String(first.body.jeton)));
});

test('a wrong proof sent again by the network counts once', async (t) => {
  const { app, services } = await testApp(t);
  const program = new Program(app);
  await program.ask('POST', '/dossiers', identityJson(venturi));
  const key = named(randomUUID());
  const wrong = { ...proofJson(venturi), iban7: '0000000' };
  for (let i = 0; i < 8; i++) {
    const told = await program.ask('POST', '/dossier/verification', wrong, key);
    assert.deepEqual([told.status, told.body.code], [422, 'proof-refused']);
  }
  const { rows } = {
    rows: await services.db.selectFrom('attempt').where('kind', '=', 'proof').selectAll().execute(),
  };
  assert.equal(rows[0]?.failures.length, 1);
  const other = await program.ask('POST', '/dossier/verification', proofJson(venturi), key);
  assert.deepEqual([other.status, other.body.code], [422, 'key-reused']);
  assert.equal((await program.ask('POST', '/dossier/conditions', wrong, key)).body.code, 'key-reused');
  const right = await program.ask('POST', '/dossier/verification', proofJson(venturi), named(randomUUID()));
  assert.equal(right.status, 200, right.text);
});

test('of concurrent copies one is run; the others get its answer or are asked to wait', async (t) => {
  const { app, services } = await testApp(t);
  const key = named(randomUUID());
  const all = await Promise.all(
    Array.from({ length: 10 }, () => new Program(app).ask('POST', '/dossiers', identityJson(venturi), key)),
  );
  const tokens = new Set(all.flatMap(({ body }) => (body.jeton ? [body.jeton] : [])));
  assert.equal(tokens.size, 1);
  for (const { status, body, headers } of all)
    if (status !== 201)
      assert.deepEqual([status, body.code, headers['retry-after']], [409, 'in-progress', '1']);
  assert.equal((await services.db.selectFrom('dossier').selectAll().execute()).length, 1);
});

test('a key belongs to its token, lasts a day, and is not stored for answers that may change', async (t) => {
  const { app, services, clock } = await testApp(t);
  const key = named(randomUUID());
  const ange = new Program(app);
  const other = new Program(app);
  await ange.ask('POST', '/dossiers', identityJson(venturi));
  await other.ask('POST', '/dossiers', identityJson(personNamed('loire')));
  const early = await ange.ask('POST', '/dossier/conditions', { accord: true }, key);
  assert.equal(early.status, 409);
  await ange.ask('POST', '/dossier/verification', proofJson(venturi));
  await other.ask('POST', '/dossier/verification', proofJson(personNamed('loire')));
  for (const program of [ange, other]) {
    const { status, headers } = await program.ask('POST', '/dossier/conditions', { accord: true }, key);
    assert.deepEqual([status, headers['idempotency-replayed']], [200, undefined]);
  }
  await purgeIdempotency(services.db, clock.now());
  assert.equal((await services.db.selectFrom('api_idempotency').selectAll().execute()).length, 2);
  clock.advance(24 * 3_600_000 + 1);
  await purgeIdempotency(services.db, clock.now());
  assert.deepEqual(await services.db.selectFrom('api_idempotency').selectAll().execute(), []);
});

test('a request whose process died is run again after a minute', async (t) => {
  const { app, services, clock } = await testApp(t);
  const key = named(randomUUID());
  const ask = () => new Program(app).ask('POST', '/dossiers', identityJson(venturi), key);
  assert.equal((await ask()).status, 201);
  await services.db.updateTable('api_idempotency').set({ response: null }).execute();
  assert.equal((await ask()).body.code, 'in-progress');
  clock.advance(61_000);
  const again = await ask();
  assert.deepEqual([again.status, again.headers['idempotency-replayed']], [201, undefined]);
  assert.equal((await ask()).headers['idempotency-replayed'], 'true');
});
