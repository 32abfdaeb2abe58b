import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyAudit } from '#src/audit/verify.ts';
import { verifySeals } from '#src/audit/verify-seals.ts';
import { demoPassword } from '#src/fictitious/person.ts';
import { paths, withToken } from '#src/paths.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { sentDuring } from '../setting/statements.ts';
import { agree, contactOf, enrol, goodPassword, submit } from '../steps.ts';
import type { Visitor } from '../visitor.ts';
import { type OpenClass, openOneClass, until } from './seated.ts';

const deskPages = [
  workshopPaths.seat,
  workshopPaths.seatPapers,
  workshopPaths.seatMails,
  workshopPaths.seatSpam,
  workshopPaths.seatSms,
  workshopPaths.seatLetters,
] as const;

/** The seat of somebody who has a whole account, and looks at it. */
async function openAccount(room: OpenClass, visitor: Visitor, number: number): Promise<void> {
  const plays = room.plays(number);
  await visitor.get(paths.home);
  await enrol(visitor, plays.person, plays.email);
  await visitor.get(paths.waiting);
  const { token } = await room.sent(plays, 'activation');
  const link = withToken(paths.link, String(token));
  await visitor.get(link);
  assert.equal((await visitor.post(link)).location, paths.confirmed);
  await enter(room, visitor, number, goodPassword);
}

async function enter(room: OpenClass, visitor: Visitor, number: number, motDePasse: string): Promise<void> {
  const { nir } = room.plays(number).person.line;
  assert.equal((await visitor.get(paths.signIn)).status, 200);
  const entered = await visitor.post(paths.signIn, { nir, motDePasse });
  assert.equal(entered.location, paths.account, entered.html);
  assert.equal((await visitor.get(paths.account)).status, 200);
}

test('Lucie goes back from her account to the password, forward again, and nobody else is touched', async (t) => {
  const room = await openOneClass(t);
  const lucie = await room.sit(1, 'Lucie');
  const paul = await room.sit(2, 'Paul');
  const desk = await sentDuring(async () => {
    for (const path of deskPages) assert.equal((await paul.get(path)).status, 200, path);
  });
  assert.deepEqual(desk, [], 'a desk asks the database for nothing');
  await openAccount(room, lucie, 1);
  await agree(paul, room.plays(2).person);
  await paul.get(paths.password);
  await until(() => room.seat(1).kept.has('account') && room.seat(2).kept.has('password'));
  const others = await room.rows(room.plays(2));
  const before = await room.rows(room.plays(1));

  const placing = await room.running.classroom.placing;
  assert.deepEqual(await placing.putSeat(1, 'password'), { kind: 'done' });
  assert.deepEqual([room.seat(1).step, room.seat(2).step], ['password', 'password']);
  // What the browser asks for by itself changes nothing.
  assert.equal((await lucie.get('/service-worker.js')).status, 200);
  assert.notEqual((await lucie.twin({ 'sec-fetch-dest': 'empty' }).get(paths.home)).status, 303);
  // Whatever she does next leads there; what she sends is not taken.
  assert.equal((await lucie.post(paths.signOut)).location, paths.password);
  const other = 'Girafe.Soleil9';
  await submit(lucie, paths.password, { motDePasse: other, confirmation: other }, paths.contact);

  assert.deepEqual(await placing.undo(1), { kind: 'done' });
  assert.equal(room.seat(1).step, 'account');
  assert.equal((await lucie.get(paths.contact)).location, paths.account);
  assert.equal((await lucie.get(paths.account)).status, 200);
  assert.deepEqual(ofTheLearner(await room.rows(room.plays(1))), ofTheLearner(before));
  assert.deepEqual(await placing.undo(1), { kind: 'too-late' });

  assert.deepEqual(await placing.putSeat(1, 'password'), { kind: 'done' });
  await lucie.get(paths.account);
  const { email } = room.plays(1);
  await submit(lucie, paths.password, { motDePasse: other, confirmation: other }, paths.contact);
  await submit(lucie, paths.contact, contactOf(email), paths.waiting);
  await lucie.get(paths.waiting);
  const { token } = await room.sent(room.plays(1), 'activation');
  const link = withToken(paths.link, String(token));
  await lucie.get(link);
  assert.equal((await lucie.post(link)).location, paths.confirmed);
  await enter(room, lucie, 1, other);

  assert.deepEqual(ofTheLearner(await room.rows(room.plays(2))), ofTheLearner(others));
  assert.equal((await paul.get(paths.password)).status, 200);
  assert.equal(paul.cookies.has('atelier-place'), false);
  const { db, keyring } = room.services;
  assert.deepEqual(
    [(await verifyAudit(db)).brokenCount, (await verifySeals(db, keyring)).brokenCount],
    [0, 0],
  );
});

test('a seat that has done nothing is put on to signing in, with a password of the class, across a restart', async (t) => {
  const room = await openOneClass(t);
  let lucie = await room.sit(1, 'Lucie');
  const neighbour = await room.rows(room.plays(2));
  assert.deepEqual(await (await room.running.classroom.placing).putSeat(1, 'sign-in'), { kind: 'done' });
  await room.restart();
  lucie = await room.again(lucie);
  assert.match(
    (await lucie.get(workshopPaths.seat)).html,
    new RegExp(`<strong class="unbroken">${demoPassword}</strong>`),
  );
  assert.equal((await lucie.get(paths.identity)).location, paths.signIn);
  await enter(room, lucie, 1, demoPassword);

  const placing = await room.running.classroom.placing;
  for (const step of ['attestation', 'contact', 'code-typed', 'mail', 'start'] as const) {
    assert.deepEqual(await placing.putSeat(1, step), { kind: 'done' }, step);
    assert.equal(room.seat(1).step, step);
    const led = (await lucie.get(paths.help)).location ?? '';
    assert.equal((await lucie.get(led)).status, 200, `${step}: ${led}`);
  }
  // From the step before the mail on, the account is hers to end.
  assert.deepEqual(await placing.putSeat(1, 'contact'), { kind: 'done' });
  await room.restart();
  lucie = await room.again(lucie);
  assert.deepEqual(await (await room.running.classroom.placing).undo(1), { kind: 'done' });
  assert.equal((await lucie.get(paths.contact)).location, paths.home);
  assert.deepEqual(await room.rows(room.plays(2)), neighbour);
});

test('three learners of one class, until it ends', async (t) => {
  const room = await openOneClass(t, { seats: 4 });

  await t.test('a learner who has failed too often, or whose minute has passed', async () => {
    const lucie = await room.sit(1, 'Lucie');
    await openAccount(room, lucie, 1);
    await until(() => room.seat(1).kept.has('account') && room.seat(1).kept.has('sign-in'));
    const placing = await room.running.classroom.placing;
    const { nir } = room.plays(1).person.line;
    assert.deepEqual(await placing.putSeat(1, 'sign-in'), { kind: 'done' });
    await lucie.get(paths.account);
    for (let tries = 0; tries < 6; tries += 1) {
      await lucie.get(paths.signIn);
      await lucie.post(paths.signIn, { nir, motDePasse: 'Rien.du.tout3' });
    }
    await lucie.get(paths.signIn);
    assert.notEqual((await lucie.post(paths.signIn, { nir, motDePasse: goodPassword })).status, 303);
    assert.deepEqual(await placing.putSeat(1, 'sign-in'), { kind: 'done' });
    await lucie.get(paths.account);
    await enter(room, lucie, 1, goodPassword);

    const place = { id: 'x', session: { kind: 'none' } } as const;
    const at = new Date(Date.now() - 61_000).toISOString();
    const old = {
      kind: 'put-back',
      seat: 1,
      to: 'sign-in',
      from: 'account',
      undo: 'x',
      passwordGiven: false,
    } as const;
    await room.running.journal.add({ ...old, at, place });
    assert.deepEqual(await placing.undo(1), { kind: 'too-late' });
  });

  await t.test(
    'a learner who moves to another machine goes on there, with the session of the one before',
    async () => {
      const old = await room.sit(2, 'Lucie');
      await agree(old, room.plays(2).person);
      await old.get(paths.password);
      await until(() => room.seat(2).step === 'password');
      const moved = await room.sit(2, 'Lucie');
      assert.equal((await moved.get(paths.home)).location, paths.password);
      const password = { motDePasse: goodPassword, confirmation: goodPassword };
      await submit(moved, paths.password, password, paths.contact);
      assert.equal((await old.get(paths.password)).location, workshopPaths.join);
    },
  );

  await t.test(
    'another person: the seat begins again, keeps its learner, and has three people in all',
    async () => {
      const lucie = await room.sit(3, 'Lucie');
      const first = room.plays(3);
      await agree(lucie, first.person);
      const placing = await room.running.classroom.placing;
      assert.deepEqual(await placing.giveAnotherPerson(3), { kind: 'done' });
      const second = room.plays(3);
      assert.notEqual(second.email, first.email);
      // The session of before is taken first.
      assert.equal((await lucie.get(workshopPaths.seat)).location, workshopPaths.seat);
      const desk = await lucie.get(workshopPaths.seat);
      assert.match(desk.html, /Bonjour Lucie/);
      assert.match(desk.html, new RegExp(second.email));
      assert.equal((await lucie.get(paths.password)).location, paths.home);
      assert.equal((await lucie.get(paths.password)).location, paths.identity);
      await agree(lucie, second.person);
      assert.deepEqual(await placing.giveAnotherPerson(3), { kind: 'done' });
      assert.deepEqual(await placing.giveAnotherPerson(3), { kind: 'nobody-left' });
      assert.deepEqual(await placing.giveAnotherPerson(4), { kind: 'nobody' });
      await room.running.journal.add({ kind: 'ended', at: new Date().toISOString() });
      assert.deepEqual(await placing.putSeat(3, 'proof'), { kind: 'class-ended' });
    },
  );
});

test('where the exercise begins with an account, another person has one at once, and begins with it again', async (t) => {
  const room = await openOneClass(t, { scenario: 'vraie-ou-fausse', seats: 1 });
  const lucie = await room.sit(1, 'Lucie');
  await enter(room, lucie, 1, demoPassword);
  const placing = await room.running.classroom.placing;
  assert.deepEqual(await placing.giveAnotherPerson(1), { kind: 'done' });
  assert.equal(room.seat(1).step, 'start');
  assert.equal((await lucie.get(paths.account)).location, paths.home);
  await enter(room, lucie, 1, demoPassword);
  for (const step of ['start', 'sign-in', 'account'] as const) {
    assert.deepEqual(await placing.putSeat(1, step), { kind: 'done' }, step);
    const led = (await lucie.get(paths.help)).location ?? '';
    assert.equal((await lucie.get(led)).status, 200, led);
    if (step !== 'account') await enter(room, lucie, 1, demoPassword);
  }
  await room.restart();
  const again = await room.again(lucie);
  const later = await room.running.classroom.placing;
  assert.deepEqual(await later.putSeat(1, 'start'), { kind: 'done' });
  await again.get(paths.account);
  await enter(room, again, 1, demoPassword);
});

/** But what goes on by itself: sessions are new, mails are on their way. */
function ofTheLearner(rows: unknown): unknown {
  assert.ok(rows instanceof Object);
  // The worker writes notices, and their signposts, when their mails have left.
  const others = ['session', 'notice', 'signpost'];
  return Object.fromEntries(Object.entries(rows).filter(([table]) => !others.includes(table)));
}

test('somebody without a card is put on to their account by way of a letter, with a code of digits', async (t) => {
  const room = await openOneClass(t, { scenario: 'code-par-courrier', policy: 'polymatheia-2020' });
  const lucie = await room.sit(1, 'Lucie');
  const placing = await room.running.classroom.placing;
  for (const step of ['code-typed', 'account'] as const) {
    assert.deepEqual(await placing.putSeat(1, step), { kind: 'done' }, step);
    const led = (await lucie.get(paths.help)).location ?? '';
    assert.equal((await lucie.get(led)).status, 200, led);
  }
  assert.match((await lucie.get(workshopPaths.seat)).html, /<strong class="unbroken">\d{12}<\/strong>/);
});
