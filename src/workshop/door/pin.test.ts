import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRandom } from '#src/crypto/random.ts';
import { type DoorMemory, openTrainerDoor } from '#src/workshop/door/pin.ts';

const now = new Date('2026-11-26T14:00:00Z');
const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

function door(memory: DoorMemory | null = null, at = now) {
  let kept = memory;
  const opened = openTrainerDoor({
    random: systemRandom,
    now: at,
    memory,
    remember: (next) => {
      kept = next;
    },
  });
  return { ...opened, wrong: opened.pin === '000000' ? '000001' : '000000', kept: () => kept };
}

test('a child who guesses waits, and keeps nobody else out', () => {
  const { enter, pin, wrong } = door();
  for (let n = 0; n < 5; n += 1) assert.equal(enter(wrong, '192.168.1.7', now).kind, 'wrong');
  assert.equal(enter(pin, '192.168.1.7', now).kind, 'wait');
  assert.equal(enter(pin, '::ffff:192.168.1.7', now).kind, 'wait');
  assert.equal(enter(`${pin.slice(0, 3)} ${pin.slice(3)}`, '192.168.1.8', now).kind, 'entered');
  assert.equal(enter(pin, '192.168.1.7', later(0.1)).kind, 'entered');
});

test('somebody with many addresses closes the door for the room, never for the computer of the workshop', () => {
  const { enter, pin, wrong } = door();
  const kinds = Array.from({ length: 21 }, (_, n) => enter(wrong, `192.168.1.${n}`, now).kind);
  assert.deepEqual(kinds.slice(19), ['wrong', 'wait']);
  assert.equal(enter(pin, '192.168.1.99', now).kind, 'wait');
  assert.equal(enter(pin, '127.0.0.1', now).kind, 'entered');
});

test('a fall keeps the code and the browsers of the day; the next week has a code of its own', () => {
  const first = door();
  const entry = first.enter(first.pin, '192.168.1.8', now);
  assert.ok(entry.kind === 'entered');
  const text = JSON.stringify(first.kept());
  assert.doesNotMatch(text, new RegExp(entry.secret));
  const again = door(first.kept(), later(11));
  assert.equal(again.pin, first.pin);
  assert.ok(again.isTrainer(entry.secret));
  assert.equal(again.isTrainer(''), false);
  for (const at of [later(13), later(-1)]) {
    const next = door(first.kept(), at);
    assert.equal(next.isTrainer(entry.secret), false);
    assert.notEqual(next.kept()?.since, first.kept()?.since);
  }
});
