import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containsPersonalData, maskPersonalData } from '#src/log/personal-data.ts';

const personal = [
  '2850578006084',
  '285057800608491',
  '2 85 05 78 006 084 91',
  '2\u00a085\u00a005\u00a078\u00a0006\u00a0084\u00a091',
  '2-85-05-78-006-084',
  '2.85.05.78.006.084.91',
  '1 85 05 2A 006 084',
  '185052b00608436',
  'NIR285057800608491',
  '7850578006084',
  '2%2085%2005%2078%20006%20084',
  'FR7630006000011234567890189',
  'FR76 3000 6000 0112 3456 7890 189',
  'fr76 2004 1010 0505 0001 3m02 606',
  'DE89 3704 0044 0532 0130 00',
  'josette.durand@exemple.fr',
  'josette%40exemple.fr',
  'hélène@château.fr',
  'postgres://compte:motdepasse@db.internal/compte',
  '06 12 34 56 78',
  '+33612345678',
];

const harmless = [
  '/creer-mon-compte/verification',
  'at file:///srv/compte/node_modules/@fastify/cookie/plugin.js:12:34',
  '2026-11-21T13:25:47.123Z',
  '0198c2f0-7f3a-7c11-9d2e-0a1b2c3d4e5f',
  'took 1234.5678 ms',
  'Policy ameli-2025 is weaker than what the CNIL asks',
  'key 2 of MASTER_KEYS repeats another one',
  '3646',
  '23505 unique_violation on email_claim_pkey',
  'argon2id m=65536, t=3',
];

describe('containsPersonalData', () => {
  for (const text of personal)
    test(`sees «${text}»`, () => assert.ok(containsPersonalData(`before ${text}, after`)));
  for (const text of harmless) test(`lets «${text}» pass`, () => assert.ok(!containsPersonalData(text)));
  test('keeps no state between calls', () => {
    for (let time = 0; time < 3; time += 1) assert.ok(containsPersonalData('2850578006084'));
  });
});

describe('maskPersonalData', () => {
  test('masks whole values and leaves the rest as it is', () => {
    assert.equal(
      maskPersonalData('NIR 2 85 05 78 006 084 91 of a@b.fr refused'),
      'NIR [masked] of [masked] refused',
    );
  });
  test('masks tokens and keys, not UUIDs nor paths', () => {
    const token = 'q7HfX0bRk3uZt9Yw1LmN5pVc8sDa2eGj4iKoTxBvUyQ';
    assert.equal(maskPersonalData(`/validation-email/${token}`), '/validation-email/[masked]');
    assert.equal(maskPersonalData('d2hhdCBhIHJhbmRvbSBrZXkgdGhhdCBpcyBsb25nIQ=='), '[masked]');
    for (const text of harmless) assert.equal(maskPersonalData(text), text);
  });
  test('stays fast on long hostile texts', () => {
    for (const unit of ['a', '1', '1 ', 'FR76 ', 'a@', 'a.', '-1']) {
      assert.equal(typeof maskPersonalData(unit.repeat(20_000)), 'string');
    }
  });
});
