import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeAccountsFor } from '#src/accounts/close-account.ts';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { replacingAttestation, storingAttestation, storingCode } from '#src/attestations/attestation.ts';
import { newAttestationCode } from '#src/attestations/code.ts';
import { saidOf } from '#src/attestations/said.ts';
import { type Keyring, personKey, personKeys } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { paths, withToken } from '#src/paths.ts';
import { findRights } from '#src/rights/store.ts';
import { groupCode } from '#src/texts/written-code.ts';
import { order } from '../person/operator.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { sentDuring } from '../setting/statements.ts';
import { Visitor } from '../visitor.ts';
import { addSender, depositRights, familyOf } from './setting.ts';

const ange = personNamed('venturi');

/** An attestation of «A. V.» as it is stored, in an account with rights; returns its code. */
async function attestationIn(site: TestApp, replaced = false): Promise<string> {
  const { db, keyring } = site.services;
  const { nir } = ange.line;
  if (!(await findAccountOfNir(db, keyring, nir))) {
    await openAccountOf(site, ange, 'venturi@exemple.fr');
    await addSender(site);
    await depositRights(site, ange, familyOf(ange));
  }
  const code = newAttestationCode(systemRandom);
  const now = site.clock.now();
  const rights = await findRights(db, keyring, personKeys(keyring, nir));
  const attestation = {
    kind: 'rights',
    ...{ personKey: personKey(keyring, nir), id: systemRandom.uuid(), member: 1, initials: 'A. V.' },
    said: rights && saidOf('rights', rights, 1, false),
    validUntil: new Date(now.getTime() + 86_400_000),
  } as const;
  await db.executeQuery(replacingAttestation(db, attestation, now).compile());
  await db.executeQuery(storingAttestation(db, keyring, attestation, now).compile());
  await db.executeQuery(storingCode(db, attestation, code).compile());
  if (replaced) await db.executeQuery(replacingAttestation(db, attestation, now).compile());
  return code;
}

const unknown = 'K7M2P9XQT4WV8GH2JD';

/** How an account ends, or changes hands. */
const closings: readonly { readonly what: string; readonly close: (site: TestApp) => Promise<void> }[] = [
  { what: 'is disputed', close: ({ services, clock }) => freeze(services, clock.now()) },
  { what: 'was deleted', close: ({ services: { db, keyring } }) => remove(db, keyring) },
  {
    what: 'was deleted and opened anew',
    async close(site) {
      await remove(site.services.db, site.services.keyring);
      site.clock.advance(60_000);
      await openAccountOf(site, ange, 'autre@exemple.fr');
    },
  },
  {
    what: 'was closed for a death',
    async close({ services: { db, keyring }, clock }) {
      const key = personKey(keyring, ange.line.nir);
      await db.transaction().execute((trx) => closeAccountsFor(trx, key, 'deceased', clock.now()));
    },
  },
];

async function freeze(services: TestApp['services'], now: Date): Promise<void> {
  assert.ok(await freezeAccount(services, personKey(services.keyring, ange.line.nir), order, now));
}

async function remove(db: TestApp['services']['db'], keyring: Keyring): Promise<void> {
  await db.transaction().execute((trx) => deleteAccount(trx, personKey(keyring, ange.line.nir)));
}

test('a code is read as people copy it, typed or in the address', async (t) => {
  const site = await testApp(t);
  const code = await attestationIn(site);
  const mistyped = groupCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
  const visitor = new Visitor(site.app);
  for (const typed of [code, groupCode(code), mistyped, mistyped.replaceAll(' ', '-')]) {
    await visitor.get(paths.check);
    const answer = await visitor.post(paths.check, { code: typed });
    assert.deepEqual([answer.status, /est valable/.test(answer.title)], [200, true], typed);
    const direct = await visitor.get(withToken(paths.checkCode, typed));
    assert.match(direct.title, /est valable/, typed);
    assert.match(direct.html, /Les initiales et la date doivent être les mêmes/);
  }
  await visitor.get(paths.check);
  const short = await visitor.post(paths.check, { code: 'K7M2' });
  assert.deepEqual([short.status, /Tapez les 18/.test(short.html)], [422, true]);
});

test('unknown, replaced and valid codes cost the same and look alike; nothing is logged of them', async (t) => {
  const site = await testApp(t);
  const replaced = await attestationIn(site, true);
  const valid = await attestationIn(site);
  const visitor = new Visitor(site.app);
  const shapes = new Set<string>();
  const costs = new Set<number>();
  for (const code of [valid, replaced, unknown]) {
    const seen: string[] = [];
    const sent = await sentDuring(async () => {
      const { status, html } = await visitor.get(withToken(paths.checkCode, code));
      seen.push(`${status} ${(html.match(/<[a-z0-9]+/g) ?? []).join('')}`);
    });
    costs.add(sent.length);
    shapes.add(seen.join());
  }
  assert.deepEqual([shapes.size, [...costs]], [1, [5]]);
  const log = site.log.join('\n');
  for (const code of [valid, replaced, unknown]) assert.ok(!log.includes(code));
});

test('who tries codes is stopped before they are looked up, and stops nobody else', async (t) => {
  const site = await testApp(t);
  const code = await attestationIn(site);
  const attacker = new Visitor(site.app, { 'x-forwarded-for': '198.51.100.7' });
  let tries = 0;
  for (; tries < 500; tries += 1) {
    // The right one in between takes nothing back.
    if (tries % 5 === 4) await attacker.get(withToken(paths.checkCode, code));
    const { status } = await attacker.get(withToken(paths.checkCode, newAttestationCode(systemRandom)));
    if (status === 429) break;
  }
  assert.ok(tries < 200, `${tries}`);
  assert.equal(
    (await attacker.get(withToken(paths.checkCode, code))).status,
    429,
    'nor is the right one told',
  );
  await attacker.get(paths.check);
  const blocked = await attacker.post(paths.check, { code });
  assert.equal(blocked.status, 429);
  assert.match(blocked.html, /Demandez à la personne/);
  // Who checks a paper has no card, no account and no caisse here.
  assert.doesNotMatch(blocked.html, /carte Vitale|RIB|votre caisse/);
  const other = new Visitor(site.app, { 'x-forwarded-for': '198.51.100.8' });
  assert.match((await other.get(withToken(paths.checkCode, code))).title, /est valable/);
  assert.ok(site.log.some((line) => line.includes('attemptsSpread') && line.includes('check-client')));
  assert.ok(!site.log.join('').includes(code));
});

test('an attestation is replaced by rights that say something else, and not by what it does not say', async (t) => {
  const site = await testApp(t);
  const code = await attestationIn(site);
  const answer = async () => (await new Visitor(site.app).get(withToken(paths.checkCode, code))).title;
  const ill = { exonerations: [{ label: 'Affection de longue durée', from: '2024-05-01', until: null }] };
  await depositRights(site, ange, familyOf(ange, ill), 'R-2');
  assert.match(await answer(), /est valable/, 'health information that it does not say');
  await depositRights(site, ange, familyOf(ange, { ...ill, until: '2026-03-31' }), 'R-3');
  assert.match(await answer(), /est remplacée/);
  const visitor = await signedInVisitor(site, ange);
  assert.doesNotMatch((await visitor.get(paths.accountDocuments)).html, /Attestation de droits pour/);
});

for (const { what, close } of closings)
  test(`an attestation of an account that ${what} is unknown`, async (t) => {
    const site = await testApp(t);
    const code = await attestationIn(site);
    await close(site);
    const { title } = await new Visitor(site.app).get(withToken(paths.checkCode, code));
    assert.match(title, /inconnu/);
  });

test('a person who opens the account anew is shown nothing that was made or ordered in the one before', async (t) => {
  const site = await testApp(t);
  await attestationIn(site);
  const { db, keyring } = site.services;
  const before = await signedInVisitor(site, ange);
  assert.match((await before.get(paths.accountDocuments)).html, /Attestation de droits pour/);
  await remove(db, keyring);
  site.clock.advance(60_000);
  await openAccountOf(site, ange, 'autre@exemple.fr');
  const after = await signedInVisitor(site, ange);
  assert.doesNotMatch((await after.get(paths.accountDocuments)).html, /Attestation de droits pour/);
});
