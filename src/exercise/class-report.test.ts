import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassEvent } from '#src/exercise/class-event.ts';
import { classReport } from '#src/exercise/class-report.ts';
import { classState } from '#src/exercise/class-state.ts';
import { openMs } from '#src/exercise/class-time.ts';
import { erasedAt } from '#src/exercise/keeping.ts';
import type { Step } from '#src/exercise/steps.ts';

const minute = 60_000;
const on = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 9, minutes));
const at = (minutes: number) => on(minutes).toISOString();
const steps = ['start', 'identity', 'proof', 'account'] as const satisfies readonly Step[];
const prepared: ClassEvent = {
  kind: 'prepared',
  at: at(0),
  plan: {
    ...{ name: 'Médiathèque', level: 'debutant', scenario: 'premiers-pas', policy: 'ameli-2025' },
    ...{ seats: 3, language: 'fr', code: 'ACD34' },
  },
};
const sits = (seat: number, minutes: number): ClassEvent => ({
  ...{ kind: 'seated', at: at(minutes), seat, firstName: 'Lucie', device: `d${seat}` },
});
const comes = (seat: number, step: Step, minutes: number): ClassEvent => ({
  ...{ kind: 'reached', at: at(minutes), seat, step },
});
const refused = (seat: number, minutes: number, ...fields: string[]): ClassEvent => ({
  ...{ kind: 'refused', at: at(minutes), seat, step: 'identity', fields },
});
const report = (events: readonly ClassEvent[], now: number) =>
  classReport([prepared, ...events], steps, on(now));
const minutesOn = (events: readonly ClassEvent[], now: number, step: Step, seat = 1) =>
  (report(events, now)
    .seats.find(({ number }) => number === seat)
    ?.on.get(step)?.ms ?? -1) / minute;

test('a report says where seats were, how long, what was refused and what went wrong, and no name', () => {
  const told = report(
    [
      ...[sits(1, 0), sits(2, 1), comes(1, 'identity', 2), comes(2, 'identity', 3)],
      ...[
        refused(1, 3, 'nir'),
        refused(1, 4, 'nir', 'dateNaissance-jour', 'dateNaissance-mois'),
        refused(2, 4, 'nir'),
      ],
      { kind: 'hand', at: at(4), seat: 1, raised: true },
      { kind: 'hand', at: at(4), seat: 1, raised: true },
      comes(2, 'proof', 5),
      { kind: 'fault', at: at(6), seat: null, fault: 'mail-in-spam' },
      { kind: 'fault', at: at(6), seat: 2, fault: 'mail-in-spam' },
      { kind: 'fault-dealt', at: at(7), seat: 2, fault: 'mail-in-spam' },
      ...[comes(2, 'account', 8), comes(1, 'proof', 10), comes(2, 'messages', 11)],
      { kind: 'ended', at: at(12) },
    ],
    600,
  );
  assert.deepEqual([told.from, told.until, told.ms / minute], [on(0), on(12), 12]);
  assert.deepEqual([told.seats.length, told.done, told.hands], [2, 1, 1]);
  assert.deepEqual(
    told.seats.map(({ stepsDone }) => stepsDone),
    [['start', 'identity'], [...steps]],
  );
  const identity = told.steps.find(({ step }) => step === 'identity');
  assert.deepEqual(
    [identity?.came, identity?.done, identity?.longestSeat, identity?.longestMs, identity?.medianMs],
    [2, 2, 1, 8 * minute, 2 * minute],
  );
  assert.deepEqual(told.seats[0]?.on.get('identity')?.refusals, [['nir'], ['nir', 'dateNaissance']]);
  assert.deepEqual(told.faults, [{ fault: 'mail-in-spam', met: 2, dealt: 1 }]);
  assert.doesNotMatch(JSON.stringify(told), /Lucie/);
});

test('a break, a laptop that slept, a class that was over: nobody was stuck meanwhile', () => {
  const there = [sits(1, 0), comes(1, 'identity', 1)];
  assert.equal(minutesOn(there, 11, 'identity'), 10);
  const paused: ClassEvent[] = [{ kind: 'paused', at: at(3) }];
  assert.equal(minutesOn([...there, ...paused], 11, 'identity'), 2);
  const resumed: ClassEvent[] = [...paused, { kind: 'resumed', at: at(8) }];
  assert.equal(minutesOn([...there, ...resumed], 11, 'identity'), 5);
  const away: ClassEvent = { kind: 'away', at: at(9), since: at(4) };
  assert.equal(minutesOn([...there, away], 11, 'identity'), 5);
  const both: ClassEvent[] = [
    ...paused,
    { kind: 'away', at: at(7), since: at(2) },
    { kind: 'resumed', at: at(8) },
  ];
  assert.equal(minutesOn([...there, ...both], 11, 'identity'), 4);
  const over: ClassEvent[] = [
    { kind: 'ended', at: at(3) },
    { kind: 'reopened', at: at(500) },
  ];
  assert.equal(minutesOn([...there, ...over], 502, 'identity'), 4);
});

test('when a whole class is silent for long, it has gone; its board still says since when', () => {
  const there = [sits(1, 0), comes(1, 'identity', 1)];
  assert.equal(minutesOn(there, 500, 'identity'), 15);
  assert.equal(minutesOn([...there, comes(1, 'proof', 400)], 500, 'identity'), 15);
  const { time } = classState([prepared, ...there]);
  assert.equal(openMs(time, on(1), on(41)), 40 * minute);
});

test('a step to which a seat was put counts from then; one that the trainer skipped is not done', () => {
  const put = (to: Step, minutes: number): ClassEvent => ({
    ...{ kind: 'put-back', at: at(minutes), seat: 1, to, from: 'start', undo: 'u', passwordGiven: false },
    place: { id: 'p', session: { kind: 'none' } },
  });
  const events = [sits(1, 0), put('proof', 4), put('identity', 6)];
  assert.deepEqual(report(events, 7).seats[0]?.stepsDone, ['start', 'identity']);
  const undone: ClassEvent = {
    kind: 'put-back-undone',
    at: at(6),
    seat: 1,
    place: { id: 'q', session: { kind: 'none' } },
  };
  assert.equal(minutesOn([...events, undone], 9, 'proof'), 5);
});

test('nobody came: a report of nothing', () => {
  const told = report([], 30);
  assert.deepEqual([told.from, told.ms, told.seats, told.faults], [null, 0, [], []]);
});

test('a class is erased some hours after its end, or when nobody has used it for two weeks', () => {
  const of = (...events: ClassEvent[]) => erasedAt(classState([prepared, ...events]), { hours: 12 });
  assert.deepEqual(of(), new Date('2026-12-08T09:00:00Z'));
  assert.deepEqual(of(sits(1, 30)), new Date('2026-12-08T09:30:00Z'));
  assert.deepEqual(of({ kind: 'away', at: at(900), since: at(3) }), new Date('2026-12-08T09:00:00Z'));
  assert.deepEqual(of({ kind: 'ended', at: at(60) }), new Date('2026-11-24T22:00:00Z'));
  assert.deepEqual(
    of({ kind: 'ended', at: at(60) }, { kind: 'reopened', at: at(61) }),
    new Date('2026-12-08T10:01:00Z'),
  );
});
