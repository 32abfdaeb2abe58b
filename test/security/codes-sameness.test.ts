import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TypedPerson, tryCode } from '#src/codes/try.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import type { Policy } from '#src/policy/schema.ts';
import { readCode } from '#src/texts/written-code.ts';

import { arriveWithoutCard, ask, type Canal, enter, receive } from '../codes/channels.ts';
import { openAccountOf } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { identityOf, submit } from '../steps.ts';
import { type Seen, Visitor } from '../visitor.ts';

const unknown = '2690549588157';

/** All that somebody outside can compare: not the time, nor what carries the form’s own secret. */
function outside({ status, location, html, headers }: Seen) {
  const { date: _date, 'content-length': _length, 'set-cookie': cookies, ...compared } = headers;
  return {
    status,
    location,
    headers: compared,
    cookies: [cookies ?? []].flat().map((cookie) => cookie.replace(/=[^;]*/, (value) => `=${value.length}`)),
    html: html.replace(/name="_csrf" value="[^"]*"/g, '').replace(/ value="[^"]*"/g, ''),
  };
}

/** Somebody in each situation that a code can be in. */
async function situations(
  t: Parameters<typeof testApp>[0],
): Promise<{ site: TestApp; nirs: Record<string, string> }> {
  const site = await testApp(t);
  const asked = async (cle: string, canal: Canal) => {
    const visitor = new Visitor(site.app);
    await arriveWithoutCard(visitor, personNamed(cle));
    site.clock.advance(1_000);
    return { visitor, code: await receive(site, visitor, canal) };
  };
  await asked('mutation-inachevee', 'sms');
  site.clock.advance(11 * 60_000);
  await asked('sans-iban', 'courriel');
  await asked('ni-carte-ni-contact', 'courrier');
  const used = await asked('sans-carte', 'courriel');
  assert.equal((await enter(used.visitor, personNamed('sans-carte'), used.code)).location, paths.terms);
  const holder = personNamed('courriels-connus');
  await openAccountOf(site, holder, 'clemence@exemple.fr');
  const again = new Visitor(site.app);
  await submit(again, paths.identity, identityOf(holder), paths.proof);
  assert.equal((await ask(again, 'courriel')).location, paths.provisionalCode);
  const of = (cle: string) => personNamed(cle).line.nir;
  const nirs = {
    'nobody’s': unknown,
    'no code asked for': of('venturi'),
    'may not enrol': of('regime-msa'),
    deceased: of('decede'),
    'code by SMS, dead': of('mutation-inachevee'),
    'code by e-mail, alive': of('sans-iban'),
    'code by letter, alive': of('ni-carte-ni-contact'),
    'code used': of('sans-carte'),
    'account open, decoy alive': of('courriels-connus'),
  };
  return { site, nirs };
}

/** Two typings that are no code of anybody, but have the shape of one. */
const wrong = { digits: '00000001', characters: '0000000001' };

for (const [path, field, rounds] of [
  [paths.provisionalCode, 'code', 7],
  [paths.signIn, 'motDePasse', 6],
] as const)
  test(`a wrong code at ${path} gets the same answer for any person, however often`, async (t) => {
    const { site, nirs } = await situations(t);
    const visitors = new Map(Object.keys(nirs).map((name) => [name, new Visitor(site.app)]));
    for (let round = 1; round <= rounds; round += 1) {
      const typed = round % 2 === 0 ? wrong.digits : wrong.characters;
      const answers: (readonly [string, ReturnType<typeof outside>])[] = [];
      for (const [name, nir] of Object.entries(nirs)) {
        const visitor = visitors.get(name);
        assert.ok(visitor);
        await visitor.get(path);
        answers.push([name, outside(await visitor.post(path, { nir, [field]: typed }))]);
      }
      for (const [name, answer] of answers)
        assert.deepEqual(answer, answers[0]?.[1], `${path}: ${name}, try ${round}`);
    }
  });

test('a request for a code gets the same answer with and without an account, held or not', async (t) => {
  const site = await testApp(t);
  const holder = personNamed('courriels-connus');
  const none = personNamed('venturi');
  await openAccountOf(site, holder, 'clemence@exemple.fr');
  site.clock.advance(60_000);
  const visitors = [holder, none].map((person) => ({ person, visitor: new Visitor(site.app) }));
  for (const { person, visitor } of visitors)
    await submit(visitor, paths.identity, identityOf(person), paths.proof);
  for (const canal of ['sms', 'courriel', 'courrier'] as const)
    for (let round = 1; round <= 6; round += 1) {
      const answers = [];
      for (const { visitor } of visitors) {
        const { status, location } = await ask(visitor, canal);
        const { html } = await visitor.get(paths.provisionalCode);
        answers.push({ status, location, told: /Un code part par \S+/.exec(html)?.[0] ?? null });
      }
      assert.deepEqual(answers[0], answers[1], `${canal}, ${round}`);
      site.clock.advance(31_000);
    }
});

/** The statements that a try runs, in order, without their values. */
async function statementsOf(
  site: TestApp,
  nir: string,
  strict?: { readonly policy: Policy; readonly person: TypedPerson },
): Promise<readonly string[]> {
  const seen: string[] = [];
  const executor = site.services.db.getExecutor();
  const db = site.services.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      seen.push(executor.compileQuery(node, queryId).sql);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const needs = { ...site.services, db, ...(strict ? { policy: strict.policy } : {}) };
  const person = strict?.person ?? null;
  const client = clientOf(site.services, '203.0.113.7');
  await tryCode(needs, {
    nir,
    code: readCode(wrong.digits),
    person,
    own: false,
    client,
    now: site.clock.now(),
  });
  return seen;
}

test('an attempt runs the same statements for everybody', async (t) => {
  const { site, nirs } = await situations(t);
  const first = await statementsOf(site, unknown);
  for (const [name, nir] of Object.entries(nirs))
    assert.deepEqual(await statementsOf(site, nir), first, name);
});

test('an attempt under a strict policy runs the same statements for everybody, whatever they claim', async (t) => {
  const { site, nirs } = await situations(t);
  const policy = loadPolicy('renforcee');
  const { birthName: name, birthDate } = personNamed('sans-iban').line;
  const first = await statementsOf(site, unknown, { policy, person: { name, birthDate } });
  for (const [situation, nir] of Object.entries(nirs))
    for (const person of [
      { name, birthDate },
      { name: 'Autre', birthDate: '1950-01-01' },
    ])
      assert.deepEqual(await statementsOf(site, nir, { policy, person }), first, situation);
});
