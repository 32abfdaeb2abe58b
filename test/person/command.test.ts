import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { loadConfiguration } from '#src/config/load.ts';
import { openKeyring, personKey } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { storingDossier } from '#src/dossiers/dossier.ts';
import { people, personNamed } from '#src/fictitious/people.ts';
import { databaseFor, inTheDatabase } from '../reliability/place-database.ts';
import { runCommand } from '../setting/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-person-'));
const env = {
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  METRICS_PORT: 'off',
  ...(await databaseFor({ after })),
};
after(() => rmSync(folder, { recursive: true }));
const place = { folder: env.DATA_DIR, env, port: 0, origin: '' };
const { line } = personNamed('venturi');
const why = ['--reason', 'appel du 3 mars', '--by', 'A-12'];

function run(args: readonly string[], typed = '') {
  return runCommand(['person', ...args], env, Readable.from(typed === '' ? [] : [Buffer.from(typed)]));
}

/** An enrolment of Ange, under way: enough to be erased. Answers its support code. */
async function beginEnrolment(): Promise<string> {
  const decision = loadConfiguration(env, systemRandom);
  assert.ok(decision.ok);
  const keyring = openKeyring(decision.secrets.masterKeys.reveal());
  return inTheDatabase(place, async ({ db }) => {
    const key = { personKey: personKey(keyring, line.nir), id: systemRandom.uuid() };
    const { nir, birthDate, postalCode } = line;
    const identity = {
      ...{ name: line.birthName, nir, birthDate, postalCode, registeredBirthDate: birthDate },
      ...{ mayEnrol: true, bars: [], cardRoute: true, cardType: null, ibanStart: null, caisse: '631' },
      ...{ names: [], reachable: null, typed: true },
    };
    const answers = { identity, proof: null, terms: null, password: null } as const;
    await db.executeQuery(storingDossier(db, keyring, { ...key, answers }, new Date()).compile());
    const row = await db.selectFrom('dossier').select('support_code').executeTakeFirstOrThrow();
    return row.support_code;
  });
}

test('an operator erases somebody, and does it again from the file in a restored database', async () => {
  assert.equal((await runCommand(['migrate'], env)).code, 0);
  const register = join(folder, 'register.ndjson');
  writeFileSync(register, `${people.map((one) => JSON.stringify(one.line)).join('\n')}\n`);
  assert.equal((await runCommand(['register', 'import', register], env)).code, 0);
  const code = await beginEnrolment();

  for (const [args, typed, exit, said] of [
    [['erase', '--reason', 'x'], line.nir, 2, /--by/],
    [['erase', ...why, line.nir], '', 2, /stays in the history: give it on standard input/],
    [['erase', ...why, 'ange@exemple.fr'], '', 2, /stays in the history/],
    [['erase', ...why], 'hello\n', 2, /give a NIR of 13 or 15 characters/],
    [['erase', ...why], '162122BO10001\n', 2, /this is no NIR: .* \(0, not O\)/],
    [['erase', ...why], '162122B01000104\n', 2, /the key does not go with the NIR/],
    [['erase', ...why], '', 2, /give a NIR/],
    [['erase', '--by', 'A-12', '--reason', ' '], line.nir, 2, /--reason: say why/],
    [
      ['erase', '--by', 'A-12', '--reason', `pour ${line.nir}`],
      line.nir,
      2,
      /--reason: it holds what looks like/,
    ],
    [
      ['erase', '--by', 'A-12', '--reason', 'de a@exemple.fr'],
      line.nir,
      2,
      /--reason: it holds what looks like/,
    ],
    [['erase', '--by', 'A-12', '--reason', 'x'.repeat(201)], line.nir, 2, /200 characters at most/],
    [['erase', '--by', 'Ange Venturi', '--reason', 'x'], line.nir, 2, /--by: 1 to 64 letters/],
    [['erase', ...why, '0000-0000'], '', 1, /nobody is known/],
  ] as const) {
    const ran = await run(args, typed);
    assert.equal(ran.code, exit, `${args.join(' ')}: ${ran.err}`);
    assert.match(ran.err, said);
    assert.equal(ran.out, '');
  }

  const found = await run(['find', ...why, code]);
  assert.match(found.out, /^person +[\da-f]{8}, in the register\naccount +none\nsupport code +[\w-]{9}$/);
  const masked = await run(['show', ...why], line.nir);
  assert.match(masked.out, /^NIR +\d \d\d ••/m);
  assert.equal(/venturi/i.test(masked.out), false);
  assert.match(masked.out, /agent A-12: looked at by an operator, 2 times in a row/);
  assert.match((await run(['show', ...why, '--unmask'], line.nir)).out, /^name +VENTURI$/im);
  const copies = join(folder, 'copies');
  const exported = await run(['export', ...why, '--out', copies], line.nir);
  assert.equal(exported.code, 0, exported.err);
  assert.match(exported.out, / 1 {2}register\n[\s\S]*written: .*\.json\nwritten: .*\.pdf\ntold: nobody/);
  assert.deepEqual(
    readdirSync(copies).map((name) => [name.replace(/.*\./, ''), statSync(join(copies, name)).mode & 0o777]),
    [
      ['json', 0o600],
      ['pdf', 0o600],
    ],
  );

  const secondCopy = await run(['export', ...why, '--out', copies], line.nir);
  assert.deepEqual([secondCopy.code, secondCopy.out, readdirSync(copies).length], [1, '', 2]);
  assert.match(secondCopy.err, /the folder has the copies of today already/);
  const unknownPolicy = await runCommand(['person', 'find', ...why, code], { ...env, POLICY: 'nowhere' });
  assert.equal(unknownPolicy.code, 78);
  assert.match(unknownPolicy.err, /is not usable:\n {2}Policy nowhere: there is no such file$/);

  const anchor = join(folder, 'anchor.ndjson');
  const anchored = await runCommand(['audit', 'anchor', '--out', anchor], env);
  assert.match(anchored.out, /^anchor of seal \d+: 2 chains\nSHA-256 [\da-f]{64}$/);
  const verified = await runCommand(['audit', 'verify', '--anchors', anchor], env);
  assert.deepEqual([verified.code, verified.err], [0, '']);
  assert.match(verified.out, /: 2 chains, 0 purged since, 0 broken\n/);
  const replaced = await runCommand(['audit', 'anchor', '--out', anchor], env);
  assert.equal(replaced.code, 4, 'no file is replaced');
  assert.match(replaced.err, /there is a file of that name, .* name another$/);
  assert.equal((await runCommand(['audit', 'verify', '--anchors', register], env)).code, 4);
  const trail = await runCommand(['audit', 'export', '--from', '2026-01-01'], env);
  assert.equal(trail.err, `${trail.out.split('\n').length} events`);
  assert.equal(JSON.parse(trail.out.split('\n').at(-1) ?? '').kind, 'data-exported');
  for (const bad of [['--from', '2026-02-30'], [], ['--from', '2026-02-02', '--until', '2026-02-01']])
    assert.equal((await runCommand(['audit', 'export', ...bad], env)).code, 2, bad.join(' '));
  for (const bad of ['audit verify --at-least x', 'keys retire x', 'register history --last 0'])
    assert.equal((await runCommand(bad.split(' '), env)).code, 2, bad);

  const dead = await run(['find', ...why], personNamed('decede').line.nir);
  assert.match(dead.out, /^account +none\nreason +deceased: .*Rester sobre/m);

  const rehearsed = await run(['erase', ...why, '--dry-run', code]);
  assert.match(
    rehearsed.out,
    /^person [\da-f]{8}: would be erased\n {5}1 {2}enrolments\ntold: nobody, .*\ndry run: nothing was written$/,
  );
  const erased = await run(['erase', ...why], `${line.nir}\n`);
  assert.equal(erased.code, 0, erased.err);
  assert.match(erased.out, /: erased\n {5}1 {2}enrolments\n.*\ntombstone [\da-f-]{36}: write it down/);
  const twice = await run(['erase', ...why], line.nir);
  assert.deepEqual([twice.code, twice.out], [1, '']);
  assert.match(twice.err, /no account or enrolment to erase: erased on 20/);

  const file = join(folder, 'tombstones.ndjson');
  const nowhere = await run(['tombstones', '--out', join(folder, 'nowhere', 'file')]);
  assert.deepEqual([nowhere.code, nowhere.out], [4, '']);
  assert.match(nowhere.err, /--out: the file cannot be written \(ENOENT\): name one/);
  assert.deepEqual(await run(['tombstones', '--out', file]), { code: 0, out: '1 tombstones', err: '' });

  // As after the restore of a backup from before the erasure.
  await inTheDatabase(place, ({ db }) => db.deleteFrom('tombstone').execute());
  await beginEnrolment();
  const tried = await run(['replay-erasures', '--from', file, '--dry-run']);
  assert.match(tried.out, /^would be erased again 1, .*\ndry run: nothing was written$/);
  assert.match((await run(['replay-erasures', '--from', file])).out, /^erased again 1, /);
  assert.match(
    (await run(['replay-erasures', '--from', file])).out,
    /^erased again 0, .*known to this database 1/,
  );
  await inTheDatabase(place, async ({ db }) =>
    assert.deepEqual(await db.selectFrom('dossier').selectAll().execute(), []),
  );

  for (const [content, said] of [
    [readFileSync(file, 'utf8').replace(/"reason"/, '"raison"'), /line 2: this is no tombstone/],
    ['x'.repeat(2_000), /line 1: this is no tombstone \(too-long\)/],
  ] as const) {
    writeFileSync(file, content);
    const ran = await run(['replay-erasures', '--from', file]);
    assert.equal(ran.code, 4, ran.err);
    assert.match(ran.err, said);
  }
});
