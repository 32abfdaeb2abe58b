import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Declaration, Features, type Rule, type Selector, transform } from 'lightningcss';

/**
 * Builds `src/web/assets/app.css`: the rules of govuk-frontend's stylesheet for the components in use, then our theme.
 * Run it (`npm run css`) after a change to the theme, or when a page needs another class.
 *
 * Removed are rules for classes that are not in `kept`, fonts, sizes of text and printing (ours are in the theme), fallbacks of
 * custom properties (all are defined), and vendor prefixes of obsolete browsers.
 */

/** Classes whose rules are govuk-frontend’s, without its sizes of text: those are the theme’s. */
const kept = [
  'form-group',
  'form-group--error',
  'label',
  'error-message',
  'fieldset',
  'fieldset__legend',
  'input',
  'input--error',
  'input--width-2',
  'input--width-4',
  'input--width-5',
  'input--width-10',
  'input--width-20',
  'input--width-30',
  'input--extra-letter-spacing',
  'input__wrapper',
  'textarea',
  'textarea--error',
  'file-upload',
  'password-input',
  'password-input__wrapper',
  'password-input__input',
  'password-input__toggle',
  'radios',
  'radios--inline',
  'radios__item',
  'radios__input',
  'radios__label',
  'radios__hint',
  'date-input',
  'date-input__item',
  'date-input__label',
  'date-input__input',
  'skip-link',
  'link',
  'visually-hidden',
];
/** Classes that pages may use, and whose rules are the theme’s alone. */
const own = [
  'hint',
  'label-wrapper',
  'fieldset__heading',
  'input__prefix',
  'back-link',
  'button',
  'button--secondary',
  'button-group',
  'label--s',
  'label--m',
  'label--l',
  'fieldset__legend--s',
  'fieldset__legend--m',
  'fieldset__legend--l',
  'error-summary',
  'error-summary__title',
  'error-summary__body',
  'error-summary__list',
  'details',
  'details__summary',
  'details__summary-text',
  'details__text',
  'inset-text',
  'warning-text',
  'warning-text__icon',
  'warning-text__text',
  'tag',
  'notification-banner',
  'notification-banner--success',
  'notification-banner__header',
  'notification-banner__title',
  'notification-banner__content',
  'notification-banner__heading',
  'panel',
  'panel--confirmation',
  'panel__title',
  'panel__body',
  'summary-list',
  'summary-list__row',
  'summary-list__row--no-actions',
  'summary-list__key',
  'summary-list__value',
  'summary-list__actions',
  'summary-list__actions-list',
  'summary-list__actions-list-item',
  'table',
  'table__caption',
  'table__caption--m',
  'table__head',
  'table__body',
  'table__row',
  'table__header',
  'table__header--numeric',
  'table__cell',
  'table__cell--numeric',
  'heading-xl',
  'heading-l',
  'heading-m',
  'heading-s',
  'body',
  'body-l',
  'body-s',
  'list',
  'list--bullet',
  'list--number',
  'list--spaced',
];
const withRules = new Set(kept.map((name) => `govuk-${name}`));
const dropped = new Set([
  '-webkit-font-smoothing',
  '-moz-osx-font-smoothing',
  '-webkit-text-decoration-skip',
  'text-decoration-skip',
  'font-family',
  'font-size',
  'line-height',
]);

const targets = { chrome: 105 << 16, firefox: 110 << 16, safari: (15 << 16) | (4 << 8) };

const source = new URL(import.meta.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'));
const theme = new URL('../src/web/assets/theme.css', import.meta.url);
const contrasted = new URL('../src/web/assets/contrasted.css', import.meta.url);
const print = new URL('../src/web/assets/print.css', import.meta.url);
const output = new URL('../src/web/assets/app.css', import.meta.url);

/** The classes that pages may use. */
export function knownClasses(): ReadonlySet<string> {
  return new Set([...kept, ...own].map((name) => `govuk-${name}`));
}

/** The whole stylesheet, minified; deterministic. */
export function buildCss(): string {
  const vendored = transform({
    filename: 'govuk-frontend.css',
    code: readFileSync(source),
    targets,
    errorRecovery: true,
    visitor: {
      Rule: (rule) => (isKept(rule) ? undefined : []),
      Selector: (selector) => (isUsed(selector) ? undefined : []),
      Declaration: (declaration) => (isDropped(declaration) ? [] : undefined),
    },
  });
  const parts = vendored.code.toString().replace(/var\((--govuk-[\w-]+),[^()]*\)/g, 'var($1)');
  const palette = readFileSync(contrasted, 'utf8');
  const all = [
    parts,
    readFileSync(theme, 'utf8'),
    palette.replaceAll(':root', '.contraste').replaceAll(':is(', '.contraste :is('),
    `@media (prefers-contrast: more) {${palette}}`,
    readFileSync(print, 'utf8'),
  ].join('\n');
  // No colour uses `light-dark()`, so its polyfill is not needed.
  const exclude = Features.LightDark;
  const options = { filename: 'app.css', code: Buffer.from(all), minify: true, targets, exclude };
  return `${transform(options).code}\n`;
}

function isDropped(declaration: Declaration): boolean {
  const name = declaration.property === 'custom' ? declaration.value.name : declaration.property;
  return dropped.has(name);
}

/**
 * Removes rules for printing (ours are in the theme), space for a sticky GOV.UK button, and hacks for old Internet Explorer
 * (`min-width: 0\\0`).
 */
function isKept(rule: Rule): boolean {
  if (rule.type === 'font-face') return false;
  if (rule.type === 'supports')
    return !/sticky|text-wrap|caret-color|padding|border-width/.test(JSON.stringify(rule.value.condition));
  if (rule.type === 'media')
    return !/"mediaType":"(?!screen"|all")|\ufffd|-ms-/.test(JSON.stringify(rule.value.query));
  return rule.type !== 'style' || rule.value.selectors.some(isUsed);
}

function isUsed(selector: Selector): boolean {
  return selector.every((part) => {
    if (part.type === 'pseudo-class' && part.kind === 'root') return false;
    // No field of ours has the type `number`.
    if (part.type === 'attribute' && part.name === 'type') return false;
    if (/spin-button/.test(JSON.stringify(part))) return false;
    if (part.type === 'class') return withRules.has(part.name);
    return part.type !== 'pseudo-element' || !String(part.kind).includes('moz');
  });
}

if (import.meta.main) {
  const css = buildCss();
  const fresh = existsSync(output) && readFileSync(output, 'utf8') === css;
  if (!fresh) writeFileSync(output, css);
  process.stdout.write(`${fileURLToPath(output)}: ${css.length} bytes${fresh ? ', already fresh' : ''}\n`);
}
