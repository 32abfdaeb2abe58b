import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { identityOf, proofOf } from '../../../test/steps.ts';
import { type Seen, Visitor } from '../../../test/visitor.ts';

const day = 86_400_000;

async function stoppedAt(
  site: TestApp,
  person: { line: RegisterLine },
): Promise<{ visitor: Visitor; seen: Seen }> {
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  assert.equal((await visitor.post(paths.identity, identityOf(person))).location, paths.notEligible);
  return { visitor, seen: await visitor.get(paths.notEligible) };
}

async function withLine(
  { services: { db, keyring, random, clock } }: TestApp,
  line: RegisterLine,
): Promise<{ line: RegisterLine }> {
  await importPeople(db, keyring, [line], { now: clock.now(), uuid: random.uuid() });
  return { line };
}

test('each reason that the person may know has its page, with the caisse, a code and the way back', async (t) => {
  const site = await testApp(t);
  const cases: [string, RegExp, RegExp][] = [
    [
      'regime-msa',
      /^Votre régime a son propre service/,
      /href="https:\/\/www\.msa\.fr"[^>]*>Aller sur www\.msa\.fr</,
    ],
    ['regime-mgen', /^Votre régime a son propre service/, /href="https:\/\/www\.mgen\.fr"/],
    ['ayant-droit', /^Le compte est au nom de la personne qui vous assure/, /ayant droit/],
    ['dix-huit-ans', /^Votre compte vous attend à vos 18 ans/, /À partir du 12\u00a0octobre\u00a02026/],
    ['numero-provisoire-7', /^Votre numéro n’est pas encore définitif/, /commence par 3, 4, 7 ou 8/],
    ['numero-non-certifie', /^Votre numéro n’est pas encore définitif/, /n’est pas encore vérifié/],
    ['decede', /^Votre caisse va vous aider/, /3646/],
  ];
  for (const [cle, title, words] of cases) {
    const { visitor, seen } = await stoppedAt(site, personNamed(cle));
    assert.equal(seen.status, 200, cle);
    assert.match(seen.title, title);
    assert.match(seen.html, words, cle);
    assert.match(seen.html, /Téléphone\u00a0: .*href="tel:3646"/, cle);
    assert.match(seen.html, /<strong>[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}<\/strong>/, cle);
    assert.match(seen.html, new RegExp(`href="${paths.identity}"`), cle);
    for (const elsewhere of [paths.proof, paths.otherWays, paths.terms])
      assert.equal((await visitor.get(elsewhere)).location, paths.notEligible, `${cle}: ${elsewhere}`);
  }
});

test('for a deceased person no reason is disclosed, whatever else bars them', async (t) => {
  const site = await testApp(t);
  const { line } = personNamed('regime-msa');
  const person = await withLine(site, {
    ...line,
    nir: '1681232013045',
    deceased: true,
    entitlement: 'ayant-droit',
  });
  const { seen } = await stoppedAt(site, person);
  assert.match(seen.title, /^Votre caisse va vous aider/);
  assert.doesNotMatch(seen.html, /décéd|régime|ayant droit|msa\.fr/i);
});

test('a régime that was admitted says until when', async (t) => {
  const site = await testApp(t);
  const { line } = personNamed('regime-msa');
  const student = await stoppedAt(
    site,
    await withLine(site, { ...line, nir: '1681232013046', regime: 'LMDE' }),
  );
  assert.match(student.seen.html, /jusqu’au 31\u00a0décembre\u00a02021/);
  assert.match(student.seen.html, /votre caisse a pris la suite/);
});

test('at 18 the page says until when to wait, then to call; before the least age, from when', async (t) => {
  const site = await testApp(t, '2026-10-11T21:59:59Z');
  const eighteen = personNamed('dix-huit-ans');
  assert.match((await stoppedAt(site, eighteen)).seen.title, /à vos 18 ans/);
  site.clock.advance(1_000);
  assert.match(
    (await stoppedAt(site, eighteen)).seen.html,
    /Si [^.]*12\u00a0décembre\u00a02026[^.]*appelez-la/,
  );
  site.clock.advance(62 * day);
  assert.match((await stoppedAt(site, eighteen)).seen.html, /Appelez votre caisse dès maintenant/);
  const { line } = eighteen;
  const young = await withLine(site, {
    ...line,
    nir: '1111031555135',
    birthDate: '2011-03-15',
    entitlement: 'ouvreur-de-droits',
  });
  const { seen } = await stoppedAt(site, young);
  assert.match(seen.title, /^Vous pourrez ouvrir un compte à 16 ans/);
  assert.match(seen.html, /à partir du 15\u00a0mars\u00a02027/);
});

test('a person who may enrol is sent on, and without a dossier the page is closed', async (t) => {
  const { app } = await testApp(t);
  const visitor = new Visitor(app);
  assert.equal((await visitor.get(paths.notEligible)).location, paths.identity);
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed('sans-iban')));
  assert.equal((await visitor.get(paths.notEligible)).location, paths.otherWays);
});

test('under a neutral policy the card route is open to those who have it, and one page stops the others', async (t) => {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  const venturi = personNamed('venturi');
  assert.equal((await visitor.post(paths.identity, identityOf(venturi))).location, paths.proof);
  await visitor.get(paths.proof);
  assert.equal((await visitor.post(paths.proof, proofOf(venturi))).location, paths.terms);

  const { seen } = await stoppedAt(site, personNamed('sans-iban'));
  assert.match(seen.title, /^Nous ne pouvons pas continuer ainsi/);
  const nobody = { line: { ...venturi.line, nir: '2690549588157' } };
  const unknown = await stoppedAt(site, nobody);
  assert.equal(unknown.seen.title, seen.title);
  assert.match(
    (await unknown.visitor.get(paths.identity)).html,
    /value="2690549588157"/,
    'kept, to be corrected',
  );
});

test('under a neutral policy a code is sent to those who may have one, and the answer does not show it', async (t) => {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const venturi = personNamed('venturi');
  const people = {
    'sans-iban': personNamed('sans-iban'),
    decede: personNamed('decede'),
    nobody: { line: { ...venturi.line, nir: '2690549588157' } },
    'wrong name': { line: { ...personNamed('sans-carte').line, birthName: 'Autre', usageName: null } },
  };
  const asked: [string, string | null, string][] = [];
  for (const [name, person] of Object.entries(people)) {
    const { visitor } = await stoppedAt(site, person);
    const { location } = await visitor.post(paths.notEligible, { canal: 'courrier' });
    const after = await visitor.get(paths.provisionalCode);
    assert.match(after.html, /Il part si vos informations sont exactes/, 'what was asked is answered');
    asked.push([name, location, after.html.replaceAll(/value="[^"]*"/g, '')]);
  }
  const [first, ...others] = asked;
  for (const [name, location, html] of others) {
    assert.equal(location, first?.[1], name);
    assert.equal(html, first?.[2], name);
  }
  const leaving = await site.services.db
    .selectFrom('notice')
    .select('kind')
    .where('state', '=', 'queued')
    .execute();
  assert.deepEqual(leaving, [{ kind: 'provisional-code-letter' }]);
  const { visitor } = await stoppedAt(site, people['sans-iban']);
  assert.equal((await visitor.post(paths.notEligible)).status, 422);
});

test('FranceConnect after an unknown NIR: the dossier about nobody changes nothing', async (t) => {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const venturi = personNamed('venturi');
  const { visitor } = await stoppedAt(site, {
    line: { ...venturi.line, birthName: 'Autre', usageName: null },
  });
  await visitor.get(paths.identity);
  assert.equal((await visitor.post(paths.identity, identityOf(venturi))).location, paths.proof, 'corrected');
  const dossiers = await site.services.db.selectFrom('dossier').select('step').execute();
  assert.deepEqual(dossiers, [{ step: 'proof' }], 'the older one is gone');
  const events = await site.services.db.selectFrom('audit_event').select('kind').orderBy('seq').execute();
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['identity-refused', 'identity-accepted'],
  );
});
