import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replacingAttestation, storingAttestation, storingCode } from '#src/attestations/attestation.ts';
import { newAttestationCode } from '#src/attestations/code.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { paths, withToken } from '#src/paths.ts';
import { groupCode } from '#src/texts/written-code.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { sentDuring } from '../setting/statements.ts';
import { Visitor } from '../visitor.ts';

const personKey = Buffer.alloc(32, 5);

/** An attestation of «A. V.» as it is stored; returns its code. */
async function attestationIn({ services, clock }: TestApp, replaced = false): Promise<string> {
  const { db, keyring } = services;
  const code = newAttestationCode(systemRandom);
  const now = clock.now();
  const attestation = {
    kind: 'rights',
    ...{ personKey, id: systemRandom.uuid(), member: 1, initials: 'A. V.' },
    validUntil: new Date(now.getTime() + 86_400_000),
  } as const;
  await db.executeQuery(replacingAttestation(db, attestation, now).compile());
  await db.executeQuery(storingAttestation(db, keyring, attestation, now).compile());
  await db.executeQuery(storingCode(db, attestation, code).compile());
  if (replaced) await db.executeQuery(replacingAttestation(db, attestation, now).compile());
  return code;
}

const unknown = 'K7M2P9XQT4WV8GH2JD';

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
  assert.deepEqual([shapes.size, [...costs]], [1, [3]]);
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
  assert.equal((await attacker.post(paths.check, { code })).status, 429);
  const other = new Visitor(site.app, { 'x-forwarded-for': '198.51.100.8' });
  assert.match((await other.get(withToken(paths.checkCode, code))).title, /est valable/);
  assert.ok(site.log.some((line) => line.includes('attemptsSpread') && line.includes('check-client')));
  assert.ok(!site.log.join('').includes(code));
});
