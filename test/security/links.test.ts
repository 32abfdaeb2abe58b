import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { latestMail, openAccountOf } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { enrol } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const venturi = personNamed('venturi');

async function linkOf(site: TestApp): Promise<string> {
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  return withToken(paths.link, (await latestMail(site, 'activation')).token ?? '');
}

test('a link that a mail program has damaged at its end or by line breaks still works', async (t) => {
  const site = await testApp(t);
  const link = await linkOf(site);
  const broken = `${link.slice(0, 40)}=%0D%0A${link.slice(40)}`;
  const soft = `${link.slice(0, 40)}=${link.slice(40)}`;
  const ends = [
    '.',
    ',',
    ')',
    '>',
    '%3E',
    '"',
    "'",
    '!',
    '%20',
    '%C2%A0',
    '=',
    '/',
    '?utm_source=mail',
    '?a=1&lang=fr',
  ];
  for (const address of [broken, soft, ...ends.map((end) => link + end)]) {
    const seen = await new Visitor(site.app).get(address);
    assert.equal(seen.status, 200, address);
    assert.match(seen.html, /<button[^>]*>Confirmer mon email</, address);
  }
  for (const address of [
    link.slice(0, -1),
    `${link}A`,
    link.toUpperCase(),
    withToken(paths.link, 'A'.repeat(43)),
  ])
    assert.equal((await new Visitor(site.app).get(address)).status, 404, address);

  const visitor = new Visitor(site.app);
  await visitor.get(`${link}.`);
  const confirmed = await visitor.post(`${link}.`);
  assert.equal(confirmed.location, paths.confirmed, 'the next address holds no secret');
  assert.equal(visitor.cookies.has('session'), false, 'the link opens no session');
});

test('the link does not reveal its owner, and its page has no external link', async (t) => {
  const site = await testApp(t);
  const { html, headers } = await new Visitor(site.app).get(await linkOf(site));
  for (const secret of [venturi.line.birthName, venturi.line.nir, 'venturi@exemple.fr', 'venturi'])
    assert.ok(!html.toLowerCase().includes(secret.toLowerCase()), secret);
  assert.match(String(headers['referrer-policy']), /^(no-referrer|same-origin)$/);
  assert.equal(headers['cache-control'], 'no-store');
  for (const [, address = ''] of html.matchAll(/(?:href|src|action)="([^"]*)"/g))
    assert.match(address, /^([/#]|tel:3646$)/, 'only our own addresses, and the number to call');
});

test('the link of a forgotten password survives the same damage', async (t) => {
  const site = await testApp(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const visitor = new Visitor(site.app);
  await visitor.get(paths.forgotten);
  await visitor.post(paths.forgotten, { nir: venturi.line.nir });
  const link = withToken(paths.newPassword, (await latestMail(site, 'password-reset')).token ?? '');
  for (const end of ['', '.', ')', '%3E', '?utm_source=mail'])
    assert.equal((await visitor.get(link + end)).status, 200, end);
});
