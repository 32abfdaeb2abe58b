import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { decide } from '#src/config/decide.ts';
import { readEnvironment } from '#src/config/environment.ts';
import type { DemoKeys } from '#src/config/secrets/demo-keys.ts';

function key(seed: string): string {
  return createHash('sha256').update(seed).digest('base64');
}

const demoKeys: DemoKeys = {
  MASTER_KEYS: `1:${key('demo master')}`,
  PASSWORD_PEPPERS: `1:${key('demo pepper')}`,
};

const production = {
  MODE: 'production',
  LEGAL_BASIS: 'décret n° 2019-341, article 2, A, 1°',
  PUBLIC_URL: 'https://compte.exemple.fr',
  DATABASE_URL: 'postgres://compte:hunter2@db.internal/compte?sslmode=verify-full',
  MASTER_KEYS: `2:${key('master 2')},1:${key('master 1')}`,
  PASSWORD_PEPPERS: `1:${key('pepper')}`,
  SMTP_URL: 'smtps://compte:hunter3@smtp.internal',
  MAIL_FROM: 'ne-pas-repondre@compte.exemple.fr',
};

function problemsOf(env: Record<string, string>, keys: DemoKeys | null = null): readonly string[] {
  const decision = decide(readEnvironment(env), keys);
  return decision.ok ? [] : decision.problems;
}

function decided(env: Record<string, string>, keys: DemoKeys | null = null) {
  const decision = decide(readEnvironment(env), keys);
  if (!decision.ok) assert.fail(decision.problems.join('\n'));
  return decision;
}

const sms = {
  SMS_URL: 'https://sms.exemple.fr/messages',
  SMS_TOKEN: 'canary-token-of-the-gateway',
  SMS_CALLBACK_SECRET: 'canary-secret-of-the-gateway-reports',
};
const { privateKey: dkimKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

describe('the demo', () => {
  test('needs nothing', () => {
    const { config, secrets } = decided({}, demoKeys);
    assert.equal(config.mode, 'demo');
    assert.deepEqual(config.web, {
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      trustProxy: 'loopback',
    });
    assert.deepEqual(config.metrics, { host: '127.0.0.1', port: 9464, orFree: true, names: [] });
    assert.deepEqual(config.database, {
      kind: 'embedded',
      folder: 'data/database',
      poolSize: 10,
      runtimeRole: null,
    });
    assert.equal(config.mail.transport, 'tray');
    assert.equal(config.mail.fromName, 'Votre Assurance Maladie');
    assert.equal(secrets.databaseUrl, null);
    assert.equal(secrets.smtpUrl, null);
    assert.equal(secrets.masterKeys.reveal().get(1)?.toString('base64'), key('demo master'));
  });

  test('follows PORT, takes a database of its own and counts an empty variable as not set', () => {
    const env = { PORT: '8080', DEMO_DATABASE_URL: 'postgres://h/n', POLICY: '  ', DATABASE_URL: '' };
    const { config, secrets } = decided(env, demoKeys);
    assert.equal(config.web.publicUrl, 'http://localhost:8080');
    assert.equal(config.database.kind, 'postgres');
    assert.equal(secrets.databaseUrl?.reveal(), 'postgres://h/n');
    assert.equal(config.policy, 'ameli-2025');
  });

  const { privateKey: ecKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const client = { FRANCECONNECT_CLIENT_ID: 'nous', FRANCECONNECT_SIGNING_KEY: ecKey };
  const signs: [string, Record<string, string>][] = [
    ['LEGAL_BASIS', { LEGAL_BASIS: production.LEGAL_BASIS }],
    ['PUBLIC_URL', { PUBLIC_URL: production.PUBLIC_URL }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://192.0.2.7' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://localhost.exemple.fr' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://127.0.0.1/compte' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://h/n', DEMO_DATABASE_URL: 'postgres://h/demo' }],
    ['DATABASE_RUNTIME_ROLE', { DATABASE_RUNTIME_ROLE: 'compte_service' }],
    ['MASTER_KEYS', { MASTER_KEYS: production.MASTER_KEYS }],
    ['PASSWORD_PEPPERS', { PASSWORD_PEPPERS: production.PASSWORD_PEPPERS }],
    ['SMTP_URL', { SMTP_URL: production.SMTP_URL }],
    ['SMTP_URL', { SMTP_URL: 'smtp://127.0.0.1:25' }],
    ['MAIL_FROM', { MAIL_FROM: production.MAIL_FROM }],
    ['DKIM_PRIVATE_KEY', { DKIM_DOMAIN: 'exemple.fr', DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: dkimKey }],
    ['SMS_URL', sms],
    ['FRANCECONNECT', { FRANCECONNECT: 'production', ...client }],
    ['FRANCECONNECT', { FRANCECONNECT: 'https://oidc.franceconnect.gouv.fr/api/v2', ...client }],
    ['HOST', { HOST: '0.0.0.0' }],
    ['HOST', { HOST: '::' }],
    ['HOST', { HOST: 'compte.internal' }],
    ['METRICS_HOST', { METRICS_HOST: '10.0.0.5' }],
  ];
  for (const [name, change] of signs)
    test(`refuses what belongs to production: ${Object.keys(change)} ${Object.values(change)[0]?.slice(0, 30)}`, () => {
      const problems = problemsOf(change, demoKeys);
      const [problem = ''] = problems.filter((line) => line.startsWith(`${name}: `));
      assert.match(problem, /MODE=production/, problems.join('\n'));
    });

  test('is open to other machines only with DEMO_PUBLIC=yes', () => {
    const open = { HOST: '0.0.0.0', METRICS_HOST: '10.0.0.5', PUBLIC_URL: 'https://demo.exemple.fr' };
    assert.equal(problemsOf(open, demoKeys).length, 3);
    for (const line of problemsOf(open, demoKeys)) assert.match(line, /DEMO_PUBLIC=yes/);
    assert.equal(decided({ ...open, DEMO_PUBLIC: 'yes' }, demoKeys).config.web.host, '0.0.0.0');
    assert.equal(problemsOf({ ...open, DEMO_PUBLIC: 'yes', DATABASE_URL: 'postgres://h/n' }).length, 1);
  });

  test('takes what stays on this machine, and the sandbox', () => {
    const harmless = [
      { HOST: 'localhost', PUBLIC_URL: 'http://localhost:3000' },
      { HOST: '::1', PUBLIC_URL: 'http://[::1]:3000' },
      { SMTP_URL: 'demo:' },
      { FRANCECONNECT: 'sandbox', ...client },
      { FRANCECONNECT: 'http://127.0.0.1:4000', ...client },
      { FRANCECONNECT: 'off' },
    ];
    for (const env of harmless) assert.deepEqual(problemsOf(env, demoKeys), [], JSON.stringify(env));
  });

  test('a mode that does not exist is refused, as is a setting that is written wrong', () => {
    for (const MODE of ['prod', 'Production', 'PRODUCTION', 'atelier', 'production '])
      assert.match(problemsOf({ MODE }, demoKeys).join(), /^MODE: must be one of demo, production/, MODE);
    const slips: Record<string, string> = {
      DATABSE_URL: 'DATABASE_URL',
      LEGAL_BASE: 'LEGAL_BASIS',
      MASTER_KEY: 'MASTER_KEYS',
      PUBLIC_ULR: 'PUBLIC_URL',
      HASH_MEMORY_KB: 'HASH_MEMORY_KIB',
    };
    for (const [written, meant] of Object.entries(slips))
      assert.deepEqual(problemsOf({ [written]: 'x' }, demoKeys), [`${written}: is no setting, ${meant} is`]);
    const foreign = {
      NODE: '/usr/bin/node',
      HOSTNAME: 'h',
      MAIL: '/var/mail/x',
      PGHOST: 'h',
      POSTGRES_URL: 'x',
    };
    assert.deepEqual(problemsOf(foreign, demoKeys), []);
  });
});

describe('production', () => {
  test('starts when every required variable is set', () => {
    const { config, secrets } = decided(production);
    assert.equal(config.metrics?.orFree, false);
    assert.equal(config.mail.transport, 'smtp');
    assert.equal(config.web.publicUrl, 'https://compte.exemple.fr');
    assert.deepEqual([...secrets.masterKeys.reveal().keys()], [2, 1]);
  });

  test('names everything that is missing, at once', () => {
    const named = problemsOf({ MODE: 'production' }).map((line) => line.split(':')[0]);
    assert.deepEqual(named, [
      'LEGAL_BASIS',
      'PUBLIC_URL',
      'DATABASE_URL',
      'MASTER_KEYS',
      'PASSWORD_PEPPERS',
      'SMTP_URL',
      'MAIL_FROM',
    ]);
  });

  const refused: [string, Record<string, string>, RegExp][] = [
    ['a simulator', { DEMO: '1' }, /^DEMO: asks for a simulator/],
    [
      'a simulator of FranceConnect',
      { DEMO_FRANCECONNECT: 'on' },
      /^DEMO_FRANCECONNECT: asks for a simulator/,
    ],
    ['the tray of the demo', { SMTP_URL: 'tray:' }, /^SMTP_URL: is the tray/],
    ['an address in clear', { PUBLIC_URL: 'http://compte.exemple.fr' }, /^PUBLIC_URL: must start with https/],
    ['an address of this machine', { PUBLIC_URL: 'https://localhost' }, /^PUBLIC_URL: is an address of this/],
    [
      'a public address with a path',
      { PUBLIC_URL: 'https://exemple.fr/a' },
      /^PUBLIC_URL: must have no path/,
    ],
    [
      'a hash with too little memory',
      { HASH_MEMORY_KIB: '19455' },
      /^HASH_MEMORY_KIB: must be at least 19456/,
    ],
    ['a hash with one pass', { HASH_PASSES: '1' }, /^HASH_PASSES: must be at least 2/],
    ['a short key', { MASTER_KEYS: '1:c2hvcnQ=' }, /^MASTER_KEYS: key 1 is too short: 5 bytes/],
    [
      'a key of one byte',
      { PASSWORD_PEPPERS: `1:${Buffer.alloc(32).toString('base64')}` },
      /^PASSWORD_PEPPERS: key 1 is weak/,
    ],
    [
      'a typed key',
      { PASSWORD_PEPPERS: `1:${Buffer.from('the quick brown fox jumps over a').toString('base64')}` },
      /is weak/,
    ],
    ['a key given twice', { MASTER_KEYS: `1:${key('a')},2:${key('a')}` }, /^MASTER_KEYS: key 2 repeats/],
    [
      'a number given twice',
      { MASTER_KEYS: `1:${key('a')},1:${key('b')}` },
      /^MASTER_KEYS: the number 1 is used twice/,
    ],
    ['a key without number', { MASTER_KEYS: key('a') }, /^MASTER_KEYS: entry 1 must be written as/],
    [
      'one key for two uses',
      { PASSWORD_PEPPERS: `1:${key('master 1')}` },
      /^PASSWORD_PEPPERS: repeats a key of MASTER_KEYS/,
    ],
    ['no legal basis worth the name', { LEGAL_BASIS: 'oui' }, /^LEGAL_BASIS: must name the text/],
    [
      'another kind of database',
      { DATABASE_URL: 'mysql://h/n' },
      /^DATABASE_URL: must be an address such as/,
    ],
    [
      'a database in clear',
      { DATABASE_URL: 'postgres://compte:hunter2@db.internal/compte' },
      /^DATABASE_URL: must say sslmode=verify-full/,
    ],
    [
      'a database that proves nothing',
      { DATABASE_URL: 'postgres://compte:hunter2@db.internal/compte?sslmode=require' },
      /^DATABASE_URL: must say sslmode=verify-full/,
    ],
    [
      'a database on another machine by its host',
      { DATABASE_URL: 'postgres://localhost/compte?host=db.internal' },
      /^DATABASE_URL: must say sslmode=verify-full/,
    ],
    [
      'a sender that cannot exist',
      { MAIL_FROM: 'a@demo.invalid' },
      /^MAIL_FROM: is an address that cannot exist/,
    ],
    ['mail over the web', { SMTP_URL: 'https://mail' }, /^SMTP_URL: must start with smtp/],
    ['SMS in clear', { ...sms, SMS_URL: 'http://sms.exemple.fr' }, /^SMS_URL: must start with https/],
    ['SMS without a token', { ...sms, SMS_TOKEN: '' }, /^SMS_TOKEN: /],
    [
      'SMS whose reports anybody could sign',
      { ...sms, SMS_CALLBACK_SECRET: 'short' },
      /^SMS_CALLBACK_SECRET: must be/,
    ],
    ['an SMS token for nothing', { SMS_TOKEN: sms.SMS_TOKEN }, /^SMS_URL: is missing/],
    ['a second server without a sender', { SECOND_SMTP_URL: 'smtps://h' }, /^MAIL_SECOND_FROM: is missing/],
    [
      'a bounce address that leaves no room',
      { MAIL_BOUNCE_ADDRESS: 'a-very-long-local-part@exemple.fr' },
      /^MAIL_BOUNCE_ADDRESS: must have 15/,
    ],
    [
      'DKIM without a key',
      { DKIM_DOMAIN: 'exemple.fr', DKIM_SELECTOR: 's' },
      /^DKIM_PRIVATE_KEY: is missing/,
    ],
    [
      'DKIM with a key that is none',
      { DKIM_DOMAIN: 'exemple.fr', DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: 'canary' },
      /^DKIM_PRIVATE_KEY: must be an RSA key/,
    ],
    [
      'DKIM for another domain',
      { DKIM_DOMAIN: 'ailleurs.fr', DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: dkimKey },
      /^DKIM_DOMAIN: must be the domain of MAIL_FROM/,
    ],
    ['one port for two listeners', { PORT: '9464' }, /^METRICS_PORT: must differ/],
    ['senders without an address', { DEPOT_PORT: '9465' }, /^DEPOT_URL: is missing/],
    [
      'senders in clear',
      { DEPOT_PORT: '9465', DEPOT_URL: 'http://depot.exemple.fr' },
      /^DEPOT_URL: must start with https/,
    ],
    [
      'senders on the host of the pages',
      { DEPOT_PORT: '9465', DEPOT_URL: 'https://compte.exemple.fr' },
      /^DEPOT_URL: must have another host/,
    ],
    [
      'senders on the port of the pages',
      { DEPOT_PORT: '3000', DEPOT_URL: 'https://depot.exemple.fr' },
      /^DEPOT_PORT: must differ/,
    ],
    ['a port that is none', { PORT: '70000' }, /^PORT: must be a whole number from 0 to 65535$/],
  ];
  for (const [what, change, expected] of refused) {
    test(`refuses ${what}`, () => {
      const problems = problemsOf({ ...production, ...change });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', expected);
    });
  }

  test('has no port for senders unless it is given one', () => {
    assert.equal(decided(production).config.depot, null);
    assert.equal(decided({ DEPOT_PORT: 'off' }, demoKeys).config.depot, null);
    const given = { ...production, DEPOT_PORT: '9465', DEPOT_URL: 'https://depot.exemple.fr/' };
    const { host, publicUrl } = decided(given).config.depot ?? {};
    assert.deepEqual([host, publicUrl], ['127.0.0.1', 'https://depot.exemple.fr']);
    assert.equal(decided({}, demoKeys).config.depot?.orFree, true);
  });

  test('refuses the keys that a demo made in the same folder', () => {
    const env = { ...production, MASTER_KEYS: `3:${key('demo master')}` };
    assert.deepEqual(problemsOf(env, demoKeys), ['MASTER_KEYS: holds a key of the demo']);
  });

  test('reports malformed, missing and unsafe variables together, and never a value', () => {
    const values = {
      MODE: 'production',
      PORT: 'canary-port',
      PUBLIC_URL: 'http://canary-host.fr',
      MASTER_KEYS: '1:canarykey',
      DATABASE_URL: 'mysql://canary:canary@h/n',
      SMTP_URL: 'canary://x',
      HASH_PASSES: '1',
    };
    const problems = problemsOf(values);
    for (const name of ['PORT', 'PUBLIC_URL', 'MASTER_KEYS', 'DATABASE_URL', 'SMTP_URL', 'HASH_PASSES'])
      assert.equal(problems.filter((line) => line.startsWith(`${name}: `)).length, 1, name);
    assert.doesNotMatch(problems.join('\n'), /canary/);
  });
});

test('SMS, DKIM and the bounce address are available once configured; a key may be on one line', () => {
  const { secrets: none, config: plain } = decided(production);
  assert.deepEqual([none.sms, none.dkimKey, plain.mail.secondFrom, plain.clamd], [null, null, null, null]);
  const { config, secrets } = decided({
    ...production,
    ...sms,
    DKIM_DOMAIN: 'exemple.fr',
    DKIM_SELECTOR: 's',
    DKIM_PRIVATE_KEY: dkimKey.replaceAll('\n', '\\n'),
    MAIL_BOUNCE_ADDRESS: 'bounces@exemple.fr',
  });
  assert.equal(secrets.sms?.reveal().token, sms.SMS_TOKEN);
  assert.equal(secrets.dkimKey?.reveal(), dkimKey);
  assert.deepEqual(config.mail.dkim, { domain: 'exemple.fr', selector: 's' });
  assert.equal(config.mail.bounceAddress, 'bounces@exemple.fr');
});

test('a database of this machine needs no TLS, nor one where an operator says so', () => {
  const near = [
    'postgres://localhost/n',
    'postgres://[::1]:5433/n',
    'postgres:///n?host=/run/postgresql',
    'postgres://%2Frun%2Fpostgresql/n',
  ];
  for (const DATABASE_URL of near)
    assert.deepEqual(problemsOf({ ...production, DATABASE_URL }), [], DATABASE_URL);
  const far = { DATABASE_URL: 'postgres://db.internal/n', DATABASE_TLS: 'off' };
  assert.deepEqual(problemsOf({ ...production, ...far }), []);
});

test('letters are sent, unless nobody prints them', () => {
  assert.equal(decided(production).config.letters.sent, true);
  assert.equal(decided({ ...production, LETTERS: 'off' }).config.letters.sent, false);
  assert.match(problemsOf({ ...production, LETTERS: 'no' }).join(), /^LETTERS: /);
});

test('a proxy is a range, a name or none', () => {
  for (const good of ['none', 'loopback', '10.0.0.0/8', 'loopback, 10.1.2.3', 'fd00::/8,uniquelocal'])
    assert.deepEqual(problemsOf({ ...production, TRUST_PROXY: good }), [], good);
  assert.equal(decided({ ...production, TRUST_PROXY: 'none' }).config.web.trustProxy, false);
});

test('the configuration may be logged: nothing of it or of the secrets shows a secret', () => {
  const { config, secrets } = decided(production);
  const shown = inspect({ config, secrets }, { depth: 9 }) + JSON.stringify({ config, secrets });
  assert.doesNotMatch(shown, /hunter/);
  assert.doesNotMatch(shown, new RegExp(key('master 1').slice(0, 12).replaceAll('+', '\\+')));
});

test('a scanner for viruses is on this machine, by a socket or a port', () => {
  const clamd = (CLAMD: string) => decided({ ...production, CLAMD }).config.clamd;
  assert.deepEqual(clamd('unix:/run/clamav/clamd.ctl'), { path: '/run/clamav/clamd.ctl' });
  assert.deepEqual(clamd('127.0.0.1:3310'), { host: '127.0.0.1', port: 3310 });
  assert.deepEqual(clamd('[::1]:3310'), { host: '::1', port: 3310 });
  assert.match(problemsOf({ ...production, CLAMD: 'clamd.internal:3310' }).join(), /^CLAMD: .*unencrypted$/);
  assert.match(problemsOf({ ...production, CLAMD: 'clamd' }).join(), /^CLAMD: /);
});
