import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNir, nirKey } from '#src/civil-status/nir.ts';
import { notInvented } from '#src/workshop/classroom/only-invented.ts';
import { inventRoster } from '#src/workshop/classroom/roster.ts';

const ordinary = { people: 'carte-photo', begins: 'without-account' } as const;
const roster = inventRoster(7, 2, ordinary);
const [own] = roster.get(1) ?? [];
const [neighbour] = roster.get(2) ?? [];
assert.ok(own && neighbour);
const { line } = own.person;
const mailboxes = new Set([own.email, neighbour.email]);

const judge = (field: string, value: string) =>
  notInvented([[field, value]], [own], mailboxes).map(({ what }) => what)[0] ?? null;

test('what the person of the seat has may be typed in every way', () => {
  const written = formatNir(line.nir);
  for (const nir of [line.nir, written, `${written} ${nirKey(line.nir)}`, line.nir.toLowerCase(), ''])
    assert.equal(judge('nir', nir), null, nir);
  assert.equal(judge('iban7', line.iban?.slice(-7) ?? ''), null);
  assert.equal(judge('email', own.email), null);
  assert.equal(judge('email', 'une.faute@example.org'), null);
  assert.equal(judge('portable', '06 39 98 00 01'), null);
  assert.equal(judge('portable', '+33 6 39 98 00 01'), null);
  assert.equal(judge('motDePasse', 'Girafe.Soleil9'), null);
  assert.equal(judge('nom', line.birthName), null);
  assert.equal(judge('texte', `Mon IBAN : ${line.iban} merci beaucoup`), null);
  assert.equal(judge('affichee', '1795737155123'), null, 'the page wrote it');
  assert.equal(judge('texte', 'Le CE19 est passé mardi matin vers midi'), null);
});

test('what could be somebody’s own is refused, also where it does not belong', () => {
  for (const nir of ['2 84 05 75 114 005 81', '284057511400581', '2840575114005', neighbour.person.line.nir])
    assert.equal(judge('nir', nir), 'nir', nir);
  assert.equal(judge('nom', 'Dupont 2 84 05 75 114 005'), 'nir');
  assert.equal(judge('texte', 'Mon numéro est le 1.85.05.2A.114.005, merci'), 'nir');
  assert.equal(judge('iban7', neighbour.person.line.iban?.slice(-7) ?? ''), 'bank');
  assert.equal(judge('texte', 'FR76 3000 6000 0112 3456 7890 189'), 'bank');
  assert.equal(judge('texte', `${'Bonjour. '.repeat(400)}Mon numéro : ２８４０５７５１１４００５`), 'nir');
  for (const email of [
    'moi@gmail.com',
    'MOI@Orange.FR',
    'a@b.fr, x@example.org',
    neighbour.email.toUpperCase(),
  ])
    assert.equal(judge('email', email), 'email', email);
  assert.equal(judge('portable', '06 12 34 56 78'), 'telephone');
});

test('a long text is read in linear time', () => {
  assert.equal(judge('texte', '1'.repeat(100_000)), null);
  assert.equal(judge('texte', 'a@'.repeat(50_000)), 'email');
});

test('everybody of a class is another person, with a mailbox and a telephone of their own', () => {
  const all = [...inventRoster(7, 30, ordinary).values()].flat();
  assert.equal(all.length, 91);
  for (const of of [
    all.map(({ person }) => person.line.nir),
    all.map(({ person }) => person.line.birthName),
    all.map(({ email }) => email),
    all.map(({ mobile }) => mobile),
  ])
    assert.equal(new Set(of).size, 91);
  assert.deepEqual(inventRoster(7, 30, ordinary).get(3), all.slice(6, 9));
});
