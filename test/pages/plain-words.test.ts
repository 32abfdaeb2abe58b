import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPolicy } from '#src/policy/load.ts';
import { allStates } from './all-states.ts';
import { type Sentence, sentencesOf, wordsIn } from './plain-words.ts';
import { fewRequests, openWorld, type State } from './world.ts';

/**
 * Pages that are no part of the way of a person: what the law words (legal notice, personal data, accessibility), what
 * programs read, the demo.
 */
const others = /^\/(mentions-legales|donnees-personnelles|securite|accessibilite|aide|plan-du-site|api|demo)/;

/** States of presets that word their pages otherwise, under their own policy. */
const otherPresets =
  /under the title of the creation|the same, empty|code of digits|telephones on request|telephones shown|personal code|contact on two screens|sign-in without codes|code with name|the code (empty|refused)/;

/** Words for which there is a plainer one: «écrivez», «recopiez», «appuyez», «continuez». */
const unusual =
  /veuillez|sais(ir|issez|ie|i)\b|renseign|indiquez|cliqu|\bvalid(er|ez|é)|munissez|effectu|bénéfici|finalis|adhér|consult(er|ez)\b/i;

/** Sentences that break a rule, each with its reason. */
const allowed: readonly RegExp[] = [
  // Prescribed by FranceConnect, word for word.
  /^FranceConnect est la solution proposée par l’État/,
  // A part of the IBAN as screen readers say it.
  /caractères masqués/,
  // Names of other products.
  /Safari|Android/,
  // The identity of the person, in one line.
  /^Vous êtes\s:/,
  // Names of régimes.
  /^CAMIEG/,
  // The channel and a masked address stand in one line.
  /•••/,
];

test('claire: short sentences and usual words on every page, in every state', async (t) => {
  const world = await openWorld(t, 'fr', fewRequests());
  const { wording, password } = loadPolicy('claire');
  // The policy of the stories, in the words of claire: they reach every page.
  Object.assign(world.services, { policy: { ...world.services.policy, wording, password } });
  const states = (await allStates(world)).filter(
    ({ name, seen }) => !others.test(seen.url) && !otherPresets.test(name),
  );
  assert.ok(states.length > 150, 'the pages are there');
  const faults = new Set(states.flatMap(faultsOf));
  assert.deepEqual([...faults].sort(), []);
});

function faultsOf(state: State): string[] {
  return sentencesOf(state)
    .filter(({ text }) => !allowed.some((exception) => exception.test(text)))
    .flatMap((sentence) => faultOf(sentence).map((fault) => `${fault}: ${sentence.text}`));
}

function faultOf({ text, in: where }: Sentence): string[] {
  const faults: string[] = [];
  if (wordsIn(text) > 15) faults.push(`${wordsIn(text)} words`);
  if (unusual.test(text)) faults.push('an unusual word');
  if (/^[^\p{Ll}]*\p{Lu}{5,}[^\p{Ll}]*$/u.test(text)) faults.push('capitals');
  if (where !== 'text' && /(^|[^\p{L}])(je|j’|mon|ma|mes|me)[ ’]?(?![\p{L}-])/iu.test(text))
    faults.push('«je» in a title or button');
  return faults;
}
