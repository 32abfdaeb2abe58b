// Judges a new password while it is typed, on the pages where one is chosen. Only the server decides; nothing is sent.

/**
 * Some of the most common passwords and first names, which `src/passwords/common.ts` refuses: a password that is one
 * of them, with digits or signs around it, is said to be too common at once; the server knows a hundred thousand more.
 */
export const frequent = new Set(
  'azertyuiop jetaime motdepasse alexandre alexis ameli antoine azerty bernard bonjour bordeaux camille caroline catherine charlotte chocolat chouchou christophe coucou daniel doudou dragon football francois hello iloveyou isabelle julie julien lapin laurent letmein loulou marie marine marseille martine master mathieu michael michel monique monkey nathalie nicolas nicole password passw0rd patrick pauline philippe pierre princess qwerty qwertyuiop sebastien soleil superman sunshine thomas toulouse tournedos valerie vanille vincent vitale welcome'.split(
    ' ',
  ),
);

const signs = {
  '@': 'a',
  4: 'a',
  3: 'e',
  '€': 'e',
  0: 'o',
  5: 's',
  $: 's',
  7: 't',
  8: 'b',
  '!': 'i',
  '£': 'l',
  1: 'i',
};
const row = '01234567890123';
const beforeDigit = /(jan|fev|feb|mar|avr|apr|mai|may|jui|jun|jul|aou|aug|sep|oct|nov|dec)[a-z]{0,6}\d/;
const afterDigit = /\d(er|st)?(jan|fev|feb|mar|avr|apr|mai|may|jui|jun|jul|aou|aug|sep|oct|nov|dec)/;

/**
 * Lower case without accents, as `src/passwords/folding.ts`.
 * @param {string} text
 */
function fold(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether a squeezed password contains a part of a NIR, or what a NIR tells of the birth: the year, and the month with it.
 * @param {string} squeezed
 * @param {string} nir
 */
function isOfNir(squeezed, nir) {
  const number = fold(nir).replace(/[^a-z0-9]/g, '');
  if ([...squeezed.slice(5)].some((_, at) => number.includes(squeezed.slice(at, at + 6)))) return true;
  const [, year, month] = /^\d(\d\d)(0[1-9]|1[0-2])?/.exec(number) ?? [];
  if (!year) return false;
  // Nobody with a password is younger than 10 years.
  const century = 2000 + Number(year) > new Date().getFullYear() - 10 ? 19 : 20;
  const written = [`${century}${year}`, ...(month ? [month + year, year + month] : [])];
  return written.some((part) => squeezed.includes(part));
}

/**
 * Which rules a password keeps. `personal`: false where it contains a part of the NIR under which a password manager
 * keeps it, true where nothing in it can be a date or a part of a number, otherwise unknown.
 * @param {string} typed
 * @param {{ minimum: number, maximum: number, specials: string, nir?: string }} limits
 * @returns {Record<string, boolean | undefined>}
 */
export function judgeRules(typed, { minimum, maximum, specials, nir = '' }) {
  // Pasting often adds a space, which the server takes away.
  const password = typed.trim();
  const characters = [...password.normalize('NFC')];
  const special = (/** @type {string} */ character) => specials.includes(character);
  const squeezed = fold(password).replace(/[^a-z0-9]/g, '');
  const doubtful = [/\d{4}|\d(a|b|er|st)\d/, beforeDigit, afterDigit].some((pattern) =>
    pattern.test(squeezed),
  );
  return {
    length: characters.length >= minimum && characters.length <= maximum,
    latin: /[a-z]/.test(password) && /[A-Z]/.test(password),
    digit: characters.some((character) => /\d/.test(character) || special(character)),
    allowed:
      password !== '' && characters.every((character) => /[a-zA-Z0-9]/.test(character) || special(character)),
    personal: password !== '' && !isOfNir(squeezed, nir) && (doubtful ? undefined : true),
  };
}

/**
 * Whether the server will find a password too common, for the most usual ones; it knows more.
 * @param {string} password
 * @returns {boolean}
 */
export function isTooCommon(password) {
  const text = fold(password);
  if (text.length < 4) return false;
  if (/^(.{1,4})\1{2,}$/su.test(text) || /^(?:(.)\1){3,}$/su.test(text)) return true;
  const bare = text.replace(/^[^a-z]{1,6}|[^a-z]{1,6}$/g, '');
  const letters = bare.replace(/[@43€05$78!£1]/g, (sign) => signs[sign]);
  if (text.length - bare.length <= 6 && (frequent.has(bare) || frequent.has(letters))) return true;
  return /^\d+$/.test(text) && others(text) <= 2;
}

/**
 * How many digits are in no run of three or more, up, down or of one digit: the rule of `src/passwords/predictable.ts`.
 * @param {string} digits
 */
function others(digits) {
  const down = [...row].reverse().join('');
  let count = 0;
  for (let at = 0; at < digits.length; ) {
    let run = 1;
    const part = (/** @type {number} */ length) => digits.slice(at, at + length);
    const isRun = (/** @type {string} */ piece) =>
      row.includes(piece) || down.includes(piece) || piece === piece[0].repeat(piece.length);
    while (at + run < digits.length && isRun(part(run + 1))) run += 1;
    count += run < 3 ? 1 : 0;
    at += run < 3 ? 1 : run;
  }
  return count;
}

/**
 * A rough strength: what each character adds, less for repeats and sequences. 50 and 80 bits are the CNIL's. A code of
 * digits as long as the page itself recommends is not called weak.
 * @param {string} password
 * @param {number} [recommended] digits
 * @returns {'common' | 'weak' | 'medium' | 'strong'}
 */
export function strength(password, recommended) {
  if (isTooCommon(password)) return 'common';
  const pool = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].reduce(
    (sum, pattern, index) => sum + (pattern.test(password) ? [26, 26, 10, 30][index] : 0),
    0,
  );
  const seen = new Set();
  let worth = 0;
  let last = 0;
  for (const character of password) {
    const point = character.codePointAt(0) ?? 0;
    worth += Math.abs(point - last) <= 1 ? 0.2 : seen.has(character) ? 0.6 : 1;
    seen.add(character);
    last = point;
  }
  const bits = worth * Math.log2(pool || 1);
  if (recommended && pool === 10 && password.length >= recommended) return 'medium';
  return bits < 50 ? 'weak' : bits < 80 ? 'medium' : 'strong';
}

function start() {
  for (const list of document.querySelectorAll('[data-rules]')) {
    const { rules, minimum, maximum, specials = '', met, unmet } = list.dataset;
    const limits = { minimum: Number(minimum), maximum: Number(maximum), specials };
    document.getElementById(rules)?.addEventListener('input', ({ target }) => {
      const nir = target.form?.querySelector('[autocomplete=username]')?.value;
      const judged = judgeRules(target.value, { ...limits, nir });
      for (const item of list.children) {
        const kept = judged[item.dataset.rule];
        const note = item.querySelector('span') ?? item.appendChild(document.createElement('span'));
        note.className = 'govuk-visually-hidden';
        note.textContent = kept === undefined ? '' : ` (${kept ? met : unmet})`;
        item.dataset.state = kept === undefined ? 'unknown' : kept ? 'met' : 'unmet';
      }
    });
  }
  for (const line of document.querySelectorAll('[data-strength]')) {
    const output = line.querySelector('output');
    document.getElementById(line.dataset.strength)?.addEventListener('input', (event) => {
      line.hidden = event.target.value === '';
      const level = line.dataset[strength(event.target.value, Number(line.dataset.recommended))];
      if (output.textContent !== level) output.textContent = level;
    });
  }
}

if (typeof document !== 'undefined') start();
