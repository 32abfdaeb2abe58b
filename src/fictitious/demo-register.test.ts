import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPersons, personForJson } from '#src/fictitious/demo-register.ts';
import { personNamed } from '#src/fictitious/people.ts';

test('at least 2,000 people, named or numbered, no NIR twice, always the same', () => {
  const persons = demoPersons();
  assert.ok(persons.length > 2000);
  assert.equal(new Set(persons.map(({ line }) => line.nir)).size, persons.length);
  assert.equal(new Set(persons.map(({ cle }) => cle)).size, persons.length);
  assert.equal(persons.at(-1)?.cle, 'genere-2000');
  assert.deepEqual(demoPersons({ generated: 5 }), persons.slice(0, persons.length - 1995));
});

test('the JSON of a person', () => {
  assert.deepEqual(personForJson(personNamed('venturi')), {
    cle: 'venturi',
    situation: personNamed('venturi').situation.fr,
    nom: 'Venturi',
    nomUsage: null,
    prenoms: ['Ange', 'Toussaint'],
    nir: '162122B010001',
    dateNaissance: '18/12/1962',
    codePostal: '63000',
    iban7: '0G02443',
    carte: { type: 'photo', numeroSerie: '04671322630' },
    franceConnect: null,
  });
  const { carte, iban7 } = personForJson(personNamed('ni-carte-ni-contact'));
  assert.deepEqual([carte, iban7], [null, null]);
  assert.equal(personForJson(personNamed('jour-inconnu')).dateNaissance, '00/03/1977');
});
