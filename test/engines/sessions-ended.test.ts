import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import type { SignedIn } from '#src/access/who.ts';
import { devicesForgotten } from '#src/account/events.ts';
import { linkAccount, unlinkAccount } from '#src/account/franceconnect/link.ts';
import { changePassword } from '#src/account/password/change-password.ts';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { holdingActive, lockAccount } from '#src/accounts/lock-account.ts';
import { record, recording } from '#src/audit/record.ts';
import { announcingDeposits } from '#src/correspondence/avis.ts';
import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { forgetDevices, presentedDevice, rememberDevice } from '#src/credentials/known-devices.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { deposit } from '#src/depot/deposit.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { paths } from '#src/paths.ts';
import {
  beginningSession,
  continuingSession,
  endSession,
  type IssuedToken,
} from '#src/sessions/change-session.ts';
import { findStored } from '#src/sessions/session.ts';
import { readToken } from '#src/sessions/token.ts';
import { findEntrant } from '#src/sign-in/entrant.ts';
import { extendSession } from '#src/sign-in/extend-session.ts';
import { askReset } from '#src/sign-in/forgotten/ask-reset.ts';
import { resetPassword } from '#src/sign-in/forgotten/reset-password.ts';
import { Program } from '../api/program.ts';
import { caisse, consultation, paymentItem } from '../depot/senders.ts';
import { order } from '../person/operator.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { testApp } from '../setting/application.ts';
import { needsServer } from '../setting/database.ts';
import { untilWaiting } from '../setting/locks.ts';
import { sessionBehind } from '../setting/sessions.ts';
import { goodPassword } from '../steps.ts';

const venturi = personNamed('venturi');
const { nir } = venturi.line;

test('what ends all sessions of a person, and what meets it half-way', needsServer, async (t) => {
  const site = await testApp(t);
  const { services, clock } = site;
  const { db, keyring, random } = services;
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  const subject = Buffer.alloc(32, 9);
  const ownerIn = async (token: string | undefined) => {
    const session = await sessionBehind(services, token);
    assert.ok(session.account);
    return { session, account: session.account };
  };
  const signedIn = async () => ownerIn((await signedInVisitor(site, venturi)).cookies.get('session'));
  /** Whether one session is left: that of the token. */
  const onlyLeft = async (issued: IssuedToken | null) => {
    assert.ok(issued);
    const { tokenHash } = await sessionBehind(services, issued.token);
    const sessions = await db.selectFrom('session').select('token_hash').execute();
    assert.deepEqual(sessions, [{ token_hash: tokenHash }]);
  };
  const password = async () => {
    const presented = presentedDevice([personKey(keyring, nir)], '');
    const entrant = await findEntrant(db, keyring, presented, clock.now());
    assert.ok(entrant?.password?.hash);
    return { ...entrant.password, hash: entrant.password.hash };
  };
  const extended = async (trx: Kysely<Database>, { session }: SignedIn) =>
    assert.ok(await extendSession({ db: trx, keyring }, session, clock.now()));

  await t.test('one that begins, as by FranceConnect, while that is unlinked', async () => {
    const linked = await linkAccount(services, await signedIn(), subject, clock.now());
    assert.ok(linked.kind === 'linked');
    const owner = await ownerIn(linked.issued.token);
    const { unlinking } = await db.transaction().execute(async (trx) => {
      await trx.executeQuery(holdingActive(trx, owner.account).compile());
      const { personKey: person, power, carrier, idleMinutes, expiresAt } = owner.session;
      const beginning = { personKey: person, power, carrier, older: null, idleMinutes, expiresAt };
      const { writes } = beginningSession({ keyring, random }, beginning, clock.now());
      assert.ok(await atOnce(trx, writes));
      const unlinking = unlinkAccount(services, owner, subject, clock.now());
      await untilWaiting(db, 1);
      return { unlinking };
    });
    await onlyLeft(await unlinking);
  });

  await t.test('one that is extended while the password is changed', async () => {
    const [owner, thief] = [await signedIn(), await signedIn()];
    const checked = await password();
    const { changing } = await db.transaction().execute(async (trx) => {
      await extended(trx, thief);
      const changing = changePassword(services, owner, { checked, hash: checked.hash }, clock.now());
      await untilWaiting(db, 1);
      return { changing };
    });
    await onlyLeft(await changing);
  });

  await t.test('a sign-out that ends what was kept offline, while a new password is chosen', async () => {
    const owner = await signedIn();
    const { personKey: person } = owner.session;
    const client = clientOf(services, '192.0.2.1');
    const { hash } = await password();
    await askReset(services, { nir, email: null, device: '', client, now: clock.now() });
    const link = await db
      .selectFrom('email_confirmation')
      .select('id')
      .where('purpose', '=', 'password-reset')
      .executeTakeFirstOrThrow();
    const { remembered: device } = rememberDevice(random, person, {
      device: '',
      known: null,
      kind: readDeviceKind(''),
      withPassword: true,
    });
    const { resetting } = await db.transaction().execute(async (trx) => {
      assert.ok(await endSession(trx, owner.session));
      const chosen = { hash, device };
      const resetting = resetPassword(services, owner.account, link.id, chosen, clock.now());
      await untilWaiting(db, 1);
      await forgetDevices(trx, person);
      return { resetting };
    });
    assert.equal(await resetting, true);
  });

  await t.test('a deposit, whose avis refers to the account that is held', async () => {
    const person = personKey(keyring, nir);
    const now = clock.now();
    const event = { person, actor: { kind: 'person' }, at: now } as const;
    const avis = [{ personKey: person, dueAt: now, members: [0] }];
    await db.transaction().execute(async (trx) => {
      assert.ok(await lockAccount(trx, keyring, person, now));
      const deposit = [also(announcingDeposits(db, avis)), recording(db, devicesForgotten, event)];
      assert.ok(await atOnce(db, deposit), 'the trail is locked, the account not waited for');
      await record(trx, devicesForgotten, event);
    });
  });

  await t.test('one that is extended while its person signs out', async () => {
    const visitor = await signedInVisitor(site, venturi);
    await visitor.get(paths.account);
    const owner = await ownerIn(visitor.cookies.get('session'));
    const { leaving } = await db.transaction().execute(async (trx) => {
      await extended(trx, owner);
      const leaving = visitor.post(paths.signOut);
      await untilWaiting(db, 1);
      return { leaving };
    });
    assert.equal((await leaving).location, paths.home);
    const visit = db.selectFrom('session').where('created_at', '=', owner.session.createdAt);
    assert.deepEqual(await visit.select('kind').execute(), []);
  });

  await t.test('one of a program that another request of it continues while it signs out', async () => {
    for (const path of ['/connexion', '/dossier']) {
      const program = new Program(site.app);
      const given = await program.ask('POST', '/connexion', { nir, motDePasse: goodPassword });
      assert.equal(given.status, 201, given.text);
      const token = readToken(keyring, 'bearer', program.token ?? '');
      assert.ok(token);
      const request = () => Buffer.alloc(32);
      const found = await findStored(db, keyring, token, request, clock.now());
      assert.ok(found);
      const { session } = found;
      const { leaving } = await db.transaction().execute(async (trx) => {
        const { writes } = continuingSession(trx, { keyring }, { session }, clock.now());
        assert.ok(await atOnce(trx, writes));
        const leaving = program.ask('DELETE', path);
        await untilWaiting(db, 1);
        return { leaving };
      });
      assert.equal((await leaving).status, 204);
      const visit = db.selectFrom('session').where('created_at', '=', session.createdAt);
      assert.deepEqual(await visit.select('kind').execute(), [], path);
    }
  });

  await t.test('one that is extended while the account is frozen', async () => {
    const thief = await signedIn();
    const { freezing } = await db.transaction().execute(async (trx) => {
      await extended(trx, thief);
      const freezing = freezeAccount(services, personKey(keyring, nir), order, clock.now());
      await untilWaiting(db, 1);
      return { freezing };
    });
    assert.equal(await freezing, true);
    assert.deepEqual(await db.selectFrom('session').select('kind').execute(), []);
  });

  await t.test('a deposit, whose avis waits for an account that is being deleted', async () => {
    const now = clock.now();
    await openDepositMonths(services, now);
    const about = personNamed('loire');
    const person = personKey(keyring, about.line.nir);
    await openAccountOf(site, about, 'loire@exemple.fr');
    const item = paymentItem(about.line.nir, 'P-1', consultation('2026-02-27'));
    const { depositing } = await db.transaction().execute(async (trx) => {
      assert.ok(await deleteAccount(trx, person));
      const depositing = deposit(services, caisse, item, now);
      await untilWaiting(db, 1);
      const trail = sql`select 1 from audit_head where person_key = ${person} for update nowait`;
      await site.asOwner(async (owner) => {
        await trail.execute(owner);
      });
      return { depositing };
    });
    assert.equal((await depositing).kind, 'accepted');
    assert.deepEqual(
      await db.selectFrom('avis').select('due_at').where('person_key', '=', person).execute(),
      [],
    );
  });
});
