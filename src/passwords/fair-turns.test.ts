import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openKeyring } from '#src/crypto/keyring.ts';
import { systemRandom } from '#src/crypto/random.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { type HashPlace, openFairTurns } from '#src/passwords/fair-turns.ts';
import { openHashLane } from '#src/passwords/lane.ts';

const keyring = openKeyring(new Map([[1, Buffer.alloc(32, 7)]]));

function from(ip: string, ahead = false): HashPlace {
  return { client: clientOf({ keyring, unnamedShare: 1 }, ip), ahead };
}

function waiting(...places: (readonly [name: string, place: HashPlace])[]) {
  return places.map(([name, place]) => ({ name, place }));
}

function named(entries: readonly { readonly name: string }[]): string {
  return entries.map(({ name }) => name).join(' ');
}

describe('turns', () => {
  test('go round the clients, whatever each asked for, recognised requesters first', () => {
    const turns = openFairTurns(() => 0);
    const [a, b] = [from('203.0.113.1'), from('203.0.113.2')];
    const order = turns.order(
      waiting(['a1', a], ['a2', a], ['a3', a], ['b1', b], ['own', from('203.0.113.1', true)], ['b2', b]),
    );
    assert.equal(named(order), 'own a1 b1 a2 b2 a3');
  });

  test('come late to clients served much recently, and no longer after some minutes', () => {
    let now = 0;
    const turns = openFairTurns(() => now);
    const busy = from('203.0.113.1');
    for (let i = 0; i < 4; i++) turns.take(busy);
    const all = waiting(['busy', busy], ['x', from('203.0.113.2')], ['y', from('203.0.113.3')]);
    assert.equal(named(turns.order(all)), 'x y busy');
    turns.take(from('203.0.113.2'));
    now = 600_000;
    turns.take(from('203.0.113.3'));
    assert.equal(named(turns.order(all)).split(' ').at(-1), 'y', 'the latest comes last by then');
  });

  test('of people further on go by whole enrolments: who signs in after choosing a password waits no longer', () => {
    const turns = openFairTurns(() => 0);
    const begun = from('203.0.113.1', true);
    turns.take(begun);
    const chooser = from('203.0.113.2', true);
    assert.equal(
      named(turns.order(waiting(['signs in', begun], ['chooses', chooser]))),
      'signs in chooses',
      'the two hashes of an enrolment are one turn',
    );
    turns.take(begun);
    assert.equal(named(turns.order(waiting(['third', begun], ['chooses', chooser]))), 'chooses third');
    assert.equal(
      named(turns.order(waiting(['strange', from('203.0.113.2')], ['third', begun]))),
      'third strange',
    );
  });

  test('are those of a whole network too: another /64 of one /56 is not another client', () => {
    const turns = openFairTurns(() => 0);
    for (let i = 0; i < 40; i++) turns.take(from(`2001:db8:1:${i.toString(16)}::1`));
    const fresh = waiting(['same /56', from('2001:db8:1:ff::1')], ['elsewhere', from('2001:db8:2::1')]);
    assert.equal(named(turns.order(fresh)), 'elsewhere same /56');
  });
});

test('twenty busy addresses do not keep a new visitor from hashing, nor from beginning', async (t) => {
  const lane = openHashLane({
    memoryKiB: 8_192,
    passes: 3,
    maxWaitMs: 300,
    peppers: new Map([[1, Buffer.alloc(32, 1)]]),
    random: systemRandom,
  });
  t.after(() => lane.close());
  const nir = '2690549588157';
  const ask = (place: HashPlace) => lane.hash('pass', { nir, ...place });
  const busy: ReturnType<typeof ask>[] = [];
  for (let round = 0; round < 10; round++)
    for (let i = 0; i < 20; i++) busy.push(ask(from(`198.51.100.${i}`)));
  assert.equal(lane.stats().full, true);
  assert.equal(lane.stats().crowded, false, 'who begins now finds a place for their password');
  const visitor = ask(from('203.0.113.9'));
  const inJourney = ask(from('198.51.100.3', true));
  assert.equal((await visitor).ok, true);
  assert.equal((await inJourney).ok, true);
  const served = (await Promise.all(busy)).filter(({ ok }) => ok).length;
  assert.ok(served > 0 && served < busy.length, 'as many as there is time for');
});
