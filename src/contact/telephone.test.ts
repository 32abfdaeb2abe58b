import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import {
  formatTelephone,
  maskTelephone,
  parseTelephone,
  type TelephoneKind,
  type TelephoneProblem,
} from './telephone.ts';

const mobiles: [typed: string, e164: string][] = [
  ['06.50.56.42.78', '+33650564278'],
  ['06 50 56 42 78', '+33650564278'],
  ['06-50-56-42-78', '+33650564278'],
  ['06/50/56/42/78', '+33650564278'],
  ['0650564278', '+33650564278'],
  [' 06\u00a050\u202f56 42 78 ', '+33650564278'],
  ['\u202d+33 6 50 56 42 78\u202c', '+33650564278'],
  ['+33650564278', '+33650564278'],
  ['(+33) 6 50 56 42 78', '+33650564278'],
  ['(+33)(0)6.50.56.42.78', '+33650564278'],
  ['(0033) 6 50 56 42 78', '+33650564278'],
  ['00 33 6 50 56 42 78', '+33650564278'],
  ['+0033650564278', '+33650564278'],
  ['+ 33 6 50 56 42 78', '+33650564278'],
  ['+33 0 6 50 56 42 78', '+33650564278'],
  ['+330650564278', '+33650564278'],
  ['33 6 50 56 42 78', '+33650564278'],
  ['＋３３ ６ ５０ ５６ ４２ ７８', '+33650564278'],
  ['0650564278\u0000', '+33650564278'],
  ['06\u00ad50\u200b564278', '+33650564278'],
  ['06−50−56−42−78', '+33650564278'],
  ['06 39 98 00 01', '+33639980001'],
  ['262692123456', '+262692123456'],
  ['+33692123456', '+262692123456'],
  ['+33 639 12 34 56', '+262639123456'],
  ['+33 691 12 34 56', '+590691123456'],
  ['+33 694 12 34 56', '+594694123456'],
  ['+33 697 12 34 56', '+596697123456'],
  ['+508 55 12 34', '+508551234'],
  ['+508 (0)55 12 34', '+508551234'],
  ['0508 55 12 34', '+508551234'],
  ['+33 508 55 12 34', '+508551234'],
  ['+508 0508 55 12 34', '+508551234'],
  ['+508 66 12 34', '+508661234'],
  ['0708 40 12 34', '+508708401234'],
  ['+33 7 08 45 12 34', '+508708451234'],
  ['+508 708 40 12 34', '+508708401234'],
  ['508708401234', '+508708401234'],
  ['+33 (0)6 50 56 42 78', '+33650564278'],
  ['0033 6 50 56 42 78', '+33650564278'],
  ['0033 06 50 56 42 78', '+33650564278'],
  ['07 08 09 10 11', '+33708091011'],
  ['0639 12 34 56', '+262639123456'],
  ['0692 12 34 56', '+262692123456'],
  ['0693 12 34 56', '+262693123456'],
  ['+262 692 12 34 56', '+262692123456'],
  ['+262 0692 12 34 56', '+262692123456'],
  ['+33 6 92 12 34 56', '+262692123456'],
  ['0690 12 34 56', '+590690123456'],
  ['00590 690 12 34 56', '+590690123456'],
  ['0694 12 34 56', '+594694123456'],
  ['0696 12 34 56', '+596696123456'],
  ['+687 76 12 34', '+687761234'],
  ['+689 87 12 34 56', '+68987123456'],
  ['+681 82 12 34', '+681821234'],
];
for (const [typed, e164] of mobiles) {
  test(`portable ${JSON.stringify(typed)} → ${e164}`, () => {
    assert.deepEqual(parseTelephone(typed, 'portable'), { ok: true, e164 });
  });
}

const fixed: [typed: string, e164: string][] = [
  ['01 23 45 67 89', '+33123456789'],
  ['+33 5 56 12 34 56', '+33556123456'],
  ['09 72 12 34 56', '+33972123456'],
  ['0262 12 34 56', '+262262123456'],
  ['0269 61 23 45', '+262269612345'],
  ['0590 12 34 56', '+590590123456'],
  ['0594 12 34 56', '+594594123456'],
  ['0596 12 34 56', '+596596123456'],
  ['0976 22 34 56', '+262976223456'],
  ['+508 41 12 34', '+508411234'],
  ['0508 41 12 34', '+508411234'],
  ['+687 27 12 34', '+687271234'],
  ['+689 40 12 34 56', '+68940123456'],
];
for (const [typed, e164] of fixed) {
  test(`fixe ${JSON.stringify(typed)} → ${e164}`, () => {
    assert.deepEqual(parseTelephone(typed, 'fixe'), { ok: true, e164 });
  });
}

const refused: [typed: string, kind: 'portable' | 'fixe', reason: TelephoneProblem][] = [
  ['', 'portable', 'empty'],
  [' \u200e ', 'fixe', 'empty'],
  ['06 50 56 42 7', 'portable', 'length-short'],
  ['06 50 56 42 788', 'portable', 'length-long'],
  ['650564278', 'portable', 'no-zero'],
  ['06 50 56 42 78 ou 07 50 56 42 78', 'portable', 'two-numbers'],
  ['06 50 56 42 78 / 01 45 37 59 45', 'fixe', 'two-numbers'],
  ['3646', 'fixe', 'length-short'],
  ['76 12 34', 'portable', 'length-short'],
  ['40 12 34 56', 'fixe', 'length-short'],
  ['+33', 'portable', 'length'],
  ['+687 76 12 3', 'portable', 'length'],
  ['+44 7911 123456', 'portable', 'not-french'],
  ['0032 470 12 34 56', 'portable', 'not-french'],
  ['+', 'portable', 'not-french'],
  ['06 5O 56 42 78', 'portable', 'characters'],
  ['06 50 56 42 78 (bureau)', 'portable', 'characters'],
  ['06+50564278', 'portable', 'characters'],
  ['٠٦٥٠٥٦٤٢٧٨', 'portable', 'characters'],
  ['+33 +6 50 56 42 78', 'portable', 'characters'],
  ['+262 6 50 56 42 78', 'portable', 'country-code'],
  ['+508 6 50 56 42 78', 'portable', 'country-code'],
  ['+508 41 12 34', 'portable', 'not-mobile'],
  ['508551234', 'portable', 'no-zero'],
  ['+590 696 12 34 56', 'portable', 'country-code'],
  ['+596 1 23 45 67 89', 'fixe', 'country-code'],
  ['33 6 50 56 42', 'portable', 'length-short'],
  ['3365056427890', 'portable', 'length-long'],
  ['447911123456', 'portable', 'length-long'],
  ['+33 8 92 12 34 56', 'fixe', 'special'],
  ['0 800 12 34 56', 'fixe', 'special'],
  ['01 23 45 67 89', 'portable', 'not-mobile'],
  ['09 72 12 34 56', 'portable', 'not-mobile'],
  ['0262 12 34 56', 'portable', 'not-mobile'],
  ['+687 27 12 34', 'portable', 'not-mobile'],
  ['06 50 56 42 78', 'fixe', 'is-mobile'],
  ['0692 12 34 56', 'fixe', 'is-mobile'],
  ['08 11 70 36 46', 'fixe', 'special'],
  ['08 11 70 36 46', 'portable', 'special'],
];
for (const [typed, kind, reason] of refused) {
  test(`${kind} ${JSON.stringify(typed)}: ${reason}`, () => {
    assert.deepEqual(parseTelephone(typed, kind), { ok: false, reason });
  });
}

test('whatever libphonenumber holds for a valid mobile or fixed line of these zones is read the same', () => {
  const carvedOut = /^(26|59|709|508)/;
  const special = /^8/;
  const countries = ['FR', 'RE', 'YT', 'GP', 'GF', 'MQ', 'PM', 'NC', 'PF', 'WF'] as const;
  const lengths: ReadonlyMap<string, number> = new Map([
    ['NC', 6],
    ['WF', 6],
    ['PF', 8],
  ]);
  const digits = fc.oneof(
    fc.stringMatching(/^[1-9][0-9]{8}$/),
    fc.stringMatching(/^(69[0-9]|639|70[89]|59[0468]|26[2389]|976|939|947)[0-9]{6}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom(...countries), digits, (country, nine) => {
      const length = lengths.get(country) ?? (country === 'PM' && !nine.startsWith('7') ? 6 : 9);
      const theirs = parsePhoneNumberFromString(nine.slice(0, length), country);
      if (theirs?.isValid() !== true || (country === 'FR' && carvedOut.test(nine))) return;
      if (length === 9 && special.test(nine)) return;
      const type = theirs.getType();
      if (type !== 'MOBILE' && type !== 'FIXED_LINE' && type !== 'FIXED_LINE_OR_MOBILE') return;
      const kinds: Readonly<Record<typeof type, readonly TelephoneKind[]>> = {
        MOBILE: ['portable'],
        FIXED_LINE: ['fixe'],
        FIXED_LINE_OR_MOBILE: ['portable', 'fixe'],
      };
      for (const kind of kinds[type])
        assert.deepEqual(parseTelephone(theirs.number, kind), { ok: true, e164: theirs.number }, country);
    }),
    { numRuns: 3000 },
  );
});

test('a number is shown as it is dialled, with no-break spaces, and reads the same again', () => {
  const shown: [string, string][] = [
    ['+33650564278', '06 50 56 42 78'],
    ['+262692123456', '0692 12 34 56'],
    ['+590590123456', '0590 12 34 56'],
    ['+508411234', '+508 41 12 34'],
    ['+508708401234', '0708 40 12 34'],
    ['+68987123456', '+689 87 12 34 56'],
  ];
  for (const [e164, text] of shown) assert.equal(formatTelephone(e164), text.replaceAll(' ', '\u00a0'));
  for (const [typed, e164] of mobiles) {
    assert.deepEqual(parseTelephone(formatTelephone(e164), 'portable'), { ok: true, e164 }, typed);
  }
});

test('a masked number shows its first group and two last digits', () => {
  assert.equal(maskTelephone('+33650564278'), '06 •• •• •• 78'.replaceAll(' ', '\u00a0'));
  assert.equal(maskTelephone('+262692123456'), '0692 •• •• 56'.replaceAll(' ', '\u00a0'));
  assert.equal(maskTelephone('+687761234'), '+687 •• •• 34'.replaceAll(' ', '\u00a0'));
});
