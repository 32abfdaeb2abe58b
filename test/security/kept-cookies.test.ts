import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { personNamed } from '#src/fictitious/people.ts';
import { paths, withToken } from '#src/paths.ts';
import { findSession } from '#src/sessions/session.ts';
import { arriveWithoutCard, receive } from '../codes/channels.ts';
import {
  Abroad,
  type FranceConnectSite,
  franceConnectSite,
  throughFranceConnect,
} from '../franceconnect/site.ts';
import { change, latestMail, openAccountOf, signedInVisitor, signIn } from '../setting/account.ts';
import { sessionBehind } from '../setting/sessions.ts';
import {
  choosePassword,
  contactOf,
  goodPassword,
  identify,
  identityOf,
  proofOf,
  prove,
  submit,
} from '../steps.ts';
import { Visitor } from '../visitor.ts';

const ange = personNamed('venturi');
const withCard = personNamed('loire');
const withoutCard = personNamed('sans-carte');
const newPassword = { motDePasse: 'Girafe.Soleil9', confirmation: 'Girafe.Soleil9' };

interface Way {
  readonly name: string;
  /** The file whose function gives the session more. */
  readonly by: string;
  /** Brings a browser to where somebody may have kept its cookie; what gains the power then. */
  readonly from: (site: FranceConnectSite, visitor: Visitor) => Promise<() => Promise<unknown>>;
}

async function owner(site: FranceConnectSite, visitor: Visitor): Promise<void> {
  await openAccountOf(site, ange, 'ange@exemple.fr');
  await signIn(visitor, ange.line.nir);
}

/** Everything that gives a session more than it had. */
const ways: readonly Way[] = [
  {
    name: 'an identity typed anew before its proof, by the same or another person',
    by: 'enrolment/begin-dossier.ts',
    from: async (_site, visitor) => {
      await identify(visitor, ange);
      return async () => {
        await identify(visitor, ange);
        await submit(visitor, paths.proof, proofOf(ange), paths.terms);
      };
    },
  },
  {
    name: 'an identity typed anew after its proof',
    by: 'enrolment/identity/page.ts',
    from: async (_site, visitor) => {
      await prove(visitor, ange);
      return () => submit(visitor, paths.identity, identityOf(ange), paths.terms);
    },
  },
  {
    name: 'the card',
    by: 'enrolment/card/prove.ts',
    from: async (_site, visitor) => {
      await identify(visitor, ange);
      return () => submit(visitor, paths.proof, proofOf(ange), paths.terms);
    },
  },
  {
    name: 'FranceConnect',
    by: 'enrolment/begin-dossier.ts',
    from: async (_site, visitor) => {
      await identify(visitor, ange);
      return async () => assert.equal((await throughFranceConnect(visitor, ange.cle)).location, paths.terms);
    },
  },
  {
    name: 'a code, on its page',
    by: 'provisional-code/use.ts',
    from: async (site, visitor) => {
      await arriveWithoutCard(visitor, withoutCard);
      const code = await receive(site, visitor, 'sms');
      return () => submit(visitor, paths.provisionalCode, { nir: withoutCard.line.nir, code }, paths.terms);
    },
  },
  {
    name: 'a code, in the place of the password',
    by: 'provisional-code/use.ts',
    from: async (site, visitor) => {
      await arriveWithoutCard(visitor, withoutCard);
      const code = await receive(site, visitor, 'sms');
      return async () =>
        assert.equal((await signIn(visitor, withoutCard.line.nir, code)).location, paths.terms);
    },
  },
  {
    name: 'an account that is made',
    by: 'enrolment/contact/create-account.ts',
    from: async (_site, visitor) => {
      await choosePassword(visitor, ange);
      return () => submit(visitor, paths.contact, contactOf('ange@exemple.fr'), paths.waiting);
    },
  },
  {
    name: 'signing in',
    by: 'sign-in/sign-in.ts',
    from: async (site, visitor) => {
      await openAccountOf(site, ange, 'ange@exemple.fr');
      await identify(visitor, ange);
      return async () => assert.equal((await signIn(visitor, ange.line.nir)).location, paths.account);
    },
  },
  {
    name: 'signing in with FranceConnect',
    by: 'sign-in/sign-in.ts',
    from: async (site, visitor) => {
      await linkedOwner(site, new Visitor(site.app));
      await identify(visitor, ange);
      return async () =>
        assert.equal((await throughFranceConnect(visitor, ange.cle, 'connexion')).location, paths.account);
    },
  },
  {
    name: 'a new password',
    by: 'account/password/change-password.ts',
    from: async (site, visitor) => {
      await owner(site, visitor);
      return async () =>
        assert.equal(
          (await change(visitor, paths.accountPassword, newPassword)).location,
          paths.accountInformation,
        );
    },
  },
  {
    name: 'a new address, by its code',
    by: 'account/email/confirm-new-address.ts',
    from: async (site, visitor) => {
      await owner(site, visitor);
      await change(visitor, paths.accountEmail, contactOf('nouvelle@exemple.fr'));
      const { code = '' } = await latestMail(site, 'new-address');
      return () => submit(visitor, paths.accountEmailCode, { code }, paths.accountInformation);
    },
  },
  {
    name: 'a link to FranceConnect, from the account',
    by: 'account/franceconnect/link.ts',
    from: async (site, visitor) => {
      await owner(site, visitor);
      return () => link(visitor);
    },
  },
  {
    name: 'a link to FranceConnect that is undone',
    by: 'account/franceconnect/link.ts',
    from: async (site, visitor) => {
      await linkedOwner(site, visitor);
      return async () =>
        assert.equal(
          (await change(visitor, paths.accountFranceConnect, { lien: 'defaire' })).location,
          paths.accountFranceConnect,
        );
    },
  },
  {
    name: 'a link to FranceConnect, after the password',
    by: 'account/franceconnect/link.ts',
    from: async (site, visitor) => {
      await openAccountOf(site, ange, 'ange@exemple.fr');
      assert.equal((await throughFranceConnect(visitor, ange.cle)).location, paths.franceConnectOutcome);
      assert.equal((await signIn(visitor, ange.line.nir)).location, paths.franceConnectLink);
      return () => submit(visitor, paths.franceConnectLink, { choix: 'oui' }, paths.accountFranceConnect);
    },
  },
  {
    name: 'more time',
    by: 'sign-in/extend-session.ts',
    from: async (_site, visitor) => {
      await prove(visitor, ange);
      return async () => {
        await visitor.get(paths.terms);
        assert.equal((await visitor.post(paths.extendSession)).location, paths.terms);
      };
    },
  },
];

async function link(visitor: Visitor): Promise<void> {
  const away = await change(visitor, paths.accountFranceConnect, { lien: 'faire' });
  const back = await visitor.get(await new Abroad().signIn(away.location ?? '', ange.cle));
  assert.equal(back.location, paths.accountFranceConnect);
}

async function linkedOwner(site: FranceConnectSite, visitor: Visitor): Promise<void> {
  await owner(site, visitor);
  await link(visitor);
}

/** Pages that only somebody with a session of some power sees, each with where a stranger is led. */
const guarded = {
  [paths.proof]: paths.identity,
  [paths.terms]: paths.identity,
  [paths.password]: paths.identity,
  [paths.contact]: paths.identity,
  [paths.waitingAddress]: paths.signIn,
  [paths.account]: paths.signIn,
  [paths.accountPassword]: paths.signIn,
};

for (const { name, from } of ways)
  test(`a cookie kept from before gives no access: ${name}`, async (t) => {
    const site = await franceConnectSite(t);
    const visitor = new Visitor(site.app);
    const gain = await from(site, visitor);
    const thief = new Visitor(site.app);
    const kept = visitor.cookies.get('session') ?? '';
    for (const [cookie, value] of visitor.cookies) thief.cookies.set(cookie, value);
    await sessionBehind(site.services, kept);
    site.clock.advance(1_000);
    await gain();
    const now = visitor.cookies.get('session');
    assert.notEqual(now, kept);
    await sessionBehind(site.services, now);
    const presented = { carrier: 'cookie', token: kept, request: () => Buffer.alloc(32) } as const;
    const { db, keyring } = site.services;
    assert.equal(await findSession(db, keyring, presented, site.clock.now()), null);
    for (const [page, away] of Object.entries(guarded))
      assert.equal((await thief.get(page)).location, away, page);
    await thief.get(paths.signIn);
    for (const fields of [{ accord: 'oui' }, newPassword, contactOf('voleur@exemple.fr')]) {
      const before = await site.mails();
      for (const page of [paths.terms, paths.password, paths.contact, paths.waitingAddress])
        assert.equal((await thief.post(page, fields)).location, guarded[page], page);
      assert.deepEqual(await site.mails(), before);
    }
  });

test('every function that gives a session more access has a test case', () => {
  const root = join(import.meta.dirname, '../../src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const text = (file: string) => readFileSync(join(root, file), 'utf8');
  const callers = sources.filter(
    (file) =>
      !file.startsWith('sessions/') &&
      // In a class, whose trainer puts a seat elsewhere: test/workshop/put-back.test.ts.
      !file.startsWith('workshop/') &&
      /\b(beginningSession|continueSession|continuingSession)\(/.test(text(file)),
  );
  assert.deepEqual(callers.sort(), [...new Set(ways.map(({ by }) => by))].sort());
  const writers = sources.filter((file) =>
    /insertInto\('session'\)|insert into session\b|update session set (?!seen_at)/.test(text(file)),
  );
  assert.deepEqual(writers, ['sessions/change-session.ts']);
});

test('a new password by the link of a mail ends every session of its person, and no other', async (t) => {
  const site = await franceConnectSite(t);
  const visitor = new Visitor(site.app);
  await owner(site, visitor);
  await openAccountOf(site, withCard, 'voisine@exemple.fr');
  const neighbour = await signedInVisitor(site, withCard);
  const kept = visitor.twin();
  await neighbour.get(paths.forgotten);
  await neighbour.post(paths.forgotten, { nir: ange.line.nir });
  const { token = '' } = await latestMail(site, 'password-reset');
  const reset = withToken(paths.newPassword, token);
  await neighbour.get(reset);
  assert.equal((await neighbour.post(reset, newPassword)).location, paths.signIn);
  assert.equal((await kept.get(paths.account)).location, paths.signIn);
  assert.equal((await neighbour.get(paths.account)).status, 200);
});

test('a password changed by its owner ends the sessions of others; so does a new address', async (t) => {
  const site = await franceConnectSite(t);
  const visitor = new Visitor(site.app);
  await owner(site, visitor);
  const elsewhere = await signedInVisitor(site, ange);
  await change(visitor, paths.accountEmail, contactOf('nouvelle@exemple.fr'));
  const { token = '' } = await latestMail(site, 'new-address');
  const opened = withToken(paths.link, token);
  const mailbox = new Visitor(site.app);
  await mailbox.get(opened);
  assert.equal((await mailbox.post(opened)).location, paths.confirmed);
  assert.equal((await elsewhere.get(paths.account)).location, paths.signIn);
  assert.equal((await visitor.get(paths.account)).status, 200, 'the one that asked stays');
  const again = await signedInVisitor(site, ange);
  await change(visitor, paths.accountPassword, newPassword);
  assert.equal((await again.get(paths.account)).location, paths.signIn);
});

test('a proof is one session’s: another one of the same person does not have it', async (t) => {
  const site = await franceConnectSite(t);
  const thief = new Visitor(site.app);
  await identify(thief, ange);
  const person = new Visitor(site.app);
  await prove(person, ange);
  assert.equal((await thief.get(paths.terms)).location, paths.proof);
  assert.equal((await thief.get(paths.proof)).status, 200);
  await submit(person, paths.terms, { accord: 'oui' }, paths.password);
  await submit(
    person,
    paths.password,
    { motDePasse: goodPassword, confirmation: goodPassword },
    paths.contact,
  );
  await submit(person, paths.contact, contactOf('ange@exemple.fr'), paths.waiting);
  assert.equal((await thief.get(paths.waitingAddress)).location, paths.signIn);
});

test('a session row copied to another person, or edited, gives no access', async (t) => {
  const site = await franceConnectSite(t);
  const { db } = site.services;
  await openAccountOf(site, ange, 'ange@exemple.fr');
  const thief = new Visitor(site.app);
  await identify(thief, withCard);
  const { person_key } = await db.selectFrom('account').select('person_key').executeTakeFirstOrThrow();
  const own = db.selectFrom('session').where('kind', '=', 'enrolment');
  const row = await own.selectAll().executeTakeFirstOrThrow();
  const hour = new Date(row.expires_at.getTime() + 3_600_000);
  const edits = [
    { kind: 'account', dossier_id: null },
    { kind: 'account' },
    { person_key },
    { person_key, kind: 'account', dossier_id: null },
    { dossier_id: site.services.random.uuid() },
    { expires_at: hour },
    { idle_minutes: 10_000 },
    { created_at: hour },
    { issued_at: hour },
    { token_hash: Buffer.alloc(32) },
    { mac: Buffer.alloc(32) },
  ] as const;
  for (const edit of edits) {
    await db.deleteFrom('session').execute();
    await db
      .insertInto('session')
      .values({ ...row, ...edit })
      .execute();
    for (const [page, away] of Object.entries(guarded))
      assert.equal((await thief.get(page)).location, away, `${Object.keys(edit)} ${page}`);
  }
  await db.deleteFrom('session').execute();
  await db.insertInto('session').values(row).execute();
  assert.equal((await thief.get(paths.proof)).status, 200, 'as it was made, it opens what it did');
});
