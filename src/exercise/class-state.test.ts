import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassEvent, Place } from '#src/exercise/class-event.ts';
import { classState, undoable } from '#src/exercise/class-state.ts';
import type { Step } from '#src/exercise/steps.ts';

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

const place = (id: string): Place => ({ id, session: { kind: 'none' } });
const putBack = (minute: number): ClassEvent => ({
  kind: 'put-back',
  at: at(minute),
  seat: 1,
  to: 'identity',
  from: 'contact',
  undo: 'u',
  place: place('p'),
  passwordGiven: false,
});

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
  const back = seatOne({ kind: 'reached', at: at(2), seat: 1, step: 'contact' }, putBack(6));
  assert.equal(back.step, 'identity');
  const undone = seatOne({ kind: 'reached', at: at(2), seat: 1, step: 'contact' }, putBack(6), {
    kind: 'put-back-undone',
    at: at(7),
    seat: 1,
    place: place('c'),
  });
  assert.deepEqual(undone, { ...before, place: place('c') });
});

test('undoing keeps the device and the hand of now, and is possible for a minute', () => {
  const events: readonly ClassEvent[] = [
    putBack(6),
    { kind: 'seated', at: at(6), seat: 1, firstName: 'Lucie', device: 'b' },
    { kind: 'hand', at: at(6), seat: 1, raised: true },
  ];
  const moved = seatOne(...events);
  assert.equal(undoable(moved, new Date(Date.parse(at(6)) + 59_999))?.kept, 'u');
  assert.equal(undoable(moved, new Date(at(7))), null);
  const undone = seatOne(...events, { kind: 'put-back-undone', at: at(7), seat: 1, place: place('c') });
  assert.deepEqual([undone.device, undone.handSince?.toISOString(), undone.step], ['b', at(6), 'start']);
  assert.equal(undoable(undone, new Date(at(6))), null);
});

test('what was kept at later steps is outdated until the seat comes there again', () => {
  const kept = (step: Step, id: string): ClassEvent => ({ kind: 'kept', at: at(2), seat: 1, step, id });
  const seat = seatOne(kept('identity', 'i'), kept('contact', 'k'), putBack(6));
  assert.deepEqual([seat.kept.get('identity')?.outdated, seat.kept.get('contact')?.outdated], [false, true]);
  const again = seatOne(kept('contact', 'k'), putBack(6), kept('contact', 'l'));
  assert.deepEqual(again.kept.get('contact'), { id: 'l', outdated: false, passwordGiven: false });
});

test('another person, another device: the seat keeps its learner', () => {
  const seat = seatOne(
    { kind: 'reached', at: at(2), seat: 1, step: 'contact' },
    { kind: 'given-person', at: at(3), seat: 1, person: 1, place: place('b') },
  );
  assert.deepEqual([seat.person, seat.step, seat.firstName, seat.device], [1, 'start', 'Lucie', 'a']);
  const moved = seatOne({ kind: 'seated', at: at(3), seat: 1, firstName: 'Lucie', device: 'b' });
  assert.equal(moved.device, 'b');
});

test('a seat has a few devices beside the first; moving to another machine ends them all', () => {
  const add = (device: string): ClassEvent => ({ kind: 'device-added', at: at(2), seat: 1, device });
  const seat = seatOne(add('b'), add('c'), add('d'), add('e'));
  assert.deepEqual([seat.device, seat.otherDevices], ['a', ['c', 'd', 'e']]);
  const moved = seatOne(add('b'), { ...seated, at: at(3), device: 'z' });
  assert.deepEqual([moved.device, moved.otherDevices], ['z', []]);
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

test('a fault that was dealt with is over, until it is thrown in again', () => {
  const thrown: ClassEvent = { kind: 'fault', at: at(2), seat: 1, fault: 'phishing-mail' };
  const dealt: ClassEvent = { kind: 'fault-dealt', at: at(3), seat: 1, fault: 'phishing-mail' };
  assert.deepEqual(seatOne(dealt).dealt, []);
  const over = seatOne(thrown, thrown, dealt);
  assert.deepEqual([over.faults, over.dealt], [[], ['phishing-mail']]);
  const again = seatOne(thrown, dealt, thrown);
  assert.deepEqual([again.faults, again.dealt], [['phishing-mail'], []]);
});

test('what was dealt with rightly stays unread until its learner has read why, also where a step is undone', () => {
  const fault = 'franceconnect-down' as const;
  const thrown: ClassEvent = { kind: 'fault', at: at(2), seat: 1, fault };
  const met: ClassEvent = { kind: 'fault-met', at: at(3), seat: 1, fault };
  const dealt: ClassEvent = { kind: 'fault-dealt', at: at(4), seat: 1, fault };
  assert.deepEqual(seatOne(met).met, []);
  assert.deepEqual(seatOne(thrown, met).met, [fault]);
  assert.deepEqual(seatOne(thrown, met, thrown).met, []);
  assert.deepEqual(seatOne(thrown, met, dealt).unread, [fault]);
  const undone: ClassEvent = { kind: 'put-back-undone', at: at(7), seat: 1, place: place('p') };
  assert.deepEqual(seatOne(thrown, putBack(6), met, dealt, undone).unread, [fault]);
  assert.deepEqual(seatOne(thrown, dealt, { kind: 'praise-read', at: at(5), seat: 1, fault }).unread, []);
  assert.deepEqual(seatOne(thrown, dealt, thrown).unread, []);
});

test('a raised hand keeps the moment when it was first raised', () => {
  const seat = seatOne(
    { kind: 'hand', at: at(2), seat: 1, raised: true },
    { kind: 'hand', at: at(3), seat: 1, raised: true },
  );
  assert.equal(seat.handSince?.toISOString(), at(2));
  assert.equal(seatOne({ kind: 'hand', at: at(4), seat: 1, raised: false }).handSince, null);
});

test('the projector shows the latest step that was chosen, or none', () => {
  const shown = (...steps: readonly (Step | null)[]) =>
    classState([prepared, ...steps.map((step): ClassEvent => ({ kind: 'shown', at: at(1), step }))]).shown;
  assert.deepEqual([shown(), shown('identity', 'proof'), shown('proof', null)], [null, 'proof', null]);
});

test('a class begins with its preparation', () => {
  assert.throws(() => classState([seated]), /preparation/);
  assert.throws(() => classState([]), /preparation/);
});
