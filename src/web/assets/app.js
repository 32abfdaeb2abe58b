// Improves pages that are complete without it. No dependency, nothing kept, nothing sent but the form itself.

/**
 * Month and year of birth that a NIR gives for certain: the rule of `src/civil-status/nir.ts`, tested against it.
 * @param {string} typed
 * @param {Date} today
 * @returns {{ month: string, year: string } | null}
 */
export function birthFromNir(typed, today) {
  const nir = typed
    .normalize('NFKC')
    .replace(/[^\dA-Z]/gi, '')
    .toUpperCase();
  if (!/^[1-478]\d{4}(\d\d|2[AB])\d{6}(\d\d)?$/.test(nir)) return null;
  const number = Number(nir.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  if (nir.length === 15 && Number(nir.slice(13)) !== 97 - (number % 97)) return null;
  const code = Number(nir.slice(3, 5));
  const month = code >= 1 && code <= 12 ? code : 0;
  const thisYear = today.getFullYear();
  const thisMonth = today.getMonth() + 1;
  const century = thisYear - (thisYear % 100);
  const years = [century - 100, century]
    .map((start) => start + Number(nir.slice(1, 3)))
    .filter((year) => {
      const oldest = thisYear - year - (month > thisMonth ? 1 : 0);
      const youngest = thisYear - year - (month && month < thisMonth ? 0 : 1);
      return oldest >= 16 && youngest < 110;
    });
  return { month: month ? nir.slice(3, 5) : '', year: years.length === 1 ? String(years[0]) : '' };
}

/** «Envoi en cours…», by language: the server writes the texts of `src/texts/common.ts` here. */
const sending = {};

const all = (/** @type {string} */ selector) => document.querySelectorAll(selector);
const byId = (/** @type {string | undefined} */ id) => document.getElementById(id ?? '');

function prefillBirth() {
  for (const status of all('[data-prefill-from]')) {
    const { prefillFrom, prefillInto, text } = status.dataset;
    const nir = document.querySelector(`[name="${prefillFrom}"]`);
    const month = byId(`${prefillInto}-mois`);
    const year = byId(`${prefillInto}-annee`);
    // What we filled goes with the form and comes back with a refusal: it is ours still, and follows the number.
    // Where nothing came back (typed values kept elsewhere), what the number gives may be what we filled.
    const ours = document.querySelector(`[name="${prefillInto}-proposee"]`);
    const given = () => {
      const birth = birthFromNir(nir.value, new Date());
      return birth && `${birth.month}/${birth.year}`;
    };
    ours.value ||= given() ?? '/';
    const propose = () => {
      const parts = given();
      const shown = `${month.value}/${year.value}`;
      // What the person typed stays, whole: only empty fields, or those we filled, may change.
      if (!parts || (shown !== '/' && shown !== ours.value)) return;
      ours.value = parts;
      [month.value, year.value] = parts.split('/');
      status.textContent = parts === '/' ? '' : text;
    };
    // While it is typed: were the text to appear when the field is left, the button would move from under the press.
    nir?.addEventListener('input', propose);
  }
}

function showPasswords() {
  for (const group of all('.govuk-password-input')) {
    const input = group.querySelector('input');
    const button = group.querySelector('button');
    const status = document.createElement('div');
    status.className = 'govuk-visually-hidden';
    status.setAttribute('role', 'status');
    group.append(status);
    // Only an ordinary text is capitalised, which the password is while it is shown.
    input.autocapitalize = 'none';
    const text = (/** @type {string} */ name) => group.getAttribute(`data-i18n.${name}`);
    const show = (/** @type {boolean} */ shown) => {
      input.type = shown ? 'text' : 'password';
      const action = shown ? 'hide' : 'show';
      button.textContent = text(`${action}-password`);
      button.setAttribute('aria-label', text(`${action}-password-aria-label`));
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      const shown = input.type === 'password';
      show(shown);
      status.textContent = text(`password-${shown ? 'shown' : 'hidden'}-announcement`);
    });
    // A browser must never remember the password as an ordinary text.
    input.form?.addEventListener('submit', () => show(false));
  }
}

function focusErrors() {
  const summary = document.querySelector('[data-error-summary]');
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}

/**
 * A form on its way says so on its button, and is not sent again until the answer is long overdue. Nothing tells when a file
 * has come: its form waits out the second press of a hurried hand, no longer.
 */
function sendOnce() {
  const words = sending[document.documentElement.lang];
  const status = document.createElement('div');
  status.className = 'govuk-visually-hidden';
  status.setAttribute('role', 'status');
  document.querySelector('main')?.append(status);
  const underWay = new Map();
  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented) return;
    if (underWay.has(form)) return event.preventDefault();
    const button = submitter?.matches('.govuk-button') ? submitter : document.createElement('button');
    const kept = [...button.childNodes];
    const show = (/** @type {boolean} */ busy) => {
      button.setAttribute('aria-busy', String(busy));
      button.replaceChildren(...(busy ? [words] : kept));
      status.textContent = busy ? words : '';
    };
    show(true);
    const over = () => underWay.delete(form) && show(false);
    underWay.set(form, over);
    const givesFile = 'file' in form.dataset;
    const fileScript = '/assets/file.js';
    if (givesFile) import(fileScript);
    setTimeout(over, givesFile ? 2_000 : 10_000);
  });
  // Back from the next page, the browser may show this one as it was left.
  addEventListener('pageshow', () => {
    for (const over of underWay.values()) over();
  });
}

/** What the site shows without a network; nothing of any page is kept. */
function keepOfflinePage() {
  const keep = () => navigator.serviceWorker.register('/service-worker.js').catch(() => {});
  if ('serviceWorker' in navigator) addEventListener('load', keep);
}

function start() {
  prefillBirth();
  showPasswords();
  sendOnce();
  focusErrors();
  keepOfflinePage();
  for (const element of all('[data-reveal]')) element.hidden = false;
  // Where it is not loaded with the page, at the first thing typed.
  const session = '/assets/session.js';
  addEventListener('input', () => import(session), { once: true });
}

if (typeof document !== 'undefined') start();
