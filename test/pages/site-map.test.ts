import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sitePages } from '#src/app.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { siteMapTexts } from '#src/information/site-map/texts.ts';
import { paths } from '#src/paths.ts';
import { languages } from '#src/texts/language.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';

const venturi = personNamed('venturi');

test('public pages', async (t) => {
  const site = await testApp(t);
  const { app, services } = site;

  await t.test('the site map lists every page that opens without a session, and no other', async () => {
    const get = (url: string) => app.inject({ url, headers: { host: 'localhost', cookie: '' } });
    const addresses = sitePages(services)
      .filter(({ path, hasView }) => hasView && !path.includes(':'))
      .map(({ path }) => path);
    const opening: string[] = [];
    for (const url of addresses) if ((await get(url)).statusCode === 200) opening.push(url);
    for (const language of languages) {
      const { sections, account } = siteMapTexts[language];
      const listed = sections.flatMap(({ pages }) => pages.map(({ href }) => String(href)));
      assert.deepEqual(listed.toSorted(), opening.toSorted(), language);
      const names = [...sections, account].flatMap(({ pages }) => pages.map(({ text }) => text));
      assert.deepEqual(names, [...new Set(names)], 'each page has a name of its own');
      const { body } = await get(`${paths.siteMap}?lang=${language}`);
      for (const href of listed) assert.ok(body.includes(`class="govuk-link" href="${href}"`), href);
      for (const { href } of account.pages)
        assert.ok(!body.includes(`class="govuk-link" href="${href}"`), href);
    }
  });

  await t.test('to those who are signed in, it lists every page of the account as well', async () => {
    await openAccountOf(site, venturi, 'venturi@exemple.fr');
    const visitor = await signedInVisitor(site, venturi);
    const addresses = sitePages(services)
      .filter(({ path, hasView }) => hasView && path.startsWith(paths.account) && !path.includes(':'))
      .map(({ path }) => path);
    const opening: string[] = [];
    for (const path of addresses) if ((await visitor.get(path)).status === 200) opening.push(path);
    // What is below another page is found there.
    const own = opening.filter(
      (path) => !opening.some((other) => other !== paths.account && other !== path && path.startsWith(other)),
    );
    const { html } = await visitor.get(paths.siteMap);
    assert.doesNotMatch(html, /sans être connecté/);
    const listed = [...html.matchAll(/class="govuk-link" href="(\/mon-compte[^"]*)"/g)].map(
      ([, href]) => href,
    );
    assert.deepEqual(listed.toSorted(), own.toSorted());
  });

  await t.test('each page leads to the site map, the help and the accessibility statement', async () => {
    for (const url of [paths.home, paths.identity, paths.signIn, '/nulle-part']) {
      const { body } = await app.inject({ url, headers: { host: 'localhost' } });
      for (const href of [paths.siteMap, paths.help, paths.accessibility])
        assert.ok(body.includes(`<li><a href="${href}">`), `${url}: ${href}`);
      assert.match(body, /<a href="\/accessibilite">Accessibilité\u00a0: non conforme<\/a>/);
    }
  });

  await t.test('the page on personal data names every cookie of the site', async () => {
    const sources = globSync('src/**/*.ts', { exclude: ['src/demo/**', 'src/workshop/**', '**/*.test.ts'] });
    const constants = sources.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/\b\w*[cC]ookie(?:Name)? = '([a-z-]+)'/g),
    ]);
    const names = ['langue', 'contraste', ...constants.map(([, name = '']) => name)].filter(
      (name) => !name.startsWith('demo-'),
    );
    assert.ok(names.length > 7);
    const { body } = await app.inject({ url: paths.personalData, headers: { host: 'localhost' } });
    for (const name of names) assert.ok(body.includes(`«\u00a0${name}\u00a0»`), name);
  });
});
