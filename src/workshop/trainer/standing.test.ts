import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import { classState } from '#src/exercise/class-state.ts';
import type { Step } from '#src/exercise/steps.ts';
import { standingOf } from '#src/workshop/trainer/standing.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 9, minute));
const steps: readonly [Step, Step, ...Step[]] = ['start', 'identity', 'proof', 'account'];
const scenarios = [{ key: 'premiers-pas', steps: [...steps] }];
const plan = {
  name: 'Médiathèque',
  level: 'debutant',
  scenario: 'premiers-pas',
  policy: 'ameli-2025',
  seats: 4,
  language: 'fr',
  code: 'ACD34',
} as const;

function standing(...events: readonly ClassEvent[]) {
  const all: ClassEvent[] = [{ kind: 'prepared', at: at(0).toISOString(), plan }, ...events];
  return standingOf(classState(all), scenarios, at(20));
}

const seated = (seat: number): ClassEvent => ({
  ...{ kind: 'seated', at: at(1).toISOString(), seat },
  ...{ firstName: null, device: `device-${seat}` },
});
const reached = (seat: number, step: Step, minute: number): ClassEvent => ({
  ...{ kind: 'reached', at: at(minute).toISOString(), seat, step },
});
const hand = (seat: number, minute: number): ClassEvent => ({
  ...{ kind: 'hand', at: at(minute).toISOString(), seat, raised: true },
});

test('what was passed is done, what was skipped or comes after is not', () => {
  const [skipping] = standing(seated(1), reached(1, 'proof', 15)).taken;
  assert.deepEqual(skipping?.marks, ['done', 'todo', 'here', 'todo']);
  const [first] = standing(seated(1), reached(1, 'identity', 14), reached(1, 'proof', 15)).taken;
  assert.deepEqual(first?.marks, ['done', 'done', 'here', 'todo']);
  assert.deepEqual([first?.minutes, first?.isDone], [5, false]);
});

test('the last step is the aim: a learner who is there has finished, and stays so elsewhere', () => {
  for (const later of [[], [reached(1, 'messages', 17)], [reached(1, 'identity', 17)]]) {
    const { taken, done } = standing(seated(1), reached(1, 'account', 16), ...later);
    assert.deepEqual([taken[0]?.isDone, done], [true, 1]);
  }
});

test('a seat that was put back has the later steps before it again', () => {
  const back: ClassEvent = {
    ...{ kind: 'put-back', at: at(17).toISOString(), seat: 1, to: 'identity', from: 'account', undo: 'u' },
    ...{ place: { id: 'p', session: { kind: 'none' } }, passwordGiven: false },
  };
  const [first] = standing(seated(1), reached(1, 'account', 16), back).taken;
  assert.deepEqual(first?.marks, ['done', 'here', 'todo', 'todo']);
});

test('raised hands come first, the longest first; free seats apart', () => {
  const { taken, free } = standing(seated(1), seated(2), seated(4), hand(4, 5), hand(2, 9));
  assert.deepEqual(
    taken.map(({ seat }) => seat.number),
    [4, 2, 1],
  );
  assert.deepEqual(free, [3]);
});
