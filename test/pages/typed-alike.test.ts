import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardSchema } from '#src/enrolment/card/form.ts';
import { codeSchema } from '#src/enrolment/confirmation/schema.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { contactSchema } from '#src/page-parts/contact/schema.ts';
import { identitySchema } from '#src/page-parts/identity/schema.ts';
import { readFields } from '#src/page-parts/typed-text.ts';
import { paths } from '#src/paths.ts';
import { everyForm, type OpenForm } from '../security/forms.ts';
import { unlimited } from '../setting/limits.ts';
import { identityOf, prove } from '../steps.ts';
import type { Seen } from '../visitor.ts';
import { openWorld, type World } from './world.ts';

const middle = (text: string, sign: string) => {
  const at = Math.ceil(text.length / 2);
  return `${text.slice(0, at)}${sign}${text.slice(at)}`;
};
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** What keyboards, files and pages do to a text that somebody types or pastes. Nothing of it may count. */
const disturbances: Readonly<Record<string, (text: string) => string>> = {
  'spaces around': (text) => `  ${text} `,
  'no-break spaces around': (text) => `\u00a0${text}\u202f`,
  'a tab and a line end': (text) => `\t${text}\r\n`,
  'an ideographic space': (text) => `${text}\u3000`,
  'a byte order mark': (text) => `\ufeff${text}`,
  'a soft hyphen': (text) => middle(text, '\u00ad'),
  'a zero width space': (text) => middle(text, '\u200b'),
  'a word joiner': (text) => middle(text, '\u2060'),
  'a joiner and a selector': (text) => `${middle(text, '\u200d')}\ufe0f`,
  'marks of direction': (text) => `\u202d${text}\u202c`,
  isolates: (text) => `\u2068${text}\u2069`,
  NUL: (text) => `${middle(text, '\u0000')}\u0000`,
  'a filler': (text) => `${text}\u3164`,
  'full width': fullWidth,
  'letters taken apart': (text) => text.normalize('NFD'),
};

const person = personNamed('venturi');
const schemas = {
  identity: {
    schema: identitySchema(() => '2026-11-21'),
    good: { nom: 'Étienne-d’Arc', nir: '162122B010001', dateNaissance: '18/12/1962', codePostal: '63000' },
  },
  card: { schema: cardSchema, good: { iban7: '0G02443', numeroSerie: '04671322630' } },
  code: { schema: codeSchema, good: { code: '04215678' } },
  contact: {
    schema: contactSchema,
    good: {
      email: "jean-luc.o'neil@exemple.fr",
      adresseProposee: 'jean-luc@exemple.fr',
      portable: '+33 6 39 98 00 01',
      fixe: '01-99-00-12-34',
    },
  },
} as const;

for (const [name, { schema, good }] of Object.entries(schemas))
  test(`${name}: every field is read the same, whatever invisible text comes with it; so are a program’s fields`, () => {
    const clean = readFields<unknown>(schema, good);
    assert.ok(clean.ok);
    for (const [field, text] of Object.entries(good))
      for (const [what, disturb] of Object.entries(disturbances)) {
        const reading = readFields<unknown>(schema, { ...good, [field]: disturb(text) });
        assert.deepEqual(reading, clean, `${field} with ${what}`);
      }
  });

test('group separators are the same in every code, and so are apostrophes and hyphens in every text', () => {
  const alike: readonly (readonly [keyof typeof schemas, string, readonly string[]])[] = [
    ['identity', 'nir', ['1 62 12 2b 010 001', '1.62.12.2B.010.001', '1-62–12‑2B−010_001/03']],
    ['identity', 'codePostal', ['63 000', '63.000', '63-000', 'F-63000']],
    ['identity', 'nom', ["Étienne-d'Arc", 'Étienne–dʻArc', 'Étienne‑d`Arc', 'Étienne−d´Arc']],
    ['card', 'iban7', ['0G02 443', '0g02.443', '0G02‑443', "0G02'443"]],
    ['code', 'code', ['0421 5678', '0421-5678', 'o42I.5678']],
    ['contact', 'portable', ['(+33) 6 39 98 00 01', '0033 (0)6.39.98.00.01', '06−39−98−00−01']],
    ['contact', 'email', ['jean‑luc.o’neil@exemple.fr', "jean-luc.o'neil@EXEMPLE.fr"]],
  ];
  for (const [name, field, texts] of alike) {
    const { schema, good } = schemas[name];
    const clean = readFields<unknown>(schema, good);
    for (const text of texts)
      assert.deepEqual(readFields<unknown>(schema, { ...good, [field]: text }), clean, `${field} ${text}`);
  }
});

test('on every page, each field gets the same answer, whatever invisible text comes with it', async (t) => {
  const world = await openWorld(t, 'fr');
  withoutLimits(world);
  const forms = (await everyForm(world)).filter(({ fields }) => Object.keys(fields).length > 0);
  let compared = 0;
  let fieldsSent = 0;
  for (const form of forms)
    for (const field of Object.keys(form.fields).filter((name) => !isPassword(name))) {
      // Something else is missing: the form is refused and shown again, as often as it is sent.
      const fields = broken(form, field);
      fieldsSent += 1;
      // As many requests as no single client may send.
      const address = { 'x-forwarded-for': `203.0.113.${fieldsSent}` };
      const text = form.fields[field] ?? '';
      if (text === '') continue;
      const visitor = form.visitor.twin(address);
      let isOpen = false;
      const send = async (typed: string) => {
        if (!isOpen) await visitor.get(form.shownAt);
        const seen = await visitor.twin().post(form.url, { ...fields, [field]: typed });
        // What was accepted may have changed the page.
        isOpen = seen.status === 422;
        return seenBy(seen);
      };
      const clean = await send(text);
      for (const [what, disturb] of Object.entries(disturbances)) {
        assert.deepEqual(await send(disturb(text)), clean, `${form.route} ${field} with ${what}`);
        compared += 1;
      }
    }
  assert.ok(compared > 30 * Object.keys(disturbances).length, `${compared}`);
});

test('a person whose fields all contain invisible characters gets through like everyone', async (t) => {
  const world = await openWorld(t, 'fr');
  for (const [what, disturb] of Object.entries(disturbances)) {
    const visitor = world.visitor();
    await visitor.get(paths.identity);
    const fields = Object.entries(identityOf(person)).map(([name, text]) => [name, disturb(text)]);
    const seen = await visitor.post(paths.identity, Object.fromEntries(fields));
    assert.equal(seen.location, paths.proof, what);
  }
});

test('a password is taken without what surrounds it unseen, and otherwise unchanged', async (t) => {
  const world = await openWorld(t, 'fr');
  const visitor = world.visitor();
  await prove(visitor, person);
  await visitor.get(paths.terms);
  await visitor.post(paths.terms, { accord: 'oui' });
  const choose = async (motDePasse: string, confirmation = motDePasse) => {
    await visitor.get(paths.password);
    return visitor.post(paths.password, { motDePasse, confirmation });
  };
  for (const other of ['Brouette\u00a0Lune8', 'Ｂrouette.Lune8'])
    assert.equal((await choose(other)).status, 422, JSON.stringify(other));
  assert.equal((await choose('Brouette.Lune8', 'Brouette.Lune9')).status, 422);
  for (const same of [' Brouette.Lune8', 'Brouette.Lune8\u200b', 'Brouette.Lune8\r\n'])
    assert.equal((await choose('Brouette.Lune8', same)).location, paths.contact, JSON.stringify(same));
});

function isPassword(name: string): boolean {
  return /motDePasse|^confirmation$/.test(name);
}

/** The form with something missing beside `field`; a form of one field as it is. */
function broken({ fields }: OpenForm, field: string): Record<string, string> {
  const other = Object.keys(fields).find((name) => name !== field && isPassword(name));
  const rest = Object.keys(fields).find(
    (name) =>
      name !== field &&
      !/^dateNaissance|^message$|^adresseProposee|^promo|^etudes|^fixe|^portable/.test(name),
  );
  const missing = other ?? rest;
  return missing === undefined ? { ...fields } : { ...fields, [missing]: '' };
}

function seenBy({ status, location, html }: Seen) {
  return {
    status,
    location: location?.replace(/\?.*/, '') ?? null,
    // A PDF has a code of its own each time.
    html: html.startsWith('%PDF') ? 'a file' : html.replaceAll(/<input type="hidden"[^>]*>/g, ''),
  };
}

function withoutLimits({ services }: World): void {
  const { confirmation } = services.policy;
  const policy = { ...services.policy, confirmation: { ...confirmation, codeTries: 10_000 } };
  Object.assign(services, { limits: unlimited(services.limits), policy });
}
