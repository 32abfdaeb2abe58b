import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markFrenchWords } from '#src/texts/french-words.ts';
import { withSpokenMasks } from '#src/texts/spoken-masks.ts';
import { changeText } from '#src/texts/text-runs.ts';

test('French terms of an English document are marked, wherever prose stands', () => {
  const cases = [
    ['<p>Call your caisse.</p>', '<p>Call your <span lang="fr">caisse</span>.</p>'],
    [
      '<p>Your carte Vitale, your cartes Vitale</p>',
      '<p>Your <span lang="fr">carte Vitale</span>, your <span lang="fr">cartes Vitale</span></p>',
    ],
    ['<a href="/caisse">régimes</a>', '<a href="/caisse"><span lang="fr">régimes</span></a>'],
    [
      '<p lang="fr">caisse <b>caisse</b></p>caisse',
      '<p lang="fr">caisse <b>caisse</b></p><span lang="fr">caisse</span>',
    ],
    [
      '<p lang="fr">caisse <i lang="en">caisse</i></p>',
      '<p lang="fr">caisse <i lang="en"><span lang="fr">caisse</span></i></p>',
    ],
    [
      '<title>The caisse</title><code>caisse</code><img alt="caisse"><p>caisse@exemple.fr /caisse caisses-x</p>',
      null,
    ],
    ['<svg><path d="M0"/><text>RIB</text></svg><p>encaissed Vitales</p>', null],
    [
      '<br><p>The Caisse d’Assurance Maladie</p>',
      '<br><p>The <span lang="fr">Caisse d’Assurance Maladie</span></p>',
    ],
  ] as const;
  for (const [before, after] of cases) assert.equal(markFrenchWords(before), after ?? before);
});

test('masked values are read in words, and look the same', () => {
  const cases = [
    ['c•••••e@ex•••••.fr', 'c, lettres masquées, e@ex, lettres masquées, .fr'],
    ['06\u00a0••\u00a0••\u00a0••\u00a078', '06, chiffres masqués, 78'],
    ['1 62 •• •• ••• •••', '1 62, chiffres masqués'],
    ['1\u00a062\u00a0••\u00a0••', '1\u00a062, chiffres masqués'],
    ['75018\u00a0P•••••', '75018\u00a0P, lettres masquées'],
  ] as const;
  for (const [value, spoken] of cases) {
    assert.equal(
      withSpokenMasks(`<p>À ${value}, ce jour. <b>Oui</b></p>`, 'fr'),
      `<p><span aria-hidden="true">À ${value}, ce jour. </span><span class="govuk-visually-hidden">À ${spoken}, ce jour. </span><b>Oui</b></p>`,
    );
    for (const kept of [
      `<b aria-hidden="true">${value}</b>`,
      `<title>${value}</title>`,
      `<input value="${value}">`,
    ])
      assert.equal(withSpokenMasks(kept, 'fr'), kept);
  }
  assert.match(withSpokenMasks('<p>06\u00a0••\u00a078</p>', 'en'), /06, hidden digits, 78/);
});

test('what is not text is never touched', () => {
  const document =
    '<!DOCTYPE html><!-- a caisse --><p class="caisse">a</p><input value="caisse"><svg><g/></svg>b';
  const seen: string[] = [];
  assert.equal(
    changeText(document, (text) => {
      seen.push(text);
      return text;
    }),
    document,
  );
  assert.deepEqual(seen, ['a', 'b']);
});

test('an element with surroundings of its own ends where it ends, whatever it contains', () => {
  const document =
    '<p lang="fr">a<pre>b</pre><p>c</p><path/>d</p>e<i aria-hidden="true">f<i>g</i>h</i>i<br lang="fr">j<svg><title>k</title>l</svg>m<i lang="en">n';
  const seen: string[] = [];
  changeText(document, (text, { language, unread, untouchable }) => {
    seen.push(
      [text, language ?? '', unread ? 'unread' : '', untouchable ? 'untouchable' : ''].join(' ').trim(),
    );
    return text;
  });
  assert.deepEqual(seen, [
    ...['a fr', 'b fr  untouchable', 'c fr', 'd fr', 'e', 'f  unread', 'g  unread', 'h  unread', 'i', 'j'],
    ...['k   untouchable', 'l   untouchable', 'm', 'n en'],
  ]);
});
