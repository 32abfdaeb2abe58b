import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sitePages } from '#src/app.ts';
import { paths } from '#src/paths.ts';
import { languages } from '#src/texts/language.ts';
import { measuringChromium } from '../browser/shared.ts';
import { watch } from '../browser/watch.ts';
import { allStates } from './all-states.ts';
import {
  adjustedWidth,
  adjustments,
  axeFaults,
  formFaults,
  lookAt,
  tabOrder,
  widthAt320,
} from './browser-checks.ts';
import {
  fieldFaults,
  firstVisitBytes,
  frameFaults,
  gluedControls,
  markupFaults,
  nextPageBytes,
  typographyFaults,
  unmarkedFrench,
} from './document-checks.ts';
import { novelty } from './novelty.ts';
import { keepScreens, narrow, openShowing, putInPlace, type Shown } from './showing.ts';
import { fewRequests, openWorld, type State } from './world.ts';

const browser = await measuringChromium();

for (const language of languages)
  test(`every page in every state, in ${language}`, async (t) => {
    const world = await openWorld(t, language, fewRequests());
    const states = await allStates(world);
    const each = async (
      faultsOf: (state: State) => Promise<readonly string[]> | readonly string[],
      looked = states,
    ) => {
      const faults: string[] = [];
      for (const state of looked)
        for (const fault of await faultsOf(state)) faults.push(`${state.name}: ${fault}`);
      assert.deepEqual(faults, []);
    };

    await t.test('answers as expected', () =>
      each(({ status, seen }) => (seen.status === status ? [] : [`${seen.status} ${seen.location}`])),
    );
    await t.test('belongs to a table that leaves out no page', () => {
      const pages = sitePages(world.services).filter(({ hasView }) => hasView);
      const titles = pages.flatMap(({ path }) => {
        if (path.endsWith('.pdf') || path.endsWith('.csv')) return [];
        const address = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
        const isHere = (url: string) =>
          url === path || (address.test(url) && !pages.some((page) => page.path === url));
        const seen = states.find((state) => state.status === 200 && isHere(state.seen.url));
        if (!seen && !onlyRedirect.includes(path)) assert.fail(`no state of ${path}`);
        return seen ? [seen.seen.title] : [];
      });
      assert.deepEqual(titles, [...new Set(titles)], 'each page has a title of its own');
    });
    await t.test('is valid', () => each(({ seen }) => markupFaults(seen.html)));
    await t.test('has its fields in order', () => each(fieldFaults));
    await t.test('has its frame', () => each((state) => frameFaults(state, language)));
    if (language === 'fr')
      await t.test('is typeset as French', () =>
        each((state) => typographyFaults(state, world.services.policy.password.specials)),
      );
    if (language === 'en')
      await t.test('says nothing in French that is not marked so', () => each(unmarkedFrench));
    await t.test('reads well without its styles', () => each(gluedControls));
    await t.test('is light', () =>
      each(async (state) => {
        const first = await firstVisitBytes(world.app, state);
        const next = nextPageBytes(state);
        // Two lists are longer: the people of the demo, and the operations of the interface. Nobody begins at a password.
        const isList = /^\/(demo\/personnes|api)/.test(state.seen.url);
        const isChosen = state.seen.html.includes('/assets/passwords.');
        const most = state.seen.url === paths.home ? 13_200 : isList ? 25_000 : isChosen ? 20_200 : 17_700;
        const fits = first <= most && (isList || next <= (state.status === 200 ? 4_200 : 4_250));
        return fits ? [] : [`${first} bytes, ${next} as a next page`];
      }),
    );

    const { origin, page, show } = await openShowing(t, browser, world.app);
    const shown = new Map<State, Shown>();
    await t.test('in a browser, has its fields linked, is narrow, and breaks nothing', async () => {
      const { faults } = watch(page.context(), origin);
      await each(async (state) => {
        faults.length = 0;
        await show(state);
        const { faults: found, width, html } = await lookAt(page);
        if (width > narrow.width) found.push(`${width} px wide`);
        shown.set(state, { url: page.url(), html });
        await keepScreens(page, `${language} ${state.name}`);
        return state.status >= 500 ? found : [...found, ...faults];
      });
    });
    if (language === 'en') return;

    const named = (name: string) => {
      const state = states.find((one) => one.name === name);
      assert.ok(state, name);
      return state;
    };
    const put = async (state: State, version = '') => {
      const { url, html } = shown.get(state) ?? assert.fail(state.name);
      await putInPlace(page, {
        url,
        html: version === '' ? html : html.replace('<html ', `<html class="${version}" `),
      });
    };
    const different = states.filter(novelty());

    await t.test('is used by keyboard: each stop is seen, the main action is among them', async () => {
      for (const [name, action] of mainActions) {
        await show(named(name));
        const stops = await tabOrder(page);
        assert.deepEqual(
          stops.filter(({ visible }) => !visible),
          [],
          `${name}: every stop shows that it has the focus`,
        );
        assert.equal(stops[0]?.name, 'Aller au contenu', name);
        assert.ok(
          stops.some((stop) => stop.name === action),
          `${name}: ${stops.map((stop) => stop.name).join(', ')}`,
        );
      }
    });

    // From here on, one window whose content is exchanged.
    await show(named('home'));
    const eachDifferent = (faultsOf: () => Promise<readonly string[]>) =>
      each(async (state) => {
        await put(state);
        return faultsOf();
      }, different);
    await t.test('is accessible', () => eachDifferent(() => axeFaults(page)));
    for (const { name, size, css } of adjustments)
      await t.test(`is not wider than its screen with ${name}`, async () => {
        await page.setViewportSize(size);
        await eachDifferent(async () => {
          const width = await adjustedWidth(page, css);
          return width > size.width ? [`${width} px wide`] : [];
        });
      });
    await t.test('has enough contrast in the dark and in the contrasted version', async () => {
      await page.setViewportSize(narrow);
      for (const name of contrasted)
        for (const colorScheme of ['light', 'dark'] as const)
          for (const version of ['', 'contraste']) {
            if (colorScheme === 'light' && version === '') continue;
            await page.emulateMedia({ colorScheme });
            await put(named(name), version);
            assert.deepEqual(await axeFaults(page), [], `${name}, ${colorScheme}${version}`);
          }
    });
  });

/** Their address only takes forms; opened, it leads to the page of the form. */
const onlyRedirect: readonly string[] = [
  paths.messageFile,
  paths.waitingResend,
  paths.linkResend,
  paths.unsubscribeNow,
  paths.extendSession,
  paths.signOut,
  paths.franceConnect,
  paths.franceConnectReturn,
];

const mainActions = [
  ['home', 'Je crée mon compte'],
  ['identity', 'CONTINUER'],
  ['proof of venturi', 'VALIDER'],
  ['terms', 'CONTINUER'],
  ['password', 'CONTINUER'],
  ['contact', 'CONTINUER'],
  ['waiting', 'Valider le code'],
  ['link', 'Confirmer mon email'],
  ['sign in', 'ME CONNECTER'],
  ['account', 'Se déconnecter'],
] as const;

/** Pages that together have every colour of the site. */
const contrasted = [
  ...['home', 'identity, empty', 'password', 'waiting, sent again', 'account', 'broken'],
  ...['account, something to read', 'payments', 'payment', 'documents', 'message answered', 'check, valid'],
  ...['message, files added', 'account paper, wrong'],
] as const;

test('the checks find planted faults', async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.setContent(
    '<div class="govuk-error-summary"><a href="#nom">Nom</a></div><input placeholder="Nom"><img src="data:,">',
  );
  assert.match((await formFaults(page)).join('\n'), /leads nowhere.*\n?no label|no label.*\n?leads nowhere/s);
  assert.match((await axeFaults(page)).join('\n'), /image-alt/);
  await putInPlace(page, { url: page.url(), html: '<title>Autre</title><blink>autre</blink>' });
  const inPlace = (await axeFaults(page)).join('\n');
  assert.match(inPlace, /html-has-lang[\s\S]*blink|blink[\s\S]*html-has-lang/);
  assert.doesNotMatch(inPlace, /image-alt/);
  await page.setContent('<div style="width:400px">large</div>');
  assert.equal((await widthAt320(page)) > 320, true);
});
