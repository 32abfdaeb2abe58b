import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sexOf } from '#src/civil-status/nir.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { people } from '#src/fictitious/people.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import type { Pivot } from '#src/register/pivot.ts';
import { findByPivot } from '#src/register/pivot-search.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { testDatabase } from '#test/setting/database.ts';

const oldKeys = openKeyring(new Map([[1, Buffer.alloc(32, 1)]]));
const bothKeys = openKeyring(
  new Map([
    [2, Buffer.alloc(32, 2)],
    [1, Buffer.alloc(32, 1)],
  ]),
);

const lines = people.map(({ line }) => line);

function pivotOf(line: RegisterLine): Pivot {
  const { birthName, givenNames, birthDate, birthPlace, birthCountry } = line;
  return { familyName: birthName, givenNames, birthDate, birthPlace, birthCountry, gender: sexOf(line.nir) };
}

async function register(t: Parameters<typeof testDatabase>[0], persons: readonly RegisterLine[]) {
  const { db } = await testDatabase(t);
  await importPeople(db, oldKeys, persons, { now: new Date('2026-03-02'), uuid: crypto.randomUUID() });
  return db;
}

describe('findByPivot', () => {
  it('finds every named person, also while keys are rotated', async (t) => {
    const db = await register(t, lines);
    const alike = new Set(lines.map(({ birthName, birthDate }) => birthName + birthDate));
    assert.ok(alike.size < lines.length, 'there are homonyms');
    for (const line of lines) {
      const same = lines.filter((o) => o.birthName + o.birthDate === line.birthName + line.birthDate);
      if (same.length > 1) continue;
      const search = await findByPivot(db, bothKeys, pivotOf(line));
      assert.equal(search.kind, 'found', line.birthName);
      if (search.kind === 'found') assert.equal(search.found.insured.nir, line.nir);
    }
  });

  it('finds nobody for somebody else', async (t) => {
    const [line] = lines;
    assert.ok(line);
    const db = await register(t, [line]);
    const stranger = { ...pivotOf(line), familyName: 'Personne' };
    assert.equal((await findByPivot(db, oldKeys, stranger)).kind, 'none');
    const later = { ...pivotOf(line), birthDate: '1901-01-01' };
    assert.equal((await findByPivot(db, oldKeys, later)).kind, 'none');
  });

  it('never chooses between two who agree', async (t) => {
    const [line] = lines;
    assert.ok(line);
    const twin = { ...line, nir: `${line.nir.slice(0, 10)}997` };
    const db = await register(t, [line, twin]);
    assert.equal((await findByPivot(db, oldKeys, pivotOf(line))).kind, 'several');
  });

  it('misses nobody among many of one name and year', async (t) => {
    const [line] = lines;
    assert.ok(line);
    const year = line.birthDate.slice(0, 4);
    const namesakes = Array.from({ length: 120 }, (_, i) => ({
      ...line,
      nir: `${line.nir.slice(0, 10)}${String(600 + i)}`,
      birthDate: `${year}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + Math.floor(i / 12)).padStart(2, '0')}`,
    }));
    const twin = { ...line, nir: `${line.nir.slice(0, 10)}997`, birthDate: `${year}-12-28` };
    const db = await register(t, [{ ...line, birthDate: twin.birthDate }, ...namesakes, twin]);
    assert.equal((await findByPivot(db, oldKeys, pivotOf(twin))).kind, 'several');
    const [, second] = namesakes;
    assert.ok(second);
    assert.equal((await findByPivot(db, oldKeys, pivotOf(second))).kind, 'found');
  });

  it('tells twins apart', async (t) => {
    const [line] = lines;
    assert.ok(line);
    const twin = { ...line, nir: `${line.nir.slice(0, 10)}997`, givenNames: ['Autre', ...line.givenNames] };
    const db = await register(t, [line, twin]);
    const search = await findByPivot(db, oldKeys, pivotOf(twin));
    assert.ok(search.kind === 'found');
    assert.equal(search.found.insured.nir, twin.nir);
  });
});
