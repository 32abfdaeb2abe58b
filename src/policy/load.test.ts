import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { loadPolicy } from '#src/policy/load.ts';
import { policySchema } from '#src/policy/schema.ts';
import { policyWarnings } from '#src/policy/warnings.ts';

const presets = readdirSync(new URL('../../policies/', import.meta.url)).map((file) =>
  basename(file, '.json'),
);

describe('presets', () => {
  for (const name of presets) {
    test(`${name} loads, under its own name`, () => assert.equal(loadPolicy(name).name, name));

    test(`${name} keeps its deadlines in order`, () => {
      const { linkActiveDays, selfResendUntilDays, reminderDays } = loadPolicy(name).confirmation;
      assert.ok(linkActiveDays <= selfResendUntilDays);
      for (const day of reminderDays)
        assert.ok(day < linkActiveDays, `a reminder on day ${day} has a live link`);
    });
  }

  test('the reinforced one has no weakness to warn of', () => {
    assert.deepEqual(policyWarnings(loadPolicy('renforcee')), []);
  });

  test('the plain one has the rules of the reinforced one', () => {
    const { name: _name, proof, contact, wording, ...rules } = loadPolicy('claire');
    const { name: _other, ...reinforced } = loadPolicy('renforcee');
    assert.deepEqual(
      {
        ...rules,
        proof: { ...proof, layout: 'one-page' },
        contact: { ...contact, layout: 'one-page' },
        wording: { ...wording, style: 'tutorial' },
      },
      reinforced,
    );
  });

  test('those with codes of 4 digits warn of it', () => {
    const warned = (name: string) =>
      policyWarnings(loadPolicy(name))
        .map(({ rule }) => rule)
        .filter((rule) => rule.startsWith('codes.'));
    assert.deepEqual(warned('isere'), ['codes.sms.digits', 'codes.email.digits', 'codes.letter.length']);
    assert.deepEqual(warned('loire'), ['codes.sms.digits']);
    for (const name of ['isere', 'loire']) assert.equal(loadPolicy(name).codes.tries, 3);
  });

  test('the régimes of 2021 are admitted in the presets of that time only', () => {
    const admitted = (name: string) =>
      loadPolicy(name)
        .regimes.filter(({ validTo }) => validTo === null)
        .map(({ code }) => code);
    assert.ok(admitted('solidarite-numerique-2021').includes('LMDE'));
    assert.deepEqual(admitted('ameli-2025'), [
      'GENERAL',
      'CAMIEG',
      'CANSSM',
      'CAVIMAC',
      'CNMSS',
      'CRPCEN',
      'ENIM',
      'MGP',
    ]);
    for (const name of presets) assert.ok(!admitted(name).includes('MGEN'), name);
  });
});

test('values of a policy are read by the parsers of everything else', () => {
  const usual = JSON.parse(readFileSync('policies/ameli-2025.json', 'utf8'));
  const read = (change: object) => policySchema.safeParse({ ...usual, ...change });
  const support = (telephone: string, mailbox: string | null) => read({ support: { telephone, mailbox } });
  assert.deepEqual(support(' 36\u00a046 ', ' Caisse@Exemple.FR ').data?.support, {
    telephone: '3646',
    mailbox: 'Caisse@exemple.fr',
  });
  const notices = read({ notices: { secondSenderDomains: ['Orange.FR ', 'ｆｒｅｅ.fr'] } });
  assert.deepEqual(notices.data?.notices.secondSenderDomains, ['orange.fr', 'free.fr']);
  const regimes = [{ code: 'NOSUCH', validFrom: null, validTo: null }];
  for (const wrong of [
    support('364', null),
    support('3646', 'caisse'),
    read({ notices: { secondSenderDomains: ['orange'] } }),
    read({ regimes }),
    read({ proof: { ...usual.proof, photoCardPrefix: '80250 0' } }),
    read({ proof: { ...usual.proof, plainCardDigits: [] } }),
  ])
    assert.equal(wrong.success, false);
});

test('a policy may be written with a byte order mark; what cannot be read is said in words', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'compte-policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'own.json');
  const preset = readFileSync(new URL('../../policies/ameli-2025.json', import.meta.url), 'utf8');
  writeFileSync(file, `\ufeff${preset}`);
  assert.equal(loadPolicy(file).name, 'ameli-2025');
  writeFileSync(file, preset.slice(0, 300));
  assert.throws(() => loadPolicy(file), { message: /^Policy .* is not JSON( \(line \d+ column \d+\))?$/ });
  writeFileSync(file, Buffer.from(preset, 'utf16le'));
  assert.throws(() => loadPolicy(file), { message: /^Policy .* is not JSON/ });
  assert.throws(() => loadPolicy('nowhere'), { message: 'Policy nowhere: there is no such file' });
  assert.throws(() => loadPolicy(folder), { message: /the file cannot be read \(EISDIR\)$/ });
});

test('a file that is not a policy is refused with every fault named', () => {
  assert.throws(
    () => loadPolicy('./package.json'),
    /Policy \.\/package\.json is not valid[\s\S]*regimes[\s\S]*wording/,
  );
});
