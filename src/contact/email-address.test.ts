import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type EmailProblem, maskEmail, parseEmail } from './email-address.ts';

const thrice = (text: string): [string, string, string] => [text, text, text];

const accepted: [typed: string, address: string, canonical: string, limiterKey: string][] = [
  ['camille@exemple.fr', 'camille@exemple.fr', 'camille@exemple.fr', 'camille@exemple.fr'],
  [
    '  Camille.Martin@Exemple.FR \n',
    'Camille.Martin@exemple.fr',
    'camille.martin@exemple.fr',
    'camille.martin@exemple.fr',
  ],
  ['a+ameli@exemple.fr', 'a+ameli@exemple.fr', 'a+ameli@exemple.fr', 'a@exemple.fr'],
  ['+a@exemple.fr', '+a@exemple.fr', '+a@exemple.fr', '+a@exemple.fr'],
  [
    'C.Mar.Tin+x@GoogleMail.com',
    'C.Mar.Tin+x@googlemail.com',
    'c.mar.tin+x@googlemail.com',
    'cmartin@gmail.com',
  ],
  ["o'neil@exemple.fr", "o'neil@exemple.fr", "o'neil@exemple.fr", "o'neil@exemple.fr"],
  ['a@exаmple.fr', 'a@xn--exmple-4nf.fr', 'a@xn--exmple-4nf.fr', 'a@xn--exmple-4nf.fr'],
  ['a@straße.fr', 'a@xn--strae-oqa.fr', 'a@xn--strae-oqa.fr', 'a@xn--strae-oqa.fr'],
  ['a@E\u0301te\u0301.fr', 'a@xn--t-9fab.fr', 'a@xn--t-9fab.fr', 'a@xn--t-9fab.fr'],
  ['a@XN--EXMPLE-4NF.fr', 'a@xn--exmple-4nf.fr', 'a@xn--exmple-4nf.fr', 'a@xn--exmple-4nf.fr'],
  ...[
    'a\u200b@exemple.fr',
    'a@exem\u200bple.fr',
    'a@exem\u00adple.fr',
    'a@\u202eexemple.fr',
    '\u2068a@exemple.fr\u2069\u0000',
    'ａ＠ｅxemple.fr',
  ].map((typed): [string, string, string, string] => [typed, ...thrice('a@exemple.fr')]),
  ['jean\u2011luc.o’neil@exemple.fr', ...thrice("jean-luc.o'neil@exemple.fr")],
  ['a@mail.exemple.gouv.fr', 'a@mail.exemple.gouv.fr', 'a@mail.exemple.gouv.fr', 'a@mail.exemple.gouv.fr'],
];

for (const [typed, address, canonical, limiterKey] of accepted) {
  test(`accepted: ${JSON.stringify(typed)}`, () => {
    const shownDomain = address.split('@')[1];
    assert.deepEqual(parseEmail(typed), { ok: true, address, canonical, limiterKey, shownDomain });
  });
}

const refused: [typed: string, reason: EmailProblem][] = [
  ['', 'empty'],
  [' \u00a0 ', 'empty'],
  ['camille', 'no-at'],
  ['camille.exemple.fr', 'no-at'],
  ['@exemple.fr', 'local-part'],
  ['.a@exemple.fr', 'dots'],
  ['a.@exemple.fr', 'dots'],
  ['a..b@exemple.fr', 'dots'],
  ['a@b@exemple.fr', 'two-ats'],
  ['a b@exemple.fr', 'space'],
  ['a@exem ple.fr', 'space'],
  ['a@exemple.fr\r\nBcc: b@exemple.fr', 'two-addresses'],
  ['a@exemple.fr, b@exemple.fr', 'two-addresses'],
  ['Camille <a@exemple.fr>', 'brackets'],
  ['"a b"@exemple.fr', 'quotes'],
  ['a(moi)@exemple.fr', 'characters'],
  ['éloïse@exemple.fr', 'accents'],
  ['cаmille@exemple.fr', 'accents'],
  ['ı@exemple.fr', 'accents'],
  ['İ@exemple.fr', 'accents'],
  ['a@exemplı.fr', 'characters'],
  ['a@İexemple.fr', 'characters'],
  ['ﬁ@exemple.fr', 'accents'],
  ['a@ﬁn.fr', 'characters'],
  ['a\u00a0b@exemple.fr', 'space'],
  ['a@exemple。fr', 'characters'],
  ['a@ex%65mple.fr', 'characters'],
  ['a@exemple.fr/x', 'characters'],
  ['a@ex_emple.fr', 'characters'],
  ['a@[127.0.0.1]', 'characters'],
  ['a@', 'incomplete'],
  ['a@exemple', 'incomplete'],
  ['a@exemple.', 'dots'],
  ['a@exemple.fr.', 'dots'],
  ['a@.fr', 'dots'],
  ['a@exemple..fr', 'dots'],
  ['a@-exemple.fr', 'domain'],
  ['a@exemple-.fr', 'domain'],
  ['a@exemple.f', 'domain'],
  ['mailto:a@exemple.fr', 'mailto'],
  ['MAILTO: a@exemple.fr', 'mailto'],
  ['www.exemple.fr', 'website'],
  ['https://exemple.fr/a', 'website'],
  ['camille arobase exemple.fr', 'at-in-words'],
  ['camille(at)exemple.fr', 'at-in-words'],
  ['camille at exemple point fr', 'at-in-words'],
  ['hans.gmx.at', 'no-at'],
  ['camille exemple.fr', 'no-at'],
  ['a@@exemple.fr', 'two-ats'],
  ['a@exemple.fr b@exemple.fr', 'two-addresses'],
  ['a@exemple.fr;b@exemple.fr', 'two-addresses'],
  ['<a@exemple.fr>', 'brackets'],
  ['a>@exemple.fr', 'brackets'],
  ['«a»@exemple.fr', 'quotes'],
  ['a@exemple,fr', 'comma'],
  ['a,b@exemple.fr', 'comma'],
  ['a@exemple.fr;', 'semicolon'],
  ['a@exemple:fr', 'characters'],
  ['a.@exemple', 'dots'],
  ['@', 'local-part'],
  ['a@127.0.0.1', 'domain'],
  ['a@127.1', 'domain'],
  [`a@${'e'.repeat(64)}.fr`, 'domain'],
  [`${'a'.repeat(65)}@exemple.fr`, 'too-long'],
  [`a@${`${'e'.repeat(60)}.`.repeat(5)}fr`, 'too-long'],
  [`a@${'é'.repeat(5000)}.fr`, 'too-long'],
];

for (const [typed, reason] of refused) {
  test(`refused, ${reason}: ${JSON.stringify(typed).slice(0, 60)}`, () => {
    assert.deepEqual(parseEmail(typed), { ok: false, reason });
  });
}

test('64 characters before the «@» and 254 in all are accepted', () => {
  const local = 'a'.repeat(64);
  const host = `${'e'.repeat(60)}.${'e'.repeat(60)}.${'e'.repeat(60)}.fr`;
  assert.equal(`${local}@eee.${host}`.length, 254);
  assert.equal(parseEmail(`${local}@eee.${host}`).ok, true);
  assert.deepEqual(parseEmail(`${local}@eeee.${host}`), { ok: false, reason: 'too-long' });
});

test('what is accepted is plain ASCII on one line, and reads the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (typed) => {
      const read = parseEmail(typed);
      if (!read.ok) return;
      assert.match(read.address, /^[!-~]+@[a-z0-9.-]+$/);
      assert.deepEqual(parseEmail(read.address), read);
    }),
  );
});

test('a masked address shows its ends only', () => {
  assert.equal(maskEmail('camille@exemple.fr'), 'c•••••e@ex•••••.fr');
  assert.equal(maskEmail('marie-christine.dupont@mail.exemple.com'), 'm•••••t@ma•••••.com');
  assert.equal(maskEmail('lea@exemple.fr'), 'l•••••@ex•••••.fr');
  assert.equal(maskEmail('a@b.fr'), 'a•••••@•••••.fr');
});
