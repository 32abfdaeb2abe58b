import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchPeople } from '#src/demo/people/people-search.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';

const people = demoPersons({ generated: 200 });

test('without a query, everybody is there, those of a particular situation first', () => {
  const found = searchPeople(people, '', 1);
  assert.equal(found.total, people.length);
  assert.equal(found.items[0]?.cle, 'venturi');
  assert.equal(found.items.length, 50);
});

test('accents, capitals and order of the words do not matter', () => {
  for (const query of ['Brémond', 'bremond vincent', 'VINCENT  BREMOND', '1830538185212'])
    assert.equal(searchPeople(people, query, 1).items[0]?.cle, 'isere', query);
});

test('a page beyond the end is the last one, and nobody is an answer', () => {
  const { page, last } = searchPeople(people, '', 1_000);
  assert.equal(page, last);
  assert.equal(searchPeople(people, '', -3).page, 1);
  assert.deepEqual(searchPeople(people, 'zzzz', 1), { items: [], total: 0, page: 1, last: 1 });
});
