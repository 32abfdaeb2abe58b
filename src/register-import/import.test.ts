import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sql } from 'kysely';
import { verifyAudit } from '#src/audit/verify.ts';
import { fillReference } from '#src/caisses/load.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { demoPersons } from '#src/fictitious/demo-register.ts';
import { people, personNamed } from '#src/fictitious/people.ts';
import type { FileLine } from '#src/files/lines.ts';
import { proofAgrees } from '#src/proofs/verifiers.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { findInsured } from '#src/register/store.ts';
import { parseAsOf } from '#src/register-import/as-of.ts';
import {
  type ImportOptions,
  type ImportOutcome,
  type ImportSummary,
  importRegister,
} from '#src/register-import/import.ts';
import type { Reject } from '#src/register-import/sort-lines.ts';
import { purgeStaged } from '#src/register-import/staging/purge.ts';
import { parseShare } from '#src/register-import/thresholds.ts';
import { testDatabase } from '#test/setting/database.ts';

const first = Buffer.alloc(32, 1);
const keyring = openKeyring(new Map([[1, first]]));
const now = new Date('2026-11-21T12:00:00Z');
const options = {
  now,
  uuid: 'a3b7d6f4-0d1f-4a2e-9a53-1f6f1c1f0001',
  /** Each file is another one, unless told. */
  sha256: () => randomBytes(32),
};
const second = 'a3b7d6f4-0d1f-4a2e-9a53-1f6f1c1f0002';
const venturi = personNamed('venturi').line;
const loire = personNamed('loire').line;
const everybody = demoPersons({ generated: 700 }).map(({ line }) => line);

const asFile = (...lines: RegisterLine[]) => lines.map((line) => JSON.stringify(line));
const numbered = (texts: readonly string[]): FileLine[] =>
  texts.map((text, index) => ({ number: index + 1, text, ended: true }));

function done(outcome: ImportOutcome) {
  assert.ok(outcome.kind === 'done', outcome.kind === 'refused' ? outcome.refusal.reason : '');
  return outcome.summary;
}

/** What a file did to the people of the register. */
function changed({ people: { added, updated, unchanged, absent } }: ImportSummary) {
  return { added, updated, unchanged, absent };
}

function asOf(text: string) {
  const read = parseAsOf(text);
  assert.ok(read);
  return read;
}

function share(text: string) {
  const read = parseShare(text);
  assert.ok(read);
  return read;
}

test('importing a register file', async (t) => {
  const { db } = await testDatabase(t);
  await fillReference(db);
  t.beforeEach(async () => {
    await db.deleteFrom('insured').execute();
    await db.deleteFrom('register_import').execute();
  });

  function load(texts: readonly string[], more: Partial<ImportOptions> = {}, keys = keyring) {
    return importRegister(db, keys, numbered(texts), { ...options, uuid: crypto.randomUUID(), ...more });
  }

  function stored() {
    return db.selectFrom('insured').selectAll().orderBy('person_key').execute();
  }

  /** The reason for which a file is refused; the register and its history are as they were. */
  async function refusalOf(texts: readonly string[], more: Partial<ImportOptions> = {}) {
    const history = () =>
      db.selectFrom('register_import').selectAll().where('refused_for', 'is', null).orderBy('id').execute();
    const before = [await stored(), await history()];
    const outcome = await load(texts, more);
    assert.ok(outcome.kind === 'refused', 'it was loaded');
    assert.deepEqual([await stored(), await history()], before);
    return outcome.refusal.reason;
  }

  await t.test('every person of the demo is loaded and found as the file described them', async () => {
    const progress: number[] = [];
    const summary = done(
      await load(asFile(...everybody), { uuid: options.uuid, onProgress: (read) => progress.push(read) }),
    );
    const count = everybody.length;
    assert.deepEqual(summary, {
      batch: options.uuid,
      dryRun: false,
      kind: 'full',
      asOf: { from: now, until: now },
      nameless: 0,
      read: count,
      accepted: count,
      rejected: 0,
      people: {
        added: count,
        updated: 0,
        unchanged: 0,
        absent: 0,
        left: 0,
        returned: 0,
        died: 0,
        unknown: 0,
        registered: 0,
      },
      accounts: { closed: 0, reopened: 0 },
      concerned: 0,
      loadedBefore: null,
    });
    assert.deepEqual(progress, [500, count]);
    for (const { line } of people) {
      const found = await findInsured(db, keyring, line.nir);
      assert.ok(found);
      const { iban, card, ...rest } = line;
      const { ibanStart, card: knownCard, ...known } = found.insured;
      assert.deepEqual(known, rest);
      assert.equal(ibanStart, iban?.slice(0, -7) ?? null);
      assert.equal(knownCard?.type, card?.type);
      const typed = { tail: iban?.slice(-7) ?? '', serial: card?.serial ?? '' };
      assert.equal(proofAgrees(keyring, line.nir, typed, found), iban !== null && card !== null);
    }
    assert.equal(await findInsured(db, keyring, '2990175056999'), null);
  });

  await t.test('nothing of a person is stored in clear', async () => {
    await load(asFile(venturi));
    const [row] = await stored();
    assert.ok(row);
    const bytes = Buffer.concat(Object.values(row).filter(Buffer.isBuffer)).toString('latin1');
    for (const secret of ['162122B010001', 'Venturi', '0G02443', '04671322630', '1962', '63000'])
      assert.ok(!bytes.includes(secret), secret);
  });

  await t.test('who did not change is not written again, however the line is written', async () => {
    const all = people.map(({ line }) => line);
    await load(asFile(...all));
    const before = await stored();
    const again = done(await load(asFile(...all), { uuid: second }));
    assert.deepEqual(changed(again), { added: 0, updated: 0, unchanged: all.length, absent: 0 });
    assert.deepEqual(await stored(), before);

    const turned = Object.fromEntries(Object.entries(venturi).toReversed());
    const others = all.filter(({ nir }) => nir !== venturi.nir);
    const written = JSON.stringify(turned, null, ' ').replaceAll('\n', '');
    const reordered = done(await load([written, ...asFile(...others)]));
    assert.deepEqual(changed(reordered), { added: 0, updated: 0, unchanged: all.length, absent: 0 });
    const withoutLine = (rows: typeof before) => rows.map((row) => ({ ...row, line_fingerprint: null }));
    assert.deepEqual(withoutLine(await stored()), withoutLine(before));
  });

  await t.test('whatever differs is written: a newer file updates, and who is absent leaves', async () => {
    const all = people.map(({ line }) => line);
    await load(asFile(...all));
    const moved = { ...venturi, postalCode: '20200', formerPostalCodes: ['63000'], iban: null };
    const newer = done(await load(asFile(moved), { uuid: second }));
    assert.deepEqual(changed(newer), { added: 0, updated: 1, unchanged: 0, absent: all.length - 1 });
    const found = await findInsured(db, keyring, venturi.nir);
    assert.equal(found?.insured.postalCode, '20200');
    assert.equal(found?.ibanVerifier, null);
    assert.equal((await stored()).length, all.length);
    assert.ok(venturi.iban && venturi.card);
    const serial = venturi.card.serial.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const changes: readonly Partial<RegisterLine>[] = [
      { usageName: 'Autre' },
      { iban: 'FR7630006000011234567890189' },
      { card: { ...venturi.card, serial } },
      { knownEmail: null },
      { deceased: true },
    ];
    for (const change of changes) {
      await load(asFile(venturi));
      assert.equal(done(await load(asFile({ ...venturi, ...change }))).people.updated, 1);
    }
  });

  await t.test(
    'invalid lines are rejected with their number and a reason without personal data',
    async () => {
      const [good = '', other = ''] = asFile(venturi, loire);
      const [bad = ''] = asFile({ ...venturi, nir: '1', birthName: 'Confidentiel' });
      const rejects: Reject[] = [];
      const lines: FileLine[] = [
        ...numbered([good, '', bad, ` ${good}\t`, other]),
        { number: 6, problem: 'encoding', ended: true },
        { number: 7, text: other.slice(0, 40), ended: true },
      ];
      const outcome = await importRegister(db, keyring, lines, {
        ...options,
        maxRejected: share('4'),
        onReject: (reject) => rejects.push(reject),
      });
      const summary = done(outcome);
      assert.deepEqual([summary.read, summary.accepted, summary.rejected], [6, 2, 4]);
      assert.deepEqual(rejects, [
        { line: 3, reason: 'nir: length' },
        { line: 6, reason: 'line: encoding' },
        { line: 7, reason: 'line: not_json' },
        { line: 4, reason: 'nir: duplicate', earlier: 1 },
      ]);
      assert.doesNotMatch(JSON.stringify([rejects, summary]), /Confidentiel|Venturi|162122B/);
    },
  );

  await t.test('of two lines about one person the first counts, wherever they stand', async () => {
    const later = { ...venturi, postalCode: '20200' };
    const rejects: Reject[] = [];
    await load([...asFile(venturi, ...everybody.slice(100, 700)), ...asFile(later)], {
      onReject: (reject) => rejects.push(reject),
    });
    assert.deepEqual(rejects, [{ line: 602, reason: 'nir: duplicate', earlier: 1 }]);
    assert.equal((await findInsured(db, keyring, venturi.nir))?.insured.postalCode, venturi.postalCode);
  });

  await t.test('a dry run says exactly what would happen and writes nothing', async () => {
    await load(asFile(venturi, ...everybody.slice(200, 260)));
    const next = [...asFile({ ...venturi, usageName: 'Autre' }, ...everybody.slice(210, 280)), 'x'];
    const before = await stored();
    const events = await verifyAudit(db);
    const more = { maxRejected: share('10%'), uuid: second };
    const dry = done(await load(next, { ...more, dryRun: true }));
    assert.deepEqual(await stored(), before);
    assert.deepEqual(await verifyAudit(db), events);
    assert.deepEqual(changed(dry), { added: 20, updated: 1, unchanged: 50, absent: 10 });
    assert.deepEqual({ ...done(await load(next, more)), dryRun: true }, dry);
    const worse = await load(['x', ...next], { dryRun: true, maxRejected: share('1') });
    assert.equal(worse.kind === 'refused' && worse.refusal.reason, 'too-many-rejected');
  });

  await t.test('a file that is not what it should be is refused whole', async () => {
    await load(asFile(...everybody.slice(0, 50)));
    const good = asFile(...everybody.slice(20, 80));
    const cut: FileLine[] = [...numbered(good), { number: 61, text: '{"nir":"28', ended: false }];
    assert.equal(await refusalOf([]), 'empty');
    assert.equal(await refusalOf(['', ' ', '\t']), 'empty');
    assert.equal(await refusalOf(['{"asOf":"2026-11-21"}']), 'empty');
    assert.equal(await refusalOf(['x', 'y'], { maxRejected: share('100%') }), 'nothing-usable');
    assert.equal(await refusalOf([...good, 'x']), 'too-many-rejected');
    assert.equal(await refusalOf([...good, 'x', 'y'], { maxRejected: share('1') }), 'too-many-rejected');
    assert.equal(await refusalOf(good, { expected: { lines: 61, within: share('0') } }), 'unexpected-count');
    assert.equal(
      await refusalOf(good, { expected: { lines: 50, within: share('10%') } }),
      'unexpected-count',
    );
    assert.equal(await refusalOf(['{"asOf":"2026-11-21","persons":61}', ...good]), 'unexpected-count');
    for (const heading of [
      '{"asOf":"21/11/2026"}',
      '{"asOf":20261121}',
      '{"asOf":"2026-11-21","person":60}',
      '{"asOf":"2026-11-21","persons":"60"}',
    ])
      assert.equal(await refusalOf([heading, ...good]), 'heading');
    const short = await importRegister(db, keyring, cut, { ...options, maxRejected: share('100%') });
    assert.equal(short.kind === 'refused' && short.refusal.reason, 'cut-short');
    const last = numbered(good).map((line) => ({ ...line, ended: line.number < 60 }));
    assert.equal(done(await importRegister(db, keyring, last, { ...options, uuid: second })).accepted, 60);
    done(
      await load([...good, 'x'], { expected: { lines: 60, within: share('2%') }, maxRejected: share('1') }),
    );
  });

  await t.test('a heading says of when the file is, and how many lines it has', async () => {
    const summary = done(await load(['', '{"persons":2,"asOf":"2026-11-20"}', ...asFile(venturi, loire)]));
    assert.deepEqual([summary.read, summary.asOf], [2, asOf('2026-11-20')]);
    const told = done(
      await load(['{"asOf":"2026-11-20"}', ...asFile(venturi)], { asOf: asOf('2026-11-21') }),
    );
    assert.deepEqual(told.asOf, asOf('2026-11-21'));
    const outcome = await load([...asFile(venturi), '{"asOf":"2026-11-22"}'], { maxRejected: share('1') });
    assert.equal(done(outcome).rejected, 1);
  });

  await t.test(
    'an older file is refused unless told otherwise, by heading, word or date of the file',
    async () => {
      const file = asFile(venturi);
      done(await load(['{"asOf":"2026-11-20"}', ...file]));
      const older = [
        () => refusalOf(['{"asOf":"2026-11-19"}', ...file]),
        () => refusalOf(file, { asOf: asOf('2026-11-19') }),
        () => refusalOf(file, { writtenAt: new Date('2026-11-19T22:00:00Z') }),
        () => refusalOf(file, { asOf: asOf('2026-11-19'), dryRun: true }),
      ];
      for (const refused of older) assert.equal(await refused(), 'older');
      for (const day of ['2026-11-23', '2062-01-01'])
        assert.equal(await refusalOf(file, { asOf: asOf(day) }), 'in-the-future');
      done(await load(file, { asOf: asOf('2026-11-19'), acceptOlder: true, uuid: second }));
      assert.equal(await refusalOf(file, { asOf: asOf('2026-11-19') }), 'older');
      done(await load(file, { writtenAt: new Date('2026-11-20T12:00:00Z'), uuid: crypto.randomUUID() }));
    },
  );

  await t.test(
    'the same file once more changes nothing and says so; one of before another is refused',
    async () => {
      const of = (byte: number) => ({ sha256: () => Buffer.alloc(32, byte), uuid: crypto.randomUUID() });
      const later = (minutes: number) => ({ now: new Date(now.getTime() + minutes * 60_000) });
      assert.equal(done(await load(asFile(venturi), of(1))).loadedBefore, null);
      const again = done(await load(asFile(venturi), { ...of(1), ...later(1) }));
      assert.deepEqual(again.loadedBefore, now);
      assert.deepEqual(changed(again), { added: 0, updated: 0, unchanged: 1, absent: 0 });
      done(await load(asFile({ ...venturi, usageName: 'Autre' }), { ...of(2), ...later(2) }));
      assert.equal(await refusalOf(asFile(venturi), { ...of(1), ...later(3) }), 'loaded-before');
      done(await load(asFile(venturi), { ...of(1), ...later(3), acceptOlder: true }));
    },
  );

  await t.test('an import leaves one event: counts, date and fingerprint of the file, nobody', async () => {
    const rows = await events(() =>
      load([...asFile(venturi, loire), 'x'], {
        uuid: options.uuid,
        asOf: asOf('2026-11-20'),
        sha256: () => Buffer.alloc(32, 0xab),
        maxRejected: share('1'),
      }),
    );
    assert.deepEqual(rows, [
      {
        kind: 'register-imported',
        details: {
          import: options.uuid,
          by: 'operator',
          asOf: '2026-11-20',
          sha256: 'ab'.repeat(32),
          read: 3,
          accepted: 2,
          rejected: 1,
          added: 2,
          updated: 0,
          unchanged: 0,
          absent: 0,
          left: 0,
          returned: 0,
          died: 0,
          unknown: 0,
          registered: 0,
          closed: 0,
          reopened: 0,
          concerned: 0,
          kind: 'full',
        },
      },
    ]);
    const [refused, ...more] = await events(() => load(['x']));
    assert.ok(refused);
    assert.equal(refused.kind, 'register-refused');
    assert.deepEqual(more, []);
    assert.deepEqual(await events(() => load(asFile(venturi), { dryRun: true })), []);
  });

  async function events(run: () => Promise<unknown>) {
    const all = () => db.selectFrom('audit_event').select(['kind', 'details']).orderBy('seq').execute();
    const before = (await all()).length;
    await run();
    return (await all()).slice(before);
  }

  await t.test('a file that breaks on the way leaves the register as it was', async () => {
    await load(asFile(venturi));
    const before = await stored();
    async function* broken() {
      yield* numbered(asFile(...everybody.slice(0, 600)));
      throw new Error('The disk is gone');
    }
    await assert.rejects(
      importRegister(db, keyring, broken(), { ...options, uuid: second }),
      /The disk is gone/,
    );
    assert.deepEqual(await stored(), before);
    const { rows } = await sql`select from register_import where id = ${second}`.execute(db);
    assert.equal(rows.length, 0);
  });

  await t.test('what a broken import has staged is cleared after a day', async () => {
    const clear = (hours: number) =>
      db.transaction().execute((trx) => purgeStaged(trx, new Date(now.getTime() + hours * 3_600_000)));
    assert.deepEqual([await clear(23), await clear(25), await clear(25)], [0, 1, 0]);
    const { rows } = await sql`select from register_staged`.execute(db);
    assert.equal(rows.length, 0);
  });
});
