import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { openKeyring, seal, unseal } from '#src/crypto/keyring.ts';
import { errorFields } from '#src/log/error-fields.ts';
import { testDatabase } from '#test/setting/database.ts';

const secrets = {
  nir: '2 85 05 78 006 084 91',
  iban: 'FR7630006000011234567890189',
  email: 'josette.durand@exemple.fr',
  postalCode: '75012',
  phone: '06 39 98 12 34',
};

/** The fields of an error without its stack frames. */
function shown(error: unknown): Record<string, unknown> {
  const { at: _at, ...fields } = errorFields(error) ?? {};
  return fields;
}

async function thrown(run: () => Promise<unknown>): Promise<unknown> {
  return run().then(
    () => assert.fail('nothing was thrown'),
    (error: unknown) => error,
  );
}

describe('database errors', () => {
  test('SQLSTATE, table, column and constraint, never a value', async (t) => {
    const { db } = await testDatabase(t);
    const row = sql`('75', ${secrets.email}, '{}', '', '{}')`;
    const insert = sql`insert into caisse (code, name, departements, telephone, address) values ${row}, ${row}`;
    assert.deepEqual(shown(await thrown(() => insert.execute(db))), {
      name: 'error',
      code: '23505',
      table: 'caisse',
      constraint: 'caisse_pkey',
    });
    const empty = sql`insert into caisse (code, name) values ('75', null)`;
    assert.deepEqual(shown(await thrown(() => empty.execute(db))), {
      name: 'error',
      code: '23502',
      table: 'caisse',
      column: 'name',
    });
    const wrong = sql`select ${secrets.email}::integer`;
    assert.deepEqual(shown(await thrown(() => wrong.execute(db))), { name: 'error', code: '22P02' });
    const unknown = sql`select nothing from nowhere`;
    assert.deepEqual(shown(await thrown(() => unknown.execute(db))), { name: 'error', code: '42P01' });
  });

  for (const code of [
    '00000',
    '08006',
    '0A000',
    '23505',
    '25006',
    '40001',
    '40P01',
    '42P01',
    '53300',
    '55P03',
  ])
    test(`${code} is a code of PostgreSQL`, () => assert.equal(shown(failure({ code })).code, code));
  for (const code of [
    '57014',
    '57P01',
    '58030',
    'P0001',
    'XX000',
    'F0000',
    'HV001',
    '72000',
    '2BP01',
    '3D000',
  ])
    test(`${code} is a code of PostgreSQL`, () => assert.equal(shown(failure({ code })).code, code));
  for (const code of ['75012', '13001', '69003', '97400', '06000', '99999'])
    test(`${code} is a postal code, or nothing`, () =>
      assert.equal(shown(failure({ code })).code, '[masked]'));
});

describe('system errors', () => {
  test('a refused connection: code, system call and port', async () => {
    const socket = connect({ host: '127.0.0.1', port: 1 });
    const error = await new Promise((resolve) => socket.once('error', resolve));
    assert.deepEqual(shown(error), { name: 'Error', code: 'ECONNREFUSED', syscall: 'connect', port: 1 });
  });

  test('refused at both addresses of a host name, through a pool', async () => {
    const error = await thrown(() => new pg.Client({ host: 'localhost', port: 1 }).connect());
    const { code, errors = [] } = shown(error);
    assert.equal(code, 'ECONNREFUSED');
    assert.ok(Array.isArray(errors));
  });

  test('a failed request shows its cause', async () => {
    // The discard port: nothing listens there, and fetch does not block it.
    const { name, cause } = shown(await thrown(() => fetch('http://127.0.0.1:3/')));
    assert.equal(name, 'TypeError');
    assert.match(JSON.stringify(cause), /"code":"ECONNREFUSED"/);
  });
});

test('a mail server: reply code and command, not the text of the reply', () => {
  const error = failure({
    code: 'EENVELOPE',
    responseCode: 550,
    command: 'RCPT TO',
    response: `550 5.1.1 <${secrets.email}> unknown`,
  });
  assert.deepEqual(shown(error), { name: 'Error', code: 'EENVELOPE', command: 'RCPT TO', status: 550 });
});

test('each failure of an aggregate is reported', () => {
  const duties = new AggregateError([failure({ code: '57014' }), failure({ code: '23503' })], 'Some failed');
  const { errors } = shown(duties);
  assert.match(JSON.stringify(errors), /57014.*23503/);
});

test('content that fails validation: which field and why, not its value', () => {
  const schema = z.strictObject({ until: z.iso.datetime(), to: z.object({ address: z.email() }) });
  const { error } = schema.safeParse({
    until: secrets.nir,
    to: { address: secrets.phone },
    [secrets.nir]: 1,
  });
  assert.deepEqual(shown(error).issues, [
    'until invalid_format',
    'to.address invalid_format',
    'unrecognized_keys',
  ]);
});

describe('messages', () => {
  test('those without personal data are shown when the error has no code', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 3, max: 1 });
    await pool.end();
    const { says } = shown(await thrown(() => pool.query('select 1')));
    assert.equal(says, 'Cannot use a pool after calling end on the pool');
    const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));
    const other = openKeyring(new Map([[2, Buffer.alloc(32, 2)]]));
    const place = { table: 'notice', column: 'content', row: ['x'] };
    const sealed = seal(keyring, place, secrets.email);
    const missing = await thrown(async () => unseal(other, place, sealed));
    assert.equal(shown(missing).says, 'Master key 1 is not configured');
    const moved = await thrown(async () => unseal(keyring, { ...place, row: ['y'] }, sealed));
    assert.equal(shown(moved).says, 'Unsupported state or unable to authenticate data');
  });

  test('those with anything else in them are not', () => {
    for (const message of [
      `Query read timeout for ${secrets.email}`,
      `${secrets.nir}\nQuery read timeout`,
      'Master key 2850578006084 is not configured',
      'Connection terminated by Josette Durand',
    ])
      assert.equal(shown(new Error(message)).says, undefined, message);
  });
});

test('a thrown value that is not an error is reported by its type', () => {
  assert.deepEqual(errorFields(secrets.email), { name: 'thrown string' });
  assert.equal(errorFields(undefined), undefined);
});

test('nothing personal, wherever a library puts it', () => {
  const places = ['message', 'code', 'table', 'column', 'constraint', 'syscall', 'port', 'command', 'status'];
  const others = [
    'responseCode',
    'statusCode',
    'response',
    'detail',
    'hint',
    'where',
    'address',
    'issues',
    'name',
  ];
  for (const [what, secret] of Object.entries(secrets))
    for (const place of [...places, ...others]) {
      const inner = failure({ [place]: secret });
      const error = new AggregateError([inner], secret, { cause: failure({ [place]: secret }) });
      assert.ok(!JSON.stringify(errorFields(error)).includes(secret), `${what} in ${place}`);
    }
});

function failure(fields: Record<string, unknown>): Error {
  return Object.assign(new Error('A message that may hold anything'), fields);
}
