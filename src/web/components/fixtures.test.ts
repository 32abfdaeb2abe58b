import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { details, insetText, tag, warningText } from '#src/web/components/asides.ts';
import { notificationBanner, panel } from '#src/web/components/banners.ts';
import { button } from '#src/web/components/button.ts';
import { dateInput } from '#src/web/components/date-input.ts';
import { errorSummary } from '#src/web/components/error-summary.ts';
import { errorMessage, fieldset, hint, label } from '#src/web/components/field.ts';
import { input } from '#src/web/components/input.ts';
import { backLink, skipLink } from '#src/web/components/links.ts';
import { passwordInput } from '#src/web/components/password-input.ts';
import { radios } from '#src/web/components/radios.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { table } from '#src/web/components/table.ts';
import { type Html, html, trusted } from '#src/web/html.ts';

const en = { voice: 'en' } as const;
const plain = { required: false };

/**
 * Where we leave govuk-frontend's markup on purpose, all of it attributes: we run our own scripts, not its
 * modules (`data-module`, `govuk-js-…`); no role repeats what an element is (`fieldset`), no attribute stands where
 * it means nothing (`autocapitalize` of a password: the script adds it with «Afficher»); we tell assistive technologies that an answer is refused
 * (`aria-invalid`) and that choices form a group (`radiogroup`); a link is not announced as a button; the
 * texts of the «Afficher» button are always given, in the language of the page.
 */
const ours =
  /\s(?:data-module="[^"]*"|data-error-summary|aria-invalid="true"|draggable="false"|role="(?:button|radiogroup|group)"|autocapitalize="none"|data-i18n[^=]*="[^"]*")/g;
const hooks = /\s*govuk-js-[\w-]+/g;

/** Tags with sorted attributes and texts without indentation, one by one. */
function tokens(markup: string): string[] {
  return [...markup.matchAll(/<[^>]+>|[^<]+/g)].flatMap(([token]) => {
    const element = /^<\w+/.exec(token)?.[0];
    if (element === undefined) return token.startsWith('<') ? [token] : words(token);
    const kept = [...token.replace(ours, '').matchAll(/\s([\w.-]+)(?:="([^"]*)")?/g)].map(
      ([, name = '', value]) => (value === undefined ? name : `${name}="${order(name, value)}"`),
    );
    return [`${element} ${kept.sort().join(' ')}>`];
  });
}

function order(name: string, value: string): string {
  return name === 'class' ? value.replace(hooks, '').split(/\s+/).sort().join(' ') : value;
}

function words(text: string): string[] {
  const trimmed = text.replace(/\s+/g, ' ').trim();
  return trimmed === '' ? [] : [trimmed];
}

function fixture(component: string, name: string): string {
  const path = import.meta.resolve(`govuk-frontend/dist/govuk/components/${component}/fixtures.json`);
  const { fixtures }: { fixtures: { name: string; html: string }[] } = JSON.parse(
    readFileSync(new URL(path), 'utf8'),
  );
  const found = fixtures.find((candidate) => candidate.name === name);
  assert.ok(found, `no fixture “${name}” for ${component}`);
  return found.html;
}

/** `aside`: what is left out on both sides. */
function sameAs(component: string, name: string, markup: Html | null, aside = /(?!)/g): void {
  test(`${component}: ${name}`, () => {
    const [own, govuk] = [String(markup), fixture(component, name)].map((text) => text.replace(aside, ''));
    assert.deepEqual(tokens(own ?? ''), tokens(govuk ?? ''));
  });
}

sameAs('button', 'default', button({ text: 'Save and continue' }));
sameAs('button', 'secondary', button({ text: 'Secondary button', style: 'secondary', name: 'secondary' }));
sameAs('button', 'link', button({ text: 'Link button', href: '/' }));
sameAs('button', 'value', button({ text: 'Submit', value: 'start' }));
sameAs('button', 'type', button({ text: 'Submit', type: 'button' }));
sameAs('button', 'id', button({ text: 'Submit', id: 'submit' }));

const number = 'National Insurance number';
const where =
  'It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’.';
const wrong = 'Enter a National Insurance number in the correct format';
sameAs('input', 'default', input(en, { ...plain, name: 'test-name', label: number }));
sameAs(
  'input',
  'with hint text',
  input(en, {
    ...plain,
    name: 'test-name-2',
    id: 'input-with-hint-text',
    label: 'National insurance number',
    hint: where,
  }),
);
sameAs(
  'input',
  'with error message',
  input(en, { ...plain, name: 'test-name-3', id: 'input-with-error-message', label: number, error: wrong }),
);
sameAs(
  'input',
  'with error and hint',
  input(en, {
    ...plain,
    name: 'with-error-hint',
    label: 'National insurance number',
    hint: where,
    error: wrong,
  }),
);
sameAs(
  'input',
  'with extra letter spacing',
  input(en, {
    ...plain,
    name: 'input-with-extra-letter-spacing',
    label: 'National insurance number',
    value: 'QQ 12 34 56 C',
    width: 30,
    spaced: true,
  }),
);
sameAs(
  'password-input',
  'default',
  passwordInput(en, { ...plain, name: 'password', label: 'Password', autocomplete: 'current-password' }),
);
sameAs(
  'password-input',
  'with error message',
  passwordInput(en, {
    ...plain,
    name: 'test-name-3',
    id: 'password-input-with-error-message',
    label: 'Password',
    hint: 'It probably has some letters, numbers and maybe even some symbols in it.',
    error: 'Error message goes here',
    autocomplete: 'current-password',
  }),
);

const changed = {
  ...plain,
  label: 'Have you changed your name?',
  hint: 'This includes changing your last name or spelling your name differently.',
  items: [
    { value: 'yes', text: 'Yes' },
    { value: 'no', text: 'No' },
  ],
};
sameAs('radios', 'inline', radios(en, { ...changed, name: 'example', inline: true, value: 'no' }));
sameAs(
  'radios',
  'with hint and error message',
  radios(en, { ...changed, name: 'example-error-message-hint', error: 'Please select an option' }),
);

const birth = { ...plain, label: 'What is your date of birth?', hint: 'For example, 31 3 1980' };
/** The hint and the errors of a date describe its boxes, each with its own, where govuk-frontend describes their group. */
const descriptions = /\saria-describedby="[^"]*"/g;
/** Names of our own language: the parts are called after the fixture's for the comparison. */
function english(markup: Html, prefix: string): Html {
  const renamed = String(markup)
    .replaceAll('-jour', '-day')
    .replaceAll('-mois', '-month')
    .replaceAll('-annee', '-year')
    .replaceAll(`${prefix}-day-error"`, `${prefix}-error"`);
  return trusted(renamed.replaceAll(`name="${prefix}-`, 'name="'));
}
sameAs('date-input', 'default', english(dateInput(en, { ...birth, name: 'dob' }), 'dob'), descriptions);
sameAs(
  'date-input',
  'with values',
  english(
    dateInput(en, { ...birth, name: 'with-values', values: { jour: '31', mois: '3', annee: '1980' } }),
    'with-values',
  ),
  descriptions,
);
sameAs(
  'date-input',
  'with error on day input',
  english(
    dateInput(en, { ...birth, name: 'dob-day-error', errors: { jour: 'Error message goes here' } }),
    'dob-day-error',
  ),
  descriptions,
);

test('error-summary: default, with our title', () => {
  const links = [
    { text: 'The date your passport was issued must be in the past', href: '#example-error-1' },
    { text: 'Enter a postcode, like AA1 1AA', href: '#example-error-2' },
  ];
  const expected = fixture('error-summary', 'default').replace(
    'There is a problem',
    'Check what you have entered',
  );
  const [busy] = [{ text: 'Try again', href: '#canal', ours: true }] as const;
  for (const link of [busy, { text: 'Nobody was found' }])
    assert.match(String(errorSummary(en, [link])), />There is a problem</);
  assert.deepEqual(tokens(String(errorSummary(en, links))), tokens(expected));
});
sameAs('error-message', 'default', errorMessage(en, undefined, 'Error message about full name goes here'));
sameAs('fieldset', 'default', fieldset({ ...plain, label: 'What is your address?' }, null));
test('label: page heading, tied to its field', () => {
  const expected = fixture('label', 'as page heading l').replace('<label', '<label for="nir"');
  assert.deepEqual(
    tokens(String(label({ ...plain, name: 'nir', label: number, heading: true }))),
    tokens(expected),
  );
});
test('hint: with an id', () => {
  assert.equal(String(hint('a-hint', 'b')), '<div id="a-hint" class="govuk-hint">b</div>');
});

const nationality =
  'We need to know your nationality so we can work out which elections you’re entitled to vote in. If you can’t provide your nationality, you’ll have to send copies of identity documents through the post.';
sameAs('details', 'default', details({ summary: 'Help with nationality', content: nationality }));
sameAs(
  'details',
  'expanded',
  details({
    summary: 'Help with nationality',
    content: nationality,
    id: 'help-with-nationality',
    open: true,
  }),
);
sameAs(
  'inset-text',
  'default',
  insetText(
    'It can take up to 8 weeks to register a lasting power of attorney if there are no mistakes in the application.',
  ),
);
sameAs('warning-text', 'default', warningText(en, 'You can be fined up to £5,000 if you don’t register.'));
sameAs('tag', 'default', tag('Alpha'));
sameAs('tag', 'grey', tag('Grey', 'grey'));
test('notification-banner: default, as a section', () => {
  const banner = notificationBanner(en, { content: 'This publication was withdrawn on 7 March 2014.' });
  const expected = fixture('notification-banner', 'default')
    .replace(
      '<div class="govuk-notification-banner" role="region"',
      '<section class="govuk-notification-banner"',
    )
    .replace(/<\/div>\s*$/, '</section>');
  assert.deepEqual(tokens(String(banner)), tokens(expected));
});
sameAs(
  'notification-banner',
  'with type as success',
  notificationBanner(en, { type: 'success', title: 'Success', content: 'Email sent to example@email.com' }),
);
sameAs(
  'panel',
  'default',
  panel('Application complete', html`Your reference number<br><strong>HDJ2123F</strong>`),
);
sameAs('back-link', 'default', backLink(en, '#'));
test('skip-link: default, with our text', () => {
  const expected = fixture('skip-link', 'default').replace('Skip to main content', 'Skip to content');
  assert.deepEqual(tokens(String(skipLink(en, '#test-target-element'))), tokens(expected));
});

const address = html`<p class="govuk-body">email@email.com</p><p class="govuk-body">Address line 1<br>Address line 2<br>Address line 3<br>Address line 4<br>Address line 5</p>`;
const rows = [
  { key: 'Name', value: 'Firstname Lastname' },
  { key: 'Date of birth', value: '13/08/1980' },
  { key: 'Contact information', value: address },
];
sameAs('summary-list', 'default', summaryList(rows));
const actions = [
  ['Edit name', 'Delete name'],
  ['Change date of birth'],
  ['Edit contact information', 'Change contact information'],
].map((links) =>
  links.map((link) => {
    const [text = '', ...hidden] = link.split(' ');
    return { href: '#', text, hidden: hidden.join(' ') };
  }),
);
sameAs(
  'summary-list',
  'with actions',
  summaryList(rows.map((row, index) => ({ ...row, actions: actions[index] }))),
);
sameAs(
  'table',
  'with head and caption',
  table({
    caption: 'Caption 1: Months and rates',
    head: ['Month you apply', 'Rate for bicycles', 'Rate for vehicles'],
    rows: [
      ['January', '£85', '£95'],
      ['February', '£75', '£55'],
      ['March', '£165', '£125'],
    ],
    numeric: [1, 2],
  }),
);
