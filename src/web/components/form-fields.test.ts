import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributes } from '#src/web/components/attributes.ts';
import { dateInput } from '#src/web/components/date-input.ts';
import { errorSummary } from '#src/web/components/error-summary.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { passwordRules } from '#src/web/components/password-rules.ts';
import { radios } from '#src/web/components/radios.ts';

const fr = { isCopy: false, voice: 'fr' } as const;

test('attributes escape values and leave out the absent', () => {
  const written = attributes({
    value: `"><script>'`,
    hidden: true,
    id: null,
    name: undefined,
    class: '',
    max: 0,
  });
  assert.equal(String(written), ' value="&quot;&gt;&lt;script&gt;&#39;" hidden max="0"');
});

test('typed text is escaped when it is shown again', () => {
  const markup = String(input(fr, { name: 'nom', label: 'Mon nom :', value: `d'Arc"><b>` }));
  assert.match(markup, /value="d&#39;Arc&quot;&gt;&lt;b&gt;"/);
});

test('a required field says so in its label and to assistive technologies', () => {
  const markup = String(input(fr, { name: 'nom', label: 'Mon nom :' }));
  assert.match(markup, /Mon nom :\u00a0<span class="required">\*<\/span>/);
  assert.match(markup, / required>/);
  assert.doesNotMatch(String(input(fr, { name: 'fixe', label: 'Fixe', required: false })), /required/);
});

test('hint, error and prefix all describe the field', () => {
  const markup = String(
    input(fr, {
      name: 'numeroSerie',
      label: 'Numéro',
      hint: 'Au dos',
      error: 'Trop court',
      prefix: '8025000002',
    }),
  );
  assert.match(markup, /aria-describedby="numeroSerie-prefix numeroSerie-hint numeroSerie-error"/);
  assert.match(markup, /aria-invalid="true"/);
  for (const id of ['prefix', 'hint', 'error']) assert.match(markup, new RegExp(`id="numeroSerie-${id}"`));
});

test('a password is never written back, and its rules describe it', () => {
  const markup = String(
    passwordInput(fr, {
      name: 'motDePasse',
      label: 'Nouveau',
      autocomplete: 'new-password',
      rules: 'regles',
    }),
  );
  assert.doesNotMatch(markup, / value=/);
  assert.match(markup, /aria-describedby="regles"/);
  assert.match(markup, /<button type="button"[^>]* hidden>Afficher<\/button>/);
});

test('rules carry what the browser needs to judge them', () => {
  const markup = String(
    passwordRules(fr, {
      id: 'regles',
      field: 'motDePasse',
      items: [{ rule: 'length', text: 'Comporter entre 8 et 50 caractères' }],
      minimum: 8,
      maximum: 50,
      specials: '?!<"',
    }),
  );
  assert.match(markup, /data-minimum="8" data-maximum="50" data-specials="\?!&lt;&quot;"/);
  assert.match(markup, /<li data-rule="length">Comporter/);
});

test('radios: nothing is chosen for the person; the first one has the id of the field', () => {
  const items = [
    { value: 'oui', text: 'Oui' },
    { value: 'non', text: 'Non' },
  ];
  const markup = String(radios(fr, { name: 'accord', label: 'Accord', items, error: 'Choisissez' }));
  assert.doesNotMatch(markup, /checked/);
  assert.match(markup, /id="accord" name="accord" type="radio" value="oui"/);
  assert.match(
    markup,
    /role="radiogroup" aria-describedby="accord-error" aria-required="true" aria-invalid="true"/,
  );
});

test('a date has the three field names of the address contract', () => {
  const markup = String(
    dateInput(fr, {
      name: 'dateNaissance',
      label: 'Ma date de naissance :',
      autocomplete: 'bday',
      prefillFrom: 'nir',
    }),
  );
  const names = [...markup.matchAll(/ name="([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(names, ['dateNaissance-jour', 'dateNaissance-mois', 'dateNaissance-annee']);
  assert.match(markup, /autocomplete="bday-year"/);
  assert.match(markup, /role="status" data-prefill-from="nir" data-prefill-into="dateNaissance"/);
});

test('without a refusal there is no summary; a refusal without a field is not a link', () => {
  assert.equal(errorSummary(fr, []), null);
  assert.match(String(errorSummary(fr, [{ text: 'Rien ne correspond' }])), /<li>Rien ne correspond<\/li>/);
});

test('a form posts to its page with its token, and only the server validates it', () => {
  const visit = { csrfToken: () => 'a"b', path: '/connexion', ...fr };
  const markup = String(form(visit, { body: 'x' }));
  assert.equal(
    markup,
    '<form method="post" action="/connexion" novalidate><input type="hidden" name="_csrf" value="a&quot;b">x</form>',
  );
});

test('help stands after its field, so that the label stays next to it', () => {
  const markup = String(
    input(fr, {
      name: 'nir',
      label: 'Numéro',
      hint: '13 caractères',
      help: 'Où le trouver ?',
      error: 'Trop court',
    }),
  );
  const order = ['<label', 'nir-hint"', 'nir-error"', '<input', 'Où le trouver'];
  const places = order.map((part) => markup.indexOf(part));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('the star is explained once, before the first field, in the words given', () => {
  const visit = { csrfToken: () => 'x', path: '/', ...fr };
  const body = input(fr, { name: 'nom', label: 'Mon nom :' });
  const explained = String(form(visit, { before: 'Avant', legend: true, body }));
  assert.match(
    explained,
    /Avant<p class="govuk-body">\* champ obligatoire<\/p><div class="govuk-form-group">/,
  );
  assert.match(String(form(visit, { legend: '* Champs obligatoires', body })), />\* Champs obligatoires</);
});

test('each box of a date is described by the hint and its own error; all errors stand beside the group', () => {
  const errors = { jour: 'Le jour est un nombre de 1 à 31', annee: 'Ajoutez l’année' };
  const markup = String(dateInput(fr, { name: 'naissance', label: 'Date', hint: 'Jour, mois', errors }));
  const boxes = [...markup.matchAll(/<input[^>]*>/g)].map(([box]) => [
    /aria-describedby="([^"]*)"/.exec(box)?.[1],
    box.includes('aria-invalid="true"'),
  ]);
  assert.deepEqual(boxes, [
    ['naissance-hint naissance-jour-error', true],
    ['naissance-hint', false],
    ['naissance-hint naissance-annee-error', true],
  ]);
  for (const [part, text] of Object.entries(errors))
    assert.match(markup, new RegExp(`id="naissance-${part}-error".*${text}`));
  const whole = String(dateInput(fr, { name: 'naissance', label: 'Date', error: 'Écrivez votre date' }));
  assert.equal(whole.match(/aria-describedby="naissance-error" aria-invalid="true"/g)?.length, 3);
});
