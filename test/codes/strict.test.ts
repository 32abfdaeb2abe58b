import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { type TestContext, test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { signIn } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { identityOf, submit } from '../steps.ts';
import { type Seen, Visitor } from '../visitor.ts';
import { codeSent, wrongCode } from './channels.ts';

const fernande = personNamed('ni-carte-ni-contact');

/** Where the policy is strict, Fernande asks for a letter, and somebody opens it. */
async function letterSent(t: TestContext): Promise<{ site: TestApp; code: string }> {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const visitor = new Visitor(site.app);
  await submit(visitor, paths.identity, identityOf(fernande), paths.notEligible);
  await submit(visitor, paths.notEligible, { canal: 'courrier' }, paths.provisionalCode);
  return { site, code: await codeSent(site, 'courrier') };
}

async function type(site: TestApp, fields: Record<string, string>): Promise<Seen> {
  const visitor = new Visitor(site.app);
  await visitor.get(paths.provisionalCode);
  return visitor.post(paths.provisionalCode, fields);
}

async function triesOf({ services }: TestApp): Promise<number> {
  return (await services.db.selectFrom('provisional_code').select('tries').executeTakeFirstOrThrow()).tries;
}

test('strict: a letter opened by a person who knows only the NIR is useless, on either page', async (t) => {
  const { site, code } = await letterSent(t);
  const { nir } = fernande.line;
  const seen = await type(site, { nir, code });
  assert.equal(seen.status, 422);
  assert.match(seen.html, /Écrivez votre nom/);
  assert.match(seen.html, /Écrivez votre date de naissance/);
  assert.ok(!seen.html.includes(code), 'a code is never shown again');
  assert.equal((await signIn(new Visitor(site.app), nir, code)).status, 422);
  assert.equal(await triesOf(site), 0, 'neither was a try');
  assert.equal((await type(site, { ...identityOf(fernande), code })).location, paths.terms);
});

test('strict: a wrong name, a wrong date and a wrong code get one answer, and count alike', async (t) => {
  const { site, code } = await letterSent(t);
  const right = { ...identityOf(fernande), code };
  const wrongs = [
    { nom: 'Autre' },
    { 'dateNaissance-annee': '1950' },
    { code: wrongCode(code) },
    { nom: 'Autre', code: wrongCode(code) },
  ];
  const answers: string[] = [];
  for (const [index, wrong] of wrongs.entries()) {
    const seen = await type(site, { ...right, ...wrong });
    assert.equal(seen.status, 422);
    assert.match(seen.html, /accepter ce code avec ce nom, ce numéro et cette date de naissance/);
    answers.push(
      seen.html.replaceAll(/name="_csrf" value="[^"]*"/g, '').replaceAll(/ value="(Autre|1950|[^"]*)"/g, ''),
    );
    assert.equal(await triesOf(site), index + 1);
  }
  const [, , , last = ''] = answers;
  assert.match(last, /il vous reste un seul essai/);
  assert.equal(new Set(answers.slice(0, 3)).size, 1);
  assert.match((await type(site, { ...right, nom: 'Autre' })).html, /C’était le dernier essai/);
  assert.equal((await type(site, right)).status, 429, 'five wrong tries, whatever was wrong');
  site.clock.advance(25 * 3_600_000);
  assert.equal((await type(site, right)).status, 422, 'the letter is dead');
});

test('strict: names and dates agree by the rules of the identity page', async (t) => {
  const { site, code } = await letterSent(t);
  const { birthName } = fernande.line;
  const typed = { ...identityOf(fernande, { nom: ` ${birthName.toLowerCase()} ` }), code };
  assert.equal((await type(site, typed)).location, paths.terms);
});

test('strict: an unknown NIR is answered like a wrong code', async (t) => {
  const { site, code } = await letterSent(t);
  const nobody = await type(site, { ...identityOf(fernande, { nir: '2690549588157' }), code });
  const wrong = await type(site, { ...identityOf(fernande), code: wrongCode(code) });
  const outside = ({ status, html }: Seen) => [status, html.replaceAll(/ value="[^"]*"/g, '')];
  assert.deepEqual(outside(nobody), outside(wrong));
});

test('strict: the browser that requested the code shows what was typed', async (t) => {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const visitor = new Visitor(site.app);
  await submit(visitor, paths.identity, identityOf(fernande), paths.notEligible);
  const { html } = await visitor.get(paths.provisionalCode);
  assert.ok(html.includes(`value="${fernande.line.birthName}"`));
});

for (const preset of readdirSync(new URL('../../policies/', import.meta.url)).map((file) =>
  basename(file, '.json'),
))
  test(`${preset}: what is typed with a code`, async (t) => {
    const site = await testApp(t, undefined, { policy: loadPolicy(preset) });
    const { html } = await new Visitor(site.app).get(paths.provisionalCode);
    const signInPage = await new Visitor(site.app).get(paths.signIn);
    const strict = preset === 'renforcee' || preset === 'claire';
    for (const field of ['nom', 'dateNaissance-jour', 'dateNaissance-mois', 'dateNaissance-annee'])
      assert.equal(html.includes(`name="${field}"`), strict, field);
    assert.equal(/code provisoire\)|provisoire à/.test(signInPage.html), !strict);
    assert.equal(signInPage.html.includes(paths.provisionalCode), strict, 'codes have a page of their own');
  });
