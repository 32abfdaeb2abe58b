import assert from 'node:assert/strict';
import { test } from 'node:test';
import publicList from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };
import { openWorld, type World } from '../pages/world.ts';
import { unlimited } from '../setting/limits.ts';
import { everyForm, type OpenForm } from './forms.ts';

/** What the public list lacks. */
const ours = [
  'a\u0000b',
  '\ud800',
  'a\udfff\ud800b',
  'line\r\nSet-Cookie: a=b',
  '\u202eelpmexe',
  '\u200b\u200d\ufeff',
  '🧑‍🧑‍🧒‍🧒'.repeat(50),
  'e\u0301\u0302\u0303'.repeat(200),
  'İıſß',
  '__proto__',
  'constructor',
  'toString',
  '"><script>alert(1)</script>',
  "' onfocus=alert(1) autofocus='",
  '</title><img src=x onerror=alert(1)>',
  '{{7*7}}<%= 7*7 %>#{7*7}',
  '=cmd|" /C calc"!A0',
  '%00%0d%0a%s%n%x',
  "'; drop table account; --",
  '\\'.repeat(30),
  '9'.repeat(400),
  '1e309',
  '-0',
  'NaN',
  'x'.repeat(60_000),
  '&#60;script&#62;',
];
const strings = [...publicList, ...ours];

const cookies = ['session', 'csrf', 'caisse', 'code-postal', 'franceconnect', 'langue', 'contraste'];

/** Requests to a form. One of few fields gets part of the list; all forms together get the whole list several times. */
const perForm = 100;

/** Found again in a page, it shows how what follows it was written. */
const mark = 'q7k';

test('whatever is typed in any field: never a 5xx, never markup', async (t) => {
  const world = await openWorld(t, 'fr');
  withoutLimits(world);
  const forms = (await everyForm(world)).filter(({ fields }) => Object.keys(fields).length > 0);
  let next = 0;
  for (const form of forms) {
    const names = Object.keys(form.fields);
    await form.visitor.get(form.shownAt);
    // All fields at once, each with a string of its own; the next form goes on where this one ends.
    for (let request = 0; request < perForm && request * names.length < strings.length; request += 1) {
      const fields = names.map((name, place) => {
        const string = strings[(next + place) % strings.length];
        return [name, (request + place) % 3 === 0 ? string : `${mark}${string}`];
      });
      next += names.length;
      await type(world, form, Object.fromEntries(fields));
    }
  }
});

test('one hostile field among valid ones gets further, and does no harm there', async (t) => {
  const world = await openWorld(t, 'fr');
  withoutLimits(world);
  for (const form of await everyForm(world))
    for (const name of Object.keys(form.fields))
      for (const string of ours) await type(world, form, { ...form.fields, [name]: string });
});

test('hostile addresses, parameters, cookies and headers', async (t) => {
  const world = await openWorld(t, 'fr');
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await world.app.inject({ url, headers: { host: 'localhost', ...headers } });
    assert.ok(answer.statusCode < 500, `${answer.statusCode} ${url}`);
    clean(answer.body, url);
  };
  const places: readonly ((encoded: string, plain: string) => Promise<void>)[] = [
    (encoded, plain) => get(`/${encoded}`, { 'x-forwarded-for': plain, referer: plain, 'user-agent': plain }),
    (encoded) => get(`/connexion?lang=${encoded}&contraste=${encoded}`),
    (encoded) => get(`/validation-email/${encoded}`),
    (encoded) => get(`/connexion/nouveau-mot-de-passe/${encoded}`),
    (encoded) => get(`/demo/personnes?q=${encoded}&page=${encoded}`),
    (encoded) => get(`/demo/courriels/${encoded}`),
    (encoded) => get('/connexion', { cookie: cookies.map((name) => `${name}=${encoded}`).join('; ') }),
    (_, plain) => get('/caisse/confirmer', { cookie: `code-postal=${plain}`, 'accept-language': plain }),
  ];
  for (const [index, string] of strings.entries()) {
    const encoded = encodeURIComponent(string.toWellFormed()).slice(0, 6_000);
    const plain = string.replace(/[^\x20-\x7e]/g, '').slice(0, 2_000);
    // What is ours is tried everywhere, the public list at two places in turn.
    for (const [place, ask] of places.entries())
      if (ours.includes(string) || index % 4 === place % 4) await ask(encoded, plain);
  }
  for (const url of [
    '//ailleurs.example/',
    '/\\ailleurs.example',
    '/%2f%2failleurs.example',
    '/%',
    '/%ff',
    '/?%',
  ])
    await get(url);
});

async function type(
  world: World,
  { url, visitor, route }: OpenForm,
  fields: Record<string, string>,
): Promise<void> {
  const seen = await visitor.post(url, fields);
  const told = `${seen.status} ${route} ${JSON.stringify(fields).slice(0, 300)}`;
  assert.ok(seen.status < 500, `${told} ${world.log.at(-1)}`);
  clean(seen.html, told);
}

/** Nothing in the page is more than the page itself put there. */
function clean(html: string, told: string): void {
  if (!html.startsWith('<!DOCTYPE html>')) return;
  const bare = html.replaceAll(/="[^"<>]*"/g, '=""');
  assert.ok(!/<[^>]+\son\w+\s*=/i.test(bare), `an event handler: ${told}`);
  assert.ok(!html.includes('\0'), `a null character: ${told}`);
  const strange = [
    /<script(?! type="module" src="\/(assets|demo)\/[\w.-]+\.js")/i,
    /<(img|iframe|object|embed|base|style|math|marquee|video|audio)[\s/>]/i,
    /(href|action|src)="(?!\/(?![/\\])|#|http:\/\/localhost|https:\/\/franceconnect\.gouv\.fr\/"|https:\/\/www\.ameli\.fr\/assure\/adresses-et-contacts"|tel:\d+"|mailto:)/i,
    // The end of a text that is shown whole again is markup of ours.
    /q7k(?!<\/textarea>)[<>']/,
  ];
  for (const pattern of strange) assert.ok(!pattern.test(html), `${pattern} ${told}`);
}

/** The counters have their own tests; here they would only hide what is behind them. */
function withoutLimits({ services }: World): void {
  Object.assign(services, { limits: unlimited(services.limits) });
}
