import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { testApp } from '../setting/application.ts';
import { identify, identityOf, proofOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { goToContact, identityJson, Program, proofJson } from './program.ts';

const venturi = personNamed('venturi');
const wrongProof = { iban7: '0000000', numeroSerie: '00000000000' };

test('a step that is not open answers 409 with the step that is', async (t) => {
  const { app } = await testApp(t);
  const program = new Program(app);
  const steps = ['verification', 'conditions', 'mot-de-passe', 'coordonnees', 'validation-email'] as const;
  const open: Record<string, readonly string[]> = {
    verification: ['verification'],
    conditions: ['conditions'],
    'mot-de-passe': ['conditions', 'mot-de-passe'],
    coordonnees: ['conditions', 'mot-de-passe', 'coordonnees'],
    'validation-email': ['validation-email'],
  };
  const goOn = [
    () => program.ask('POST', '/dossier/verification', proofJson(venturi)),
    () => program.ask('POST', '/dossier/conditions', { accord: true }),
    () => program.ask('POST', '/dossier/mot-de-passe', { motDePasse: 'Brouette.Lune8' }),
    () => program.ask('POST', '/dossier/coordonnees', { email: 'ange@exemple.fr' }),
  ];
  await program.ask('POST', '/dossiers', identityJson(venturi));
  for (const at of steps) {
    for (const step of steps) {
      const isOpen = open[at]?.includes(step);
      const read = await program.ask('GET', `/dossier/${step}`);
      assert.equal(read.status, isOpen ? 200 : 409, `${step} at ${at}`);
      if (isOpen) continue;
      const { status, body, type } = await program.ask('POST', `/dossier/${step}`, {});
      assert.deepEqual([status, body.code, body.etape], [409, 'step-not-open', at], step);
      assert.match(type, /^application\/problem\+json/);
      assert.equal(body.suite, `/api/v1/dossier/${at}`);
    }
    await goOn[steps.indexOf(at)]?.();
  }
});

test('cookies open nothing here, and a token opens no page', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, venturi);
  const session = visitor.cookies.get('session') ?? '';
  const program = new Program(app);
  for (const headers of [
    { cookie: `session=${session}` },
    { authorization: `Bearer ${session}` },
    { authorization: `Basic ${session}` },
    { authorization: 'Bearer' },
    { authorization: `Bearer ${'a'.repeat(43)}` },
    {},
  ]) {
    const { status, body, headers: told } = await program.ask('GET', '/dossier', undefined, headers);
    assert.deepEqual([status, body.code, told['www-authenticate']], [401, 'unauthenticated', 'Bearer']);
  }
  await program.ask('POST', '/dossiers', identityJson(personNamed('loire')));
  const thief = new Visitor(app);
  thief.cookies.set('session', program.token ?? '');
  assert.equal((await thief.get(paths.proof)).location, paths.identity);
});

test('bodies other than a JSON object of the API are refused, each with its status', async (t) => {
  const { app } = await testApp(t);
  const program = new Program(app);
  const identity = identityJson(venturi);
  const form = new URLSearchParams(identity).toString();
  const type = (value: string) => ({ 'content-type': value });
  for (const [body, headers, status, code] of [
    [form, type('application/x-www-form-urlencoded'), 415, 'not-json'],
    [JSON.stringify(identity), type('text/plain'), 415, 'not-json'],
    ['{"nom":', type('application/json'), 400, 'malformed'],
    ['[]', type('application/json'), 400, 'malformed'],
    ['null', type('application/json'), 400, 'malformed'],
    ['"nom"', type('application/json'), 400, 'malformed'],
    [`{"nom":"Autre",${JSON.stringify(identity).slice(1)}`, type('application/json'), 400, 'malformed'],
    ['{"consentements":{"etudes":true,"etudes":false}}', type('application/json'), 400, 'malformed'],
    ['{"__proto__":{"nom":"Venturi"}}', type('application/json'), 400, 'malformed'],
    [JSON.stringify({ nom: 'a'.repeat(20_000) }), type('application/json'), 413, 'too-large'],
    [JSON.stringify(identity), { 'idempotency-key': 'court' }, 400, 'invalid-key'],
    ['{}', type('application/json'), 422, 'fields'],
  ] as const) {
    const told = await program.ask('POST', '/dossiers', body, headers);
    assert.deepEqual(
      [told.status, told.body.code, told.body.status],
      [status, code, status],
      String(body).slice(0, 40),
    );
    assert.match(told.type, /^application\/problem\+json/);
    assert.equal(told.headers['content-security-policy'] === undefined, false);
    assert.equal(told.headers['cache-control'], 'no-store');
  }
  assert.equal((await program.ask('GET', '/nulle-part')).body.code, 'unknown-address');
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
    const told = await program.ask(method, '/dossiers', undefined, { origin: 'https://ailleurs.example' });
    assert.deepEqual([told.status, told.headers.allow], [405, 'POST'], method);
    assert.equal(told.headers['access-control-allow-origin'], undefined);
  }
});

test('each wrong field is named, with the message of the page, in both languages', async (t) => {
  const { app } = await testApp(t);
  const program = new Program(app);
  const body = { nom: 12, nir: '1 62', dateNaissance: '31/02/1962', codePostal: '630', role: 'agent' };
  const french = await program.ask('POST', '/dossiers', body);
  assert.deepEqual(french.body.champs, [
    { champ: 'role', code: 'unknown-field', message: 'Ce champ n’est pas demandé ici' },
    { champ: 'nom', code: 'not-text', message: 'Ce champ est un texte' },
    {
      champ: 'nir',
      code: 'length',
      message:
        'Le numéro de sécurité sociale a 13 caractères, ou 15 avec la clé. Comptez-les sur votre carte Vitale',
    },
    {
      champ: 'dateNaissance',
      code: 'not-a-date',
      message: 'Ce jour n’existe pas dans ce mois. Vérifiez votre date de naissance',
    },
    {
      champ: 'codePostal',
      code: 'postal-code',
      message: 'Le code postal a 5 chiffres, sans lettre. Exemple\u00a0: 80000',
    },
  ]);
  const english = await program.ask(
    'POST',
    '/dossiers',
    { ...body, role: undefined },
    { 'accept-language': 'en' },
  );
  assert.match(english.text, /This field is a text/);
  await goToContact(program, venturi);
  const contact = await program.ask('POST', '/dossier/coordonnees', {
    email: 'ange@exemple.fr',
    etudes: 'oui',
  });
  assert.match(contact.text, /"champ":"etudes","code":"not-boolean"/);
  assert.equal((await program.ask('GET', '/dossier')).body.etape, 'coordonnees');
});

test('a wrong name and an unknown number are answered alike', async (t) => {
  const { app } = await testApp(t);
  const known = identityJson(venturi);
  const answers = await Promise.all(
    [
      { ...known, nom: 'Autre' },
      { ...known, dateNaissance: '19/12/1962' },
      { ...known, codePostal: '75001' },
      { ...known, nir: '1540175101999' },
    ].map((body) => new Program(app).ask('POST', '/dossiers', body)),
  );
  const [first] = answers;
  for (const { status, headers, text } of answers) {
    assert.deepEqual([status, text], [422, first?.text]);
    assert.deepEqual({ ...headers, date: '' }, { ...first?.headers, date: '' });
  }
  assert.equal(first?.body.code, 'identity-refused');
});

test('50 wrong proofs at once: no more are judged than the limit allows, and the site shares the count', async (t) => {
  const { app, services } = await testApp(t);
  const visitor = new Visitor(app);
  await identify(visitor, venturi);
  await visitor.get(paths.proof);
  for (let i = 0; i < 2; i++) await visitor.post(paths.proof, { ...proofOf(venturi), iban7: '0000000' });
  const program = new Program(app);
  await program.ask('POST', '/dossiers', identityJson(venturi));
  const all = await Promise.all(
    Array.from({ length: 50 }, () => program.ask('POST', '/dossier/verification', wrongProof)),
  );
  const max = services.policy.limits.proofPerPerson[0]?.max ?? 0;
  assert.equal(all.filter(({ body }) => body.code === 'proof-refused').length, max - 2);
  const blocked = all.find(({ status }) => status === 429);
  assert.equal(blocked?.body.code, 'blocked');
  assert.match(String(blocked?.body.reessayerA), /^2026-03-03T09:00:00/);
  assert.equal(blocked?.headers['retry-after'], '86400');
  assert.equal((await program.ask('POST', '/dossier/verification', proofJson(venturi))).status, 429);
  const page = await visitor.post(paths.proof, proofOf(venturi));
  assert.equal(page.status, 429);
});

test('failures of identity by program count for the site too', async (t) => {
  const { app } = await testApp(t);
  const program = new Program(app);
  const wrong = { ...identityJson(venturi), nom: 'Autre' };
  const statuses = [];
  for (let i = 0; i < 6; i++) statuses.push((await program.ask('POST', '/dossiers', wrong)).status);
  assert.deepEqual(statuses, [422, 422, 422, 422, 422, 429]);
  const visitor = new Visitor(app);
  await visitor.get(paths.identity);
  assert.equal((await visitor.post(paths.identity, identityOf(venturi))).status, 429);
});

test('a token ends after a while, and when another dossier is begun with it', async (t) => {
  const { app, clock } = await testApp(t);
  const program = new Program(app);
  await program.ask('POST', '/dossiers', identityJson(venturi));
  const first = program.twin();
  await program.ask('POST', '/dossiers', identityJson(personNamed('loire')));
  assert.equal((await first.ask('GET', '/dossier')).status, 401);
  clock.advance(14 * 60_000);
  assert.equal((await program.ask('GET', '/dossier')).status, 200);
  clock.advance(14 * 60_000);
  assert.equal((await program.ask('GET', '/dossier')).status, 200);
  clock.advance(16 * 60_000);
  assert.equal((await program.ask('GET', '/dossier')).status, 401);
});

test('two concurrent answers to one step: one is stored, the other is refused', async (t) => {
  const { app, services } = await testApp(t);
  const program = new Program(app);
  await program.ask('POST', '/dossiers', identityJson(venturi));
  const both = await Promise.all([
    program.ask('POST', '/dossier/verification', proofJson(venturi)),
    program.twin().ask('POST', '/dossier/verification', proofJson(venturi)),
  ]);
  assert.ok(both.some(({ status }) => status === 200));
  assert.ok(
    both.every(
      ({ status, body }) => status === 200 || body.code === 'overtaken' || body.code === 'step-not-open',
    ),
  );
  const proofs = await services.db
    .selectFrom('audit_event')
    .where('kind', '=', 'proof-accepted')
    .selectAll()
    .execute();
  assert.equal(proofs.length, 1);
});

test('a client that floods, and a service that has too much to do, answer problems too', async (t) => {
  const { app, services } = await testApp(t);
  const insistent = new Program(app, { 'x-forwarded-for': '192.0.2.7' });
  const { max } = services.policy.limits.requestsPerAddress;
  for (let i = 0; i < max; i++) await insistent.ask('GET', '/dossier');
  const told = await insistent.ask('GET', '/dossier');
  assert.deepEqual([told.status, told.body.code], [429, 'too-many-requests']);
  assert.ok(Number(told.headers['retry-after']) > 0);

  const { passwords } = services;
  Object.assign(services, {
    passwords: { ...passwords, stats: () => ({ ...passwords.stats(), crowded: true }) },
  });
  const busy = await new Program(app).ask('POST', '/dossiers', identityJson(venturi));
  assert.deepEqual([busy.status, busy.body.code], [503, 'overloaded']);
  assert.ok(Number(busy.headers['retry-after']) >= 3);
});

test('whatever is sent in any field: never a 5xx, and never a step forward', async (t) => {
  const { app, log } = await testApp(t);
  const texts = [
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '‮',
    '🙂'.repeat(200),
    'é'.repeat(2_000),
    "'; drop table account; --",
    '<script>',
    '{{7*7}}',
    '../..',
  ];
  const values: readonly unknown[] = [...texts, null, true, 0, -1, 1e308, [], ['a'], {}, { toString: 'a' }];
  const fields: Record<string, readonly string[]> = {
    '/dossiers': ['nom', 'nir', 'dateNaissance', 'codePostal'],
    '/dossier/verification': ['iban7', 'numeroSerie'],
    '/dossier/conditions': ['accord'],
    '/dossier/mot-de-passe': ['motDePasse'],
    '/dossier/coordonnees': ['email', 'adresseProposee', 'portable', 'fixe', 'etudes'],
    '/dossier/validation-email': ['code'],
    '/dossier/validation-email/adresse': ['email', 'adresseProposee'],
  };
  const good: Record<string, Record<string, unknown>> = {
    '/dossiers': identityJson(venturi),
    '/dossier/verification': proofJson(venturi),
    '/dossier/conditions': { accord: true },
    '/dossier/mot-de-passe': { motDePasse: 'Brouette.Lune8' },
    '/dossier/coordonnees': { email: 'ange@exemple.fr' },
  };
  const program = new Program(app);
  for (const [path, names] of Object.entries(fields)) {
    for (const name of names)
      for (const value of values) {
        const { status } = await program.twin().ask('POST', path, { [name]: value });
        const isGood = name === 'accord' && value === true;
        assert.ok(status === 422 || isGood, `${path} ${name} ${JSON.stringify(value)}: ${status}`);
      }
    if (good[path]) assert.ok((await program.ask('POST', path, good[path])).status < 300, path);
  }
  assert.deepEqual(
    log.filter((line) => line.includes('requestFailed')),
    [],
  );
});
