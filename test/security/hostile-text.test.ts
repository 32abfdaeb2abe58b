import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKey } from '#src/api/idempotency.ts';
import { parseBirthDate } from '#src/civil-status/birth-date.ts';
import { matchName, normalizeName, parseName } from '#src/civil-status/names.ts';
import { nirIn, parseNir } from '#src/civil-status/nir.ts';
import { readBirthPlace } from '#src/civil-status/place.ts';
import { parseNumberedKeys } from '#src/config/secrets/keys.ts';
import { secretIn } from '#src/confirmations/secret.ts';
import { suggestDomain } from '#src/contact/domain-suggestion.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { parsePostalCode } from '#src/contact/postal-code.ts';
import { parseTelephone } from '#src/contact/telephone.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { readHeaderValue } from '#src/delivery/bounces/header-value.ts';
import { readReport } from '#src/delivery/bounces/read-report.ts';
import { toGsm7 } from '#src/delivery/sms/gsm7.ts';
import { isSigned } from '#src/delivery/sms/signature.ts';
import { ticketIn } from '#src/delivery/ticket.ts';
import { readAccessToken } from '#src/depot/api/access-token.ts';
import { readItem } from '#src/depot/read-item.ts';
import { parseSupportCode } from '#src/dossiers/support-code.ts';
import { readClaims } from '#src/franceconnect/profile.ts';
import { readPrinterAnswer } from '#src/letters/batch/printer-answer.ts';
import { subscriberPart } from '#src/limits/client-address.ts';
import { errorFields } from '#src/log/error-fields.ts';
import { addAllowed } from '#src/log/log-fields.ts';
import { containsPersonalData, maskPersonalData } from '#src/log/personal-data.ts';
import { readUnsubscribeToken } from '#src/notices/reminders/unsubscribe-token.ts';
import { isFitAddress } from '#src/oidc/address.ts';
import { readKeys } from '#src/oidc/keys.ts';
import { readMetadata, Unfit } from '#src/oidc/metadata.ts';
import { isMachineHost } from '#src/operations/machine-host.ts';
import { containsName, containsNirOrBirthDate } from '#src/passwords/personal-parts.ts';
import { passwordProblems } from '#src/passwords/rules.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { parseIbanTail } from '#src/proofs/iban.ts';
import { parseAsOf } from '#src/register-import/as-of.ts';
import { readHeading } from '#src/register-import/heading.ts';
import { readPublicKeys } from '#src/senders/public-keys.ts';
import { clean, cleanCode } from '#src/texts/clean.ts';
import { markFrenchWords } from '#src/texts/french-words.ts';
import { withSpokenMasks } from '#src/texts/spoken-masks.ts';
import { isCodeLike, readCode } from '#src/texts/written-code.ts';
import { postedFields } from '#src/web/forms/posted-fields.ts';
import { withTypedForm } from '#src/web/forms/typed-form.ts';
import { html } from '#src/web/html.ts';
import { accepts } from '#src/web/http/compression.ts';
import { chosenPreferences, readPreferences } from '#src/web/http/preferences.ts';
import { cpuTimeMs } from './cpu-time.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));
const now = new Date('2026-03-02T09:00:00Z');
const aboutPassword = {
  policy: loadPolicy('renforcee').password,
  nir: '2690549588157',
  birthDate: '1969-05-01',
  names: ['Camille'],
};
const words = { has: () => false, isFrequent: () => false };

/** What is expected of something that may refuse by throwing. */
function orRefused(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof Unfit || error instanceof SyntaxError || error instanceof Error);
  }
}

/** Everything that reads text from outside: headers, cookies, fields, addresses, answers, mails, files. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'Accept-Encoding': (text) => accepts('gzip', text),
  'Accept-Language': (text) => readPreferences({ query: {}, cookies: {}, acceptLanguage: text }),
  'the query': (text) => chosenPreferences({ lang: text, contraste: text }),
  Host: (text) => isMachineHost(text, ['compte']),
  'the client’s address': subscriberPart,
  'Idempotency-Key': isKey,
  'X-Signature': (text) => isSigned('secret', text, Buffer.alloc(0), now),
  'a posted form': (text) => postedFields({ nom: text, [text.slice(0, 40)]: text }),
  'a page’s text': (text) => String(html`<p>${text}</p>`),
  'every field': clean,
  'every code': cleanCode,
  'a name': parseName,
  'a name in the register': normalizeName,
  'two names': (text) => matchName(text, { birthName: text, usageName: text }),
  'a NIR': parseNir,
  'a NIR among other things': nirIn,
  'an IBAN’s end': parseIbanTail,
  'a date of birth': (text) => parseBirthDate({ day: text, month: text, year: text }, '2026-03-02'),
  'a place of birth': (text) => readBirthPlace(text, text),
  'a postal code': parsePostalCode,
  'an e-mail address': parseEmail,
  'its domain': suggestDomain,
  'a telephone': (text) => parseTelephone(text, 'portable'),
  'a provisional code': (text) => isCodeLike(readCode(text)),
  'a support code': parseSupportCode,
  'a link': secretIn,
  'an unsubscription': (text) => readUnsubscribeToken(keyring, text),
  'a new password': (text) => passwordProblems(text, aboutPassword, words),
  'a password with a name': (text) => containsName(text, ['Camille'], `${text}@exemple.fr`),
  'a password with a NIR': (text) => containsNirOrBirthDate(text, '2690549588157', '1969-05-01'),
  'a recipient': ticketIn,
  'a bounce': (text) => readReport(Buffer.from(text)),
  'a bounce’s header': (text) =>
    readReport(Buffer.from(`To: ${text}\r\nContent-Type: multipart/${text}\r\n\r\n`)),
  'a value in a bounce': (text) => readHeaderValue(`a; ${text}`).parameter('boundary'),
  'a bounce’s parts': (text) =>
    readReport(Buffer.from(`Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n${text}`)),
  'a bounce’s status': (text) =>
    readReport(
      Buffer.from(
        `Content-Type: message/delivery-status\r\n\r\nStatus: ${text}\r\nAction: ${text}\r\n${text}`,
      ),
    ),
  'an SMS': toGsm7,
  claims: (text) => readClaims({ given_name: text, family_name: text, given_name_array: [text] }),
  'an address of the provider': (text) => isFitAddress(`https://${text}`, true),
  'the provider’s document': (text) =>
    orRefused(() => readMetadata(text, { issuer: 'https://exemple.fr', needsUserinfo: true })),
  'the provider’s keys': (text) => orRefused(() => readKeys(text, ['ES256', 'ES384', 'RS256', 'PS256'])),
  'the printer’s answer': (text) => orRefused(() => readPrinterAnswer(text, now)),
  'the register’s heading': readHeading,
  'the register’s day': parseAsOf,
  'a deposit': readItem,
  'a deposit’s text': (text) =>
    readItem(
      JSON.stringify({
        kind: 'message',
        id: text.slice(0, 200),
        nir: text,
        message: { subject: text.slice(0, 200), text: text.slice(0, 20_000), thread: null, attachments: [] },
      }),
    ),
  'an access token': (text) => readAccessToken(keyring, text, now),
  'a sender’s keys': (text) => readPublicKeys({ kty: 'OKP', crv: 'Ed25519', x: text, kid: text }),
  keys: (text) => orRefused(() => parseNumberedKeys(text)),
  'a line of the log': (text) => {
    const line = {};
    addAllowed(line, { event: text, text, route: `/${text}`, reason: text });
    return line;
  },
  'an error in the log': (text) => errorFields(Object.assign(new Error(text), { code: text, stack: text })),
  'what is looked for in sinks': containsPersonalData,
  'what is masked': maskPersonalData,
  'the French words of an English page': (text) => markFrenchWords(`<p>${html`${text}`}</p>`),
  'masked values read aloud': (text) => withSpokenMasks(`<p>• ${html`${text}`}</p>`, 'fr'),
  'the form of a page': (text) => withTypedForm(html`<form action="/"><input value="${text}">${text}</form>`),
};

const units = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u00a0',
    '\u2028',
    '\u0085',
    '\u200b',
    '\0',
    '0',
    '1',
    '12',
    '.',
    'a',
    'A',
    'é',
    'ß',
    'ﬁ',
  ],
  ...[
    '\u0301',
    '\u0301\u0316',
    'e\u0301',
    '\u0e33',
    '한',
    '😀',
    '\ud800',
    '@',
    'a@',
    '@a.',
    'a.',
    '.a',
    '<',
    '>',
    '"',
    "'",
  ],
  ...[
    '\\',
    ',',
    ', ',
    ';',
    '; ',
    ';q=',
    ' ;q=',
    ' ; q = ',
    '=',
    '%',
    '%20',
    '%e0',
    '+',
    '+a',
    '-',
    '- ',
    '--',
    '--b\n',
  ],
  ...[
    '--b\r\n\r\n',
    'a:b\n',
    ':',
    '::',
    '/',
    '//',
    '/.',
    '(',
    ')',
    '[',
    '{',
    '{"a":',
    '"',
    '_',
    '|',
    '&',
    '&amp;',
    '=?',
    '*',
  ],
  ...[
    '1 ',
    '1.',
    '01 ',
    'FR76 ',
    'FR76',
    '1a',
    'a1',
    'aA',
    'aB3-',
    '\n ',
    ' \n',
    '\n\n',
    'Action: failed\n',
    '$1',
    'ab\u0301',
  ],
];

/** The same text grown; begun and ended by what may make a reader look back. */
const shapes = units.flatMap((unit) => {
  const of = (size: number) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
  return [
    { name: JSON.stringify(unit), of },
    { name: `«a1» to ${JSON.stringify(unit)} to «!»`, of: (size: number) => `a1${of(size)}!` },
  ];
});

const sizes = [2_048, 8_192, 32_768] as const;
/** Four times the text may take twelve times as long, with caches and collections; the square takes sixteen. */
const most = 12;
/** Below this a ratio is noise; a reader that takes the square of 8,192 steps is far above. */
const negligibleMs = 2;
/** The same reader at a quarter of the text: a sixteenth of the time. */
const negligibleShortMs = negligibleMs / 16;

function timed(read: (text: string) => unknown, text: string): number {
  const from = cpuTimeMs();
  read(text);
  return cpuTimeMs() - from;
}

/**
 * How many times longer the reader takes for four times the text: the least that is seen twice over, since caches
 * and collections make single steps of what is linear, and what is not grows at each.
 */
function growth(read: (text: string) => unknown, of: (size: number) => string): number {
  // The least of three; one that is quick enough decides, since others could only be quicker.
  const least = (text: string, enough: number) => {
    let best = timed(read, text);
    for (let again = 0; again < 2 && best > enough; again += 1) best = Math.min(best, timed(read, text));
    return best;
  };
  const [short, middle, long] = sizes;
  const first = least(of(short), 0);
  const second = least(of(middle), Math.max(negligibleMs, most * first));
  if (second < negligibleMs) return 1;
  if (second <= most * first) return second / first;
  return Math.min(second / first, least(of(long), most * second) / second);
}

for (const [name, read] of Object.entries(readers))
  test(`hostile text takes time linear in its length: ${name}`, () => {
    for (const { name: shape, of } of shapes) {
      if (timed(read, of(sizes[0])) < negligibleShortMs) continue;
      const ratio = growth(read, of);
      assert.ok(ratio <= most || growth(read, of) <= most, `${shape}: ${ratio.toFixed(1)}`);
    }
  });

test('the scan detects a quadratic parser', () => {
  const square = (text: string) => {
    let steps = 0;
    for (let i = 0; i < text.length; i += 8) for (let j = 0; j < i; j += 1) steps += text.charCodeAt(j);
    return steps;
  };
  const seen = [1, 2, 3].some(() => growth(square, (size) => ' '.repeat(size)) > most);
  assert.ok(seen, 'once in three times');
});
