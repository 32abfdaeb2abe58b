import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, type KyselyPlugin, sql } from 'kysely';
import type { SignedIn } from '#src/access/who.ts';
import { devicesForgotten } from '#src/account/events.ts';
import { linkAccount, unlinkAccount } from '#src/account/franceconnect/link.ts';
import { changePassword } from '#src/account/password/change-password.ts';
import { deleteAccount } from '#src/accounts/delete-account.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { holdingActive, lockAccount } from '#src/accounts/lock-account.ts';
import { record, recording } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { announcingDeposits } from '#src/correspondence/avis.ts';
import { readDeviceKind } from '#src/credentials/device-kind.ts';
import { forgetDevices, presentedDevice, rememberDevice } from '#src/credentials/known-devices.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { also, atOnce } from '#src/database/at-once.ts';
import type { Database } from '#src/database/tables.ts';
import { giveFairTime } from '#src/delivery/fair-time.ts';
import { deposit } from '#src/depot/deposit.ts';
import { openDepositMonths } from '#src/depot/months.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationResent } from '#src/enrolment/events.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { closeFor } from '#src/lifecycle/close-accounts.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { openNotice } from '#src/notices/notice.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { paths, withToken } from '#src/paths.ts';
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
import { change, latestMail, openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { needsServer } from '../setting/database.ts';
import { untilWaiting } from '../setting/locks.ts';
import { sessionBehind } from '../setting/sessions.ts';
import { choosePassword, contactOf, enrol, goodPassword, identify, proofOf } from '../steps.ts';
import { Visitor } from '../visitor.ts';

const rounds = 6;
const venturi = personNamed('venturi');
const { nir } = venturi.line;
const minute = 60_000;

type Event = () => Promise<unknown>;

/** A site whose statements take their time while events happen at once, so that every order of them comes up. */
async function slowSite(t: TestContext) {
  let isSlow = false;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (isSlow) await wait(Math.random() * 6);
      return result;
    },
  };
  const site = await testApp(t, undefined, { plugin });
  /** Events of one person at once, again and again: none may fail, and the trail holds. */
  async function atOnce(prepare: () => Promise<readonly Event[]>): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      await site.asOwner(forgetEverything);
      site.clock.advance(24 * 60 * minute);
      const events = await prepare();
      isSlow = true;
      const ends = await Promise.allSettled(
        events.map(async (event) => {
          await wait(Math.random() * 10);
          return event();
        }),
      );
      isSlow = false;
      for (const end of ends) {
        assert.equal(end.status, 'fulfilled', end.status === 'rejected' ? String(end.reason) : '');
        if (end.value instanceof Object && 'status' in end.value) assert.ok(Number(end.value.status) < 500);
      }
    }
    assert.deepEqual((await verifyAudit(site.services.db)).broken, []);
  }
  return { site, atOnce };
}

async function forgetEverything(owner: Kysely<Database>): Promise<void> {
  for (const table of ['account', 'email_claim', 'session', 'dossier', 'attempt', 'notice'] as const)
    await owner.deleteFrom(table).execute();
}

function freeze({ services, clock }: TestApp): Event {
  return () => freezeAccount(services, personKey(services.keyring, nir), order, clock.now());
}

function death({ services: { db, keyring }, clock }: TestApp): Event {
  return () =>
    db.transaction().execute((trx) => closeFor(trx, 'deceased', [personKey(keyring, nir)], clock.now()));
}

/** Somebody whose account waits, and who proved again who they are: what remains is the form that creates another. */
async function creatingAgain(site: TestApp): Promise<{ readonly first: Visitor; readonly create: Event }> {
  const first = new Visitor(site.app);
  await enrol(first, venturi, 'venturi@exemple.fr');
  await first.get(paths.waiting);
  site.clock.advance(10 * minute);
  const again = new Visitor(site.app);
  await choosePassword(again, venturi);
  await again.get(paths.contact);
  return { first, create: () => again.post(paths.contact, contactOf('autre@exemple.fr')) };
}

/** One site for all of them: every round begins by forgetting everything. */
test('events of one person at once', needsServer, async (t) => {
  const { site, atOnce } = await slowSite(t);
  await t.test('a late mail, its link, another mail and a new password at once', async () => {
    const { services, clock } = site;
    const { db, keyring, policy } = services;
    await atOnce(async () => {
      await enrol(new Visitor(site.app), venturi, 'venturi@exemple.fr');
      const [row] = await db.selectFrom('notice').selectAll().where('kind', '=', 'activation').execute();
      const [link] = await db.selectFrom('email_confirmation').select('id').execute();
      clock.advance(20 * 60 * minute);
      const account = await findAccountOfNir(db, keyring, nir);
      assert.ok(account && link && row?.content);
      const notice = openNotice(keyring, { ...row, content: row.content });
      const { personKey: person, contact } = account;
      const actor = { kind: 'person' } as const;
      const now = clock.now();
      const late = { personKey: person, noticeId: row.id, notice, createdAt: row.created_at, now };
      const again = {
        account,
        address: contact.email,
        kind: 'activation',
        event: confirmationResent,
      } as const;
      const client = clientOf(services, '192.0.2.1');
      return [
        () => giveFairTime(db, { ...late, pendingDays: policy.confirmation.selfResendUntilDays }),
        () => activate(services, account, { confirmationId: link.id, actor }, now),
        () => sendAgain(services, { ...again, actor, now }),
        () => askReset(services, { nir, email: null, device: '', client, now }),
      ];
    });
  });

  await t.test('an account that is created anew, frozen and closed for a death at once', async () => {
    await atOnce(async () => [(await creatingAgain(site)).create, freeze(site), death(site)]);
  });

  await t.test('a first account that is created while its person’s death is loaded', async () => {
    const { db } = site.services;
    await atOnce(async () => {
      const visitor = new Visitor(site.app);
      await choosePassword(visitor, venturi);
      await visitor.get(paths.contact);
      const load = death(site);
      const loadAndLook = async () => {
        await load();
        // A creation that was faster is closed, with the session that waited.
        assert.deepEqual(await db.selectFrom('session').select('kind').execute(), []);
        assert.deepEqual(
          await db.selectFrom('account').select('status').where('closed_for', 'is', null).execute(),
          [],
        );
      };
      return [() => visitor.post(paths.contact, contactOf('venturi@exemple.fr')), loadAndLook];
    });
  });

  await t.test('two dossiers of one person that create an account at once', async () => {
    const { db } = site.services;
    const kinds = async (table: 'session' | 'notice') => {
      const rows = await db.selectFrom(table).select('kind').orderBy('kind').execute();
      return rows.map(({ kind }) => kind);
    };
    await atOnce(async () => {
      const both = [new Visitor(site.app), new Visitor(site.app)];
      for (const visitor of both) {
        await choosePassword(visitor, venturi);
        await visitor.get(paths.contact);
      }
      return both.map(
        (visitor, place) => () => visitor.post(paths.contact, contactOf(`${place}@exemple.fr`)),
      );
    });
    const claims = await db.selectFrom('email_claim').select('claimed_at').execute();
    assert.equal(claims.length, 1);
    assert.deepEqual(await kinds('session'), ['waiting']);
    assert.deepEqual(await kinds('notice'), ['account-created-sms', 'activation']);
  });

  await t.test('one subject of FranceConnect that two people link at once', async () => {
    const { services } = site;
    const { db } = services;
    const subject = Buffer.alloc(32, 9);
    const people = [venturi, personNamed('nom-usage')];
    const linked: string[] = [];
    await atOnce(async () => {
      await site.asOwner((owner) => owner.deleteFrom('franceconnect_subject').execute());
      for (const person of people) await openAccountOf(site, person, `${person.cle}@exemple.fr`);
      const owners = await Promise.all(
        people.map(async (person) => {
          const visitor = await signedInVisitor(site, person);
          const session = await sessionBehind(services, visitor.cookies.get('session'));
          assert.ok(session.account);
          return { session, account: session.account };
        }),
      );
      return owners.map((owner) => async () => {
        linked.push((await linkAccount(services, owner, subject, site.clock.now())).kind);
      });
    });
    assert.deepEqual(linked.toSorted(), [
      ...Array.from({ length: rounds }, () => 'linked'),
      ...Array.from({ length: rounds }, () => 'linked-elsewhere'),
    ]);
    assert.equal((await db.selectFrom('franceconnect_link').select('linked_at').execute()).length, 1);
  });

  await t.test('a proof while its person’s death is loaded', async () => {
    await atOnce(async () => {
      const visitor = new Visitor(site.app);
      await identify(visitor, venturi);
      await visitor.get(paths.proof);
      return [() => visitor.post(paths.proof, proofOf(venturi)), death(site)];
    });
  });

  await t.test('a session that is left while another event ends it', async () => {
    await atOnce(async () => {
      const { first, create } = await creatingAgain(site);
      const elsewhere = first.twin();
      await elsewhere.get(paths.signIn);
      const signIn = () => elsewhere.post(paths.signIn, { nir, motDePasse: goodPassword });
      return [create, signIn, () => first.post(paths.signOut)];
    });
    await atOnce(async () => {
      await openAccountOf(site, venturi, 'venturi@exemple.fr');
      const asking = await signedInVisitor(site, venturi);
      const leaving = await signedInVisitor(site, venturi);
      const email = 'neuve@exemple.fr';
      await change(asking, paths.accountEmail, { email, emailConfirmation: email });
      const { token = '' } = await latestMail(site, 'new-address');
      const mailReader = new Visitor(site.app);
      const link = withToken(paths.link, token);
      await mailReader.get(link);
      await leaving.get(paths.account);
      return [() => mailReader.post(link), () => leaving.post(paths.signOut)];
    });
  });
});

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
      const freezing = freeze(site)();
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

test('a browser that makes way for a sixth while its owner forgets it', needsServer, async (t) => {
  const site = await testApp(t);
  const { db } = site.services;
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  for (let i = 0; i < 5; i += 1) {
    site.clock.advance(1_000);
    await signedInVisitor(site, venturi);
  }
  const { person_key: person, token_hash: oldest } = await db
    .selectFrom('known_device')
    .select(['person_key', 'token_hash'])
    .orderBy('seen_at')
    .executeTakeFirstOrThrow();
  const sixth = await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('known_device').where('token_hash', '=', oldest).execute();
    const signingIn = signedInVisitor(site, venturi);
    await untilWaiting(db, 1);
    await record(trx, devicesForgotten, { person, actor: { kind: 'person' }, at: site.clock.now() });
    return { signingIn };
  });
  await sixth.signingIn;
});
