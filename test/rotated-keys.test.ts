import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latestMail, mailKinds, signIn } from '#src/account/testing.ts';
import { openKeyring } from '#src/crypto/keyring.ts';
import { resealAll } from '#src/crypto/reseal.ts';
import { keepHouse } from '#src/housekeeping.ts';
import { paths, withToken } from '#src/paths.ts';
import { personNamed } from '#src/register/fictitious/people.ts';
import { type TestApp, testApp } from '#src/testing.ts';
import { enrol, identify } from './steps.ts';
import { Visitor } from './visitor.ts';

const venturi = personNamed('venturi');
const other = personNamed('carte-avec-photo');
const day = 86_400_000;

/** As after a restart with a second master key beside the one of `testApp`. */
async function rotate({ services }: TestApp): Promise<void> {
  const keyring = openKeyring(
    new Map([
      [1, Buffer.alloc(32, 7)],
      [2, Buffer.alloc(32, 8)],
    ]),
  );
  Object.assign(services, { keyring });
  await resealAll(services.db, keyring);
}

test('an address that was claimed before the keys were rotated is still taken', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'famille@exemple.fr');
  await rotate(site);
  site.clock.advance(1_000);
  await enrol(new Visitor(site.app), other, 'famille@exemple.fr');
  assert.deepEqual(await mailKinds(site), ['activation', 'address-taken']);
});

test('somebody who began before the keys were rotated goes on: reminder, link, sign-in, one account', async (t) => {
  const site = await testApp(t);
  await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
  await rotate(site);
  site.clock.advance(day + 1_000);
  await keepHouse(site.services);
  assert.deepEqual(await mailKinds(site), ['activation', 'activation-reminder']);
  const mailbox = new Visitor(site.app);
  const link = withToken(paths.link, (await latestMail(site, 'activation-reminder')).token ?? '');
  await mailbox.get(link);
  assert.equal((await mailbox.post(link)).location, paths.confirmed);
  assert.equal((await signIn(new Visitor(site.app), venturi.line.nir)).location, paths.account);
  await identify(new Visitor(site.app), venturi);
  assert.equal((await site.services.db.selectFrom('account').select('status').execute()).length, 1);
});
