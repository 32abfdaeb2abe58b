import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeSms } from '#src/delivery/sms/compose.ts';
import { gsm7Length, toGsm7 } from '#src/delivery/sms/gsm7.ts';
import type { NoticeContent } from '#src/notices/notice.ts';
import { languages } from '#src/texts/language.ts';

const at = new Date('2026-11-21T13:05:00Z');
const content = {
  number: '+33639980001',
  code: '0421567890',
  until: '2026-11-21T13:15:00Z',
  dispute: 'H4R7W2NKT93C',
  disputeUntil: '2026-12-01T22:59:59.999Z',
};
const pages = ['compte.essai.fr/ce-n-est-pas-moi', `${'mon-compte.'.repeat(6)}fr/ce-n-est-pas-moi`] as const;
const kinds = [
  'provisional-code-sms',
  'letter-unused-sms',
  'account-created-sms',
  'account-frozen-sms',
] as const;
const contents: Pick<NoticeContent, (typeof kinds)[number]> = {
  'provisional-code-sms': content,
  'letter-unused-sms': content,
  'account-created-sms': content,
  'account-frozen-sms': content,
};

for (const language of languages)
  for (const serviceName of ['compte ameli', 'Mon compte de l’Assurance Maladie – Çà et là, en Isère'])
    for (const kind of kinds)
      test(`${kind} in ${language} for ${serviceName.slice(0, 12)} is one segment without link`, () => {
        for (const disputePage of pages) {
          const text = composeSms({ kind, content: contents[kind] }, language, {
            serviceName,
            telephone: '3646',
            disputePage,
            codePage: disputePage.replace('ce-n-est-pas-moi', 'code-provisoire'),
            happenedAt: at,
          });
          assert.ok(gsm7Length(text) <= 160, `${gsm7Length(text)}: ${text}`);
          assert.equal(toGsm7(text), text);
          assert.doesNotMatch(text, /\?\?|https?:|www\.|undefined|\+33/);
          assert.ok(text.startsWith(toGsm7(serviceName).slice(0, 12)));
          assert.equal(text.includes(content.code), kind === 'provisional-code-sms');
          assert.equal(text.includes(content.dispute), kind === 'account-created-sms');
        }
      });

test('a code is given with its end, and nobody is to have it', () => {
  const text = composeSms({ kind: 'provisional-code-sms', content }, 'fr', {
    serviceName: 'compte ameli',
    telephone: '3646',
    disputePage: pages[0],
    codePage: 'compte.essai.fr/code-provisoire',
    happenedAt: at,
  });
  assert.equal(
    text,
    "compte ameli : votre code est 0421567890. Ne le donnez à personne, ni au 3646. Valable jusqu'à 14 h 15 (heure de Paris). Page : compte.essai.fr/code-provisoire.",
  );
});

test('what one segment cannot hold is written otherwise', () => {
  assert.equal(
    toGsm7('«\u00a0Œuvre\u00a0» d’été : ça, là, forêt… 5\u202f€ 😀 Ñ'),
    '" OEuvre " d\'été : ca, là, foret... 5 € ? Ñ',
  );
  assert.equal(gsm7Length('€{}[]'), 10);
});

test('an SMS about a new account says where it is blocked and by which code; where there is no room, how', () => {
  const said = (disputePage: string) =>
    composeSms({ kind: 'account-created-sms', content }, 'fr', {
      serviceName: 'compte ameli',
      telephone: '3646',
      disputePage,
      codePage: '',
      happenedAt: at,
    });
  assert.equal(
    said(pages[0]),
    'compte ameli : un compte a été ouvert à votre nom. Pas vous ? Bloquez-le : compte.essai.fr/ce-n-est-pas-moi code H4R7W2NKT93C puis appelez le 3646.',
  );
  assert.match(
    said(pages[1]),
    /sur le site, page " Ce n'est pas moi ", code H4R7W2NKT93C, ou appelez le 3646/,
  );
});
