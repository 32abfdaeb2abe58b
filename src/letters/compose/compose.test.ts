import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { PaperBlock } from '#src/documents/paper-block.ts';
import { composeCanary, composeLetter } from '#src/letters/compose/compose.ts';
import { languages } from '#src/texts/language.ts';
import { frenchTypographyFaults } from '#src/texts/typography.ts';
import { aLetter, context } from '#test/setting/letters.ts';

/** Everything that can be read on it. */
function words({ sender, frame, date, title, blocks }: PaperDocument): string {
  const to = frame.kind === 'window-envelope' ? frame.to : [];
  return [...sender, ...to, date, title, ...blocks.map(blockWords)].join('\n');
}

function blockWords(block: PaperBlock): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'footer':
      return block.text;
    case 'code':
      return block.code;
    case 'list':
      return block.items.map(({ text, address }) => [text, address].filter(Boolean).join('\n')).join('\n');
    default:
      return assert.fail(`no letter has a ${block.kind}`);
  }
}

function qrCodes({ blocks }: PaperDocument): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'list' && block.qrCode ? [block.qrCode.address] : []));
}

test('a letter with a code says the code, the page, until when, and nothing else about the person', () => {
  const letter = aLetter('provisional-code-letter');
  assert.equal(
    words(composeLetter(letter, context)).replaceAll('\u00a0', ' '),
    `Compte ameli
Votre caisse : Somme
CPAM de la Somme
80021 AMIENS CEDEX 9
Téléphone : 3646
Éloïse D’ŒUVRÉ
12 bis rue de l’Hôtel-de-Ville
80000 AMIENS
Le 2 mars 2026
Votre code pour ouvrir votre compte ameli
Bonjour,
Vous avez demandé un code par courrier. Le voici :
K7M2 P9X QT4
Ce code fonctionne une seule fois, jusqu’au 23 mars 2026 à 23 h 59 (heure de Paris).
Que faire maintenant ?
Sur un téléphone ou un ordinateur, ouvrez cette page, ou photographiez le dessin carré :
compte.essai.fr/code-provisoire
Tapez votre numéro de sécurité sociale, puis ce code.
Suivez les étapes. Il vous faut une adresse email que vous lisez souvent.
Gardez ce code pour vous
Ne le donnez à personne, ni au téléphone, ni par message. Personne ne vous le demandera au nom de l’Assurance Maladie.
Vous n’avez rien demandé ?
N’utilisez pas ce code et ne le donnez pas. Dites-le à votre caisse au 3646.
Référence de cette lettre : 3F2A91C4`,
  );
});

test('a letter about a new account says how to block it: a code, and the page where it is typed', () => {
  for (const language of languages) {
    const composed = composeLetter(aLetter('account-created-letter', language), context);
    assert.match(words(composed), /H4R7 W2NK T93C/);
    assert.match(words(composed), /compte\.essai\.fr\/ce-n-est-pas-moi/);
    assert.doesNotMatch(words(composed), /https|code-provisoire/);
    assert.match(words(composed), /3646/);
    assert.deepEqual(
      qrCodes(composed),
      ['https://compte.essai.fr/ce-n-est-pas-moi'],
      'the drawing holds no code',
    );
  }
});

test('a letter about a blocked account says where an account is created, and holds no code', () => {
  for (const language of languages) {
    const composed = composeLetter(aLetter('account-frozen-letter', language), context);
    assert.deepEqual(words(composed).match(/compte\.essai\.fr\S*/g), ['compte.essai.fr/creer-mon-compte']);
    assert.match(words(composed), /3646/);
    assert.deepEqual(qrCodes(composed), []);
  }
});

test('the drawing holds the address of the page and neither code nor person', () => {
  const letter = composeLetter(aLetter('provisional-code-letter'), context);
  assert.deepEqual(qrCodes(letter), ['https://compte.essai.fr/code-provisoire']);
});

test('letters come back to the configured address, or to that of the caisse', () => {
  const returnAddress = ['Traitement du courrier', 'TSA 99998', '67085 STRASBOURG CEDEX'];
  const { sender } = composeLetter(aLetter('provisional-code-letter'), { ...context, returnAddress });
  assert.deepEqual(sender, ['Compte ameli', 'Votre caisse : Somme', ...returnAddress, 'Téléphone : 3646']);
  const nowhere = composeLetter({ ...aLetter('provisional-code-letter'), caisse: null }, context);
  assert.deepEqual(nowhere.sender, ['Compte ameli', 'Téléphone : 3646']);
});

test('French letters are typeset as French', () => {
  const letters = [
    composeLetter(aLetter('provisional-code-letter'), context),
    composeLetter(aLetter('account-created-letter'), context),
    composeLetter(aLetter('account-frozen-letter'), context),
    composeLetter(aLetter('departure-letter'), context),
    composeCanary({ id: '4f2a91c4-0000-4000-8000-000000000001', number: 7, to: ['Essai'] }, context),
  ];
  for (const letter of letters) assert.deepEqual(frenchTypographyFaults(words(letter)), []);
});
