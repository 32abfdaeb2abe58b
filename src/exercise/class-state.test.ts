import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import { classState } from '#src/exercise/class-state.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute)).toISOString();
const prepared: ClassEvent = {
  kind: 'prepared',
  at: at(0),
  plan: {
    name: 'Médiathèque',
    level: 'debutant',
    scenario: 'premiers-pas-carte-vitale',
    policy: 'ameli-2025',
    seats: 2,
    language: 'fr',
    code: 'ACD34',
  },
};
const seated: ClassEvent = { kind: 'seated', at: at(1), seat: 1, firstName: 'Lucie', device: 'a' };

function seatOne(...events: ClassEvent[]) {
  const seat = classState([prepared, seated, ...events]).seats.get(1);
  assert.ok(seat);
  return seat;
}

test('a seat is where it was last seen, with its latest refusal there', () => {
  const seat = seatOne(
    { kind: 'reached', at: at(2), seat: 1, step: 'identity' },
    { kind: 'refused', at: at(3), seat: 1, step: 'identity', fields: ['nir'] },
    { kind: 'refused', at: at(4), seat: 1, step: 'identity', fields: ['nom'] },
  );
  assert.deepEqual([seat.step, seat.since.toISOString()], ['identity', at(2)]);
  assert.deepEqual([seat.refusal?.fields, seat.refusal?.times], [['nom'], 2]);
  const next = seatOne(
    { kind: 'refused', at: at(3), seat: 1, step: 'identity', fields: ['nir'] },
    { kind: 'reached', at: at(5), seat: 1, step: 'proof' },
  );
  assert.equal(next.refusal, null);
});

test('putting a seat back can be undone: the seat is what it was before', () => {
  const before = seatOne({ kind: 'reached', at: at(2), seat: 1, step: 'contact' });
  const back = seatOne(
    { kind: 'reached', at: at(2), seat: 1, step: 'contact' },
    { kind: 'put-back', at: at(6), seat: 1, to: 'identity', from: 'contact' },
  );
  assert.equal(back.step, 'identity');
  const undone = seatOne(
    { kind: 'reached', at: at(2), seat: 1, step: 'contact' },
    { kind: 'put-back', at: at(6), seat: 1, to: 'identity', from: 'contact' },
    { kind: 'put-back-undone', at: at(7), seat: 1 },
  );
  assert.deepEqual(undone, before);
});

test('another person, another device: the seat keeps its learner', () => {
  const seat = seatOne(
    { kind: 'reached', at: at(2), seat: 1, step: 'contact' },
    { kind: 'given-person', at: at(3), seat: 1, person: 1 },
  );
  assert.deepEqual([seat.person, seat.step, seat.firstName, seat.device], [1, 'start', 'Lucie', 'a']);
  const moved = seatOne({ kind: 'seated', at: at(3), seat: 1, firstName: 'Lucie', device: 'b' });
  assert.equal(moved.device, 'b');
});

test('a fault for every seat is in every seat; an unknown seat changes nothing', () => {
  const state = classState([
    prepared,
    { kind: 'fault', at: at(1), seat: null, fault: 'mail-in-spam' },
    { kind: 'hand', at: at(1), seat: 9, raised: true },
  ]);
  assert.deepEqual(
    [...state.seats.values()].map(({ faults }) => faults),
    [['mail-in-spam'], ['mail-in-spam']],
  );
});

test('a raised hand keeps the moment when it was first raised', () => {
  const seat = seatOne(
    { kind: 'hand', at: at(2), seat: 1, raised: true },
    { kind: 'hand', at: at(3), seat: 1, raised: true },
  );
  assert.equal(seat.handSince?.toISOString(), at(2));
  assert.equal(seatOne({ kind: 'hand', at: at(4), seat: 1, raised: false }).handSince, null);
});

test('a class begins with its preparation', () => {
  assert.throws(() => classState([seated]), /preparation/);
  assert.throws(() => classState([]), /preparation/);
});
