import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCommon, loadCommonPasswords } from '#src/passwords/common.ts';
import { containsNirOrBirthDate, personalParts } from '#src/passwords/personal-parts.ts';

interface PasswordModule {
  readonly frequent: ReadonlySet<string>;
  judgeRules(
    password: string,
    limits: { minimum: number; maximum: number; specials: string; nir?: string },
  ): Record<string, boolean | undefined>;
  isTooCommon(password: string): boolean;
  strength(password: string, recommended?: number): 'common' | 'weak' | 'medium' | 'strong';
}

const location = new URL('passwords.js', import.meta.url).href;
const browser: PasswordModule = await import(location);

test('the rules are judged one by one, in characters', () => {
  const limits = { minimum: 8, maximum: 10, specials: '?!€' };
  assert.deepEqual(browser.judgeRules('Abcdef1€', limits), {
    length: true,
    latin: true,
    digit: true,
    allowed: true,
    personal: true,
  });
  assert.deepEqual(browser.judgeRules(' Abcdefg1€?\u00a0', limits), browser.judgeRules('Abcdefg1€?', limits));
  assert.deepEqual(browser.judgeRules('', limits), {
    length: false,
    latin: false,
    digit: false,
    allowed: false,
    personal: false,
  });
  assert.equal(browser.judgeRules('Abcdefé1', limits).allowed, false);
  assert.equal(browser.judgeRules('abcdefgh', limits).latin, false);
  assert.equal(browser.judgeRules('Abcdefghijk', limits).length, false);
});

test('strength grows with length and variety, not with repeats and sequences', () => {
  assert.equal(browser.strength(''), 'weak');
  assert.equal(browser.strength('aaaaaaaaaaaaaaaaaaaa'), 'common');
  assert.equal(browser.strength('abcdefghijklmnop1234'), 'weak');
  assert.equal(browser.strength('Moulin7!Vert'), 'medium');
  assert.equal(browser.strength('Moulin7!Vert-Quai_Brume'), 'strong');
});

test('a code of digits as long as the page recommends is not called weak', () => {
  assert.equal(browser.strength('482905731064'), 'weak', 'by its bits alone');
  assert.equal(browser.strength('482905731064', 12), 'medium');
  assert.equal(browser.strength('48290573', 12), 'weak');
  assert.equal(browser.strength('123456789012', 12), 'common');
});

const person = { nir: '162122B010001', birthDate: '1962-12-18' };
const pieces = fc.array(
  fc.constantFrom(
    'Lune',
    '8',
    'décembre',
    '62',
    '18',
    '12',
    '1962',
    '-',
    'mai',
    '1er',
    '122B01',
    'Vert',
    '0',
  ),
  { maxLength: 6 },
);
const limits = { minimum: 8, maximum: 50, specials: '-' };

test('with the number, the browser says that a part of it is refused, and what it says is what the server says', () => {
  const { nir, birthDate } = person;
  fc.assert(
    fc.property(pieces, (parts) => {
      const password = `a${parts.join('')}`;
      const judged = browser.judgeRules(password, { ...limits, nir }).personal;
      if (judged !== undefined)
        assert.equal(judged, !containsNirOrBirthDate(password, nir, birthDate), password);
    }),
  );
  for (const password of [
    '122B01',
    'Lune.162-122',
    'x010001',
    '1 62 12 2B 010 001',
    'Lune-1962',
    'x12/62',
    '62.12',
  ])
    assert.equal(browser.judgeRules(password, { ...limits, nir }).personal, false, password);
  assert.equal(browser.judgeRules('Lune-2062', { ...limits, nir }).personal, undefined);
  assert.equal(browser.judgeRules('Lune-2005', { ...limits, nir: '2 05 07 99 010 001' }).personal, false);
});

test('without it, the browser never ticks what the server refuses, and ticks what holds no date', () => {
  const dates = fc.date({ min: new Date('1901-01-01'), max: new Date('2010-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, fc.nat(), pieces, (date, index, others) => {
      const birthDate = date.toISOString().slice(0, 10);
      const parts = personalParts(person.nir, birthDate);
      const password = `Lune${parts[index % parts.length]}${others.join('')}`;
      assert.notEqual(browser.judgeRules(password, limits).personal, true, password);
    }),
  );
  assert.equal(browser.judgeRules('Brouette.Lune8', limits).personal, true);
  assert.equal(browser.judgeRules('', limits).personal, false);
  assert.equal(browser.judgeRules('Brouette.1234', limits).personal, undefined, 'perhaps a year');
});

test('what the browser calls too common, the server refuses', async () => {
  const list = await loadCommonPasswords();
  for (const password of [
    'Azerty123!',
    'motdepasse',
    'P@ssw0rd',
    'Doudou2026!',
    '12345678',
    '11111111',
    '1212121212',
  ])
    assert.equal(browser.isTooCommon(password), true, password);
  for (const password of ['Brouette.Lune8', '482905731064', '', 'abc'])
    assert.equal(browser.isTooCommon(password), false, password);
  const words = ['azerty', 'Soleil', 'welcome', 'julie', '123', '321', '000', '7', '!', 'p@ssw0rd', 'x'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 5 }), (parts) => {
      const password = parts.join('');
      if (browser.isTooCommon(password)) assert.equal(isCommon(password, list), true, password);
    }),
  );
  assert.ok(browser.frequent.size > 50);
  for (const word of browser.frequent) assert.equal(isCommon(`${word}1!`, list), true, word);
});
