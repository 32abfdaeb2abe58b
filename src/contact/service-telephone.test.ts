import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServiceTelephone } from '#src/contact/service-telephone.ts';

test('a number to call is shown in one form', () => {
  const cases = [
    ['3646', '3646'],
    [' 36 46\u00a0', '3646'],
    ['0811703646', '08\u00a011\u00a070\u00a036\u00a046'],
    ['+33 1 99 00 12 34', '01\u00a099\u00a000\u00a012\u00a034'],
    ['0262 12 34 56', '0262\u00a012\u00a034\u00a056'],
    ['06.39.98.00.01', '06\u00a039\u00a098\u00a000\u00a001'],
    ['', null],
    ['364', null],
    ['ﬁ46', null],
    ['+44 20 7946 0000', null],
    ['3646; DROP', null],
  ] as const;
  for (const [typed, shown] of cases) assert.equal(parseServiceTelephone(typed), shown, typed);
});
