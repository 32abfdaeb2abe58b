import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPasswordWord } from '#src/web/password-word.ts';

const code = { passwordWord: 'code personnel', language: 'fr' } as const;

test('says «code personnel» where the policy does, in the singular and the plural', () => {
  assert.equal(
    withPasswordWord(code, '<h1>Mot de passe</h1><p>Les deux mots de passe, votre mot de passe.</p>'),
    '<h1>Code personnel</h1><p>Les deux codes personnels, votre code personnel.</p>',
  );
});

test('changes nothing where the policy says «mot de passe»', () => {
  const page = '<p>Votre mot de passe</p>';
  assert.equal(withPasswordWord({ passwordWord: 'mot de passe', language: 'fr' }, page), page);
});

test('leaves addresses, names and attributes of fields alone', () => {
  const fields =
    '<a href="/connexion/mot-de-passe-oublie"><input name="motDePasse" type="password" autocomplete="current-password" class="govuk-password-input"><script src="/assets/passwords.0.js"></script>';
  assert.equal(withPasswordWord(code, fields), fields);
  assert.equal(withPasswordWord({ ...code, language: 'en' }, fields), fields);
});

test('says «personal code» in English', () => {
  assert.equal(
    withPasswordWord(
      { ...code, language: 'en' },
      '<label>My password</label><button aria-label="Show password">',
    ),
    '<label>My personal code</label><button aria-label="Show personal code">',
  );
});
