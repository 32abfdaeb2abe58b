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
  ['.a@exemple.fr', 'local-part'],
  ['a.@exemple.fr', 'local-part'],
  ['a..b@exemple.fr', 'local-part'],
  ['a@b@exemple.fr', 'characters'],
  ['a b@exemple.fr', 'characters'],
  ['a@exem ple.fr', 'characters'],
  ['a@exemple.fr\r\nBcc: b@exemple.fr', 'characters'],
  ['a@exemple.fr, b@exemple.fr', 'characters'],
  ['Camille <a@exemple.fr>', 'characters'],
  ['"a b"@exemple.fr', 'characters'],
  ['a(moi)@exemple.fr', 'characters'],
  ['éloïse@exemple.fr', 'characters'],
  ['cаmille@exemple.fr', 'characters'],
  ['ı@exemple.fr', 'characters'],
  ['İ@exemple.fr', 'characters'],
  ['a@exemplı.fr', 'characters'],
  ['a@İexemple.fr', 'characters'],
  ['ﬁ@exemple.fr', 'characters'],
  ['a@ﬁn.fr', 'characters'],
  ['a\u00a0b@exemple.fr', 'characters'],
  ['a@exemple。fr', 'characters'],
  ['a@ex%65mple.fr', 'characters'],
  ['a@exemple.fr/x', 'characters'],
  ['a@ex_emple.fr', 'characters'],
  ['a@[127.0.0.1]', 'characters'],
  ['a@', 'domain'],
  ['a@exemple', 'domain'],
  ['a@exemple.', 'domain'],
  ['a@exemple.fr.', 'domain'],
  ['a@.fr', 'domain'],
  ['a@exemple..fr', 'domain'],
  ['a@-exemple.fr', 'domain'],
  ['a@exemple-.fr', 'domain'],
  ['a@exemple.f', 'domain'],
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
