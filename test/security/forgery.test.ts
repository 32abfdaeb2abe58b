import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sitePages } from '#src/app.ts';
import { paths } from '#src/paths.ts';
import { openWorld } from '../pages/world.ts';
import { everyForm, type OpenForm } from './forms.ts';
import { checksums } from './tables.ts';

const urlencoded = 'application/x-www-form-urlencoded';

test('a form that is not ours is refused everywhere, and nothing changes', async (t) => {
  const world = await openWorld(t, 'fr');
  const forms = await everyForm(world);
  const missing = sitePages(world.services)
    .filter(({ path, hasForm }) => hasForm && !forms.some(({ route }) => route === path))
    .map(({ path }) => path);
  assert.deepEqual(missing, [], 'every form is tried');

  const send = (
    { visitor, url, fields }: OpenForm,
    token: string | null,
    headers: Record<string, string> = {},
    payload: string = new URLSearchParams({
      ...fields,
      ...(token === null ? {} : { _csrf: token }),
    }).toString(),
  ) =>
    world.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { host: 'localhost', 'content-type': urlencoded, cookie: cookieOf(visitor), ...headers },
    });
  const stranger = world.visitor();
  const theirs = tokenIn((await stranger.get('/connexion')).html);
  const before = await checksums(world.services.db);

  for (const form of forms) {
    const own = tokenIn((await form.visitor.get(form.shownAt)).html);
    const name = `${form.route} `;
    const refused = async (what: string, answer: Promise<{ statusCode: number }>) =>
      assert.equal((await answer).statusCode, 403, name + what);
    await refused('without a token', send(form, null));
    await refused('with an empty token', send(form, ''));
    await refused('with the token of another browser', send(form, theirs));
    await refused(
      'without a cookie of the token',
      send(form, own, { cookie: cookieOf(form.visitor, 'csrf') }),
    );
    await refused('from another site', send(form, own, { origin: 'https://ailleurs.example' }));
    await refused('from nowhere', send(form, own, { origin: 'null' }));
    await refused('from another port', send(form, own, { origin: 'http://localhost:8080' }));
    await refused('from a page of another site', send(form, own, { 'sec-fetch-site': 'cross-site' }));
    await refused('from a subdomain', send(form, own, { 'sec-fetch-site': 'same-site' }));
    await refused('twice the token', send(form, null, {}, `_csrf=${own}&_csrf=${own}`));
    const json = JSON.stringify({ ...form.fields, _csrf: own });
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
      const { statusCode } = await send(form, own, { 'content-type': type }, json);
      assert.ok(statusCode === 403 || statusCode === 415, `${name}${type}: ${statusCode}`);
    }
  }
  assert.deepEqual(await checksums(world.services.db), before);

  const form = forms.find(({ route }) => route === '/mon-compte/consentements');
  assert.ok(form);
  const own = tokenIn((await form.visitor.get(form.shownAt)).html);
  assert.equal((await send(form, own, { origin: 'http://localhost' })).statusCode, 303, 'ours is taken');
  assert.notDeepEqual(await checksums(world.services.db), before, 'and the checksums see it');
});

test('routes without a form token are on this list, and have a proof of their own', async (t) => {
  const world = await openWorld(t, 'fr');
  const forms = new Set<string>(
    sitePages(world.services).flatMap(({ path, hasForm }) => (hasForm ? [path] : [])),
  );
  const program: Record<string, string> = { [paths.unsubscribe]: 'an address that we signed' };
  const listed = [...forms, ...Object.keys(program)].length;
  const posts = Object.values(paths).filter((url) => world.app.hasRoute({ method: 'POST', url }));
  assert.equal(new Set([...posts, ...forms]).size, listed);
  const before = await checksums(world.services.db);
  for (const payload of ['List-Unsubscribe=One-Click', '']) {
    const answer = await world.app.inject({
      method: 'POST',
      url: paths.unsubscribe.replace(':token', 'x'.repeat(64)),
      payload,
      headers: { host: 'localhost', 'content-type': urlencoded },
    });
    assert.equal(answer.statusCode, 404);
  }
  assert.deepEqual(await checksums(world.services.db), before);
});

test('viewing changes nothing: GET and HEAD of every page, a hundred times for a link', async (t) => {
  const world = await openWorld(t, 'fr');
  const forms = await everyForm(world);
  const before = await checksums(world.services.db);
  for (const { route, shownAt, url, visitor } of forms) {
    // A link, too: it begins a journey, which is forgotten after ten minutes.
    if (route === paths.franceConnect) continue;
    for (const address of new Set([shownAt, url, `${shownAt}?lang=en`, `${shownAt}?contraste=oui`]))
      for (const method of ['GET', 'HEAD'] as const) {
        const headers = { host: 'localhost', cookie: cookieOf(visitor) };
        const { statusCode, payload } = await world.app.inject({ method, url: address, headers });
        assert.ok(statusCode < 400 || statusCode === 404, `${method} ${route}: ${statusCode}`);
        if (method === 'HEAD') assert.equal(payload, '');
      }
  }
  const link = forms.find(({ route }) => route === '/validation-email/:token')?.url ?? '';
  for (let i = 0; i < 100; i++)
    for (const method of ['GET', 'HEAD'] as const)
      await world.app.inject({ method, url: link, headers: { host: 'localhost' } });
  assert.deepEqual(await checksums(world.services.db), before);
});

function cookieOf(visitor: OpenForm['visitor'], without = ''): string {
  return [...visitor.cookies]
    .filter(([name]) => name !== without)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
