import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import type { NamedPerson } from '#src/fictitious/person.ts';
import { paths } from '#src/paths.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { findByPivot } from '#src/register/pivot-search.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { Program } from './api/program.ts';
import { arriveWithoutCard, ask } from './codes/channels.ts';
import { type TestApp, testApp } from './setting/application.ts';
import { identityOf } from './steps.ts';
import { Visitor } from './visitor.ts';

/** What the register holds of somebody from now on. */
async function registered(site: TestApp, line: RegisterLine): Promise<void> {
  const { db, keyring, random, clock } = site.services;
  await importPeople(db, keyring, [line], { now: clock.now(), uuid: random.uuid() });
}

/** Whether the form, the interface of programs and FranceConnect know somebody by a date and a place of birth. */
async function knownBy(
  site: TestApp,
  person: NamedPerson,
  told: { readonly date: string; readonly place?: string; readonly country?: string },
): Promise<Record<'form' | 'program' | 'franceConnect', boolean>> {
  const { line } = person;
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  const typed = identityOf({ line: { ...line, birthDate: told.date } });
  const seen = await visitor.post(paths.identity, typed);
  const [year, month, day] = told.date.split('-');
  const answer = await new Program(site.app).ask('POST', '/dossiers', {
    nom: line.birthName,
    nir: line.nir,
    dateNaissance: `${day}/${month}/${year}`,
    codePostal: line.postalCode,
  });
  const search = await findByPivot(site.services.db, site.services.keyring, {
    familyName: line.birthName,
    givenNames: line.givenNames,
    birthDate: told.date,
    gender: '',
    birthPlace: told.place ?? line.birthPlace,
    birthCountry: told.country ?? line.birthCountry,
  });
  return {
    form: seen.location === paths.proof,
    program: answer.status === 201,
    franceConnect: search.kind === 'found',
  };
}

const all = { form: true, program: true, franceConnect: true };
const none = { form: false, program: false, franceConnect: false };
const unknown = ['1971-00-00', '1971-01-01', '1971-12-31'];

test('an unknown date of birth is found however it is written here and there', async (t) => {
  const { line, ...person } = personNamed('venturi');
  const abroad = { nir: '1719999352012', birthPlace: '', birthCountry: '99352' };
  for (const birthDate of unknown) {
    const site = await testApp(t);
    const someone = { ...person, line: { ...line, ...abroad, birthDate } };
    await registered(site, someone.line);
    for (const date of unknown)
      assert.deepEqual(await knownBy(site, someone, { date }), all, `${birthDate} ${date}`);
    assert.deepEqual(await knownBy(site, someone, { date: '1971-07-01' }), none);
    assert.deepEqual(await knownBy(site, someone, { date: '1970-01-01' }), none);
  }
});

test('a genuine 1 January or 31 December is not the other', async (t) => {
  const { line, ...person } = personNamed('venturi');
  for (const [birthDate, other, nir] of [
    ['1971-01-01', '1971-12-31', '1710175056012'],
    ['1971-12-31', '1971-01-01', '1711275056012'],
  ] as const) {
    const site = await testApp(t);
    const someone = {
      ...person,
      line: { ...line, nir, birthDate, birthPlace: '75056', birthCountry: '99100' },
    };
    await registered(site, someone.line);
    assert.deepEqual(await knownBy(site, someone, { date: birthDate }), all);
    assert.deepEqual(await knownBy(site, someone, { date: other }), none);
  }
});

test('a place of birth under its former code, or written as a foreign town, is the same place', async (t) => {
  const site = await testApp(t);
  const { line, ...person } = personNamed('venturi');
  const cases = [
    [{ birthPlace: '75012', birthDate: '1960-05-05' }, { place: '92012' }, true],
    [{ birthPlace: '92012', birthDate: '1960-05-05' }, { place: '75012' }, true],
    [{ birthPlace: '92012', birthDate: '1985-05-05' }, { place: '75012' }, false],
    [{ birthPlace: '', birthCountry: '99139' }, { place: 'Lisboa', country: '99139' }, true],
    [{ birthPlace: '93352', birthCountry: '99100' }, { place: '', country: '99352' }, true],
    [{ birthPlace: '', birthCountry: '99139' }, { place: 'Lisboa', country: '99134' }, false],
  ] as const;
  for (const [known, told, found] of cases) {
    const someone = { ...person, line: { ...line, ...known } };
    await registered(site, someone.line);
    const { franceConnect } = await knownBy(site, someone, { date: someone.line.birthDate, ...told });
    assert.equal(franceConnect, found, JSON.stringify([known, told]));
  }
});

test('75016 and 75116 are one place, in the register, now or formerly, and wherever it is typed', async (t) => {
  const site = await testApp(t);
  const { line, ...person } = personNamed('venturi');
  for (const known of [
    { postalCode: '75016' },
    { postalCode: '75116' },
    { postalCode: '63000', formerPostalCodes: ['75116'] },
  ])
    for (const postalCode of ['75016', '75116', '75 116']) {
      await registered(site, { ...line, ...known });
      const someone = { ...person, line: { ...line, postalCode } };
      assert.deepEqual(await knownBy(site, someone, { date: line.birthDate }), all);
    }
});

test('what the register writes for a mobile is dialled as the number that it is', async (t) => {
  const site = await testApp(t);
  const { line, ...person } = personNamed('sans-carte');
  const someone = { ...person, line: { ...line, knownMobile: '+33692123456' } };
  await registered(site, someone.line);
  const visitor = new Visitor(site.app);
  await arriveWithoutCard(visitor, someone);
  await ask(visitor, 'sms');
  const numbers = (await site.mails()).map(({ content }) => content.number).filter(Boolean);
  assert.deepEqual(numbers, ['+262692123456']);
});
