import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { people, personNamed } from '#src/fictitious/people.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import { csvColumns } from '#src/register-import/formats/csv-header.ts';
import { csvRowOf } from '#src/register-import/formats/csv-row.ts';
import { databaseFor } from '#test/reliability/place-database.ts';
import { runCommand } from '#test/setting/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'compte-import-'));
const env = {
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  METRICS_PORT: 'off',
  ...(await databaseFor({ after })),
};
const everybody = people.map(({ line }) => line);
const venturi = personNamed('venturi').line;

assert.equal((await runCommand(['migrate'], env)).code, 0);
after(() => rmSync(folder, { recursive: true }));

const text = (...lines: readonly RegisterLine[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

function fileOf(name: string, content: string | Buffer, writtenAt?: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  if (writtenAt) utimesSync(path, new Date(writtenAt), new Date(writtenAt));
  return path;
}

/** Files of any size, one after the other, each with other people. */
const anySize = ['--count-within', '100000', '--max-absent', '100%'];
const load = (path: string, ...more: string[]) =>
  runCommand(['register', 'import', path, ...anySize, ...more], env);

test('an operator loads files of all kinds', async (t) => {
  await t.test('a file that is no register is refused with its format, and nothing is written', async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [fileOf('empty', ''), /the file is refused: the file holds nobody/],
      [fileOf('blank', '\n\r\n \n'), /the file holds nobody/],
      [fileOf('empty.gz', gzipSync('')), /the file holds nobody/],
      [fileOf('file.csv', 'nir;nom;prenom;naissance\n1;2;3;4\n'), /does not have: nom, prenom, naissance:/],
      [fileOf('file.json', JSON.stringify(everybody)), /one JSON list/],
      [fileOf('wide', Buffer.from(`\ufeff${text(venturi)}`, 'utf16le')), /UTF-16: convert it: iconv/],
      [fileOf('cut', text(venturi, ...everybody).slice(0, -30)), /the last line is cut short/],
      [fileOf('cut.gz', gzipSync(text(...everybody)).subarray(0, -9)), /damaged or cut short/],
      [
        fileOf('long', `${'x'.repeat(70_000)}\n${text(venturi)}`),
        /1 of 2 lines would be set aside, more than 1 %/,
      ],
      [folder, /this is a directory/],
      [join(folder, 'nothing'), /there is no such file/],
    ];
    for (const [path, message] of cases) {
      const { code, out, err } = await load(path);
      assert.equal(code, 4, `${path}: ${out}${err}`);
      assert.match(err, message);
      assert.match(err, /^compte: /m);
      assert.doesNotMatch(out, /added/);
    }
  });

  await t.test(
    'lines with CR, a byte order mark, blank lines and separators of Unicode; gzip; a pipe',
    async () => {
      const [one, two, ...others] = everybody;
      assert.ok(one && two);
      const file = fileOf(
        'file.ndjson',
        `\ufeff${text({ ...one, address: ['1 rue\u2028des\u2029Lilas\u0085', '20200 Bastia'] }).replace('\n', '\r\n')}\r\n\n${text(two, ...others)}`,
        '2020-11-01T04:00:00Z',
      );
      const { code, out } = await load(file, '--expect', String(everybody.length));
      assert.equal(code, 0);
      assert.match(out, new RegExp(`added ${everybody.length}, updated 0, unchanged 0, not in the file 0`));
      assert.match(out, /, as of 2020-11-01T04:00:00Z$/m);

      const same = await load(file);
      assert.match(same.out, /updated 0, unchanged \d+, /);
      assert.match(same.out, /this very file was loaded on .*: nothing changes/);

      const packed = await load(fileOf('file.gz', gzipSync(readFileSync(file)), '2020-11-02T04:00:00Z'));
      assert.match(packed.out, new RegExp(`added 0, updated 0, unchanged ${everybody.length}`));
      const piped = await runCommand(
        ['register', 'import', '-', '--as-of', '2020-11-25', ...anySize],
        env,
        Readable.from([gzipSync(text(venturi))]),
      );
      assert.equal(piped.code, 0);
      assert.match(piped.out, /, as of 2020-11-25$/m);
    },
  );

  await t.test('the same people as a table, and tables that are refused', async () => {
    const format = { kind: 'csv', delimiter: ',', columns: csvColumns.toReversed() } as const;
    const table = [format.columns.join(), ...everybody.map((line) => csvRowOf(line, format)), ''].join(
      '\r\n',
    );
    const piped = await runCommand(
      ['register', 'import', '-', '--as-of', '2020-11-25', '--dry-run', ...anySize],
      env,
      Readable.from([zstdCompressSync(`\ufeff${table}`)]),
    );
    assert.equal(piped.code, 0, piped.err);
    assert.match(
      piped.out,
      new RegExp(`updated ${everybody.length - 1}, unchanged 1, .*, back ${everybody.length - 1}`),
    );
    const dated = ['--as-of', '2020-11-25'];
    const cut = await load(fileOf('cut.csv', table.slice(0, -2)), ...dated);
    assert.equal(cut.code, 4);
    assert.match(cut.err, /the last line is cut short: .* CSV/);
    const renamed = await load(fileOf('renamed.csv', table.replace('usageName', 'nomUsage')), ...dated);
    assert.equal(renamed.code, 4);
    assert.match(renamed.err, /columns that the register does not have: nomUsage: /);
  });

  await t.test('a file with an earlier date is refused without --accept-older', async () => {
    const older = fileOf('older', text({ ...venturi, usageName: 'Ancien' }), '2020-10-31T04:00:00Z');
    const refused = await load(older);
    assert.equal(refused.code, 4);
    assert.match(refused.err, /it is of 2020-10-31T04:00:00Z, and the register is of 2020-11-25/);
    assert.match(refused.err, /--accept-older/);
    assert.equal((await load(older, '--dry-run')).code, 4);
    const accepted = await load(older, '--accept-older');
    assert.equal(accepted.code, 0);
    assert.match(accepted.out, /updated 1, /);
  });

  await t.test(
    'lines set aside are reported by number, field, code and remedy, and written to a file',
    async () => {
      const bad = [
        { ...venturi, ibann: venturi.iban },
        { ...venturi, nir: '1', birthName: 'Confidentiel' },
        { ...venturi, iban: 'FR7630006000011234567890188' },
        { ...venturi, caisse: '999' },
      ].map((line) => JSON.stringify(line));
      const file = fileOf('bad', `${text(...everybody)}${bad.join('\n')}\n${text(venturi)}\u0000\n`);
      const report = join(folder, 'report.csv');
      const ran = await load(file, '--max-rejected', '6', '--max-repeated', '1', '--rejected', report);
      assert.equal(ran.code, 3, ran.err);
      const at = (line: number) => everybody.length + line;
      const lines = readFileSync(report, 'utf8').trimEnd().split('\n');
      assert.equal(lines[0], 'line;field;code;remedy');
      assert.deepEqual(
        lines.slice(1).map((line) => line.split(';').slice(0, 3)),
        [
          [String(at(1)), 'ibann', 'unknown-field'],
          [String(at(2)), 'nir', 'length'],
          [String(at(3)), 'iban', 'check_digits'],
          [String(at(4)), 'caisse', 'unknown'],
          [String(at(6)), 'line', 'nul'],
          [String(at(5)), 'nir', `duplicate of line ${everybody.indexOf(venturi) + 1}`],
        ],
      );
      assert.ok(lines.every((line) => line.split(';').length === 4 && !line.endsWith(';')));
      assert.match(ran.err, new RegExp(`^line ${at(1)}: ibann: unknown-field \\(take the field out`, 'm'));
      assert.doesNotMatch(readFileSync(report, 'utf8') + ran.err + ran.out, /Confidentiel|162122B|FR76/);
      assert.equal((await load(file)).code, 4, 'six are more than 1 %');

      for (const name of [file, join(folder, 'nowhere', 'report')]) {
        const refused = await load(file, '--rejected', name);
        assert.equal(refused.code, 4);
        assert.match(refused.err, /^compte: .*--rejected/);
      }
      assert.ok(readFileSync(file, 'utf8').startsWith('{'), 'the register file is still there');

      const other = fileOf('other', 'nir;birthName\n');
      const kept = await load(file, '--rejected', other);
      assert.deepEqual([kept.code, readFileSync(other, 'utf8')], [4, 'nir;birthName\n']);
      assert.match(kept.err, /is no such list: name another file/);
      const again = await load(file, '--rejected', report);
      assert.match(again.err, /6 of \d+ lines would be set aside/, 'its own list is written anew');
    },
  );

  await t.test('a list that cannot be written leaves the register as it is', async () => {
    const file = fileOf('moved', `${text({ ...venturi, birthName: 'Venturini' })}{\n`);
    const full = await load(file, '--max-rejected', '1', '--rejected', '/dev/full');
    assert.equal(full.code, 1);
    assert.match(full.err, /^compte: the list of --rejected cannot be written \(ENOSPC\): make room/m);
    assert.doesNotMatch(full.out, /added/);
    const rehearsed = await load(file, '--max-rejected', '1', '--dry-run');
    assert.match(rehearsed.out, /^would be: added 0, updated 1,/m, rehearsed.err);
  });

  await t.test('the first hundred lines are shown, the others counted', async () => {
    const { err } = await load(fileOf('worse', `${'{\n'.repeat(250)}${text(venturi)}`));
    assert.equal(err.match(/^line \d+: line: not_json/gm)?.length, 100);
    assert.match(err, /^… and 150 more: --rejected <file> lists them all$/m);
  });
});

const main = new URL('../main.js', import.meta.url).pathname;

/** One shell line, with `compte` in it; `$1` its folder. */
function shell(
  line: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const script = `compte() { "${process.execPath}" "${main}" "$@"; }; ${line}`;
  const child = spawn('bash', ['-c', script, 'bash', folder], { env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

test('a list that is read slowly, in part, or written to a full disk', async () => {
  const early = await shell('compte register generate --count 200000 | head -1; echo $PIPESTATUS');
  assert.match(early.out, /^\{.*\}\n0\n$/);
  assert.equal(early.err, '');

  // What waits to be read is held by the pipe, not by us: 60 MB would not fit into so small a heap.
  const slow = await shell(
    'NODE_OPTIONS=--max-old-space-size=36 compte register generate --count 60000 | (sleep 2; tail -1 | cut -c1-7)',
  );
  assert.deepEqual([slow.out, slow.err], ['{"nir":\n', '']);

  for (const command of ['register generate --count 5000', 'notices']) {
    const full = await shell(`compte ${command} > /dev/full`);
    assert.equal(full.code, 1, command);
    assert.match(full.err, /^compte: standard output cannot be written to: ENOSPC/);
  }
  const toFile = await shell('compte register generate --count 5000 --out /dev/full');
  assert.equal(toFile.code, 1);
  assert.match(toFile.err, /^compte: ENOSPC/);

  for (const command of ['notices', 'jobs']) {
    const left = await shell(`compte ${command} | true; exit $PIPESTATUS`);
    assert.ok(
      left.code === 0 || (command === 'jobs' && left.code === 1),
      `${command}: ${left.code} ${left.err}`,
    );
    assert.doesNotMatch(left.err, /EPIPE|at .*\.[jt]s/);
  }
});

test('a register file that could not be written completely is deleted', async () => {
  mkdirSync(join(folder, 'taken'));
  const { code } = await runCommand(['register', 'generate', '--out', join(folder, 'taken')]);
  assert.equal(code, 1);
  assert.ok(existsSync(join(folder, 'taken')));
});
