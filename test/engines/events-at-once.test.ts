import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely, KyselyPlugin } from 'kysely';
import { devicesForgotten } from '#src/account/events.ts';
import { linkAccount } from '#src/account/franceconnect/link.ts';
import { findAccountOfNir } from '#src/accounts/find-account.ts';
import { record } from '#src/audit/record.ts';
import { verifyAudit } from '#src/audit/verify.ts';
import { personKey } from '#src/crypto/keyring.ts';
import type { Database } from '#src/database/tables.ts';
import { giveFairTime } from '#src/delivery/fair-time.ts';
import { activate } from '#src/enrolment/confirmation/activate.ts';
import { sendAgain } from '#src/enrolment/confirmation/send-again.ts';
import { confirmationResent } from '#src/enrolment/events.ts';
import { personNamed } from '#src/fictitious/people.ts';
import { closeFor } from '#src/lifecycle/close-accounts.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { openNotice } from '#src/notices/notice.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { paths, withToken } from '#src/paths.ts';
import { askReset } from '#src/sign-in/forgotten/ask-reset.ts';
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
