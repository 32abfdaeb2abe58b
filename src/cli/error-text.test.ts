import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorText, failureText } from '#src/cli/error-text.ts';

const withCode = (message: string, fields: Record<string, string>) =>
  Object.assign(new Error(message), fields);

test('a message is shown with its code', () => {
  const wrong = withCode('password authentication failed for user "compte_service"', { code: '28P01' });
  assert.equal(errorText(wrong), 'password authentication failed for user "compte_service" (28P01)');
  const refused = withCode('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' });
  assert.equal(errorText(refused), 'connect ECONNREFUSED 127.0.0.1:5432');
  assert.equal(errorText(new Error('The file is empty')), 'The file is empty');
  assert.equal(errorText(new TypeError('')), 'TypeError');
});

test('an error of the database that ends a command says what to do', () => {
  const refused = withCode('connect ECONNREFUSED 127.0.0.1:5432', {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  assert.match(failureText(refused), /127\.0\.0\.1:5432: is PostgreSQL running/);
  assert.match(failureText(new AggregateError([refused])), /is PostgreSQL running/);
  const wrong = withCode('no', { code: '28P01', routine: 'auth_failed' });
  assert.match(failureText(wrong), /^no \(28P01\): compare user and password/);
  for (const stopped of [
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
  ])
    assert.match(failureText(new Error(stopped)), /: PostgreSQL was stopped: run the command again/);
  for (const [message, code, remedy] of [
    [
      'self-signed certificate in certificate chain',
      'SELF_SIGNED_CERT_IN_CHAIN',
      /: the authority .* sslrootcert/,
    ],
    ['certificate has expired', 'CERT_HAS_EXPIRED', /: renew the certificate/],
    ['Host: db.', 'ERR_TLS_CERT_ALTNAME_INVALID', /: name the server .* as its certificate does/],
    ['no pg_hba.conf entry for host "::1", no encryption', '28000', /: this server wants TLS/],
    [
      'connection requires a valid client certificate',
      '28000',
      /: this server wants a certificate of the client/,
    ],
    ['cannot execute UPDATE in a read-only transaction', '25006', /: it only reads/],
  ] as const)
    assert.match(failureText(withCode(message, { code })), remedy);
  assert.match(failureText(new Error('The server does not support SSL connections')), /: set ssl = on/);
  assert.equal(failureText(withCode('open data', { code: 'ENOENT', syscall: 'open' })), 'open data (ENOENT)');
});

test('for a host name with two addresses, why neither answers', () => {
  const inner = ['::1:5432', '127.0.0.1:5432'].map((address) =>
    withCode(`connect ECONNREFUSED ${address}`, { code: 'ECONNREFUSED' }),
  );
  assert.equal(
    errorText(Object.assign(new AggregateError(inner), { code: 'ECONNREFUSED' })),
    'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432',
  );
});

test('messages of the database that contain a value are replaced', () => {
  const syntax = withCode('invalid input syntax for type integer: "Durand"', { code: '22P02' });
  assert.equal(errorText(syntax), 'the database refused a value (22P02)');
  const twice = { code: '23505', table: 'email_claim', constraint: 'email_claim_pkey' };
  assert.equal(
    errorText(withCode('Key (name)=(Durand) already exists', twice)),
    'the database refused a value (23505, table email_claim, constraint email_claim_pkey)',
  );
  assert.equal(errorText(new Error('nobody at josette.durand@exemple.fr')), 'nobody at [masked]');
});
