import assert from 'node:assert/strict';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { paths } from '#src/paths.ts';
import { languages } from '#src/texts/language.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { measuringChromium } from '../browser/shared.ts';
import { watch } from '../browser/watch.ts';
import type { Room } from '../workshop/room.ts';
import { adjustedWidth, adjustments, axeFaults, lookAt, tabOrder } from './browser-checks.ts';
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
import { sentencesOf, wordsIn } from './plain-words.ts';
import { type AssetSource, keepScreens, narrow, openShowing, putInPlace, type Shown } from './showing.ts';
import { workshopStates } from './states/workshop.ts';
import type { State } from './world.ts';

const browser = await measuringChromium();

test('every page of a workshop in every state', async (t) => {
  const { room, states: all } = await workshopStates(t);
  const site = overHttp(room);
  const shown = new Map<State, Shown>();
  const { origin, page, show } = await openShowing(t, browser, site);
  const { faults: broken } = watch(page.context(), origin);

  for (const language of languages) {
    const states = all[language];
    const each = async (
      faultsOf: (state: State) => Promise<readonly string[]> | readonly string[],
      looked = states,
    ) => {
      const faults: string[] = [];
      for (const state of looked)
        for (const fault of await faultsOf(state)) faults.push(`${language} ${state.name}: ${fault}`);
      assert.deepEqual(faults, []);
    };
    await t.test(`answers as expected, in ${language}`, () =>
      each(({ status, seen }) => (seen.status === status ? [] : [`${seen.status} ${seen.location}`])),
    );
    await t.test(`belongs to a table that leaves out no page, in ${language}`, () => {
      const addresses = Object.values(workshopPaths).filter(
        (path) => !otherAddresses.includes(path) && (language === 'fr' || path !== workshopPaths.projector),
      );
      const seen = new Set(
        states.filter(({ status }) => status < 404 || status === 503).map((state) => pathOf(state)),
      );
      for (const path of addresses) {
        const address = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
        assert.ok(
          [...seen].some((url) => address.test(url)),
          `no state of ${path}`,
        );
      }
    });
    await t.test(`is valid, in ${language}`, () =>
      each(async ({ seen }) =>
        // A page may refresh by itself where nothing is typed and where that can be stopped; a class has the name it is given.
        (await markupFaults(seen.html)).filter((fault) => !/meta-refresh|long-title/.test(fault)),
      ),
    );
    await t.test(`has its fields in order, in ${language}`, () => each(fieldFaults));
    await t.test(`has its frame, in ${language}`, () => each((state) => exerciseFaults(state, language)));
    await t.test(`is typeset in its language, ${language}`, () =>
      each((state) => (language === 'fr' ? typographyFaults(withoutSms(state), '') : unmarkedFrench(state))),
    );
    await t.test(`reads well without its styles, in ${language}`, () => each(gluedControls));
    await t.test(`is light, in ${language}`, () =>
      each(async (state) => {
        const first = await firstVisitBytes(site, state);
        const next = nextPageBytes(state);
        // The step that a projector shows is a page of the service within a page of the workshop.
        const most = state.name.startsWith('projector, a step') ? 22_000 : 20_500;
        return first <= most && next <= 4_600 ? [] : [`${first} bytes, ${next} as a next page`];
      }),
    );
    await t.test(`in a browser, has its fields linked, is narrow, and breaks nothing, in ${language}`, () =>
      each(async (state) => {
        broken.length = 0;
        await show(state);
        const { faults: found, width, html } = await lookAt(page);
        if (width > narrow.width) found.push(`${width} px wide`);
        shown.set(state, { url: page.url(), html });
        await keepScreens(page, `${language} atelier ${state.name}`);
        return state.status >= 500 ? found : [...found, ...broken];
      }),
    );
  }

  const states = all.fr;
  const named = (name: string) => {
    const state = states.find((one) => one.name === name);
    assert.ok(state, name);
    return state;
  };
  const put = async (state: State, version = '') => {
    const { url, html } = shown.get(state) ?? assert.fail(state.name);
    // What refreshes itself can be stopped, and would be asked for here.
    const still = html.replace(/<meta http-equiv="refresh"[^>]*>/, '');
    await putInPlace(page, {
      url,
      html: version === '' ? still : still.replace('<html ', `<html class="${version}" `),
    });
  };
  await t.test('is used by keyboard: each stop is seen, the main action is among them', async () => {
    for (const [name, action] of mainActions) {
      await show(named(name));
      const stops = await tabOrder(page);
      const unseen = stops.filter(({ visible }) => !visible);
      assert.deepEqual(unseen, [], `${name}: every stop shows that it has the focus`);
      assert.equal(stops[0]?.name, 'Aller au contenu', name);
      assert.ok(
        stops.some((stop) => stop.name === action),
        `${name}: ${stops.map((stop) => stop.name).join(', ')}`,
      );
    }
  });
  // From here on, one window whose content is exchanged.
  await show(named('desk'));
  const isNew = novelty();
  const different = states.filter((state) => state.seen.url !== paths.identity && isNew(state));
  const eachDifferent = async (faultsOf: () => Promise<readonly string[]>) => {
    const faults: string[] = [];
    for (const state of different) {
      await put(state);
      for (const fault of await faultsOf()) faults.push(`${state.name}: ${fault}`);
    }
    assert.deepEqual(faults, []);
  };
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
      for (const [colorScheme, version] of [
        ['dark', ''],
        ['light', 'contraste'],
        ['dark', 'contraste'],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await put(named(name), version);
        assert.deepEqual(await axeFaults(page), [], `${name}, ${colorScheme}${version}`);
      }
  });
  await t.test('is said to learners in short sentences and common words', () => {
    const faults = states
      .filter(({ seen }) => !seen.url.startsWith(workshopPaths.trainer) && seen.url !== paths.identity)
      // What the service itself says to people.
      .filter(({ name }) => !['mail', 'no such mail', 'text messages'].includes(name))
      .map((state) => {
        const html = state.seen.html.replace(/<header[\s\S]*?<\/header>/, '');
        return { ...state, seen: { ...state.seen, html } };
      })
      .flatMap((state) => sentencesOf(state).map(({ text }) => text))
      .flatMap((text) => [
        ...(wordsIn(text) > 20 ? [`${wordsIn(text)} words: ${text}`] : []),
        ...(ofComputers.test(text) ? [`a word of computing: ${text}`] : []),
      ]);
    assert.deepEqual([...new Set(faults)], []);
  });
});

const mainActions = [
  ['join', 'Entrer'],
  ['desk, moved, and somebody calls', 'Continuer l’exercice'],
  ['letters', 'Dire que cette lettre est fausse'],
  ['classes', 'Préparer la classe'],
  ['board', 'Avancer l’horloge'],
  ['seat, moved', 'Donner une autre personne…'],
] as const;

/** Words that somebody learns only with computers, each with a plainer one. A link is explained where one is opened. */
const ofComputers =
  /navigateur|cookie|serveur|\bURL\b|\bweb\b|hyperlien|cliqu|télécharg|onglet|\bfichier|\bPDF\b|connect(er|é|ez|ion)|interface|QR|scann|saisi(r|ssez|e)\b|valid(er|ez)\b|veuillez|rafraîch|\bpop|messagerie/i;

/** Pages that together have every colour of a workshop. */
const contrasted = [
  'desk, moved, and somebody calls',
  'letters',
  'board',
  'seat, moved',
  'projector',
] as const;

/** What is no page of its own: what programs follow, files, and a name for what the desk shows. */
const otherAddresses: readonly string[] = [
  workshopPaths.trainerReturn,
  workshopPaths.boardData,
  workshopPaths.boardLive,
  workshopPaths.franceConnect,
  workshopPaths.boardPaper,
  workshopPaths.boardReportCsv,
  workshopPaths.seatLetter,
  workshopPaths.seatForged,
];

function pathOf({ seen }: State): string {
  return seen.url.replace(/\?.*/, '');
}

/** An SMS has no non-breaking spaces. */
function withoutSms(state: State): State {
  const html = state.seen.html.replaceAll(/<li class="bubble">.*?<\/li>/gs, '');
  return { ...state, seen: { ...state.seen, html } };
}

/** As of every page, and what tells that it is an exercise. */
function exerciseFaults(state: State, language: string): string[] {
  const { html, title } = state.seen;
  const [exercise, band] =
    language === 'fr'
      ? ['Exercice – ', 'Exercice\u00a0: aucune vraie donnée.']
      : ['Exercise – ', 'Exercise: no real data.'];
  const isSaid = title.startsWith(exercise) && html.includes(band);
  const isOpening = state.status === 503 && /(Erreur|Error)/.test(title);
  const own = { ...state, seen: { ...state.seen, title: title.slice(exercise.length) } };
  // A room often has no Internet. What a mail links to is the site itself.
  const outside = html.match(/href="https?:\/\/(?!127\.0\.0\.1)[^"]*"/);
  return [
    ...(outside ? [`leads out of the class: ${outside[0]}`] : []),
    ...(isSaid ? [] : ['does not say that it is an exercise']),
    ...(isOpening ? ['an error where nobody did anything wrong'] : []),
    ...frameFaults(own, language),
  ];
}

/** The assets of a workshop, at the end of a connection, as they are sent. */
function overHttp({ origin }: Room): AssetSource {
  return {
    inject: ({ url, headers: { host: _ownHost, ...headers } }) =>
      new Promise((resolve, reject) => {
        const asked = request(new URL(url, origin), { headers, agent: false }, async (answer) => {
          const rawPayload = await buffer(answer);
          resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers, rawPayload });
        });
        asked.on('error', reject).end();
      }),
  };
}
