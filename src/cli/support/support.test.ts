import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showCases } from '#src/cli/support/show-case.ts';
import { exitCodes } from '#src/cli/terminal.ts';
import { Secret } from '#src/crypto/secret.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { importPeople } from '#src/register-import/import-people.ts';
import { type TestApp, testApp } from '#test/setting/application.ts';
import { enrol, identityOf } from '../../../test/steps.ts';
import { Visitor } from '../../../test/visitor.ts';

const secrets = {
  masterKeys: new Secret(new Map([[1, Buffer.alloc(32, 7)]])),
  sms: null,
  franceConnect: null,
};

async function read({ services: { db } }: TestApp, code: string) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const config = { mode: 'production', letters: { sent: true, returnAddress: [], canaryTo: [] } } as const;
  const exit = await showCases(terminal, db, config, secrets, code);
  return { exit, text: out.join('\n'), err: err.join('\n') };
}

async function codeOf(site: TestApp, cle: string, path: string): Promise<{ visitor: Visitor; code: string }> {
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed(cle)));
  const { html } = await visitor.get(path);
  const code = /<strong>([0-9A-Z]{4}-[0-9A-Z]{4})<\/strong>/.exec(html)?.[1];
  assert.ok(code, `${cle}: no code at ${path}`);
  return { visitor, code };
}

test('an agent sees why a person is stopped, in words, without personal data', async (t) => {
  const site = await testApp(t);
  for (const cle of ['regime-msa', 'numero-provisoire-7', 'decede']) {
    const { code } = await codeOf(site, cle, paths.notEligible);
    const { exit, text } = await read(site, code.toLowerCase().replace('-', ' '));
    assert.equal(exit, exitCodes.done);
    assert.match(text, /^step +not-eligible$/m);
    assert.match(text, /^ways +none$/m);
    const { line } = personNamed(cle);
    for (const secret of [line.nir, line.birthName, line.postalCode, line.birthDate, ...line.givenNames])
      assert.ok(!text.includes(secret), `${cle}: ${secret}`);
  }
  const { code } = await codeOf(site, 'regime-msa', paths.notEligible);
  assert.match(
    (await read(site, code)).text,
    /^reason +regime-not-admitted: Le régime n’ouvre pas de compte/m,
  );
});

test('the ways that are open and the codes that were sent', async (t) => {
  const site = await testApp(t);
  const { visitor, code } = await codeOf(site, 'sans-iban', paths.otherWays);
  await visitor.post(paths.otherWays, { canal: 'courrier' });
  const { text } = await read(site, code);
  assert.match(text, /^step +other-ways$/m);
  assert.match(text, /^reason +no-bank-details: /m);
  assert.match(text, /^ways +.*code by courrier/m);
  assert.match(
    text,
    /^sent +code by courrier, asked 2 March 2026 at 10:00 \(Paris time\), .*, 0 wrong tries, queued$/m,
  );
  assert.match(
    text,
    /^message +provisional-code-letter by letter, .*: requested\. Il part avec le prochain/m,
  );
});

test('an agent sees a death that the register recorded after the dossier began', async (t) => {
  const site = await testApp(t);
  const { code } = await codeOf(site, 'sans-iban', paths.otherWays);
  const { db, keyring, random } = site.services;
  const line = { ...personNamed('sans-iban').line, deceased: true };
  await importPeople(db, keyring, [line], { now: site.clock.now(), uuid: random.uuid() });
  const { text } = await read(site, code);
  assert.match(text, /^step +closed 2 March 2026 at 10:00 \(Paris time\)$/m);
  assert.match(text, /^reason +deceased: .*Rester sobre/m);
});

test('somebody who was not recognised, by a neutral policy', async (t) => {
  const site = await testApp(t, undefined, { policy: loadPolicy('renforcee') });
  const visitor = new Visitor(site.app);
  await visitor.get(paths.identity);
  await visitor.post(paths.identity, identityOf(personNamed('venturi'), { nom: 'Autre' }));
  const { html } = await visitor.get(paths.notEligible);
  const code = /<strong>([0-9A-Z]{4}-[0-9A-Z]{4})<\/strong>/.exec(html)?.[1] ?? '';
  assert.match((await read(site, code)).text, /^reason +not-recognised: Le nom, le numéro/m);
});

test('a finished dossier shows the account; an unused code and an invalid one are refused', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), personNamed('venturi'), 'venturi@exemple.fr');
  const { support_code: code } = await site.services.db
    .selectFrom('dossier')
    .select('support_code')
    .executeTakeFirstOrThrow();
  const { text } = await read(site, code);
  assert.match(text, /^step +closed 2 March 2026 at 10:00 \(Paris time\)$/m);
  assert.match(text, /^account +pending until 23 March 2026 at 23:59 \(Paris time\)$/m);
  assert.match(text, /^event +2 March 2026 at 10:00 \(Paris time\), the person: account created$/m);
  assert.match(text, /^event +2 March 2026 at 10:00 \(Paris time\), the person: identity accepted$/m);
  assert.match(text, /^say +Il reste à confirmer l’adresse email/m);
  assert.match(
    text,
    /^message +activation by email, asked 2 March 2026 at 10:00 .*: late\. En retard de notre côté/m,
  );
  const { db } = site.services;
  await db.updateTable('notice').set({ state: 'bounced', reason: 'smtp-550' }).execute();
  await db.updateTable('account').set({ frozen_at: site.clock.now(), status: 'frozen' }).execute();
  const later = (await read(site, code)).text;
  assert.match(later, /^message +activation by email, .*: refused\. La messagerie l’a refusé/m);
  assert.match(later, /^account +frozen since 2 March 2026 .*\nsay +.*compte person release\.$/m);
  assert.equal((await read(site, code === '0000-0000' ? '0000-0001' : '0000-0000')).exit, exitCodes.failed);
  assert.equal((await read(site, 'hello')).exit, exitCodes.usage);
});
