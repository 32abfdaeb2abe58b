import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from '#src/database/tables.ts';
import { paths } from '#src/paths.ts';
import { openWorld } from '../pages/world.ts';
import { everyForm, type OpenForm } from './forms.ts';

const marker = 'Hamecon42';

/** What says that a form was made elsewhere: its origin, or the token that it lacks. */
const foreign: readonly {
  readonly name: string;
  readonly headers: Record<string, string>;
  /** The form's own token, or what stands in its place. */
  readonly token: true | string;
}[] = [
  { name: 'another origin', headers: { origin: 'https://ailleurs.example' }, token: true },
  { name: 'no origin', headers: { origin: 'null' }, token: true },
  { name: 'another scheme', headers: { origin: 'https://localhost' }, token: true },
  { name: 'another site', headers: { 'sec-fetch-site': 'cross-site' }, token: true },
  { name: 'a subdomain', headers: { 'sec-fetch-site': 'same-site' }, token: true },
  {
    name: 'another site in our name',
    headers: { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    token: true,
  },
  { name: 'no token', headers: {}, token: '' },
  { name: 'no token of ours', headers: {}, token: 'abc' },
  {
    name: 'no token of ours, shaped as one',
    headers: {},
    token: `Kx1a2b3c-${'a'.repeat(27)}.${'b'.repeat(64)}`,
  },
  { name: 'no token, our origin', headers: { origin: 'http://localhost' }, token: '' },
];

/** A database that is away: nothing listens there. */
function databaseAway(): Kysely<Database> {
  const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

test('fields posted by another site are never shown again, nor given a valid token, in any answer', async (t) => {
  const world = await openWorld(t, 'fr');
  const { services } = world;
  const forms = await everyForm(world);
  const { db } = services;
  const statuses = new Set<number>();

  const away = databaseAway();
  async function post(
    form: OpenForm,
    { headers, token }: (typeof foreign)[number],
    isAway = false,
    size = 0,
  ) {
    const own = tokenIn((await form.visitor.get(form.shownAt)).html);
    const cookie = [...form.visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const fields = Object.fromEntries(Object.keys(form.fields).map((name) => [name, marker]));
    const payload = new URLSearchParams({
      ...fields,
      nom: `${marker}${'a'.repeat(size)}`,
      email: `${marker}@exemple.fr`,
      ...(token === '' ? {} : { _csrf: token === true ? own : token }),
    }).toString();
    Object.assign(services, { db: isAway ? away : db });
    const answer = await world.app.inject({
      method: 'POST',
      url: form.url,
      payload,
      headers: {
        host: 'localhost',
        'content-type': 'application/x-www-form-urlencoded',
        cookie,
        ...headers,
      },
    });
    Object.assign(services, { db });
    return answer;
  }

  for (const form of forms)
    for (const how of foreign)
      for (const isAway of [false, true]) {
        const name = `${form.route}, ${how.name}${isAway ? ', the database away' : ''}`;
        const answer = await post(form, how, isAway);
        statuses.add(answer.statusCode);
        assert.ok(!answer.body.includes(marker), name);
        if (!how.name.startsWith('no token')) {
          assert.equal(tokenIn(answer.body), '', `${name}: no token`);
          assert.equal(
            answer.cookies.find((cookie) => cookie.name === 'csrf'),
            undefined,
            `${name}: the browser’s own forms go on`,
          );
        }
      }
  assert.ok(statuses.has(503) && statuses.has(403), 'both answers were seen');
  const [form] = forms;
  assert.ok(form);
  for (const how of foreign) {
    const huge = await post(form, how, false, 70_000);
    assert.equal(huge.statusCode, 413);
    assert.ok(!huge.body.includes(marker));
  }
});

test('a genuine form is shown again when the database is unavailable, without its secrets', async (t) => {
  const world = await openWorld(t, 'fr');
  const form = (await everyForm(world)).find(({ route }) => route === paths.accountTelephones);
  assert.ok(form);
  await form.visitor.get(form.shownAt);
  const { db } = world.services;
  Object.assign(world.services, { db: databaseAway() });
  const busy = await form.visitor.post(form.url, { ...form.fields, fixe: marker });
  Object.assign(world.services, { db });
  assert.equal(busy.status, 503);
  assert.match(busy.html, new RegExp(`name="fixe" value="${marker}"`));
  assert.doesNotMatch(busy.html, /name="motDePasse/);
});

function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
